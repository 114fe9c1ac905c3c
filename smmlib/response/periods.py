"""What span of time the rows of an export cover, and dates that can hardly be right."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import numpy as np

from smmlib.language import Message, mark
from smmlib.response.dates import Moments, read_dates
from smmlib.response.grid import text_series
from smmlib.response.notes import Notes
from smmlib.response.plan import Plan

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_ZERO = np.datetime64("1970-01-01", "us")
_EARLIEST = np.datetime64("2003-01-01", "us")
_DAY = np.timedelta64(1, "D")


def read_periods(plan: Plan, notes: Notes) -> pd.Series[str] | None:
    """The window of each row, where columns say its first and last day: "day", "month" or "lifetime".

    Other spans have no window of their own in the response table. They count as the life of the ad so
    far, and the report says so, because another span of the same ads then takes their place.

    Args:
        plan: The plan.
        notes: Where that is said.

    Returns:
        None when the columns are not there.
    """
    start, end = plan.text("period_start"), plan.text("period_end")
    if start is None or end is None:
        return None
    first, last = _days(start, plan), _days(end, plan)
    known = ~np.isnat(first) & ~np.isnat(last)
    one_day = known & (first == last)
    month = first.astype("datetime64[M]")
    begins, ends = month.astype("datetime64[D]"), (month + np.timedelta64(1, "M")).astype("datetime64[D]")
    one_month = known & (first == begins) & (last + _DAY == ends)
    notes.tell(
        Message(
            mark(
                "figures of a span that is neither a day nor a calendar month; they count as the life of the "
                "ad so far, and an import of another span takes their place. For lines over time export by "
                "day or by month"
            )
        ),
        plan.rows[known & ~one_day & ~one_month],
    )
    return text_series(np.where(one_day, "day", np.where(one_month, "month", "lifetime")))


def tell_unlikely(moments: Moments, plan: Plan, notes: Notes) -> None:
    """Report dates before there were social networks, and dates that have not come yet.

    1 January 1970 is what a missing date becomes in many programs: that date is taken away.

    Args:
        moments: The dates; those that stand for a missing one are blanked.
        plan: The plan.
        notes: Where they are reported.
    """
    there = ~np.isnat(moments.utc)
    zero = there & (np.abs(moments.utc - _ZERO) <= _DAY)
    notes.tell(
        Message(mark("dates of 1 January 1970, which stand for a missing date; kept without a time")),
        plan.rows[zero],
    )
    old = there & (moments.utc < _EARLIEST) & ~zero
    notes.tell(Message(mark("dates before 2003; kept as they are")), plan.rows[old])
    if plan.now is not None:
        now = np.datetime64(plan.now.astimezone(UTC).replace(tzinfo=None), "us")
        late = there & (moments.utc > now + _DAY)
        notes.tell(Message(mark("dates in the future; kept as they are")), plan.rows[late])
    moments.utc[zero] = moments.local[zero] = np.datetime64("NaT")


def _days(cells: pd.Series[str], plan: Plan) -> NDArray[np.datetime64]:
    return read_dates(cells, plan.dates, plan.time_zone).local.astype("datetime64[D]")
