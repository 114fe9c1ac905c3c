"""The editorial calendar: what appears when and where, in social, PR and traditional media.

    calendar = calendar_of(entries, periods=periods, states=("NW",))
    calendar.month(2026, 12).to_frame()

Computes only; a workspace keeps the records (`workspace.calendar`).
"""

from smmlib.planning.calendar.calendar_entry import ENTRY_KINDS, CalendarEntry, EntryKind
from smmlib.planning.calendar.calendar_import import FATES, CalendarImport, ImportedEvent
from smmlib.planning.calendar.calendar_table import calendar_csv, calendar_sheet
from smmlib.planning.calendar.days import CalendarDay, CalendarDays
from smmlib.planning.calendar.editorial_calendar import Calendar, calendar_of
from smmlib.planning.calendar.frames import STATES
from smmlib.planning.calendar.hold import HOLD_ACTIONS, HOLD_SCOPES, Hold, HoldStep, called, held_entries
from smmlib.planning.calendar.holiday import GERMAN_STATES, Holiday, german_holidays
from smmlib.planning.calendar.ics_reading import Known, read_ics
from smmlib.planning.calendar.ics_writing import uid_of, write_ics
from smmlib.planning.calendar.moving import midnight, moved
from smmlib.planning.calendar.period import PERIOD_KINDS, Period
from smmlib.planning.calendar.posts import AUDIENCE, post_entries, post_id

__all__ = [
    "AUDIENCE",
    "ENTRY_KINDS",
    "FATES",
    "GERMAN_STATES",
    "HOLD_ACTIONS",
    "HOLD_SCOPES",
    "PERIOD_KINDS",
    "STATES",
    "Calendar",
    "CalendarDay",
    "CalendarDays",
    "CalendarEntry",
    "CalendarImport",
    "EntryKind",
    "Hold",
    "HoldStep",
    "Holiday",
    "ImportedEvent",
    "Known",
    "Period",
    "calendar_csv",
    "calendar_of",
    "calendar_sheet",
    "called",
    "german_holidays",
    "held_entries",
    "midnight",
    "moved",
    "post_entries",
    "post_id",
    "read_ics",
    "uid_of",
    "write_ics",
]
