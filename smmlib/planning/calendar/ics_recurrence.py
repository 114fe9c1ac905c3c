"""Recurrence rules of calendar files: the dates they name up to a day, or a clear refusal.

Source: RFC 5545, section 3.3.10; the dates are reckoned by python-dateutil on the clock of the event, so
that nine o'clock stays nine o'clock when the clocks change.
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.calendar.ics_times import EventTime, value_of

if TYPE_CHECKING:
    from icalendar import Event

MOST_DATES = 1_000
_READ = frozenset(
    {"FREQ", "UNTIL", "COUNT", "INTERVAL", "WKST", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"}
    | {"BYSETPOS"}
)
_OF_DAYS = {"DAILY", "WEEKLY"}
_LONG_SEARCH = {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}


def recurs(event: Event) -> bool:
    """Whether an event has a rule or further dates."""
    return any(name in event for name in ("RRULE", "RDATE", "EXRULE"))


def dates_of(event: Event, begins: EventTime, until: date) -> tuple[datetime, ...]:
    """What the clock shows at each date of a recurring event, in order.

    Args:
        event: The event.
        begins: Its first date.
        until: Last day that is read; a rule without an end goes on for ever.

    Raises:
        InvalidValueError: The rule is of a kind that is not read, or names more than `MOST_DATES` dates.
    """
    if "EXRULE" in event or isinstance(event.get("rrule"), list):
        raise _refused("EXRULE, RRULE + RRULE")
    found = {begins.wall, *_listed(event, "rdate", begins)}
    if "RRULE" in event:
        found |= set(_by_rule(event["RRULE"], begins, until))
    found -= set(_listed(event, "exdate", begins))
    return tuple(sorted(wall for wall in found if wall.date() <= until))


def replaced_date(event: Event, begins: EventTime) -> datetime | None:
    """What the clock of the whole shows at the date this event replaces (RECURRENCE-ID); None if none.

    Raises:
        InvalidValueError: It is about all later dates too.
    """
    value = value_of(event, "recurrence-id")
    if value is None:
        return None
    if str(event["RECURRENCE-ID"].params.get("RANGE", "")):
        raise _refused("RECURRENCE-ID;RANGE")
    return _wall(value, begins)


def _by_rule(rule: Any, begins: EventTime, until: date) -> list[datetime]:
    parts = {str(name).upper(): list(values) for name, values in rule.items()}
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    unread = sorted(set(parts) - _READ)
    if frequency not in {*_OF_DAYS, "MONTHLY", "YEARLY"} or unread:
        raise _refused(", ".join(unread) or f"FREQ={frequency}")
    if (frequency in _OF_DAYS and set(parts) & _LONG_SEARCH) or min(parts.get("INTERVAL", [1])) < 1:
        raise _refused(rule.to_ical().decode())
    last = datetime.combine(until, time.max)
    if "UNTIL" in parts:
        last = min(last, _until(parts["UNTIL"][0], begins))
    text = ";".join(p for p in rule.to_ical().decode().split(";") if not p.upper().startswith("UNTIL="))
    return _dates(text, begins.wall, last, counted="COUNT" in parts)


def _dates(text: str, first: datetime, last: datetime, *, counted: bool) -> list[datetime]:
    from dateutil.rrule import rrulestr

    try:
        # Without an end, a rule that never fits would be searched to the year 9999.
        dates = (
            rrulestr(text, dtstart=first) if counted else rrulestr(text, dtstart=first).replace(until=last)
        )
        found = list(islice(takewhile(lambda wall: wall <= last, dates), MOST_DATES + 1))
    except (ValueError, TypeError):
        raise _refused(text) from None
    if len(found) > MOST_DATES:
        raise InvalidValueError(
            mark("Its rule names more than {most} dates; give it an end."), most=MOST_DATES
        )
    return found


def _until(value: Any, begins: EventTime) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    return _wall(value, begins)


def _listed(event: Event, name: str, begins: EventTime) -> list[datetime]:
    """The dates of RDATE or EXDATE on the clock of the event."""
    found = event.get(name, [])
    lists = found if isinstance(found, list) else [found]
    values = [each.dt for dates in lists for each in getattr(dates, "dts", ())]
    if any(isinstance(value, tuple) for value in values) or (found and not values):
        raise _refused(name.upper())
    return [_wall(value, begins) for value in values]


def _wall(value: Any, begins: EventTime) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, begins.wall.time())
    return value.astimezone(begins.place).replace(tzinfo=None) if value.tzinfo else value


def _refused(what: str) -> InvalidValueError:
    return InvalidValueError(
        mark(
            "Its recurrence is not read ({what}); read are daily, weekly, monthly and yearly rules. "
            "Enter its dates one by one."
        ),
        what=what,
    )
