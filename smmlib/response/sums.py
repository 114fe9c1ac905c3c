"""The metrics of an import, to be compared with what the platform shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmlib.language import Language, money, number, say, say_many
from smmlib.metrics import load_metrics

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Sum:
    """A metric of an import, to be compared with what the platform shows.

    Attributes:
        metric: Its id.
        currency: Of money, else "".
        total: Sum of the values.
        values: How many rows have one.
        missing: How many have none; these are missing, not zero.
        additive: Whether the sum means something; of reach it is only an upper bound.
        kind: Of results what they are, "" when the export does not say.
        sheet: Sheet they stand in, "" when there is only one.
    """

    metric: str
    currency: str
    total: float
    values: int
    missing: int
    additive: bool
    kind: str = ""
    sheet: str = ""

    def text(self, language: Language = "en") -> str:
        """One line."""
        figure = money(self.total, self.currency, language) if self.currency else number(self.total, language)
        passport = load_metrics().get(self.metric)
        name = passport.label(language) if passport else self.metric
        name = " · ".join(filter(None, (self.sheet, name, self.kind)))
        line = say_many(
            "{name}: {figure} in 1 row",
            "{name}: {figure} in {count} rows",
            self.values,
            language,
            name=name,
            figure=figure,
        )
        if self.missing:
            line += say(", {missing} missing", language, missing=self.missing)
        if passport and passport.combine == "bound":
            line += say(" (may not be added up: the sum is only an upper bound)", language)
        if passport and passport.combine == "latest":
            line += say(" (a level: the sum means nothing)", language)
        return line


def sums_of(table: pd.DataFrame, rows: int, *, sheet: str = "") -> tuple[Sum, ...]:
    """The metrics of a response table in the order they come; results of each kind by themselves.

    Args:
        table: Response table.
        rows: Entities (or days) there are, of which some lack the metric.
        sheet: Sheet they stand in.
    """
    known = load_metrics()
    kinds = _result_types(table)
    sums = []
    for key, part in table.groupby([table["metric"], table["currency"], kinds], sort=False):
        metric, currency, kind = map(str, key)
        money_like = bool(currency) or bool(part["amount"].notna().any())
        figures = part["amount"].astype("float64") if money_like else part["value"]
        count = int(figures.notna().sum())
        sums.append(
            Sum(
                metric=metric,
                currency=currency,
                total=float(figures.sum()),
                values=count,
                missing=0 if kind else max(rows - count, 0),
                additive=metric not in known or known[metric].additive,
                kind=kind,
                sheet=sheet,
            )
        )
    return tuple(sums)


def _result_types(table: pd.DataFrame) -> pd.Series[str]:
    """What the results of each row are, "" of other metrics and where nobody says."""
    import pandas as pd

    kinds = pd.Series("", index=table.index, dtype="str")
    results = table["metric"] == "results"
    if results.any():
        kinds[results] = table.loc[results, "labels"].map(_result_type)
    return kinds


def _result_type(labels: str) -> str:
    return str(json.loads(labels).get("result_type", "")) if "result_type" in labels else ""
