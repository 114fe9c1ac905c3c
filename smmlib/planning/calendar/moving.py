"""Move an entry, right to the minute on the clock it is planned on.

A wall-clock time that does not exist is refused, one that exists twice is asked back, as `smmlib.timetable`
does; how long an entry lasts stays.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.calendar.calendar_entry import CalendarEntry
from smmlib.timetable import localise, zone


def moved(
    entry: CalendarEntry, *, days: int = 0, to: datetime | None = None, second: bool | None = None
) -> CalendarEntry:
    """The entry at another time.

    Args:
        entry: The entry; it stays as it is.
        days: Whole days later (or earlier): the same time of day on its clock, also over a change of clocks.
        to: The new time instead; without zone it is on the entry's clock. Of whole days only its day counts.
        second: Of a time that exists twice, True for the second, False for the first.

    Raises:
        InvalidValueError: Neither or both are given, or the entry has appeared already.
        SkippedTimeError: The new time does not exist on that clock.
        RepeatedTimeError: The new time exists twice, and `second` does not say which is meant.
    """
    if (to is None) == (days == 0):
        raise InvalidValueError(mark("Say either by how many days it moves, or to what time."))
    if entry.done:
        raise InvalidValueError(
            mark("{title!r} has appeared already; it stays where it is."), title=entry.title
        )
    if entry.all_day:
        day = entry.local.date() + timedelta(days=days) if to is None else _wall(to, entry).date()
        return _whole_days(entry, day)
    if to is not None and to.tzinfo is not None:
        start = to.astimezone(zone(entry.time_zone))
    else:
        wall = _wall(entry.start, entry) + timedelta(days=days) if to is None else to
        start = localise(wall, entry.time_zone, second=second)
    # Differences between instants, not between faces of the clock: two hours stay two hours.
    length = entry.end.astimezone(UTC) - entry.start.astimezone(UTC) if entry.end else None
    end = (start.astimezone(UTC) + length).astimezone(zone(entry.time_zone)) if length else None
    return entry.replace(start=start, end=end)


def midnight(day: date, zone_name: str) -> datetime:
    """The first moment of a day on a clock; where the clocks skip midnight, the moment they go on."""
    first = datetime.combine(day, time(), zone(zone_name))
    return first.astimezone(UTC).astimezone(zone(zone_name))


def _whole_days(entry: CalendarEntry, day: date) -> CalendarEntry:
    end = None
    if entry.end is not None:
        length = _wall(entry.end, entry).date() - entry.local.date()
        end = midnight(day + length, entry.time_zone)
    return entry.replace(start=midnight(day, entry.time_zone), end=end)


def _wall(when: datetime, entry: CalendarEntry) -> datetime:
    """What the clock of the entry shows then."""
    if when.tzinfo is None:
        return when
    return when.astimezone(zone(entry.time_zone)).replace(tzinfo=None)
