"""Read a calendar file: what is new, what changed, what is cancelled. All of it, or none and why."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from smmlib.errors import InvalidRecordError, InvalidValueError, SmmError, UnreadableFileError
from smmlib.language import Message, mark
from smmlib.planning.calendar.calendar_entry import ENTRY_KINDS, CalendarEntry, EntryKind
from smmlib.planning.calendar.calendar_import import CalendarImport, ImportedEvent
from smmlib.planning.calendar.ics_recurrence import dates_of, recurs, replaced_date
from smmlib.planning.calendar.ics_times import event_time
from smmlib.planning.calendar.ics_writing import MOMENT, plain, uid_of

Event = Any
"""An icalendar event, whose properties may be of any kind, as the file has them."""

LARGEST = 20_000_000
"""Bytes a calendar file may have."""

_MOST_TOLD = 20
_HORIZON = timedelta(days=400)


@dataclass(frozen=True)
class Known:
    """What the reader knows already.

    Attributes:
        entries: All entries, posts too.
        revisions: Id of each kept entry to the number of its state.
        time_zone: IANA name of the clock of times without zone and of whole days.
        until: Last day to which rules without an end are read; None: 400 days from now.
    """

    entries: tuple[CalendarEntry, ...] = ()
    revisions: Mapping[str, int] = field(default_factory=dict)
    time_zone: str = "Europe/Berlin"
    until: date | None = None


def read_ics(
    source: bytes | str, *, now: datetime, known: Known | None = None, name: str = "ICS"
) -> CalendarImport:
    """What a calendar file would change.

    An event whose UID is known updates its entry: title, times and text; of a post only the time, as its
    text has been signed off. Others become entries of kind "event", or of the kind a file of this
    workbench names. Recurring events become an entry for each date. Tasks, journals and alarms are not read.

    Args:
        source: Content of the file.
        now: When this is, with time zone.
        known: What is there already; None: nothing.
        name: Name of the file, for errors.

    Raises:
        UnreadableFileError: It is no calendar file, or too large.
        InvalidRecordError: Events that cannot be read, with one sentence for each.
    """
    data = source.encode() if isinstance(source, str) else source
    if len(data) > LARGEST:
        raise UnreadableFileError(
            mark("{name} has {size:.1} MB; a calendar file may have {most:.0} MB."),
            name=name,
            size=len(data) / 1e6,
            most=LARGEST / 1e6,
        )
    components = _components(data, name)
    events = [event for component in components for event in component.walk("VEVENT")]
    reader = _Reader(known or Known(), now)
    found = tuple(reader.read(events, name))
    left = sum(1 for c in components for kind in ("VTODO", "VJOURNAL") for _ in c.walk(kind))
    notes = (
        (Message(mark("Tasks and journals that were not read: {count}."), {"count": left}),) if left else ()
    )
    return CalendarImport(name, found, (*notes, *reader.notes))


def _components(data: bytes, name: str) -> list[Any]:
    from icalendar import Calendar

    try:
        text = data.decode("utf-8-sig")
        with warnings.catch_warnings():  # that the zone of a path was guessed; see `value_of`
            warnings.simplefilter("ignore")
            found = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, AttributeError) as problem:
        raise _unreadable(name, str(problem)) from None
    if not found or any(component.name != "VCALENDAR" for component in found):
        raise _unreadable(name, "BEGIN:VCALENDAR")
    return list(found)


def _unreadable(name: str, why: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark("{name} is no readable calendar file ({why}); export it again as ICS."), name=name, why=why[:200]
    )


class _Reader:
    """Turns events into entries, against what is known."""

    def __init__(self, known: Known, now: datetime) -> None:
        self.known, self.now = known, now
        self.notes: list[Message] = []
        self._until = known.until or (now + _HORIZON).date()
        self._by_uid = {uid_of(entry): entry for entry in known.entries}

    def read(self, events: Iterable[Event], name: str) -> Iterator[ImportedEvent]:
        """All events, or every problem there is."""
        groups: dict[str, list[tuple[int, Event]]] = {}
        for number, event in enumerate(events, start=1):
            groups.setdefault(str(event.get("uid", "")), []).append((number, event))
        done, problems = [], []
        for uid, group in groups.items():
            try:
                done += list(self._of_uid(uid, [event for _, event in group]))
            except SmmError as problem:
                number, event = group[0]
                values = {"number": number, "title": str(event.get("summary", "–"))[:60], "why": problem}
                problems.append(Message(mark("Event {number:plain} ({title}): {why}"), values))
        if problems:
            raise InvalidRecordError(name, problems[:_MOST_TOLD])
        yield from done

    def _of_uid(self, uid: str, group: list[Event]) -> Iterator[ImportedEvent]:
        """What has one UID: an event, or a recurring one with the dates that differ."""
        whole = [event for event in group if "RECURRENCE-ID" not in event]
        if not uid or len(whole) > 1:
            raise InvalidValueError(
                mark("Its UID is missing or stands there twice, so it cannot be told apart; export it again.")
            )
        if whole and not recurs(whole[0]) and len(group) == 1:
            yield self._judged(uid, whole[0])
            return
        first = whole[0] if whole else group[0]
        begins = event_time(first, self._clock(uid, first))
        others = {replaced_date(event, begins): event for event in group if "RECURRENCE-ID" in event}
        for wall in dates_of(first, begins, self._until) if whole else ():
            if wall not in others:
                yield self._judged(_dated(uid, wall), first, wall)
        for replaced, event in others.items():
            yield self._judged(_dated(uid, replaced), event)
        if whole and "RRULE" in first and not {"UNTIL", "COUNT"} & {str(n).upper() for n in first["RRULE"]}:
            text = mark("“{title}” recurs without an end; it was read until {day:date}.")
            self.notes.append(Message(text, {"title": str(first.get("summary", "–")), "day": self._until}))

    def _clock(self, uid: str, event: Event) -> str:
        """Name of the clock of an event that names none itself."""
        known = self._by_uid.get(uid)
        return str(event.get("x-smm-zone", "")) or (known.time_zone if known else self.known.time_zone)

    def _judged(self, uid: str, event: Event, wall: datetime | None = None) -> ImportedEvent:
        read, known = self._entry(uid, event, wall), self._by_uid.get(uid)
        gone = str(event.get("status", "")).upper() == "CANCELLED"
        if known is None and gone:
            return ImportedEvent("not taken", read, Message(mark("It is cancelled, and was never here.")))
        if known is None:
            return ImportedEvent("new", read)
        updated = _updated(known, read, own="X-SMM-KIND" in event)
        if not gone and updated == known:
            return ImportedEvent("unchanged", known)
        why = self._against(known, updated, event, gone)
        if why is not None:
            return ImportedEvent("not taken", known, why)
        if gone:
            return ImportedEvent("removed", known)
        return ImportedEvent("moved" if known.is_post else "changed", updated)

    def _against(
        self, known: CalendarEntry, updated: CalendarEntry, event: Event, gone: bool
    ) -> Message | None:
        """Why a change is not taken, or None."""
        state, told = self.known.revisions.get(known.id, 0), int(event.get("sequence", 0) or 0)
        if told < state and "X-SMM-KIND" in event:  # others count on their own
            text = mark(
                "It was changed here since the file was written (state {state}, the file has {told})."
            )
            return Message(text, {"state": state, "told": told})
        if known.done:
            return Message(mark("It has appeared already."))
        if known.is_post and (gone or updated.end is not None or updated.all_day):
            return Message(mark("A post has one time and is not cancelled from outside; open its draft."))
        return None

    def _entry(self, uid: str, event: Event, wall: datetime | None) -> CalendarEntry:
        """The event as an entry of its own."""
        clock = self._clock(uid, event)
        times = event_time(event, clock)
        start, end = times.start(wall or times.wall), times.end(wall or times.wall)
        if end is not None and "X-SMM-MOMENT" in event and end - start == MOMENT:
            end = None
        kind, own = str(event.get("x-smm-kind", "")), "X-SMM-KIND" in event
        said = plain(str(event.get("description", "")))
        return CalendarEntry(
            id=hashlib.sha256(uid.encode()).hexdigest()[:12],
            kind=cast("EntryKind", kind) if kind in ENTRY_KINDS and kind != "post" else "event",
            title=plain(str(event.get("summary", ""))).strip() or "–",
            start=start.astimezone(UTC),
            end=end and end.astimezone(UTC),
            all_day=times.all_day,
            time_zone=clock if own or times.all_day else times.zone_name or clock,
            channel=plain(str(event.get("location", ""))),
            text=said if own else "",
            notes="" if own else said,
            uid=uid,
        )


def _updated(known: CalendarEntry, read: CalendarEntry, *, own: bool) -> CalendarEntry:
    """An entry as an event of its UID says it is now; what reads the same stays as it was written."""
    same = all(
        _instant(getattr(known, name)) == _instant(getattr(read, name)) for name in ("start", "last_moment")
    )
    changes: dict[str, object] = {}
    if not same or known.all_day != read.all_day:
        changes = {"start": read.start, "end": read.end, "all_day": read.all_day}
    if not known.is_post:
        names = ("title", "channel", "text") if own else ("title", "channel", "notes")
        for name in names:
            new = getattr(read, name)
            if new.strip() != plain(getattr(known, name)).strip() and (own or new.strip()):
                changes[name] = new
    return known.replace(**changes) if changes else known


def _instant(when: datetime) -> datetime:
    """For comparing: in UTC, as times in an hour that exists twice never equal those of another zone."""
    return when.astimezone(UTC).replace(microsecond=0)


def _dated(uid: str, wall: datetime | None) -> str:
    """UID of one date of a recurring event, as exported again it is an event of its own."""
    return f"{uid}-{wall:%Y%m%dT%H%M%S}" if wall else uid
