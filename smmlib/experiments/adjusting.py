"""Correct p values for how many comparisons a test makes: arrays of any shape, corrected along the last axis.

Missing p values (NaN) are no comparisons: they stay missing and are not counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from smmlib.errors import UnknownNameError
from smmlib.experiments.arms import Floats, Ints
from smmlib.language import mark

Adjustment = Literal["holm", "hochberg", "bh"]


def holm(p: Floats) -> Floats:
    """Step-down adjustment that bounds the chance of any false finding, however the tests hang together.

    Args:
        p: P values, shape (…, comparisons).

    Source:
        Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    order, ranked, count = _ranked(p)
    factors = count - np.arange(p.shape[-1])
    return _back(order, np.minimum(np.maximum.accumulate(ranked * np.maximum(factors, 1), axis=-1), 1), p)


def hochberg(p: Floats) -> Floats:
    """Step-up adjustment that bounds the chance of any false finding; never larger than `holm`.

    It is for comparisons that are independent or depend on each other positively.

    Args:
        p: P values, shape (…, comparisons).

    Source:
        Hochberg (1988), Biometrika 75:800-802.
    """
    order, ranked, count = _ranked(p)
    factors = count - np.arange(p.shape[-1])
    return _back(order, _from_above(ranked * np.maximum(factors, 1)), p)


def benjamini_hochberg(p: Floats) -> Floats:
    """Step-up adjustment that bounds the expected share of false findings among all findings.

    Args:
        p: P values, shape (…, comparisons).

    Source:
        Benjamini and Hochberg (1995), JRSS B 57:289-300.
    """
    order, ranked, count = _ranked(p)
    factors = np.maximum(count, 1) / (np.arange(p.shape[-1]) + 1)
    return _back(order, _from_above(ranked * factors), p)


ADJUSTMENTS: dict[Adjustment, Callable[[Floats], Floats]] = {
    "holm": holm,
    "hochberg": hochberg,
    "bh": benjamini_hochberg,
}


def adjustment(name: str) -> Callable[[Floats], Floats]:
    """The function of that name.

    Raises:
        UnknownNameError: There is no such adjustment.
    """
    if name not in ADJUSTMENTS:
        raise UnknownNameError(mark("Adjustment"), str(name), ADJUSTMENTS)
    return ADJUSTMENTS[name]


def _ranked(p: Floats) -> tuple[Ints, Floats, Ints]:
    """Order of the p values, the values in it (missing ones last, as infinite), and how many there are."""
    values = np.where(np.isnan(p), np.inf, p)
    order = values.argsort(axis=-1, kind="stable")
    count = np.sum(np.isfinite(values), axis=-1, keepdims=True)
    return order, np.take_along_axis(values, order, axis=-1), count


def _from_above(values: Floats) -> Floats:
    """The smallest of each value and all behind it, at most 1."""
    reversed_ = np.minimum.accumulate(values[..., ::-1], axis=-1)[..., ::-1]
    smallest: Floats = np.minimum(reversed_, 1)
    return smallest


def _back(order: Ints, adjusted: Floats, p: Floats) -> Floats:
    """Adjusted values in the order of `p`."""
    result = np.empty_like(p)
    np.put_along_axis(result, order, adjusted, axis=-1)
    result[np.isnan(p)] = np.nan
    return result
