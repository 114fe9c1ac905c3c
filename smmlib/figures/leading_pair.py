"""The two variants of matched slots that decide, in the units in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from smmlib.experiments.rounding import places
from smmlib.experiments.slot_text import hardest_pair
from smmlib.experiments.slots import SlotComparison
from smmlib.figures.arm_rows import signed
from smmlib.language import Language

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LeadingPair:
    """The variant that is ahead, by chance or not, and the rival that is hardest to beat.

    Attributes:
        better: The one ahead.
        worse: Its rival.
        values: One row per block: value of `better`, of `worse`; per cent where they are rates.
        diffs: One per block: `better` less `worse`, percentage points where they are rates; on the ratio
            scale the log of their ratio.
        typical: Estimate, low, high of the difference, on the scale of `diffs`.
        p: P value of the pair, corrected for all pairs.
        ratio: Whether they are compared by their ratio.
        rate: Whether the values are rates.
    """

    better: str
    worse: str
    values: pd.DataFrame
    diffs: Floats
    typical: Floats
    p: float
    ratio: bool
    rate: bool

    def figure(self, place: float, language: Language) -> str:
        """A difference with its sign as the interval allows; on the ratio scale in per cent."""
        low, high = 100 * np.expm1(self.typical[1:]) if self.ratio else self.typical[1:]
        decimals = min(places((high - low) / 4), 2) if np.isfinite(high - low) else 2
        if not self.ratio:
            return signed(place, language, decimals)
        return signed(100 * float(np.expm1(place)), language, decimals) + (
            "\u00a0%" if language == "de" else "%"
        )


def leading_pair(result: SlotComparison) -> LeadingPair:
    """The leader against its strongest rival; turned round where most blocks speak for the rival."""
    row = hardest_pair(result)
    ratio, rate = result.scale == "ratio", result.impressions is not None
    typical = row[["estimate", "low", "high"]].to_numpy(np.float64)
    typical = np.log1p(typical) if ratio else typical * (100 if rate else 1)
    better, worse = str(row["variant"]), str(row["other"])
    if typical[0] < 0:  # one extraordinary post gave it the higher mean
        better, worse, typical = worse, better, -typical[[0, 2, 1]]
    values = result.values[[better, worse]] * (100 if rate else 1)
    first, second = values.to_numpy(np.float64).T
    diffs = np.log(first / second) if ratio else first - second
    return LeadingPair(better, worse, values, diffs, typical, float(row["p_adjusted"]), ratio, rate)
