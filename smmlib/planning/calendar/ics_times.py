"""Times of events in calendar files, in zones that are known, of Windows, or described in the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.calendar.moving import midnight
from smmlib.timetable import localise, zone

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event begins, on the clock it names.

    Attributes:
        wall: What the clock shows; midnight of a whole day.
        place: The clock.
        all_day: Whether it is about days.
        length: How long it lasts, None if the file does not say; of whole days in days.
    """

    wall: datetime
    place: tzinfo
    all_day: bool
    length: timedelta | None

    @property
    def zone_name(self) -> str:
        """IANA name of the clock, or "" for one that has none and for UTC."""
        name = self.place.key if isinstance(self.place, ZoneInfo) else ""
        return "" if name in ("UTC", "Etc/UTC") else name

    def start(self, wall: datetime) -> datetime:
        """The moment at which the clock shows `wall`.

        Raises:
            SkippedTimeError: It does not exist.
            RepeatedTimeError: It exists twice.
        """
        if isinstance(self.place, ZoneInfo):
            return midnight(wall.date(), self.place.key) if self.all_day else localise(wall, self.place.key)
        return wall.replace(tzinfo=self.place).astimezone(UTC)

    def end(self, wall: datetime) -> datetime | None:
        """The moment at which what begins at `wall` ends; None for a moment or one whole day."""
        if not self.length or (self.all_day and self.length == timedelta(days=1)):
            return None
        if self.all_day:
            return self.start(wall + self.length)
        begin = self.start(wall)
        return (begin.astimezone(UTC) + self.length).astimezone(begin.tzinfo)


def event_time(event: Event, default: str) -> EventTime:
    """When an event begins and how long it lasts.

    Args:
        event: The event.
        default: IANA name of the clock of times without zone, and of whole days.

    Raises:
        InvalidValueError: The time is missing or unreadable, its zone is unknown, or it ends too early.
    """
    begin, end = value_of(event, "dtstart"), value_of(event, "dtend")
    if begin is None:
        raise InvalidValueError(mark("It has no beginning (DTSTART)."))
    length = value_of(event, "duration")
    if not isinstance(begin, datetime):
        lasts = end - begin if isinstance(end, date) and not isinstance(end, datetime) else length
        found = EventTime(datetime.combine(begin, time()), zone(default), True, lasts)
    else:
        place = begin.tzinfo or zone(default)
        if isinstance(end, datetime):
            length = _instant(end, default) - _instant(begin, default)
        found = EventTime(begin.replace(tzinfo=None), place, False, length)
        if begin.tzinfo is not None and begin.utcoffset() == timedelta(0) and found.zone_name == "":
            found = EventTime(found.wall, UTC, False, length)
    if found.length is not None and found.length < timedelta(0):
        raise InvalidValueError(mark("It ends before it begins; correct it in the calendar it comes from."))
    return found


def value_of(event: Event, name: str) -> Any:
    """Value of a property as Python has it: a date, an aware or a floating time, a duration; None without.

    Raises:
        InvalidValueError: It cannot be read, stands there twice, or its zone is neither known nor described.
    """
    from icalendar.error import BrokenCalendarProperty

    found = event.get(name)
    if found is None:
        return None
    try:
        return _zoned(found.dt, str(found.params.get("TZID", "")))
    except (BrokenCalendarProperty, AttributeError):
        raise InvalidValueError(
            mark("{field} cannot be read, or stands there twice; correct it where the file comes from."),
            field=name.upper(),
        ) from None


def _zoned(value: Any, zone_name: str) -> Any:
    """The value, unless it is a time in a zone that nobody knows."""
    if isinstance(value, datetime) and value.tzinfo is None and zone_name:
        raise InvalidValueError(
            mark(
                "Its time zone {zone!r} is unknown and the file does not describe it; choose one such as "
                "'Europe/Berlin' in the calendar it comes from."
            ),
            zone=zone_name,
        )
    return value


def _instant(when: datetime, default: str) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=zone(default))).astimezone(UTC)
