"""When the posts of a planned file were published, or the days its rows are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.language import Message, mark
from smmlib.response.dates import Moments, day_parts, read_dates
from smmlib.response.grid import text_series
from smmlib.response.notes import Notes
from smmlib.response.numbers import read_numbers
from smmlib.response.periods import read_periods, tell_unlikely
from smmlib.response.plan import Plan

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Times:
    """When, for each row that is read.

    Attributes:
        columns: Columns of the posts table: moment, local day, day of the week and hour.
        windows: What span of time its figures cover, one of `table.WINDOWS`.
    """

    columns: dict[str, Any]
    windows: pd.Series[str]


def read_times(plan: Plan, notes: Notes) -> Times:
    """When the posts of a planned file were published, or what its rows are about.

    Args:
        plan: The plan, without rows that are left out.
        notes: Where dates that cannot be read go.
    """
    target, windows = _subject(plan, notes)
    if (cells := plan.text(target)) is None:
        return Times(_clock_fields(plan, notes), windows)
    moments = read_dates(cells, plan.dates, plan.time_zone)
    _tell(moments, cells, plan, notes)
    for pattern, day_first in moments.settled.items():
        _tell_order(pattern, day_first, notes)
    tell_unlikely(moments, plan, notes)
    day, weekday, hour = day_parts(moments.local, moments.timed & (target == "published_at"))
    columns = {"published_at_utc": _as_utc(moments.utc), "published_on_local": day}
    return Times({**columns, "local_weekday": weekday, "local_hour": hour}, windows)


def _subject(plan: Plan, notes: Notes) -> tuple[str, pd.Series[str]]:
    """The field that says when, and the window of each row."""
    if plan.entity == "ad" and "day" in plan.places:
        return "day", text_series(["day"] * len(plan.keep))
    if plan.window == "day":
        return "day", text_series(["day"] * len(plan.keep))
    if (periods := read_periods(plan, notes)) is not None:
        return "period_start", periods
    return "published_at", text_series([plan.window] * len(plan.keep))


def _tell(moments: Moments, cells: pd.Series[str], plan: Plan, notes: Notes) -> None:
    rows = plan.rows
    notes.tell(
        Message(
            mark(
                "dates in which day and month cannot be told apart, such as {example}; the posts are kept "
                "without a time. Say whether the day comes first to read them"
            ),
            {"example": cells[moments.ambiguous].iloc[0] if moments.ambiguous.any() else ""},
        ),
        rows[moments.ambiguous],
        choice="day_first",
    )
    notes.tell(
        Message(
            mark("dates that cannot be read, such as {example}; kept without a time"),
            {"example": cells[moments.bad].iloc[0][:40] if moments.bad.any() else ""},
        ),
        rows[moments.bad],
    )
    notes.tell(
        Message(
            mark("times the clock of {zone} shows twice or never (daylight saving)"), {"zone": plan.time_zone}
        ),
        rows[moments.shifted],
    )


def _tell_order(pattern: str, day_first: bool, notes: Notes) -> None:
    shown = pattern.replace("%d", "D").replace("%m", "M").replace("%", "")
    if day_first:
        notes.remark(
            Message(
                mark("Dates written {form} are read with the day first: other rows prove it."),
                {"form": shown},
            )
        )
        return
    form = shown.replace("D", "\0").replace("M", "D", 1).replace("\0", "M")
    notes.remark(
        Message(
            mark("Dates written {form} are read with the month first: other rows prove it."), {"form": form}
        )
    )


def _clock_fields(plan: Plan, notes: Notes) -> dict[str, Any]:
    """Day of the week and hour of an export without dates."""
    fields: dict[str, Any] = {}
    for target, name, low, high in (("weekday", "local_weekday", 1, 7), ("hour", "local_hour", 0, 23)):
        if (cells := plan.text(target)) is None:
            continue
        values = read_numbers(cells, plan.locale, plan.native(plan.places[target])).values
        wrong = ~((values >= low) & (values <= high) & (values % 1 == 0))
        notes.tell(
            Message(
                mark("{column} is not between {low} and {high}"), {"column": target, "low": low, "high": high}
            ),
            plan.rows[wrong],
        )
        if target == "weekday":
            values = (values - 1 + plan.format.weekday_one - 1) % 7 + 1
        import pandas as pd

        fields[name] = pd.Series(np.where(wrong, np.nan, values), dtype="Float64").astype("Int8")
    return fields


def _as_utc(moments: NDArray[np.datetime64]) -> pd.Series[Any]:
    import pandas as pd

    return pd.Series(pd.DatetimeIndex(moments).tz_localize("UTC"))
