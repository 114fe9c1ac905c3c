"""The variant a verdict speaks of: its rival, the figures between them, and how exactly they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from smmlib.experiments.comparison import Comparison
from smmlib.experiments.rounding import rounded_number, rounded_percent
from smmlib.intervals import critical, log_ratio, wilson
from smmlib.language import Language, number, percent


@dataclass(frozen=True, slots=True)
class Lead:
    """The leading variant of a test against its rival. Rates and differences are fractions.

    Attributes:
        name: The winner; without one, the variant with the highest rate.
        other: The control, else the best other variant.
        rate: Rate of the leader.
        rate_error: Its standard error.
        other_rate: Rate of the rival.
        other_error: Its standard error.
        low: Lower limit of the difference.
        high: Upper limit of it.
        confidence: Level of the interval.
        p: P value of the difference, corrected.
        p_best: Probability of the leader to be the best.
        lift: Relative difference.
        lift_error: Standard error of the log ratio.
    """

    name: str
    other: str
    rate: float
    rate_error: float
    other_rate: float
    other_error: float
    low: float
    high: float
    confidence: float
    p: float
    p_best: float
    lift: float
    lift_error: float

    def words(self, language: Language) -> dict[str, str]:
        """Its figures, each rounded as its error allows; differences in percentage points."""
        error = 100 * (self.high - self.low) / (2 * critical(self.confidence))
        diff, low, high = (
            rounded_number(100 * value, error, language, sign=True)
            for value in (self.rate - self.other_rate, self.low, self.high)
        )
        return {
            "lead": self.name,
            "other": self.other,
            "rate": rounded_percent(self.rate, self.rate_error, language),
            "other_rate": rounded_percent(self.other_rate, self.other_error, language),
            "diff": diff,
            "low": low,
            "high": high,
            "confidence": level(self.confidence, language),
            "p": p_text(self.p, language),
        }


def leader(comparison: Comparison) -> Lead:
    """The leader of the only test of `comparison`, which must be usable."""
    arms = comparison.arms.astype({"variant": object})  # a row keeps names that are numbers as they are
    named = arms["variant"] == comparison.tests["winner"].iloc[0]
    if not named.any():
        compared = arms["diff"].notna()
        named = compared & (arms["rate"] == arms.loc[compared, "rate"].max())
    lead = arms.loc[named].iloc[0]
    if np.isnan(lead["diff"]):  # the control won: say it against the best of the others
        rival = _best(arms[arms["variant"] != lead["variant"]])
        low, high, p = -rival["high"], -rival["low"], rival["p_adjusted"]
    else:
        rival = _rival(arms, lead, comparison.control)
        low, high, p = lead["low"], lead["high"], lead["p_adjusted"]
    counts = [(float(arm["successes"]), float(arm["trials"])) for arm in (lead, rival)]
    ratio, error = log_ratio(*counts, dispersion=comparison.dispersion)
    return Lead(
        name=str(lead["variant"]),
        other=str(rival["variant"]),
        rate=float(lead["rate"]),
        rate_error=_rate_error(counts[0], comparison.dispersion),
        other_rate=float(rival["rate"]),
        other_error=_rate_error(counts[1], comparison.dispersion),
        low=float(low),
        high=float(high),
        confidence=comparison.confidence,
        p=float(p),
        p_best=float(lead["p_best"]),
        lift=float(np.expm1(ratio)),
        lift_error=float(error),
    )


def largest_difference(comparison: Comparison) -> float:
    """The largest relative difference from the leader that two one-sided tests do not reject.

    Source:
        Limits of level 1 - 2·alpha: Schuirmann (1987), see `equivalence`.
    """
    narrow = replace(comparison, confidence=1 - 2 * (1 - comparison.confidence))
    pairs = narrow.all_pairs()
    best = _best(comparison.arms)["variant"]
    first = comparison.control if comparison.control is not None else best
    pairs = pairs[(pairs["variant"] == first) | (pairs["other"] == first)]
    logs = np.log1p(pairs[["lift_low", "lift_high"]].to_numpy(np.float64))
    return float(np.expm1(np.abs(logs).max()))


def level(confidence: float, language: Language) -> str:
    """A confidence level as per cent, with as many places as it has: "95%", "99.9%"."""
    exact = next((n for n in range(4) if abs(round(confidence, n + 2) - confidence) < 1e-12), 4)
    return percent(confidence, language, exact)


def p_text(p: float, language: Language) -> str:
    """A p value as it is printed: three decimals, or "p < 0.001"."""
    return f"p < {number(0.001, language, 3)}" if p < 0.001 else f"p = {number(p, language, 3)}"


def _rate_error(counts: tuple[float, float], dispersion: float) -> float:
    """Standard error of a rate from its score interval, which has a width where nobody responded, too."""
    low, high = wilson(*counts, dispersion=dispersion)
    return float(high - low) / (2 * critical(0.95))


def _rival(arms: pd.DataFrame, lead: pd.Series, control: str | None) -> pd.Series:
    if control is not None:
        rival: pd.Series = arms[arms["variant"] == control].iloc[0]
        return rival
    return _best(arms[arms["variant"] != lead["variant"]])


def _best(arms: pd.DataFrame) -> pd.Series:
    best: pd.Series = arms.iloc[int(arms["rate"].argmax())]
    return best
