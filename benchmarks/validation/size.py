"""False winners when no variant differs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.validation import Row, share_row
from smmlib.experiments import compare

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}


def table(trials: np.ndarray, successes: np.ndarray) -> pd.DataFrame:
    """Counts of shape (tests, arms) as a table with one row per arm."""
    tests, arms = trials.shape
    return pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), arms),
            "variant": np.tile([chr(65 + arm) for arm in range(arms)], tests),
            "trials": trials.ravel(),
            "successes": successes.ravel(),
        }
    )


def alike(random: np.random.Generator, runs: int, sizes: list[int], rate: float) -> pd.DataFrame:
    """Tests whose variants all have the same rate."""
    trials = np.tile(sizes, (runs, 1))
    return table(trials, random.binomial(trials, rate))


def decided(result: pd.DataFrame, decision: str = "winner") -> int:
    """How many tests ended so."""
    return int((result["decision"] == decision).sum())


def rows(runs: int, seed: int) -> list[Row]:
    """False winners at 5 %: two, four and unequal variants, a control, a broken split."""
    random = np.random.default_rng(seed)
    cases = {
        "2 variants, 10,000 each, 1.5 %": ([10_000, 10_000], 0.015, {}),
        "4 variants, 3,500 each, 1.5 %": ([3_500] * 4, 0.015, {}),
        "4 variants, 3,500 each, Hochberg": ([3_500] * 4, 0.015, {"adjust": "hochberg"}),
        "4 variants against a control": ([3_500] * 4, 0.015, {"control": "A"}),
        "3 variants, 10/10/80": (
            [2_000, 2_000, 16_000],
            0.03,
            {"shares": {"A": 1, "B": 1, "C": 8}},
        ),
    }
    found = []
    for claim, (sizes, rate, terms) in cases.items():
        result = compare(alike(random, runs, sizes, rate), **NAMES, **terms)
        found.append(share_row("size", f"false winners, {claim}", decided(result.tests), runs, most=0.05))
    split = random.multinomial(20_000, [0.5, 0.5], size=runs)
    result = compare(table(split, random.binomial(split, 0.015)), **NAMES)
    broken = decided(result.tests, "invalid")
    found.append(share_row("size", "fair splits called broken", broken, runs, least=0.01, most=0.01))
    return found
