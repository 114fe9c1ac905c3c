"""Shrunken lifts: on average the truth, where the measured lift of the leader is not."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.validation import Row, share_row
from benchmarks.validation.size import NAMES, table
from smmlib.experiments import PUBLISHED, Prior, compare, shrink

ARMS, TRIALS, RATE = 4, 3_500, 0.0155


def rows(runs: int, seed: int) -> list[Row]:
    """The leader of four variants with 3,500 impressions each: bias, and cover of the interval."""
    random = np.random.default_rng(seed)
    found = []
    for spread in (0.12, 0.2):
        truth = np.log(RATE) + random.normal(0, spread, (runs, ARMS))
        trials = np.full((runs, ARMS), TRIALS)
        comparison = compare(table(trials, random.binomial(trials, np.exp(truth))), **NAMES)
        for name, prior in (("own history", None), ("published median", PUBLISHED)):
            found += of_leaders(comparison, truth, prior, f"true spread {spread:g}, {name}")
    return found


def of_leaders(comparison: object, truth: np.ndarray, prior: Prior | None, case: str) -> list[Row]:
    """Rows of one prior."""
    lead = shrink(comparison, prior).leaders()
    own, rival = (lead[name].map(lambda v: ord(v) - 65).to_numpy() for name in ("variant", "rival"))
    test = lead["test"].to_numpy()
    true = truth[test, own] - truth[test, rival]
    measured, expected = np.log1p(lead["lift"].to_numpy()), np.log1p(lead["expected"].to_numpy())
    error = float(np.std(expected - true)) / math.sqrt(len(true))
    off = float(np.mean(expected - true))
    bound = 0.005 if prior is None else round(float(measured.mean() - true.mean()), 3)  # nearer than measured
    words = f"log lift {expected.mean():.3f}, true {true.mean():.3f}, measured {measured.mean():.3f}"
    bias = Row("shrinkage", f"leader's lift, {case}", f"off by ≤ {bound:g}", words, error, abs(off) <= bound)
    inside = (np.log1p(lead["low"]) <= true) & (true <= np.log1p(lead["high"]))
    cover = share_row("shrinkage", f"interval, {case}", int(inside.sum()), len(true), least=0.94, most=0.98)
    return [bias, cover]
