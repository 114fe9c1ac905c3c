"""The editorial calendar: all entries in order; as month, week, list, per campaign, per channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.planning.calendar.calendar_entry import CalendarEntry
from smmlib.planning.calendar.days import CalendarDay, CalendarDays
from smmlib.planning.calendar.frames import grouped_frame, list_frame
from smmlib.planning.calendar.hold import Hold
from smmlib.planning.calendar.holiday import german_holidays
from smmlib.planning.calendar.moving import midnight
from smmlib.planning.calendar.period import Period
from smmlib.timetable import zone

if TYPE_CHECKING:
    import pandas as pd

_LONGEST = 3_700
"""Days a view may have: ten years."""


@dataclass(frozen=True)
class Calendar:
    """Entries in the order they appear.

    Attributes:
        entries: The entries; make it with `calendar_of`, which sorts them.
        periods: Blackouts and embargoes.
        states: Codes of the German states whose holidays are shown.
        held: Id of each entry that waits to the posting stop that keeps it.
        time_zone: IANA name of the clock whose days the views show; entries keep their own.
        campaigns: Id to name.
        accounts: Id to how lists show it.
        language: Language of the holidays' names.
    """

    entries: tuple[CalendarEntry, ...] = ()
    periods: tuple[Period, ...] = ()
    states: tuple[str, ...] = ()
    held: Mapping[str, Hold] = field(default_factory=dict)
    time_zone: str = "Europe/Berlin"
    campaigns: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    language: Language = "de"

    def only(  # noqa: PLR0913
        self,
        *,
        campaign: str | None = None,
        channel: str | None = None,
        kind: str | None = None,
        state: str | None = None,
        words: str = "",
        start: date | None = None,
        end: date | None = None,
    ) -> Calendar:
        """The calendar with some of its entries.

        Args:
            campaign: Id of a campaign; "" for entries of none.
            channel: A `channel_key` of an entry.
            kind: One of `ENTRY_KINDS`.
            state: One of `STATES`.
            words: Words that title, text or notes have, in any order.
            start: First day, on the clock of the calendar.
            end: Last day (included).
        """
        opens = midnight(start, self.time_zone) if start else None
        closes = midnight(end + timedelta(days=1), self.time_zone) if end else None
        wanted = words.casefold().split()

        def fits(entry: CalendarEntry) -> bool:
            said = f"{entry.title} {entry.text} {entry.notes}".casefold() if wanted else ""
            return (
                (campaign is None or entry.campaign == campaign)
                and (channel is None or entry.channel_key == channel)
                and (kind is None or entry.kind == kind)
                and (state is None or self.state(entry) == state)
                and all(word in said for word in wanted)
                and (opens is None or entry.last_moment >= opens)
                and (closes is None or entry.start < closes)
            )

        return replace(self, entries=tuple(entry for entry in self.entries if fits(entry)))

    def month(self, year: int, month: int) -> CalendarDays:
        """Whole weeks around a month, Monday to Sunday.

        Raises:
            InvalidValueError: There is no such month.
        """
        if not (1 <= month <= 12 and 1 < year < 9999):
            raise InvalidValueError(
                mark("There is no month {month:plain} of {year:plain}."), month=month, year=year
            )
        first = date(year, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        begin = first - timedelta(days=first.weekday())
        return self._days(begin, last + timedelta(days=6 - last.weekday()), (first, last))

    def week(self, day: date) -> CalendarDays:
        """The week a day lies in, Monday to Sunday."""
        monday = day - timedelta(days=day.weekday())
        return self.days(monday, monday + timedelta(days=6))

    def days(self, first: date, last: date) -> CalendarDays:
        """Any stretch of days.

        Raises:
            InvalidValueError: The last is before the first, or more than ten years later.
        """
        if not first <= last <= first + timedelta(days=_LONGEST):
            raise InvalidValueError(
                mark("{first:date} to {last:date} is no stretch of days up to ten years; correct the days."),
                first=first,
                last=last,
            )
        return self._days(first, last, (first, last))

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """The list: one row per entry, in order.

        Columns: id, kind (in words), day, weekday (1 = Monday), time, end_day, end_time (on the calendar's
        clock; times are None for whole days, ends for moments), clock (wall-clock time on the entry's own
        clock), time_zone, channel, account (id), campaign (name), title, owner, state (in words), hold
        (reason, or "").
        """
        return list_frame(self, language)

    def by_campaign(self) -> pd.DataFrame:
        """One row per campaign: id, name, entries, planned, done, on_hold, first, last (days)."""
        return grouped_frame(self, lambda entry: (entry.campaign, self.campaign_name(entry)))

    def by_channel(self) -> pd.DataFrame:
        """One row per channel: id (`channel_key`), then as `by_campaign`."""
        return grouped_frame(self, lambda entry: (entry.channel_key, self.channel_name(entry)))

    def get(self, id: str) -> CalendarEntry | None:
        """The entry with this id, or None."""
        return self._by_id.get(id)

    def state(self, entry: CalendarEntry) -> str:
        """Where an entry stands, one of `STATES`."""
        return "done" if entry.done else "on hold" if entry.id in self.held else "planned"

    def channel_name(self, entry: CalendarEntry) -> str:
        """How lists call the channel of an entry: its account, its medium, else "–"."""
        return self.accounts.get(entry.account, entry.account) if entry.account else entry.channel or "–"

    def campaign_name(self, entry: CalendarEntry) -> str:
        """Name of its campaign; its id where there is no such campaign any more; "" without one."""
        return self.campaigns.get(entry.campaign, entry.campaign)

    @cached_property
    def _by_id(self) -> dict[str, CalendarEntry]:
        return {entry.id: entry for entry in self.entries}

    def _days(self, first: date, last: date, inside: tuple[date, date]) -> CalendarDays:
        by_day: dict[date, list[CalendarEntry]] = {}
        shown = []
        for entry in self.entries:
            days = self._days_of(entry, first, last)
            for day in days:
                by_day.setdefault(day, []).append(entry)
            if days:
                shown.append(entry)
        off = self._holidays(first, last)
        every = (first + timedelta(days=i) for i in range((last - first).days + 1))
        return CalendarDays(
            tuple(
                CalendarDay(
                    day,
                    inside[0] <= day <= inside[1],
                    tuple(by_day.get(day, ())),
                    self._periods_on(day),
                    tuple(off.get(day, ())),
                )
                for day in every
            ),
            replace(self, entries=tuple(shown)),
        )

    def _days_of(self, entry: CalendarEntry, first: date, last: date) -> tuple[date, ...]:
        """The days between `first` and `last` on which an entry is shown."""
        place = zone(entry.time_zone if entry.all_day else self.time_zone)
        begin = entry.start.astimezone(place).date()
        if begin > last:
            return ()
        end = begin
        if entry.end is not None:  # what ends at midnight is not shown on the day that begins then
            end = max(begin, (entry.end.astimezone(place) - timedelta(microseconds=1)).date())
        begin, end = max(begin, first), min(end, last)
        return tuple(begin + timedelta(days=i) for i in range((end - begin).days + 1))

    def _holidays(self, first: date, last: date) -> dict[date, list[str]]:
        off: dict[date, list[str]] = {}
        for holiday in german_holidays(first, last, self.states, self.language):
            states = "" if len(self.states) == 1 else f" ({', '.join(holiday.states)})"
            off.setdefault(holiday.day, []).append(holiday.name + states)
        return off

    def _periods_on(self, day: date) -> tuple[Period, ...]:
        opens, closes = midnight(day, self.time_zone), midnight(day + timedelta(days=1), self.time_zone)
        return tuple(p for p in self.periods if p.start < closes and p.end > opens)


def calendar_of(entries: Iterable[CalendarEntry], **shown: Any) -> Calendar:
    """A calendar of entries in any order.

    Args:
        entries: The entries.
        **shown: The other fields of `Calendar`.
    """
    return Calendar(tuple(sorted(entries, key=lambda entry: (entry.start, entry.title, entry.id))), **shown)
