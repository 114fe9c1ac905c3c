"""Plans with unequal shares and several variants: the planned lift, found as often as the plan says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.validation import Row, share_row
from smmlib.experiments import Dispersion, TestPlan, compare, plan_test

_CASES: list[tuple[str, dict[str, Any]]] = [
    ("shares 10 : 90", {"shares": (10, 90)}),
    ("shares 10 : 10 : 80, the winner beats both", {"shares": (10, 10, 80)}),
    ("3 variants, the winner beats both", {"arms": 3}),
    ("4 variants, the winner beats all", {"arms": 4}),
    ("6 variants, the winner beats all", {"arms": 6}),
    ("4 variants against a control", {"arms": 4, "against": "control"}),
    ("control 80 : 10 : 10", {"shares": (80, 10, 10), "against": "control"}),
    ("2 variants, 5 looks", {"looks": 5}),
    ("3 variants, 5 looks", {"arms": 3, "looks": 5}),
    ("4 variants, 10 looks", {"arms": 4, "looks": 10}),
    ("4 variants against a control, 5 looks", {"arms": 4, "against": "control", "looks": 5}),
    ("dispersion 1.8, known", {"dispersion": 1.8}),
]
_LEARNED = Dispersion(1.8, 1.8, 1.1, 2.5, groups=25, arms=50, degrees=25)


def rows(runs: int, seed: int) -> list[Row]:
    """Plans of 80 % power at 5 % against 6 %, once for each shape of test."""
    random = np.random.default_rng(seed)
    found = []
    for claim, options in _CASES:
        plan = plan_test(0.05, 0.2, **options)
        hits = _found(plan, runs, random, plan.dispersion)
        found.append(share_row("plan", f"{claim}: power", hits, runs, least=0.795, most=0.81))
    plan = plan_test(0.05, 0.2, dispersion=_LEARNED)
    hits = _found(plan, runs, random, 1.8)
    claim = "dispersion 1.8, learned with 25 degrees of freedom: power"
    found.append(share_row("plan", claim, hits, runs, least=0.77, most=0.82))
    return found


def _found(plan: TestPlan, runs: int, random: np.random.Generator, dispersion: float) -> int:
    """Runs in which the better variant is named at some look."""
    names = list("ABCDEF"[: plan.arms])
    better = min(range(plan.against == "control", plan.arms), key=plan.shares.__getitem__)
    true = np.full(plan.arms, plan.base_rate)
    true[better] = plan.target_rate
    trials, counts = np.zeros((runs, plan.arms), int), np.zeros((runs, plan.arms), int)
    won = np.zeros(runs, bool)
    for look in range(1, plan.looks + 1):
        now = np.tile(np.array(plan.trials_by_arm) * look // plan.looks, (runs, 1))
        counts = counts + _clicks(now - trials, true, dispersion, random)
        trials = now
        won |= _winners(plan, names, trials, counts) == names[better]
    return int(won.sum())


def _clicks(
    trials: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    true: np.ndarray[tuple[int], np.dtype[np.float64]],
    dispersion: float,
    random: np.random.Generator,
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Beta-binomial counts whose variance is `dispersion` times the binomial one."""
    if dispersion > 1:
        size = (trials - 1) / (dispersion - 1) - 1
        true = random.beta(true * size, (1 - true) * size)
    return random.binomial(trials, true)


def _winners(
    plan: TestPlan,
    names: list[str],
    trials: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    counts: np.ndarray[tuple[int, int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    runs = len(trials)
    table = pd.DataFrame(
        {
            "test": np.repeat(np.arange(runs), len(names)),
            "variant": names * runs,
            "trials": trials.ravel(),
            "clicks": counts.ravel(),
        }
    )
    learned = plan.degrees < np.inf
    result = compare(
        table,
        test="test",
        variant="variant",
        trials="trials",
        successes="clicks",
        shares=dict(zip(names, plan.shares, strict=True)),
        control=names[0] if plan.against == "control" else None,
        dispersion=_LEARNED if learned else plan.dispersion,
        looks=plan.looks,
    )
    return result.tests["winner"].to_numpy(object)
