"""Confidence sequences: intervals and p values that hold however often, and whenever, one looks.

Chosen: Robbins's normal mixture in its asymptotic form, on the score statistic of two rates. It is closed
(no simulation), takes the dispersion like every other interval here, is two-sided, and can be tuned to
the planned size, where it is 1.55 times as wide as an interval for one look. Exact sequences for
bounded outcomes exist, but at click rates of a few per cent they are several times wider.

It holds where counts vary as the dispersion says and independently from look to look, and where every
variant has some twenty responses (and as many without) before anybody looks: it is asymptotic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from numbers import Real

import numpy as np

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Floats
from smmlib.language import mark


@dataclass(frozen=True)
class AlwaysValid:
    """A test that may be looked at any number of times, with no plan for when.

    Attributes:
        alpha: Two-sided error at which the sequence is narrowest; it holds for every other one too.
        tightest: Share of the planned people at which it is narrowest, above 0.

    Raises:
        InvalidValueError: A value lies outside its range.

    Source:
        Robbins (1970), Annals of Mathematical Statistics 41:1397-1409; Waudby-Smith, Arbour, Sinha,
        Kennedy and Ramdas (2024), Annals of Statistics 52:2613-2640, for the asymptotic form; Howard,
        Ramdas, McAuliffe and Sekhon (2021), Annals of Statistics 49:1055-1080, proposition 3, for the
        tuning.
    """

    alpha: float = 0.05
    tightest: float = 1.0

    def __post_init__(self) -> None:
        numbers = isinstance(self.alpha, Real) and isinstance(self.tightest, Real)
        if not (numbers and 0 < self.alpha < 1 and 0 < self.tightest < math.inf):
            raise InvalidValueError(
                mark(
                    "The sequence has alpha {alpha!r} and is tightest at {tightest!r}; alpha must lie "
                    "between 0 and 1, and the share of the planned people above 0."
                ),
                alpha=self.alpha,
                tightest=self.tightest,
            )

    @cached_property
    def mixing(self) -> float:
        """Variance of the mixture, per share of the planned people."""
        from scipy.special import lambertw

        best = -float(lambertw(-(self.alpha**2) / math.e, -1).real) - 1
        return best / self.tightest

    def at(self, fraction: float) -> SequenceLook:
        """The look at that share of the planned people; it may lie beyond 1.

        Raises:
            InvalidValueError: The share is not above 0.
        """
        if not 0 < fraction < math.inf:
            raise InvalidValueError(
                mark("{fraction:plain} of the planned people cannot be looked at; give a share above 0."),
                fraction=fraction,
            )
        return SequenceLook(self, float(fraction))


@dataclass(frozen=True, slots=True)
class SequenceLook:
    """One of any number of looks: `AlwaysValid.at`.

    Attributes:
        sequence: What it belongs to.
        fraction: Share of the planned people seen by now.
    """

    sequence: AlwaysValid
    fraction: float

    @property
    def planned(self) -> int:
        """0: any number of looks is allowed."""
        return 0

    def bound(self, alpha: float) -> float:
        """The |z| at which the test may be stopped with a winner, two-sided error `alpha`."""
        x = self.sequence.mixing * self.fraction
        return math.sqrt((1 + x) / x * (math.log1p(x) - 2 * math.log(alpha)))

    def p_value(self, z: Floats) -> Floats:
        """Always-valid p value of |z|: 1 over the mixture likelihood ratio, at most 1.

        Source: Johari, Koomen, Pekelis and Walsh (2022), Operations Research 70:1806-1821.
        """
        x = self.sequence.mixing * self.fraction
        log_ratio = np.square(z) * x / (2 * (1 + x)) - math.log1p(x) / 2
        p: Floats = np.asarray(np.exp(-np.maximum(log_ratio, 0.0)), np.float64)
        return p
