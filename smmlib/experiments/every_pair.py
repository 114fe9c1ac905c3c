"""Every variant against every other one of its test, for any number of tests at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smmlib.experiments.adjusting import adjustment
from smmlib.experiments.looks import pocock_p_value
from smmlib.experiments.pairs import PairTerms, score
from smmlib.intervals import lift_limits, log_ratio, miettinen_nurminen, newcombe

if TYPE_CHECKING:
    from smmlib.experiments.arms import Floats, Ints
    from smmlib.experiments.comparison import Comparison

_NAMES = ["test", "variant", "other", "rate", "other_rate", "diff"]
_FIGURES = ["low", "high", "lift", "lift_low", "lift_high", "p_value", "p_adjusted"]


def every_pair(comparison: Comparison) -> pd.DataFrame:
    """One row per pair of variants; see `Comparison.all_pairs`."""
    arms = comparison.arms[comparison.arms["p_best"].notna() | (comparison.design == "slots")]
    first, second, test = _pairs(arms["test"])
    rate = arms["rate"].to_numpy(np.float64)
    swap = rate[second] > rate[first]
    first, second = np.where(swap, second, first), np.where(swap, first, second)
    x, n = (arms[name].to_numpy(np.float64) for name in ("successes", "trials"))
    figures = _figures(comparison, (x[first], n[first]), (x[second], n[second]), test)
    names = arms["variant"].to_numpy(object)
    said = {
        "test": arms["test"].to_numpy()[first],
        "variant": names[first],
        "other": names[second],
        "rate": rate[first],
        "other_rate": rate[second],
        "diff": rate[first] - rate[second],
    }
    return pd.DataFrame({**said, **figures}, columns=[*_NAMES, *_FIGURES])


def _figures(
    comparison: Comparison, own: tuple[Floats, Floats], other: tuple[Floats, Floats], test: Ints
) -> dict[str, Floats]:
    """Interval, lift and p values of each pair; missing where whole posts are the unit."""
    if comparison.design == "slots":
        return {name: np.full(len(test), np.nan) for name in _FIGURES}
    from scipy.special import ndtr

    judged = PairTerms(comparison.confidence, comparison.dispersion, comparison.degrees)
    terms = {"confidence": comparison.confidence, "dispersion": judged.widened}
    limits = newcombe if comparison.interval == "newcombe" else miettinen_nurminen
    z = judged.as_normal(score(own, other, comparison.dispersion))
    p_value: Floats = 2 * np.asarray(ndtr(-z), np.float64)
    figures = [
        *limits(own, other, **terms),
        np.expm1(log_ratio(own, other)[0]),
        *lift_limits(own, other, **terms),
        p_value,
        _adjusted(_for_looks(comparison, z, p_value), test, comparison.adjust),
    ]
    return dict(zip(_FIGURES, figures, strict=True))


def _for_looks(comparison: Comparison, z: Floats, p_value: Floats) -> Floats:
    """P values of single pairs, corrected for looks."""
    if comparison.look is not None:
        return comparison.look.p_value(z)
    return p_value if comparison.looks == 1 else pocock_p_value(z, comparison.looks)


def _pairs(tests: pd.Series) -> tuple[Ints, Ints, Ints]:
    """Positions of both arms of each pair, and the number of their test."""
    codes, _ = pd.factorize(tests)
    sizes = np.bincount(codes)
    starts = np.cumsum(sizes) - sizes
    parts = []
    for size in np.unique(sizes[sizes > 1]):
        which = np.flatnonzero(sizes == size)
        i, j = np.triu_indices(size, k=1)
        parts.append((starts[which][:, None] + i, starts[which][:, None] + j, np.repeat(which, len(i))))
    if not parts:
        return (np.zeros(0, np.intp),) * 3
    first, second, test = (np.concatenate([part[k].ravel() for part in parts]) for k in range(3))
    order = np.lexsort([second, first])
    return first[order], second[order], test[order]


def _adjusted(p: Floats, test: Ints, adjust: str) -> Floats:
    """P values corrected within each test; tests with as many pairs are corrected together."""
    adjusted = p.copy()
    pairs = np.bincount(test)
    for size in np.unique(pairs[pairs > 1]):
        place = np.flatnonzero(pairs[test] == size).reshape(-1, size)
        adjusted[place] = adjustment(adjust)(p[place])
    return adjusted
