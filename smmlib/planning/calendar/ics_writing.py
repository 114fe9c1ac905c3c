"""Entries as a calendar file (RFC 5545): stable UIDs, so that a calendar updates instead of adding again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from smmlib.language import Language, say
from smmlib.planning.calendar.calendar_entry import ENTRY_KINDS, CalendarEntry
from smmlib.planning.calendar.hold import Hold

if TYPE_CHECKING:
    from icalendar import Event

MOMENT = timedelta(minutes=15)
"""How long a moment is shown, as calendars hide what lasts no time."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def write_ics(
    entries: Iterable[CalendarEntry],
    *,
    now: datetime,
    revisions: Mapping[str, int] | None = None,
    held: Mapping[str, Hold] | None = None,
    language: Language = "de",
) -> bytes:
    """Entries as ICS: an event each on the clock of the entry, whole days as days, no alarms.

    Owner, notes, audience and media stay in the house.

    Args:
        entries: The entries.
        now: When this is, with time zone.
        revisions: Id of each entry to the number of its state, so that readers can tell old from new.
        held: Entries on hold; they are tentative.
        language: Language of the categories.
    """
    from icalendar import Calendar

    numbers, waiting = revisions or {}, held or {}
    calendar = Calendar()
    calendar.add("prodid", "-//smmlib//editorial calendar//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        event = _event(entry, now, language)
        event.add("sequence", numbers.get(entry.id, 0))
        event.add("status", "TENTATIVE" if entry.id in waiting else "CONFIRMED")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def uid_of(entry: CalendarEntry) -> str:
    """UID of an entry: that of the file it was read from, else made of its id."""
    return entry.uid or f"{entry.id}@smmlib"


def plain(text: str) -> str:
    """Text as a calendar file can hold it."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _event(entry: CalendarEntry, now: datetime, language: Language) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid_of(entry))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    _add_times(event, entry)
    event.add("summary", plain(entry.title))
    if entry.text:
        event.add("description", plain(entry.text))
    if entry.channel:
        event.add("location", plain(entry.channel))
    event.add("categories", [say(ENTRY_KINDS[entry.kind], language)])
    event.add("transp", "OPAQUE" if entry.kind == "event" else "TRANSPARENT")
    event.add("x-smm-kind", entry.kind)
    event.add("x-smm-zone", entry.time_zone)
    return event


def _add_times(event: Event, entry: CalendarEntry) -> None:
    end = entry.local_end
    if entry.all_day:
        event.add("dtstart", entry.local.date())
        event.add("dtend", end.date() if end else None)
        return
    event.add("dtstart", _written(entry.local))
    event.add("dtend", _written(end or (entry.local.astimezone(UTC) + MOMENT).astimezone(entry.local.tzinfo)))
    if end is None:
        event.add("x-smm-moment", "TRUE")


def _written(when: datetime) -> datetime:
    """A time on its clock; in UTC where that clock shows it twice, which a file cannot tell apart."""
    whole = when.replace(microsecond=0)
    twice = whole.replace(fold=0).utcoffset() != whole.replace(fold=1).utcoffset()
    return whole.astimezone(UTC) if twice else whole
