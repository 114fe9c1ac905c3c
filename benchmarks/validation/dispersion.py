"""Counts that vary more than independent ones: estimated from identical arms, then allowed for."""

from __future__ import annotations

import numpy as np

from benchmarks.validation import Row, share_row
from benchmarks.validation.size import NAMES, decided, table
from smmlib.experiments import compare, estimate_dispersion

FACTOR = 1.8
COUNTS = {name: name for name in ("test", "trials", "successes")}


def varied(
    random: np.random.Generator,
    shape: tuple[int, int],
    trials: int,
    rate: float | np.ndarray,
    factor: float = FACTOR,
) -> np.ndarray:
    """Beta-binomial counts whose variance is `factor` times the binomial one."""
    correlation = (factor - 1) / (trials - 1)
    both = 1 / correlation - 1
    return random.binomial(trials, random.beta(rate * both, (1 - rate) * both, shape))


def rows(runs: int, seed: int) -> list[Row]:
    """False winners with and without the correction, and the interval of the estimate."""
    random = np.random.default_rng(seed)
    trials = np.full((runs, 2), 3_500)
    counts = table(trials, varied(random, (runs, 2), 3_500, 0.015))
    plain = decided(compare(counts, **NAMES).tests)
    inside = winners = 0
    repeats, groups = 200, max(50, runs // 200)
    for _ in range(repeats):
        sizes = np.full((groups, 2), 3_500)
        known = table(sizes, varied(random, (groups, 2), 3_500, 0.015)).assign(same="text")
        estimate = estimate_dispersion(
            known, test="test", trials="trials", successes="successes", same="same"
        )
        inside += estimate.low <= FACTOR <= estimate.high
        fresh = table(sizes, varied(random, (groups, 2), 3_500, 0.015))
        winners += decided(compare(fresh, **NAMES, dispersion=estimate).tests)
    return [
        share_row("dispersion", "false winners when it is ignored (factor 1.8)", plain, runs, least=0.1),
        share_row("dispersion", "false winners when it is estimated", winners, repeats * groups, most=0.055),
        share_row("dispersion", "95 % interval of the factor holds it", inside, repeats, least=0.92),
    ]
