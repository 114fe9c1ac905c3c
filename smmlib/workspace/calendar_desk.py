"""The editorial calendar of a workspace: all that is planned in one place, moved, checked, out and in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from smmlib.draft import Draft
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, Message, mark
from smmlib.networks import account_label
from smmlib.workspace.remembered import Remembered

if TYPE_CHECKING:
    from smmlib.alignment import Conflicts
    from smmlib.planning.calendar import Calendar, CalendarEntry, CalendarImport
    from smmlib.workspace.workspace import Workspace


class CalendarDesk:
    """All that appears, of drafts and of kept entries: `workspace.calendar`.

    It is asked for every click, so records are remembered, and collections asked by number only whether
    somebody changed them.

    Args:
        workspace: The workspace.
        clock: Returns the current time, with time zone.
    """

    def __init__(self, workspace: Workspace, *, clock: Callable[[], datetime]) -> None:
        self._workspace, self._clock = workspace, clock
        self._drafts = Remembered(workspace.drafts)
        self._accounts = Remembered(workspace.accounts)
        self._campaigns = Remembered(workspace.campaigns)
        self._entries = Remembered(workspace.entries)
        self._periods = Remembered(workspace.periods)
        self._assets = Remembered(workspace.media.assets)
        self._assignments = Remembered(workspace.assignments)
        self._posts: dict[str, tuple[Draft, tuple[CalendarEntry, ...]]] = {}
        self._posts_for: object = None

    def entries(self) -> tuple[CalendarEntry, ...]:
        """Everything: posts of drafts that have a time, and the entries that are kept."""
        return (*self._of_drafts(), *self._entries.records().values())

    def get(self, id: str) -> CalendarEntry:
        """The entry with this id, of a draft or kept.

        Raises:
            UnknownNameError: There is none.
        """
        every = {entry.id: entry for entry in self.entries()}
        if id not in every:
            raise UnknownNameError(mark("Entry of the calendar"), id, every)
        return every[id]

    def calendar(self) -> Calendar:
        """All entries in order, with periods, holidays and posting stops, on the workspace's clock."""
        from smmlib.planning.calendar import calendar_of

        settings, entries = self._workspace.settings, self.entries()
        return calendar_of(
            entries,
            periods=tuple(self._periods.records().values()),
            states=settings.states,
            held=self._workspace.stops.held(entries),
            time_zone=settings.time_zone,
            campaigns={c.id: c.name for c in self._campaigns.records().values()},
            accounts=self._account_names(),
            language=settings.language,
        )

    def conflicts(self) -> Conflicts:
        """What does not go together, by the rules of `settings.alignment`."""
        from smmlib.alignment import Surroundings, find_conflicts, protected_slots

        rules, now, entries = self._workspace.settings.alignment, self._clock(), self.entries()
        around = Surroundings(
            now=now,
            rules=rules,
            campaigns=self._campaigns.records(),
            assets=self._assets.records(),
            accounts=self._account_names(),
            periods=tuple(self._periods.records().values()),
            slots=protected_slots(self._assignments.records().values(), now),
            unsigned=self._unsigned(entries, now, now + timedelta(days=rules.signoff_days)),
        )
        return find_conflicts(entries, around)

    def keep(self, entry: CalendarEntry, *, author: str = "", expected: int | None = None) -> CalendarEntry:
        """Store a new entry or a new state of one.

        Args:
            entry: The entry.
            author: Who enters it.
            expected: Number of the state the change was made on (`workspace.entries.revision(id)`).

        Raises:
            InvalidValueError: It is a post; its draft is what changes.
            ConflictError: Somebody else stored a state after `expected`.
        """
        if entry.is_post:
            raise InvalidValueError(
                mark("{title!r} stands in a draft; change it there, or move it."), title=entry.title
            )
        if expected is not None:
            return self._workspace.entries.update(entry, author=author, expected=expected)
        return self._workspace.entries.keep(entry, author=author)

    def move(
        self,
        id: str,
        *,
        days: int = 0,
        to: datetime | None = None,
        second: bool | None = None,
        author: str = "",
    ) -> CalendarEntry:
        """Move an entry, or the post of a draft, on the clock it is planned on.

        Args:
            id: Id of the entry.
            days: Whole days later (or earlier), at the same time of day.
            to: The new time instead; without zone on the entry's own clock.
            second: Of a time that exists twice, True for the second, False for the first.
            author: Who moves it.

        Raises:
            UnknownNameError: There is no such entry.
            InvalidValueError: It has appeared already, or days and time are both given, or none.
            SkippedTimeError: The new time does not exist on that clock.
            RepeatedTimeError: It exists twice, and `second` does not say which is meant.
            ConflictError: Somebody changed it at this moment.
        """
        from smmlib.planning.calendar import moved

        entry = self.get(id)
        kept = self._workspace.drafts if entry.is_post else self._workspace.entries
        number = kept.revision(entry.draft or id)
        later = moved(self.get(id), days=days, to=to, second=second)
        if not entry.is_post:
            return self._workspace.entries.update(later, author=author, expected=number)
        draft = self._workspace.drafts.get(entry.draft)
        versions = tuple(
            version.replace(planned_at=later.start) if version.account == entry.account else version
            for version in draft.versions
        )
        self._workspace.drafts.update(draft.replace(versions=versions), author=author, expected=number)
        return later

    def ics(
        self, entries: Iterable[CalendarEntry] | None = None, *, language: Language | None = None
    ) -> bytes:
        """Entries as a calendar file; imported again elsewhere, they replace their earlier selves.

        Args:
            entries: Which; None: all.
            language: Language of the categories; None: that of the interface.
        """
        from smmlib.planning.calendar import write_ics

        chosen = self.calendar().entries if entries is None else tuple(entries)
        return write_ics(
            chosen,
            now=self._clock(),
            revisions=self._revisions(),
            held=self._workspace.stops.held(chosen),
            language=language or self._workspace.settings.language,
        )

    def read_ics(
        self, source: bytes | str, *, name: str = "ICS", until: date | None = None
    ) -> CalendarImport:
        """What a calendar file would change; nothing is stored.

        Args:
            source: Content of the file.
            name: Its name, for errors.
            until: Last day to which rules without an end are read; None: 400 days from now.

        Raises:
            UnreadableFileError: It is no calendar file, or too large.
            InvalidRecordError: Events that cannot be read, with one sentence for each.
        """
        from smmlib.planning.calendar import Known, read_ics

        zone = self._workspace.settings.time_zone
        known = Known(self.entries(), self._revisions(), zone, until)
        return read_ics(source, now=self._clock(), known=known, name=name)

    def take(self, imported: CalendarImport, *, author: str = "") -> None:
        """Store what `read_ics` found, after the user has said so.

        Raises:
            ConflictError: Somebody changed one of its entries at this moment.
        """
        for entry in imported.entries:
            self._workspace.entries.keep(entry, author=author)
        for id, when in imported.moves:
            self.move(id, to=when, author=author)
        for id in imported.removed:
            self._workspace.entries.remove(id, author=author)

    def csv(self, *, language: Language | None = None) -> bytes:
        """All entries as CSV; see `smmlib.planning.calendar.calendar_csv`."""
        from smmlib.planning.calendar import calendar_csv

        return calendar_csv(self.calendar(), language or self._workspace.settings.language)

    def sheet(self, *, language: Language | None = None) -> bytes:
        """All entries with their conflicts as XLSX; see `smmlib.planning.calendar.calendar_sheet`."""
        from smmlib.planning.calendar import calendar_sheet

        spoken, found = language or self._workspace.settings.language, self.conflicts()
        told = {id: tuple(conflict.text(spoken) for conflict in found.of(id)) for id in found.marked}
        return calendar_sheet(self.calendar(), spoken, conflicts=told)

    def _of_drafts(self) -> tuple[CalendarEntry, ...]:
        """Entries of all drafts; those of a draft that is the same as before are kept."""
        from smmlib.planning.calendar import post_entries

        accounts, drafts = self._accounts.records(), self._drafts.records()
        known = self._posts if self._posts_for is accounts else {}
        self._posts = {
            id: known[id]
            if id in known and known[id][0] is draft
            else (draft, post_entries([draft], accounts.values()))
            for id, draft in drafts.items()
        }
        self._posts_for = accounts
        return tuple(entry for _, entries in self._posts.values() for entry in entries)

    def _unsigned(
        self, entries: Iterable[CalendarEntry], now: datetime, until: datetime
    ) -> dict[str, Message]:
        """Id of each post of the next days that is not signed off to the reason."""
        drafts = self._drafts.records()
        soon = [e for e in entries if e.is_post and not e.done and now <= e.start < until]
        states = self._workspace.signoff.states({e.draft: drafts[e.draft] for e in soon}.values())
        return {
            e.id: states[e.draft].reason(e.account) for e in soon if not states[e.draft].approved(e.account)
        }

    def _account_names(self) -> dict[str, str]:
        return {id: account_label(account) for id, account in self._accounts.records().items()}

    def _revisions(self) -> dict[str, int]:
        """Number of the state each entry is in; of a post that of its draft."""
        drafts = self._workspace.drafts.revisions()
        posts = {entry.id: drafts.get(entry.draft, 0) for entry in self._of_drafts()}
        return {**posts, **self._workspace.entries.revisions()}
