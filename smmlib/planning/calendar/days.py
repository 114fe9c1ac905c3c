"""Days of the calendar as a view shows them: a month, a week or any stretch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from smmlib.language import Language
from smmlib.planning.calendar.calendar_entry import CalendarEntry
from smmlib.planning.calendar.period import Period

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.planning.calendar.editorial_calendar import Calendar


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of a view.

    Attributes:
        day: The day, on the clock of the calendar.
        inside: Whether it is of the month that was asked for; days that fill up its weeks are not.
        entries: What appears on it, in order; what lasts several days is on each.
        periods: Blackouts and embargoes on it.
        holidays: Names of its public holidays; with the states where several are looked at.
    """

    day: date
    inside: bool
    entries: tuple[CalendarEntry, ...]
    periods: tuple[Period, ...]
    holidays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """A stretch of days.

    Attributes:
        days: The days, in order.
        calendar: The calendar with what is shown on them only.
    """

    days: tuple[CalendarDay, ...]
    calendar: Calendar

    @property
    def weeks(self) -> tuple[tuple[CalendarDay, ...], ...]:
        """The days in rows of seven, as a month is drawn."""
        return tuple(self.days[i : i + 7] for i in range(0, len(self.days), 7))

    def to_frame(self) -> pd.DataFrame:
        """One row per day.

        Columns: day, week (ISO), weekday (1 = Monday), inside, count (entries), entries (tuple of ids),
        holidays, periods (names, with commas between).
        """
        import pandas as pd

        rows = [
            (
                day.day,
                day.day.isocalendar().week,
                day.day.isoweekday(),
                day.inside,
                len(day.entries),
                tuple(entry.id for entry in day.entries),
                ", ".join(day.holidays),
                ", ".join(period.name for period in day.periods),
            )
            for day in self.days
        ]
        columns = ["day", "week", "weekday", "inside", "count", "entries", "holidays", "periods"]
        return pd.DataFrame(rows, columns=columns)

    def entries_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per entry that is shown, see `Calendar.to_frame`."""
        return self.calendar.to_frame(language)
