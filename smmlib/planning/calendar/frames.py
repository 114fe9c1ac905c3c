"""The calendar as tables: a row for each entry, each campaign, each channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from smmlib.language import Language, mark, say
from smmlib.planning.calendar.calendar_entry import ENTRY_KINDS, CalendarEntry
from smmlib.timetable import zone

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.planning.calendar.editorial_calendar import Calendar

STATES: dict[str, str] = {
    "planned": mark("Planned"),
    "on hold": mark("On hold"),
    "done": mark("Appeared"),
}
COLUMNS = (
    "id",
    "kind",
    "day",
    "weekday",
    "time",
    "end_day",
    "end_time",
    "clock",
    "time_zone",
    "channel",
    "account",
    "campaign",
    "title",
    "owner",
    "state",
    "hold",
)


def list_frame(calendar: Calendar, language: Language) -> pd.DataFrame:
    """One row per entry; see `Calendar.to_frame`."""
    import pandas as pd

    rows = [_row(calendar, entry, language) for entry in calendar.entries]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object).astype({"weekday": "int64"})


def grouped_frame(calendar: Calendar, key: Callable[[CalendarEntry], tuple[str, str]]) -> pd.DataFrame:
    """One row per group, by name; see `Calendar.by_campaign`.

    Args:
        calendar: The calendar.
        key: Id and name of the group of an entry.
    """
    import pandas as pd

    groups: dict[tuple[str, str], list[CalendarEntry]] = {}
    for entry in calendar.entries:
        groups.setdefault(key(entry), []).append(entry)
    rows = []
    for (id, name), entries in sorted(groups.items(), key=lambda item: (item[0][1], item[0][0])):
        states = [calendar.state(entry) for entry in entries]
        counts = [states.count(state) for state in ("planned", "done", "on hold")]
        days = [entry.local.date() for entry in entries]
        rows.append((id, name, len(entries), *counts, min(days), max(days)))
    columns = ["id", "name", "entries", "planned", "done", "on_hold", "first", "last"]
    return pd.DataFrame(rows, columns=columns)


def _row(calendar: Calendar, entry: CalendarEntry, language: Language) -> tuple[object, ...]:
    place = zone(entry.time_zone if entry.all_day else calendar.time_zone)
    shown, end = entry.start.astimezone(place), entry.local_end and entry.local_end.astimezone(place)
    last = end - timedelta(days=1) if end and entry.all_day else end
    return (
        entry.id,
        say(ENTRY_KINDS[entry.kind], language),
        shown.date(),
        shown.isoweekday(),
        None if entry.all_day else shown.time(),
        last.date() if last else None,
        last.time() if last and not entry.all_day else None,
        entry.local.replace(tzinfo=None),
        entry.time_zone,
        calendar.channel_name(entry),
        entry.account,
        calendar.campaign_name(entry),
        entry.title,
        entry.owner,
        say(STATES[calendar.state(entry)], language),
        calendar.held[entry.id].reason if entry.id in calendar.held else "",
    )
