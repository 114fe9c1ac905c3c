"""A metric over time, cut where a platform changed what it counts; missing days are gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import narwhals as nw

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Message, mark
from smmlib.metrics import Passport, breaks_of, in_language
from smmlib.response.calendar import STEPS, Step, first_day, running_number
from smmlib.response.key_figures import GROUPINGS
from smmlib.response.pivot import DAYS_FIRST, as_lazy, definitions_for
from smmlib.response.totals import FIGURES, totals

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.figures import Chart
    from smmlib.language import Language

COLUMNS = ("series", "start", "end", *FIGURES, "piece", "basis")
BASES: Mapping[str, str] = {
    "period": mark("values of the period"),
    "published": mark("lifetime values, by day of publication"),
    "both": mark("values of the period, else lifetime values by day of publication"),
}
_NO_DATES = mark(
    "These rows have no dates, so there is no time line. Weekday and hour, if the file has them, "
    "are in the heatmap."
)
_NO_METRIC = mark("None of these rows has a value for {metric!r}.")


@dataclass(frozen=True, slots=True)
class Cut:
    """A day on which a series was cut, and why."""

    series: str
    on: date
    notes: Mapping[Language, str]

    def note(self, language: Language) -> str:
        """The reason in `language`."""
        return in_language(self.notes, language)


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """A metric over time.

    Attributes:
        metric: Its passport.
        step: "day", "week" (from Monday) or "month".
        by: Column that tells the series apart.
        entity: What was counted: "post", "account" or "ad"; empty when there is nothing.
        rows: One row per series and period, without holes between the first and the last: series,
            start, end (dates), the columns of `totals.FIGURES`, piece (a line is drawn within one
            piece only), basis (one of `BASES`). A period without data has NaN, never zero.
        cuts: Breaks that lie within.
        problem: Why there is nothing to show; None when there is.
    """

    metric: Passport
    step: Step
    by: str
    entity: str
    rows: pd.DataFrame
    cuts: tuple[Cut, ...] = ()
    problem: Message | None = None

    def to_frame(self) -> pd.DataFrame:
        """`rows`, as a copy."""
        return self.rows.copy()

    def plot(self, language: Language = "en") -> Chart:
        """Draw it; see `smmlib.figures.timeline`."""
        from smmlib.figures import Chart

        return Chart("timeline", language=language).update(self)


def timeline(
    table: Any,
    metric: str,
    *,
    window: Step = "day",
    by: str = "network",
    definitions: Mapping[str, Passport] | None = None,
) -> Timeline:
    """A metric per day, week or month, one series per network (account, campaign, …).

    Values of days are preferred; where an export gives only lifetime values they stand on the day of
    publication. Posts come first; accounts, then ads, where posts have no such value.

    Args:
        table: Response table; see `kpis`.
        metric: Metric id; rates are recomputed from sums in each period.
        window: "day", "week" or "month".
        by: Column that tells the series apart, one of `GROUPINGS`.
        definitions: Passports of metrics of one's own.

    Raises:
        InvalidValueError: `window` is none of the three.
        UnknownNameError: The metric or the column does not exist.
    """
    _check(window, by)
    dated = as_lazy(table).filter(~nw.col("local_day").is_null())
    dated = dated.with_columns(_period=running_number(window))
    groups = ("entity", by, "_period")
    found = totals(dated, [metric], by=groups, order=DAYS_FIRST, definitions=definitions)
    found = found[found["known"] > 0]
    passport = definitions_for([metric], definitions)[metric]
    if found.empty:
        why = Message(_NO_METRIC, {"metric": metric}) if _has_rows(dated) else Message(_NO_DATES)
        return Timeline(passport, window, by, "", found.reindex(columns=list(COLUMNS)), problem=why)
    entity = next(e for e in ("post", "account", "ad") if (found["entity"] == e).any())
    found = found[found["entity"] == entity].drop(columns="entity").rename(columns={by: "series"})
    rows = _without_holes(_one_currency(found), window)
    cuts = _cuts(passport, rows) if by == "network" else ()
    rows = rows.assign(piece=_pieces(rows, cuts), basis=rows["series"].map(_bases(dated, by, entity)))
    return Timeline(passport, window, by, entity, rows[list(COLUMNS)], cuts)


def _check(window: str, by: str) -> None:
    if window not in STEPS:
        raise InvalidValueError(
            mark("The window is {window!r}; it must be one of {allowed}."),
            window=window,
            allowed=", ".join(map(repr, STEPS)),
        )
    if by not in GROUPINGS:
        raise UnknownNameError(mark("Grouping"), by, GROUPINGS)


def _has_rows(table: nw.LazyFrame[Any]) -> bool:
    return len(table.head(1).select("metric").collect()) > 0


def _one_currency(found: pd.DataFrame) -> pd.DataFrame:
    """Money in several currencies: each becomes a series of its own."""
    if found["currency"].nunique() <= 1:
        return found
    return found.assign(series=found["series"] + " " + found["currency"])


def _without_holes(found: pd.DataFrame, step: Step) -> pd.DataFrame:
    import pandas as pd

    pieces = []
    for series, rows in found.groupby("series"):
        whole = range(int(rows["_period"].min()), int(rows["_period"].max()) + 1)
        full = rows.set_index("_period").reindex(whole)
        full["series"] = series
        full["metric"] = rows["metric"].iloc[0]
        full["currency"] = rows["currency"].iloc[0]
        full["bound"] = full["bound"].eq(True)
        full[["posts", "known"]] = full[["posts", "known"]].fillna(0).astype("int64")
        full["start"] = [first_day(n, step) for n in whole]
        full["end"] = [first_day(n + 1, step) - timedelta(days=1) for n in whole]
        pieces.append(full)
    return pd.concat(pieces, ignore_index=True)


def _cuts(metric: Passport, rows: pd.DataFrame) -> tuple[Cut, ...]:
    cuts = []
    for series, own in rows.groupby("series"):
        first, last = own["start"].min(), own["end"].max()
        network = str(series).split(" ")[0]
        cuts += [Cut(str(series), b.on, b.note) for b in breaks_of(metric, network) if first < b.on <= last]
    return tuple(cuts)


def _pieces(rows: pd.DataFrame, cuts: tuple[Cut, ...]) -> list[int]:
    """Equal numbers may be joined by a line. A period that a break divides stands alone."""
    return [
        sum((c.on <= start) + (c.on <= end) for c in cuts if c.series == series)
        for series, start, end in zip(rows["series"], rows["start"], rows["end"], strict=True)
    ]


def _bases(dated: nw.LazyFrame[Any], by: str, entity: str) -> dict[str, str]:
    found = dated.filter(nw.col("entity") == entity).group_by(by, "window").agg(n=nw.len())
    bases: dict[str, str] = {}
    for series, window in found.collect().select(by, "window").iter_rows():
        basis = "published" if window == "lifetime" else "period"
        bases[series] = basis if bases.get(series, basis) == basis else "both"
    return bases
