"""What a variant will really bring: measured lifts drawn towards what lifts usually are.

The best of several variants is partly the luckiest: its measured lift is too high on average (the winner's
curse). How much of a lift is luck follows from how much lifts differ in earlier tests.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Floats, Ints
from smmlib.experiments.comparison import Comparison
from smmlib.experiments.pooling import between, means, residuals
from smmlib.intervals import critical
from smmlib.language import Language, mark, say

ENOUGH_TESTS = 20
"""Tests from which on a team's own history says more than the published figure."""

_DESIGNS = ("randomised", "platform")


@dataclass(frozen=True, slots=True)
class Prior:
    """How much variants of one test usually differ in truth.

    Attributes:
        spread: Standard deviation of the log rates of variants around the middle of their test.
        ahead: Mean log lift of the other variants over the control, 0 without one.
        tests: Tests it was learned from; 0: a published figure.
        source: Where it comes from, marked for the catalogue.
    """

    spread: float
    ahead: float = 0.0
    tests: int = 0
    source: str = ""

    @property
    def typical_lift(self) -> float:
        """Median true difference of two variants, relative: 0.2 = one has 20 % more than the other."""
        return math.expm1(NormalDist().inv_cdf(0.75) * math.sqrt(2) * self.spread)

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute, and the typical lift."""
        return pd.DataFrame([{**asdict(self), "typical_lift": self.typical_lift}])

    def text(self, language: Language = "en") -> str:
        """What it says, in a sentence."""
        return say(
            "Two variants of a test typically differ by {lift:%0} in truth ({source}).",
            language,
            lift=self.typical_lift,
            source=say(self.source, language, tests=self.tests),
        )


def prior_of_median(median: float, source: str) -> Prior:
    """The prior under which half of all pairs of variants differ by more than `median` (0.2 = 20 %).

    Raises:
        InvalidValueError: `median` is not above 0.

    Source:
        Log ratios of two variants are normal around 0 with variance 2·spread²; half of them lie within
        0.6745 standard deviations.
    """
    if not median > 0:
        raise InvalidValueError(
            mark("The median difference is {median:plain}; it must be above 0 (0.2 stands for 20 %)."),
            median=median,
        )
    return Prior(math.log1p(median) / NormalDist().inv_cdf(0.75) / math.sqrt(2), source=source)


PUBLISHED = prior_of_median(
    0.208, mark("published: 373 tests of share pages; their measured differences, so rather too much")
)
"""Median relative difference 20.8 % over 373 tests: a spread of 0.198.

It was measured, chance included, so the true spread is smaller and lifts are shrunk too little: the result
is a figure to expect at most. For comparison: `learn_prior` of 1,584 usable headline tests of a news site,
chance taken out, gives a spread of 0.162 (a median of 16.8 %).
"""


@dataclass(frozen=True, eq=False)
class Shrunken:
    """Lifts as measured and as they are to be expected.

    Attributes:
        arms: One row per arm that has a rival: test, variant, rival, lift (rate over the rival's, less 1, as
            measured), expected (the same, shrunk), low, high (interval of `expected`), kept (share of the
            measured log lift that is believed; missing where nothing was measured).
        prior: What it was shrunk by.
        confidence: Level of the intervals.
    """

    arms: pd.DataFrame
    prior: Prior
    confidence: float

    def to_frame(self) -> pd.DataFrame:
        """The table of arms; a copy."""
        return self.arms.copy()

    def leaders(self) -> pd.DataFrame:
        """The row of each test's strongest variant."""
        order = self.arms.sort_values("expected", ascending=False, kind="stable")
        return order.drop_duplicates("test").sort_index().reset_index(drop=True)

    def text(self, language: Language = "en") -> str:
        """By how much the lifts of the leading variants shrink, and why."""
        lead = self.leaders()
        sentence = say(
            "The leading variants measured {lift:+%0} (median); {expected:+%0} is to be expected of them, "
            "because the best of several is partly the luckiest.",
            language,
            lift=float(lead["lift"].median()),
            expected=float(lead["expected"].median()),
        )
        return f"{sentence} {self.prior.text(language)}"


def learn_prior(comparison: Comparison) -> Prior:
    """How much variants differ in truth, from a team's own tests.

    Args:
        comparison: At least two usable tests in which chance or the platform split the readers. With a
            control in it, the mean lift over the control is learned too.

    Raises:
        InvalidValueError: Another design, or fewer than two usable tests.

    Source:
        Paule and Mandel (1982) over all tests at once, see `pooling.between`; the variance of a log rate
        by the delta method (Katz et al. 1978), times the dispersion.
    """
    logs = _log_rates(comparison)
    tests = len(np.unique(logs.test))
    if tests < 2:
        raise InvalidValueError(
            mark("Only {count} usable tests; at least 2 are needed to learn how much variants differ."),
            count=tests,
        )
    variance = between(logs.value, logs.variance, logs.test, logs.other)
    slope = residuals(logs.value, 1 / (logs.variance + variance), logs.test, logs.other)[1]
    return Prior(math.sqrt(variance), slope, tests, mark("from {tests} tests of your own"))


