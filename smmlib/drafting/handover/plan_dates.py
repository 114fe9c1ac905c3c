"""A planned time as people type it, in German or English. What can be read in two ways is asked back."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.timetable import localise

_MONTHS = {
    "jan": 1, "feb": 2, "mär": 3, "mar": 3, "maer": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s+([a-zä]{3,9})\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([a-zä]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(uhr|h|am|pm|a\.m\.|p\.m\.)?")
_WEEKDAY = re.compile(r"^(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)[a-zä]*[.,]*\s+")


def read_moment(typed: str, zone: str) -> datetime:
    """A moment as it stands in a plan.

    Understood are ISO 8601 with and without offset, 24.11.2026 18:30 (Uhr), 24. November 2026, 18:30,
    Nov 24, 2026 6:30 PM and 11/24/2026 18:30 where day and month cannot be mixed up.

    Args:
        typed: The text.
        zone: IANA name of the clock it is on, unless it has an offset.

    Raises:
        InvalidValueError: It is no time, can be read in two ways, lacks the time of day, or does not exist
            or exists twice on that clock.
    """
    text = " ".join(typed.split())
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and (exact.tzinfo is not None or ":" in text):
        return exact if exact.tzinfo is not None else localise(exact, zone)
    plain = _WEEKDAY.sub("", text.casefold())
    day, rest = _day(plain, typed)
    return localise(datetime.combine(day, _time(rest, typed)), zone)


def _day(text: str, typed: str) -> tuple[date, str]:
    if found := _NUMERIC.match(text):
        year, month, day = _in_order(found, typed)
    elif found := _DAY_FIRST.match(text):
        year, month, day = int(found[3]), _month(found[2], typed), int(found[1])
    elif found := _MONTH_FIRST.match(text):
        year, month, day = int(found[3]), _month(found[1], typed), int(found[2])
    else:
        raise _no_time(typed)
    try:
        return date(year + 2000 if year < 100 else year, month, day), text[found.end() :]
    except ValueError:
        raise _no_time(typed) from None


def _in_order(found: re.Match[str], typed: str) -> tuple[int, int, int]:
    """Year, month and day of a date in numbers."""
    first, sign, second, third = found[1], found[2], int(found[3]), int(found[4])
    if len(first) == 4:
        return int(first), second, third
    if len(first) > 2:
        raise _no_time(typed)
    if sign == "." or int(first) > 12:
        return third, second, int(first)
    if second > 12:
        return third, int(first), second
    if int(first) == second:
        return third, second, second
    raise InvalidValueError(
        mark("“{typed}” may be day or month first; write it as 2026-11-24 18:30 or 24.11.2026 18:30."),
        typed=typed,
    )


def _month(name: str, typed: str) -> int:
    known = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
    if known is None:
        raise _no_time(typed)
    return known


def _time(rest: str, typed: str) -> time:
    text = rest.strip(" ,t").removeprefix("um ").removeprefix("at ").strip()
    if not text:
        raise InvalidValueError(
            mark("“{typed}” has no time of day; add it, such as 24.11.2026 18:30."), typed=typed
        )
    found = _TIME.fullmatch(text)
    if found is None or (found[2] is None and found[3] is None):
        raise _no_time(typed)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise _no_time(typed)
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise _no_time(typed) from None


def _no_time(typed: str) -> InvalidValueError:
    return InvalidValueError(
        mark("“{typed}” is no date with time; write it as 2026-11-24 18:30 or 24.11.2026 18:30."), typed=typed
    )
