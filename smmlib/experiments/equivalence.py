"""No relevant difference: two one-sided tests against the smallest lift worth acting on."""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np

from smmlib.errors import InvalidValueError
from smmlib.intervals import log_ratio
from smmlib.language import mark

if TYPE_CHECKING:
    from smmlib.experiments.arms import Arms, Floats
    from smmlib.experiments.pairs import Pairs, PairTerms


def check_smallest_lift(lift: float | None) -> None:
    """Raise an `InvalidValueError` unless `lift` is None or lies above 0, at most 1."""
    if lift is not None and not (isinstance(lift, Real) and math.isfinite(lift) and 0 < lift <= 1):
        raise InvalidValueError(
            mark(
                "The smallest lift worth acting on is {lift!r}; it must lie between 0 and 1 (0.05 stands "
                "for 5 %)."
            ),
            lift=lift,
        )


def equivalence_p(arms: Arms, pairs: Pairs, smallest_lift: float, terms: PairTerms) -> Floats:
    """P value, for each arm and its rival, of "the rates differ by `smallest_lift` or more".

    The bounds are ±log(1 + smallest_lift) on the log of the ratio of the rates, so that it does not
    matter which of the two is taken first. Both one-sided tests must reject, so nothing is to be
    corrected within a pair, nor over the pairs of a test that must all be alike.

    Args:
        arms: The counts.
        pairs: Who is compared with whom.
        smallest_lift: Smallest relative difference worth acting on, above 0, at most 1.
        terms: Dispersion, and the correction for looks.

    Returns:
        One value per arm; missing where it has no rival.

    Source:
        Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657-680; Berger (1982),
        Technometrics 24:295-300, for the intersection-union principle.
    """
    from scipy.special import ndtr

    p = np.full(len(arms.trials), np.nan)
    has = np.flatnonzero(pairs.rival >= 0)
    rival = pairs.rival[has]
    ratio, error = log_ratio(
        (arms.successes[has], arms.trials[has]),
        (arms.successes[rival], arms.trials[rival]),
        dispersion=terms.dispersion,
    )
    z = (math.log1p(smallest_lift) - np.abs(ratio)) / error  # of the farther bound: the other one rejects too
    if terms.correct is None:
        p[has] = np.where(z > 0, ndtr(-terms.as_normal(np.abs(z))), 1.0)
    else:  # a two-sided p that is corrected for looks, halved; on the wrong side of the bound it is large
        p[has] = np.where(z > 0, terms.correct(terms.as_normal(np.abs(z))) / 2, 1.0)
    return p