def usual_prior(comparison: Comparison) -> Prior:
    """Learned from these tests if `ENOUGH_TESTS` of them can be used for it, else `PUBLISHED`."""
    usable = int((comparison.tests["decision"] != "invalid").sum())
    enough = comparison.design in _DESIGNS and usable >= ENOUGH_TESTS
    return learn_prior(comparison) if enough else PUBLISHED


def shrink(comparison: Comparison, prior: Prior | None = None) -> Shrunken:
    """Lifts as they are to be expected when a variant is used again.

    Args:
        comparison: Tests in which chance or the platform split the readers; unusable ones are left out.
        prior: How much variants usually differ; None: learned from these tests if there are
            `ENOUGH_TESTS`, else `PUBLISHED`.

    Raises:
        InvalidValueError: Another design.

    Source:
        Normal-normal empirical Bayes on log rates: Efron and Morris (1975), JASA 70:311-319; with an
        unknown middle of each test, Morris (1983), JASA 78:47-55. The control is one of the arms, set
        `ahead` apart from the others.
    """
    logs = _log_rates(comparison)
    prior = prior or usual_prior(comparison)
    own, rival = _rivals(logs)
    spread = prior.spread**2
    shift = prior.ahead * (logs.other if logs.other is not None else np.zeros(len(logs.value)))
    weight = 1 / (logs.variance + spread)
    value = logs.value - shift
    middle = means(value, weight, logs.test)[logs.test] if len(value) else value
    kept = spread * weight
    expected = kept * (value - middle)
    lift = logs.value[own] - logs.value[rival]
    believed = expected[own] - expected[rival] + shift[own] - shift[rival]
    half = critical(comparison.confidence) * np.sqrt(_variance(logs, spread, own, rival))
    names = logs.names.to_numpy(object)
    frame = pd.DataFrame(
        {
            "test": logs.tests.to_numpy()[own],
            "variant": names[own],
            "rival": names[rival],
            "lift": np.expm1(lift),
            "expected": np.expm1(believed),
            "low": np.expm1(believed - half),
            "high": np.expm1(believed + half),
            "kept": np.divide(believed, lift, out=np.full(len(lift), np.nan), where=lift != 0),
        }
    )
    return Shrunken(frame, prior, comparison.confidence)


@dataclass(frozen=True, eq=False, slots=True)
class _LogRates:
    """Log rates of usable arms: name and number of the test, variant, value, variance, 1 if no control."""

    tests: pd.Series
    names: pd.Series
    test: Ints
    value: Floats
    variance: Floats
    other: Floats | None


def _log_rates(comparison: Comparison) -> _LogRates:
    if comparison.design not in _DESIGNS:
        raise InvalidValueError(
            mark(
                "Lifts of the design {design!r} cannot be shrunk: chance did not split the readers, so their "
                "error is not known. Use randomised or platform tests."
            ),
            design=comparison.design,
        )
    usable = comparison.tests.loc[comparison.tests["decision"] != "invalid", "test"]
    arms = comparison.arms[comparison.arms["test"].isin(usable)].reset_index(drop=True)
    n, x = arms["trials"].to_numpy(np.float64), arms["successes"].to_numpy(np.float64)
    test: Ints = np.asarray(pd.factorize(arms["test"])[0], np.intp)
    edge = np.bincount(test, (x == 0) | (x == n), minlength=1)[test] > 0 if len(test) else x > 0
    x, n = np.where(edge, x + 0.5, x), np.where(edge, n + 1, n)
    other: Floats | None = None
    if comparison.control is not None:
        other = (arms["variant"] != comparison.control).to_numpy().astype(np.float64)
    variance = comparison.dispersion * (1 / x - 1 / n)
    return _LogRates(arms["test"], arms["variant"], test, np.log(x / n), variance, other)


def _rivals(logs: _LogRates) -> tuple[Ints, Ints]:
    """Positions of arms and of their rivals: the control, else the best other arm of the test."""
    count = len(logs.value)
    if logs.other is not None:
        control = np.zeros(logs.test.max(initial=-1) + 1, np.intp)
        control[logs.test[logs.other == 0]] = np.flatnonzero(logs.other == 0)
        own = np.flatnonzero(logs.other == 1)
        return own, control[logs.test[own]]
    order = np.lexsort([-logs.value, logs.test])
    first = np.flatnonzero(np.diff(logs.test[order], prepend=-1))
    best, second = order[first], order[np.minimum(first + 1, max(count - 1, 0))]
    rival = best[logs.test]
    rival[best] = second
    return np.arange(count), rival


def _variance(logs: _LogRates, spread: float, own: Ints, rival: Ints) -> Floats:
    """Posterior variance of the log lift of each arm over its rival, the middle of the test being unknown."""
    weight = 1 / (logs.variance + spread)
    kept = spread * weight
    if not len(kept):
        return kept
    each = kept * logs.variance
    total = np.bincount(logs.test, weight)[logs.test]
    variance: Floats = each[own] + each[rival] + (kept[own] - kept[rival]) ** 2 / total[own]
    return variance
