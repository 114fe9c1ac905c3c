"""Days, weeks and months as running numbers, so that any engine can group by them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

import narwhals as nw

Step = Literal["day", "week", "month"]
STEPS: tuple[Step, ...] = ("day", "week", "month")

_MONDAY = datetime(1970, 1, 5)
_DAY, _WEEK = 24 * 60, 7 * 24 * 60


def running_number(step: Step) -> nw.Expr:
    """The number of the day, of the ISO week or of the month in which `local_day` lies."""
    day = nw.col("local_day")
    if step == "month":
        return day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1
    since = (day.cast(nw.Datetime("us")) - nw.lit(_MONDAY)).dt.total_minutes()
    return since // (_DAY if step == "day" else _WEEK)


def first_day(number: int, step: Step) -> date:
    """First day of the day, week or month with this running number."""
    if step == "month":
        return date(number // 12, number % 12 + 1, 1)
    return _MONDAY.date() + timedelta(days=number if step == "day" else 7 * number)


def number_of(day: date, step: Step) -> int:
    """Running number of the day, week or month in which `day` lies."""
    if step == "month":
        return day.year * 12 + day.month - 1
    since = (day - _MONDAY.date()).days
    return since if step == "day" else since // 7
