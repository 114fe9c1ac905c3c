"""How often intervals hold the truth."""

from __future__ import annotations

import numpy as np

from benchmarks.validation import Row, share_row
from smmlib.intervals import lift_limits, miettinen_nurminen, newcombe, wilson


def rows(runs: int, seed: int) -> list[Row]:
    """Wilson, Newcombe, Miettinen-Nurminen and lifts at 95 %, rare and common responses."""
    random = np.random.default_rng(seed)
    found = []
    for n, m, rate, other in [(2_000, 2_000, 0.01, 0.015), (300, 900, 0.05, 0.05), (80, 80, 0.4, 0.6)]:
        x, y = random.binomial(n, rate, runs), random.binomial(m, other, runs)
        where = f"{rate:g} of {n:,} against {other:g} of {m:,}"
        inside = {
            "Wilson": (wilson(x, n), rate),
            "Newcombe": (newcombe((x, n), (y, m)), rate - other),
            "Miettinen-Nurminen": (miettinen_nurminen((x, n), (y, m)), rate - other),
            "lift": (lift_limits((x, n), (y, m)), rate / other - 1),
        }
        for name, ((low, high), truth) in inside.items():
            hits = int(np.sum((low <= truth) & (truth <= high)))
            found.append(share_row("coverage", f"{name}, {where}", hits, runs, least=0.94, most=0.965))
    return found
