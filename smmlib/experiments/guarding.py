"""Guardrails: does a variant that may win do harm elsewhere, in comments hidden, unfollows, complaints?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.adjusting import holm
from smmlib.experiments.arms import Columns, read_arms
from smmlib.experiments.comparing import check_dispersion
from smmlib.intervals import critical, lift_limits, log_ratio
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    from smmlib.experiments.arms import Floats

State = Literal["harmed", "safe", "unclear"]

STATES: dict[State, str] = {
    "harmed": mark("harm shown"),
    "safe": mark("no harm beyond the margin"),
    "unclear": mark("unclear"),
}
_COLUMNS = ["test", "variant", "metric", "rate", "control_rate", "lift", "lift_low", "lift_high", "p_harm"]


@dataclass(frozen=True, eq=False)
class Guardrails:
    """Each variant against the control on metrics that must not rise.

    Attributes:
        arms: One row per test, variant (but the control) and metric: test, variant, metric, rate,
            control_rate, lift (relative, 0.1 = 10 % more), lift_low, lift_high, p_harm (one-sided, Holm
            over the variants and metrics of the test), state.
        problems: Rows that cannot be used, with their metric; see `Comparison.problems`.
        control: Name of the control.
        margin: Relative rise that would be borne.
        confidence: Level of intervals; 1 - confidence is the error allowed.
    """

    arms: pd.DataFrame
    problems: pd.DataFrame
    control: str
    margin: float
    confidence: float

    def to_frame(self) -> pd.DataFrame:
        """The table of arms; a copy."""
        return self.arms.copy()

    def text(self, language: Language = "en") -> str:
        """What is harmed, safe and unclear, a sentence each."""
        lines = []
        for state, template in _SENTENCES.items():
            rows = self.arms[self.arms["state"] == state]
            if len(rows):
                what = ", ".join(f"{row.variant}: {row.metric}" for row in rows.itertuples())
                lines.append(say(template, language, what=what, control=self.control, margin=self.margin))
        return " ".join(lines)


_SENTENCES: dict[State, str] = {
    "harmed": mark(
        "Harm against {control} is shown for {what}: do not roll it out before this is understood."
    ),
    "unclear": mark("Too few cases to say whether {what} rises by more than {margin:%0}."),
    "safe": mark("No rise beyond {margin:%0} for {what}."),
}


def guardrails(  # noqa: PLR0913
    table: pd.DataFrame,
    *,
    test: str,
    variant: str,
    trials: str,
    metrics: Mapping[str, str],
    control: str,
    margin: float = 0.1,
    confidence: float = 0.95,
    dispersion: float = 1.0,
) -> Guardrails:
    """Look whether variants raise what must not rise, against a control.

    A variant is "harmed" when its rate is higher than the control's (one-sided, corrected), "safe" when
    the interval of its lift ends below `margin`, else "unclear": no finding of harm is no proof of safety.

    Args:
        table: One row per arm; it is not changed.
        test: Column with the name of the test.
        variant: Column with the name of the variant.
        trials: Column with counts of people, impressions or views.
        metrics: Name of a metric to the column with its count, e.g. {"unfollows": "unfollows"}.
        control: Name of the control variant; every test needs it.
        margin: Relative rise that would be borne, above 0.
        confidence: Level of intervals and decisions, between 0 and 1.
        dispersion: Variance inflation, at least 1.

    Raises:
        MissingColumnError: A column is not there.
        UnknownNameError: No test has the control.
        InvalidValueError: margin, confidence or dispersion lie outside their range.

    Source:
        One-sided pooled score test; Holm (1979); lift on the log scale (Katz et al. 1978). The margin is
        that of a non-inferiority test: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and
        Proportions, 7.1.
    """
    check_dispersion(dispersion)
    critical(confidence)
    if not (isinstance(margin, Real) and math.isfinite(margin) and margin > 0):
        raise InvalidValueError(
            mark("The margin of a guardrail is {margin!r}; it must lie above 0 (0.1 stands for 10 % more)."),
            margin=margin,
        )
    parts, problems = [], []
    for metric, column in metrics.items():
        columns = Columns(test, variant, trials, column)
        columns.check(table, None, control)
        arms = read_arms(table, columns, shares=None, control=control)
        problems.append(arms.problems.assign(metric=metric))
        for tests, place in arms.by_size:
            first = arms.control[tests] if arms.control is not None else place[:, 0]
            others = place[place != first[:, None]]
            against = np.repeat(first, place.shape[1] - 1)
            own, other = ((arms.successes[i], arms.trials[i]) for i in (others, against))
            ratio, _ = log_ratio(own, other)
            low, high = lift_limits(own, other, confidence=confidence, dispersion=dispersion)
            figures = (own[0] / own[1], other[0] / other[1], np.expm1(ratio), low, high)
            names = (
                arms.tests.take(arms.test_of_arm[others]),
                arms.variants.to_numpy(object)[others],
                metric,
            )
            p = _one_sided(own, other, dispersion)
            parts.append(pd.DataFrame(dict(zip(_COLUMNS, (*names, *figures, p), strict=True))))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)
    return Guardrails(
        arms=_judged(frame, margin, 1 - confidence),
        problems=pd.concat(problems, ignore_index=True) if problems else pd.DataFrame(),
        control=control,
        margin=float(margin),
        confidence=confidence,
    )


def _one_sided(own: tuple[Floats, Floats], other: tuple[Floats, Floats], dispersion: float) -> Floats:
    """P value of "the rate is no higher than the other's"; 0.5 where neither or every trial succeeded."""
    from scipy.special import ndtr

    (x, n), (y, m) = own, other
    pooled = (x + y) / (n + m)
    error = np.sqrt(dispersion * pooled * (1 - pooled) * (1 / n + 1 / m))
    z = np.divide(x / n - y / m, error, out=np.zeros_like(x), where=error > 0)
    p: Floats = np.asarray(ndtr(-z), np.float64)
    return p


def _judged(frame: pd.DataFrame, margin: float, alpha: float) -> pd.DataFrame:
    """The frame with p corrected within each test, a state for each row, tests together."""
    frame = frame.sort_values("test", kind="stable").reset_index(drop=True)
    codes = pd.factorize(frame["test"])[0]
    wide = np.full((codes.max(initial=-1) + 1, max(np.bincount(codes), default=0)), np.nan)
    place = frame.groupby("test", sort=False).cumcount().to_numpy()
    wide[codes, place] = frame["p_harm"].to_numpy(np.float64)
    frame["p_harm"] = holm(wide)[codes, place] if len(frame) else frame["p_harm"]
    harmed, safe = frame["p_harm"] < alpha, frame["lift_high"] < margin
    frame["state"] = np.select([harmed, safe], ["harmed", "safe"], "unclear")
    return frame
