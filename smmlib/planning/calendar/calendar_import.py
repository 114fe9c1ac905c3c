"""What a calendar file would change; nothing is stored until somebody says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from smmlib.language import Language, Message, mark, say
from smmlib.planning.calendar.calendar_entry import CalendarEntry

if TYPE_CHECKING:
    import pandas as pd

Fate = Literal["new", "changed", "unchanged", "moved", "removed", "not taken"]

FATES: dict[Fate, str] = {
    "new": mark("New"),
    "changed": mark("Changed"),
    "unchanged": mark("Unchanged"),
    "moved": mark("Post moved"),
    "removed": mark("Cancelled"),
    "not taken": mark("Not taken"),
}


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """One event of a calendar file, or one date of a recurring one.

    Attributes:
        fate: What becomes of it, one of `FATES`.
        entry: The entry as it is to be; of one that is not taken or cancelled, as it is.
        why: More about it, or None.
    """

    fate: Fate
    entry: CalendarEntry
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """Outcome of `read_ics`.

    Attributes:
        name: Name of the file.
        events: Its events, in the order of the file; recurring ones date by date.
        notes: What else is to be known.
    """

    name: str
    events: tuple[ImportedEvent, ...]
    notes: tuple[Message, ...] = ()

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """Entries to be stored."""
        return tuple(event.entry for event in self.events if event.fate in ("new", "changed"))

    @property
    def moves(self) -> tuple[tuple[str, datetime], ...]:
        """Posts to be moved: id of the entry and its new time."""
        return tuple((event.entry.id, event.entry.start) for event in self.events if event.fate == "moved")

    @property
    def removed(self) -> tuple[str, ...]:
        """Ids of entries that were cancelled."""
        return tuple(event.entry.id for event in self.events if event.fate == "removed")

    def counts(self) -> dict[Fate, int]:
        """Each fate that occurs to the number of events."""
        told = Counter(event.fate for event in self.events)
        return {fate: told[fate] for fate in FATES if told[fate]}

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per event: fate (in words), title, start (on its clock), time_zone, id, why."""
        import pandas as pd

        rows = [
            (
                say(FATES[event.fate], language),
                event.entry.title,
                event.entry.local.replace(tzinfo=None),
                event.entry.time_zone,
                event.entry.id,
                event.why.text(language) if event.why else "",
            )
            for event in self.events
        ]
        return pd.DataFrame(rows, columns=["fate", "title", "start", "time_zone", "id", "why"])
