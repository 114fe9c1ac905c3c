"""Key figures per network, account, campaign or label: every one with its passport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmlib.errors import UnknownNameError
from smmlib.language import Language, mark, say
from smmlib.metrics import Passport
from smmlib.response.pivot import definitions_for
from smmlib.response.totals import totals

if TYPE_CHECKING:
    import pandas as pd

GROUPINGS = (
    "network",
    "account",
    "campaign",
    "variant",
    "labels",
    "segment",
    "source",
    "local_day",
    "local_weekday",
    "local_hour",
)
"""Columns key figures may be grouped by."""


@dataclass(frozen=True, slots=True, eq=False)
class KeyFigures:
    """Key figures of a selection. Posts, ads and whole accounts are never added together.

    Attributes:
        by: Columns grouped by, after `entity`.
        rows: One row per group, metric and currency: entity, `by`, metric, currency, value (NaN when
            missing or only a range is known), low and high (95 % Wilson limits of a proportion, or the
            range of a `bound`), posts (in the group), known (of these, with the metric), numerator,
            denominator. Sorted.
        passports: What each metric means.
        confidence: Level of the Wilson limits.
    """

    by: tuple[str, ...]
    rows: pd.DataFrame
    passports: Mapping[str, Passport]
    confidence: float

    def to_frame(self) -> pd.DataFrame:
        """`rows`, as a copy."""
        return self.rows.copy()

    def wide(self) -> pd.DataFrame:
        """One row per group, one column per metric; a range or a missing figure is NaN."""
        named = self.rows.assign(
            metric=self.rows["metric"] + self.rows["currency"].map(lambda c: f" {c}" if c else "")
        )
        return named.pivot(index=["entity", *self.by], columns="metric", values="value").reset_index()

    def shown(self, row: Mapping[str, Any], language: Language) -> str:
        """The figure of one of `rows` as people read it: a value, a range, or an en dash."""
        metric = self.passports[row["metric"]]
        if not row["bound"]:
            return metric.show(row["value"], language, row["currency"])
        low, high = (metric.show(row[end], language, row["currency"]) for end in ("low", "high"))
        return say("{low} to {high}", language, low=low, high=high)


def kpis(
    table: Any,
    *,
    by: Sequence[str] = ("network",),
    metrics: Sequence[str] | None = None,
    confidence: float = 0.95,
    definitions: Mapping[str, Passport] | None = None,
) -> KeyFigures:
    """Key figures per group: sums, ranges of people, newest levels, rates with their interval.

    Args:
        table: Response table: Narwhals frame, DuckDB relation, pandas or Arrow table.
        by: Some of `GROUPINGS`; empty gives one group per kind of entity.
        metrics: Metric ids; None: all that the rows allow.
        confidence: Level of the Wilson interval of proportions. It takes responses as independent,
            which they are not quite: read it as the least uncertainty there is.
        definitions: Passports of metrics of one's own; see `smmlib.metrics.load_metrics`.

    Raises:
        UnknownNameError: A column to group by, or a metric, does not exist.
    """
    for name in by:
        if name not in GROUPINGS:
            raise UnknownNameError(mark("Grouping"), name, GROUPINGS)
    rows = totals(table, metrics, by=("entity", *by), confidence=confidence, definitions=definitions)
    return KeyFigures(tuple(by), rows, definitions_for(rows["metric"], definitions), confidence)
