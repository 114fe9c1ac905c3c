"""What the calendar rooms know: which days and entries are shown, the open entry, conflicts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets as t

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.calendar import CalendarEntry, Hold, Period, midnight
from smmlib.timetable import localise

if TYPE_CHECKING:
    from smmlib.alignment import Conflicts
    from smmlib.planning.calendar import Calendar, CalendarDays
    from smmlib.planning.calendar.hold import HoldScope
    from smmlib.workspace import Workspace

VIEWS = {
    "month": mark("Month"),
    "week": mark("Week"),
    "list": mark("List"),
    "campaign": mark("Per campaign"),
    "channel": mark("Per channel"),
}


class CalendarModel(t.HasTraits):
    """The calendar with its filters. Holds no widgets, so tests need no notebook.

    Attributes:
        view: One of `VIEWS`.
        day: Day that the view is about.
        campaign: Id of the campaign shown, None for all.
        channel: Key of the channel shown, None for all.
        kind: Kind of entries shown, None for all.
        words: Words that entries must have.
        chosen: Id of the open entry, "" for none.
        changed: Counts changes of entries, periods and posting stops.
    """

    view = t.Enum(tuple(VIEWS), "month")
    day = t.Instance(date)
    campaign = t.Unicode(None, allow_none=True)
    channel = t.Unicode(None, allow_none=True)
    kind = t.Unicode(None, allow_none=True)
    words = t.Unicode("")
    chosen = t.Unicode("")
    changed = t.Int(0)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(day=workspace.now().date())
        self.workspace = workspace

    @property
    def calendar(self) -> Calendar:
        """All entries."""
        return self.workspace.calendar.calendar()

    @property
    def shown(self) -> Calendar:
        """The entries that the filters leave."""
        return self.calendar.only(
            campaign=self.campaign, channel=self.channel, kind=self.kind, words=self.words
        )

    @property
    def days(self) -> CalendarDays:
        """The days of the view."""
        if self.view == "week":
            return self.shown.week(self.day)
        return self.shown.month(self.day.year, self.day.month)

    @property
    def conflicts(self) -> Conflicts:
        """What does not go together."""
        return self.workspace.calendar.conflicts()

    @property
    def entry(self) -> CalendarEntry | None:
        """The open entry."""
        return self.calendar.get(self.chosen) if self.chosen else None

    @property
    def state(self) -> str:
        """Code of the German state whose holidays are shown, "" for none."""
        return next(iter(self.workspace.settings.states), "")

    def use_state(self, code: str) -> None:
        """Show the holidays of a state, "" for none."""
        self.workspace.change_settings(states=(code,) if code else ())
        self.changed += 1

    def step(self, by: int) -> None:
        """Go on or back by a week, or by a month."""
        if self.view == "week":
            self.day += timedelta(weeks=by)
        else:
            first = self.day.replace(day=1)
            self.day = (first + timedelta(days=31 if by > 0 else -1)).replace(day=1)

    def move(self, id: str, days: int) -> CalendarEntry:
        """Move an entry by days; its time of day stays.

        Raises:
            SmmError: It has appeared already, or the new time does not exist.
        """
        entry = self.workspace.calendar.move(id, days=days)
        self.changed += 1
        return entry

    def reschedule(self, id: str, day: date, clock: time, *, second: bool | None = None) -> None:
        """Move an entry to a day and time on its own clock.

        Args:
            id: The entry.
            day: The day.
            clock: The time; of whole days it makes no difference.
            second: Of a time that exists twice, which is meant.

        Raises:
            SkippedTimeError: The time does not exist on that day.
            RepeatedTimeError: It exists twice, and `second` does not say which is meant.
        """
        self.workspace.calendar.move(id, to=datetime.combine(day, clock), second=second)
        self.changed += 1

    def keep(self, fields: dict[str, Any], day: date, clock: time | None, second: bool | None = None) -> str:
        """Store an entry, new or changed, that is no post of a draft.

        Args:
            fields: Fields of the entry, its id among them if it is there already.
            day: Day it appears.
            clock: Time on the workspace's clock, None for the whole day.
            second: Of a time that exists twice, which is meant.

        Returns:
            Its id.
        """
        old = self.calendar.get(fields.get("id", "")) if fields.get("id") else None
        zone = old.time_zone if old else self.workspace.settings.time_zone
        start = (
            midnight(day, zone)
            if clock is None
            else localise(datetime.combine(day, clock), zone, second=second)
        )
        end = None
        if old is not None and old.end is not None and old.all_day == (clock is None):
            end = start + (old.end - old.start)
        when: dict[str, Any] = {"start": start, "end": end, "all_day": clock is None, "time_zone": zone}
        entry = old.replace(**fields, **when) if old else CalendarEntry(**fields, **when)
        self.workspace.calendar.keep(entry)
        self.chosen = entry.id
        self.changed += 1
        return entry.id

    def remove(self, id: str) -> None:
        """Take an entry off the calendar; its history is kept."""
        entry = self.calendar.get(id)
        if entry is not None and entry.is_post:
            raise InvalidValueError(
                mark("{title!r} is a post of a draft; remove it in the room Drafts."), title=entry.title
            )
        self.workspace.entries.remove(id)
        self.chosen = ""
        self.changed += 1

    # --- periods and posting stops
    @property
    def periods(self) -> tuple[Period, ...]:
        """Blackouts and embargoes the team set."""
        return self.workspace.periods.list()

    def keep_periods(self, periods: tuple[Period, ...]) -> None:
        """Store these periods in place of those there were."""
        before = {period.id: period for period in self.periods}
        for period in periods:
            if before.pop(period.id, None) != period:
                self.workspace.periods.keep(period)
        for gone in before:
            self.workspace.periods.remove(gone)
        self.changed += 1

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Posting stops, the newest first."""
        return tuple(reversed(self.workspace.holds.list()))

    def hold(self, scope: HoldScope, of: str, *, reason: str, author: str) -> Hold:
        """Stop all planned entries of an account, a campaign or the company.

        Raises:
            InvalidValueError: Reason or name is missing.
        """
        hold = self.workspace.stops.call(scope, of, reason=reason, author=author)
        self.changed += 1
        return hold

    def release(self, hold_id: str, *, entry: str | None = None, reason: str = "", author: str) -> None:
        """Release one entry of a posting stop, or lift it."""
        self.workspace.stops.release(hold_id, entry, author=author, reason=reason)
        self.changed += 1

    @property
    def code(self) -> str:
        """Python that leaves what is shown in `result`, without the panel."""
        filters = {"campaign": self.campaign, "channel": self.channel, "kind": self.kind}
        words = {name: value for name, value in filters.items() if value is not None}
        if self.words:
            words["words"] = self.words
        only = ", ".join(f"{name}={value!r}" for name, value in words.items())
        return (
            "import smmlib as smm\n\n"
            f"workspace = smm.open_workspace({str(self.workspace.path)!r})\n"
            "calendar = workspace.calendar.calendar()\n"
            f"result = calendar.only({only})"
        )

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown: one per entry."""
        return self.shown.to_frame()
