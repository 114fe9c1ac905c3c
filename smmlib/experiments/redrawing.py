"""Randomisation inference: draw the assignment again in every way it could have come out, and count.

Within a pair, or within two variants of a block, another draw only changes the sign of the difference. The
sums over all sign changes are counted exactly where that is possible, and sampled beyond.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import numpy as np

from smmlib.experiments.arms import Floats, Ints

Statistic = Literal["rank", "mean"]
STATISTICS: tuple[Statistic, ...] = ("rank", "mean")

DRAWS = 100_000
"""Draws where there are too many to count them all."""

_EXACT_SIGNS = 20  # blocks up to which all 2^blocks sums are written out
_EXACT_RANKS = 400  # blocks up to which every rank sum is counted


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What re-drawing says about the differences of one pair of variants.

    Attributes:
        estimate: Hodges-Lehmann estimate: the shift after which the test sees no difference either way.
        low: Lower limit of the shifts the test does not reject.
        high: Upper limit of them.
        p_value: Share of all draws at least as far from no difference, two-sided.
        exact: Whether all draws were counted.
    """

    estimate: float
    low: float
    high: float
    p_value: float
    exact: bool


def redraw(diffs: Floats, statistic: Statistic, *, alpha: float, seed: int) -> Redrawn:
    """Test, estimate and interval from the differences of blocks.

    Args:
        diffs: One difference per block; none missing.
        statistic: "rank": signed ranks (Wilcoxon), which one extraordinary post cannot decide, with
            zeros ranked and then left out (Pratt); "mean": the mean difference (Fisher).
        alpha: Error of test and interval, two-sided.
        seed: Used only where not all draws can be counted.

    Source:
        Wilcoxon (1945), Biometrics Bulletin 1:80-83; Pratt (1959), JASA 54:655-667; Hodges and Lehmann
        (1963), Annals of Mathematical Statistics 34:598-611; Fisher (1935), The Design of Experiments,
        section 21; Hartigan (1969), JASA 64:1303-1317, whose typical values are the limits for the mean.
    """
    largest = float(np.max(np.abs(diffs), initial=0.0)) or 1.0
    # 0.3 - 0.2 and 0.2 - 0.1 are the same difference
    diffs = np.round(diffs, 11 - math.floor(math.log10(largest)))
    return (_by_rank if statistic == "rank" else _by_mean)(diffs, alpha, seed)


def redraw_blocks(values: Floats, statistic: Statistic, *, seed: int) -> tuple[float, bool]:
    """P value of "no variant differs from any other", and whether all draws were counted.

    Args:
        values: Blocks in rows, variants in columns; none missing.
        statistic: "rank": ranks within the block (Friedman); "mean": the values themselves.
        seed: Used only where not all draws can be counted.

    Source:
        Friedman (1937), JASA 32:675-701; the statistic is the sum of the squared sums of the variants.
    """
    from scipy.stats import rankdata

    scores = rankdata(values, axis=1) if statistic == "rank" else values
    scores = scores - scores.mean(axis=1, keepdims=True)
    observed = float(np.sum(scores.sum(axis=0) ** 2)) * (1 - 1e-12)
    blocks, variants = scores.shape
    if math.factorial(variants) ** (blocks - 1) <= DRAWS:
        sums = scores[:1]  # only how the blocks lie to each other matters, so the first one stays
        orders = np.array(list(permutations(range(variants))))
        for block in scores[1:]:
            sums = (sums[:, None, :] + block[orders]).reshape(-1, variants)
        return float(np.mean(np.sum(sums**2, axis=1) >= observed)), True
    random = np.random.default_rng(seed)
    sums = np.zeros((DRAWS, variants))
    for block in scores:
        sums += random.permuted(np.broadcast_to(block, sums.shape), axis=1)
    return float((np.sum(np.sum(sums**2, axis=1) >= observed) + 1) / (DRAWS + 1)), False


def _by_rank(diffs: Floats, alpha: float, seed: int) -> Redrawn:
    from scipy.stats import rankdata

    ranks = (2 * rankdata(np.abs(diffs))).astype(np.int64)  # doubled, so that shared ranks are whole
    counted, positive = ranks[diffs != 0], diffs[diffs != 0] > 0
    above = int(counted[positive].sum())
    extreme = min(above, int(counted.sum()) - above)
    p_value = min(1.0, 2 * float(rank_sums(counted, seed)[: extreme + 1].sum()))
    first, second = np.triu_indices(len(diffs))
    means = np.sort((diffs[first] + diffs[second]) / 2)
    tail = np.cumsum(rank_sums(np.arange(1, len(diffs) + 1), seed))
    out = int(np.sum(2 * tail < alpha))  # pairwise means rejected at either end, and the limit itself
    low, high = (float(means[out - 1]), float(means[-out])) if out else (-math.inf, math.inf)
    return Redrawn(float(np.median(means)), low, high, p_value, len(diffs) <= _EXACT_RANKS)


def rank_sums(ranks: Ints, seed: int) -> Floats:
    """Chance of each sum of the ranks that a fair coin picks, from 0 to the sum of all."""
    if len(ranks) > _EXACT_RANKS:
        sums, _ = _some_subsets(ranks.astype(np.float64), seed)
        counts = np.bincount(sums.astype(np.int64), minlength=int(ranks.sum()) + 1)
        counts[0] += 1  # the draw that happened counts as the most extreme one
        sampled: Floats = counts / (DRAWS + 1)
        return sampled
    chances = np.zeros(int(ranks.sum()) + 1)
    chances[0] = 1.0
    for rank in ranks:
        moved = np.zeros_like(chances)
        moved[rank:] = chances[: len(chances) - rank]
        chances = (chances + moved) / 2
    return chances


def _by_mean(diffs: Floats, alpha: float, seed: int) -> Redrawn:
    exact = len(diffs) <= _EXACT_SIGNS
    sums, sizes = _all_subsets(diffs) if exact else _some_subsets(diffs, seed)
    total = float(diffs.sum())
    tolerance = 1e-12 * float(np.abs(diffs).sum())
    extreme = int(np.sum(np.abs(total - 2 * sums) >= abs(total) - tolerance))
    p_value = extreme / len(sums) if exact else (extreme + 1) / (len(sums) + 1)
    typical = np.sort(sums[sizes > 0] / sizes[sizes > 0])
    draws = len(sums) if exact else len(sums) + 1
    out = math.ceil(alpha * draws / 2) - 2  # the last place at which 2 (1 + place) / draws < alpha
    low, high = (float(typical[out]), float(typical[-1 - out])) if out >= 0 else (-math.inf, math.inf)
    return Redrawn(float(diffs.mean()), low, high, p_value, exact)


def _all_subsets(diffs: Floats) -> tuple[Floats, Floats]:
    """Sum and size of every subset of the differences: those that a draw turns round."""
    sums, sizes = np.zeros(1), np.zeros(1)
    for diff in diffs:
        sums, sizes = np.concatenate([sums, sums + diff]), np.concatenate([sizes, sizes + 1])
    return sums, sizes


def _some_subsets(diffs: Floats, seed: int) -> tuple[Floats, Floats]:
    """Sum and size of random subsets."""
    random = np.random.default_rng(seed)
    sums, sizes = np.zeros(DRAWS), np.zeros(DRAWS)
    for diff in diffs:
        turned = random.random(DRAWS, np.float32) < 0.5
        sums += diff * turned
        sizes += turned
    return sums, sizes
