"""No relevant difference: said wrongly no more often than promised, and said when it is so."""

from __future__ import annotations

import numpy as np

from benchmarks.validation import Row, share_row
from benchmarks.validation.size import NAMES, decided, table
from smmlib.experiments import compare

LIFT = 0.1


def rows(runs: int, seed: int) -> list[Row]:
    """Smallest lift worth acting on 10 %: truth at the bound, and no difference at all."""
    random = np.random.default_rng(seed)
    trials = np.full((runs, 2), 60_000)
    found = []
    for claim, lift, bounds in [
        ("called alike though they differ by just that much", LIFT, {"most": 0.05}),
        ("called alike when they are", 0.0, {"least": 0.85}),
    ]:
        counts = table(trials, random.binomial(trials, [0.05, 0.05 * (1 + lift)]))
        result = compare(counts, **NAMES, smallest_lift=LIFT)
        found.append(share_row("equivalence", claim, decided(result.tests, "no difference"), runs, **bounds))
    return found
