"""Differences of the planned size, found as often as the plan says."""

from __future__ import annotations

import numpy as np

from benchmarks.validation import Row, share_row
from benchmarks.validation.size import NAMES, decided, table
from smmlib.experiments import compare, plan_test


def rows(runs: int, seed: int) -> list[Row]:
    """Plans of 80 % power: two variants, and four of which one is better."""
    random = np.random.default_rng(seed)
    found = []
    for rate, lift in [(0.05, 0.2), (0.2, 0.25), (0.015, 0.2), (0.015, -0.2)]:
        plan = plan_test(rate, lift)
        trials = np.full((runs, 2), plan.trials_per_arm)
        counts = table(trials, random.binomial(trials, [rate, plan.target_rate]))
        claim = f"{rate:g} to {plan.target_rate:g}, {plan.trials_per_arm:,} a side"
        hits = decided(compare(counts, **NAMES).tests)
        found.append(share_row("power", claim, hits, runs, least=0.795, most=0.81))
    plan = plan_test(0.03, 0.2, arms=4)
    trials = np.full((runs, 4), plan.trials_per_arm)
    counts = table(trials, random.binomial(trials, [0.03, 0.03, 0.03, plan.target_rate]))
    claim = f"4 variants, one of them better, {plan.trials_per_arm:,} each"
    hits = decided(compare(counts, **NAMES).tests)
    found.append(share_row("power", claim, hits, runs, least=0.795))
    return found
