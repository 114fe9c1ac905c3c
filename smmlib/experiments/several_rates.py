"""Several rates of one test: clicks, comments, shares, saves. Who looks at more finds more by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments.adjusting import holm
from smmlib.experiments.comparing import compare
from smmlib.experiments.comparison import Comparison
from smmlib.language import Language, mark, say


@dataclass(frozen=True, eq=False)
class SeveralRates:
    """The same tests compared by several rates.

    Attributes:
        by_metric: Name of the metric to its comparison, in the order given; each is right by itself.
        primary: The metric the test is decided by.
        arms: One row per metric and arm: metric, then the columns of `Comparison.arms`, then p_all: p
            corrected for the pairs of the test and, by Holm, for the metrics looked at.
    """

    by_metric: Mapping[str, Comparison]
    primary: str
    arms: pd.DataFrame

    @property
    def decisive(self) -> Comparison:
        """The comparison by the primary metric."""
        return self.by_metric[self.primary]

    def to_frame(self) -> pd.DataFrame:
        """The table of arms; a copy."""
        return self.arms.copy()

    def text(self, language: Language = "en", test: object = None) -> str:
        """The verdict by the primary metric, and what the other ones add, marked as less sure."""
        chosen = self.decisive if test is None else self.decisive.only(test)
        rows = self.arms[self.arms["metric"] != self.primary]
        rows = rows[rows["test"].isin(chosen.tests["test"]) & (rows["diff"] > 0)]
        found = rows[rows["p_all"] < 1 - self.decisive.confidence]
        what = ", ".join(f"{row.metric} ({row.variant})" for row in found.itertuples())
        sentence = (
            say(
                "Also clear after correction for {count} rates: {what}.",
                language,
                what=what,
                count=len(self.by_metric),
            )
            if what
            else say(
                "Of the other rates none differs clearly, corrected for {count} rates.",
                language,
                count=len(self.by_metric),
            )
        )
        return f"{chosen.verdict(language)} {sentence}"


def compare_rates(
    table: pd.DataFrame, *, metrics: Mapping[str, tuple[str, str]], primary: str = "", **terms: Any
) -> SeveralRates:
    """Compare the variants of tests by several rates at once.

    Decide by the primary metric, which is named before the test starts. The others are looked at to
    understand; their p values are corrected for how many there are.

    Args:
        table: One row per arm; it is not changed.
        metrics: Name of the metric to its columns (trials, successes); at least one.
        primary: The metric that decides; empty: the first.
        **terms: As of `compare`, without trials and successes.

    Raises:
        InvalidValueError: There is no metric.
        UnknownNameError: `primary` is none of them.

    Source:
        Holm (1979), over the metrics, of p values that are corrected within each test already.
    """
    if not metrics:
        raise InvalidValueError(mark("No metric is given; name at least one with its two columns."))
    primary = primary or next(iter(metrics))
    if primary not in metrics:
        raise UnknownNameError(mark("Metric"), primary, metrics)
    by_metric = {
        name: compare(table, trials=trials, successes=successes, **terms)
        for name, (trials, successes) in metrics.items()
    }
    parts = [result.arms.assign(metric=name) for name, result in by_metric.items()]
    p = np.stack([part["p_adjusted"].to_numpy(np.float64) for part in parts], axis=-1)
    corrected = holm(p)
    arms = pd.concat([part.assign(p_all=corrected[:, i]) for i, part in enumerate(parts)], ignore_index=True)
    return SeveralRates(by_metric, primary, arms[["metric", *(c for c in arms.columns if c != "metric")]])
