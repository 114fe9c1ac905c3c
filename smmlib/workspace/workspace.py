"""The workspace: one folder that keeps everything a team makes."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft
from smmlib.drafting.variants import Phrasebook
from smmlib.errors import UnknownNameError, WorkspaceError
from smmlib.language import Language, Message, mark
from smmlib.timetable import zone
from smmlib.workspace.backup import Progress, write_backup
from smmlib.workspace.calendar_desk import CalendarDesk
from smmlib.workspace.collection import Collection
from smmlib.workspace.database import Database
from smmlib.workspace.erasure import Erasure, erase, erasures
from smmlib.workspace.handover_desk import HandOverDesk
from smmlib.workspace.matched import Matched
from smmlib.workspace.media_store import MediaStore
from smmlib.workspace.moving import copy_workspace
from smmlib.workspace.place import STATE, find_workspace
from smmlib.workspace.posting_stops import PostingStops
from smmlib.workspace.records import SETTINGS_ID, ColumnMapping, Match, NetworkRules, Settings
from smmlib.workspace.response_store import ResponseStore
from smmlib.workspace.restore import restore_backup
from smmlib.workspace.reviews import Reviews
from smmlib.workspace.signoff_log import Records, SignOffLog
from smmlib.workspace.surroundings import surroundings_warnings
from smmlib.workspace.surveys import Surveys

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.experiments import Assignment, CopyTest, WhatWorks
    from smmlib.networks import Network
    from smmlib.planning import BookingMapping, BookingSheet, ExchangeRates, Plan, Result
    from smmlib.planning.calendar import CalendarEntry, Hold, Period
    from smmlib.response import Format
    from smmlib.response.report import Import


def _now() -> datetime:
    return datetime.now(UTC)


def open_workspace(
    path: str | Path | None = None, *, create: bool = True, clock: Callable[[], datetime] = _now
) -> Workspace:
    """Open the workspace, or make it.

    Several notebooks, kernels and commands may have it open at once. It must be on a local disk;
    `Workspace.warnings` says when it is not.

    Args:
        path: Its folder; None: $SMM_WORKSPACE, else data/workspace of the project that the current
            folder belongs to.
        create: Make it when it is not there.
        clock: Returns the current time, with time zone; what is stored is dated by it.

    Raises:
        WorkspaceError: It is not there and may not be made, belongs to a newer smmlib, is damaged, locked
            or cannot be read.
    """
    folder = find_workspace(path, environ=os.environ, start=Path.cwd())
    if not (folder / STATE).exists():
        if not create:
            raise WorkspaceError(mark("There is no workspace in {path}."), path=str(folder))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise WorkspaceError(
                mark("{path} cannot be made ({why}); name another folder."),
                path=str(folder),
                why=str(problem),
            ) from problem
    return Workspace(folder, clock=clock)


def restore_workspace(
    source: str | Path,
    into: str | Path | None = None,
    *,
    progress: Progress | None = None,
    clock: Callable[[], datetime] = _now,
) -> tuple[Path, Path | None]:
    """Restore a backup without opening the workspace that is there; it may be damaged, or missing.

    Args:
        source: A ZIP made by `Workspace.backup`.
        into: Folder of the workspace; None: as `open_workspace` finds it.
        progress: Told how many bytes are done, and of how many.
        clock: Returns the current time, with time zone.

    Returns:
        The folder, and where the workspace that was there is now, None if there was none.

    Raises:
        UnreadableFileError: It is no backup, is damaged, or holds paths or sizes a backup cannot have.
        WorkspaceError: There is no room, it was made by a newer smmlib, or the folder cannot be moved.
    """
    folder = find_workspace(into, environ=os.environ, start=Path.cwd())
    return folder, restore_backup(Path(source).absolute(), folder, at=clock(), progress=progress)


class Workspace:
    """Everything a team makes, in one folder; open it with `open_workspace`.

    Attributes:
        path: The folder.
        warnings: What may go wrong in this folder, to be shown to the user.
        campaigns: Campaign briefs.
        accounts: Accounts to post to.
        drafts: Posts being written.
        tests: Copy tests.
        assignments: Which slot got which variant, as drawn before anything was posted.
        networks: Network rules the team set.
        mappings: Column mappings the user confirmed.
        formats: Export formats the team described itself.
        matches: Which draft a published post came from.
        phrasebooks: Phrasebooks of the team's own, for drafts of variants.
        response: How the audience responded.
        media: Pictures, films and documents, with whose they are and until when they may be used.
        handover: Where posts leave and plans come in.
        plans: Campaign plans with all their versions.
        bookings: Sheets of bookings: one for each file, and what was typed.
        booking_mappings: What the columns of tables of bookings mean, as the user confirmed it.
        exchange_rates: Tables of exchange rates.
        entries: Entries of the calendar but for posts, which stand in their drafts.
        periods: Blackouts and embargoes.
        holds: Posting stops with their log.
        stops: Calls and lifts posting stops.
        calendar: The editorial calendar, its conflicts, moves and files.
        results: Figures of channels that no export has, such as GRP and contacts, with their source.
        surveys: Drafts counted and checked with all that is known here.
        signoff: Approvals of drafts, and the log that shows tampering.
        reviews: Review sheets for people without this workspace.
    """

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = _now) -> None:
        self.path = path
        self._clock = clock
        self._database = Database(path)
        self.warnings = self._warnings()
        self.campaigns: Collection[Campaign] = self._of("campaign", Campaign, mark("Campaign"))
        self.accounts: Collection[Account] = self._of("account", Account, mark("Account"))
        self.drafts: Collection[Draft] = self._of("draft", Draft, mark("Draft"))
        self.tests: Collection[CopyTest] = Collection(
            self._database, "test", _copy_test, noun=mark("Copy test"), clock=clock
        )
        self.assignments: Collection[Assignment] = Collection(
            self._database, "assignment", _assignment, noun=mark("Assignment"), clock=clock
        )
        self.networks: Collection[NetworkRules] = self._of("network", NetworkRules, mark("Network"))
        self.mappings: Collection[ColumnMapping] = self._of("mapping", ColumnMapping, mark("Column mapping"))
        self.formats: Collection[Format] = Collection(
            self._database, "format", _format, noun=mark("Export format"), clock=clock
        )
        self.matches: Collection[Match] = self._of("match", Match, mark("Match"))
        self.phrasebooks: Collection[Phrasebook] = self._of("phrasebook", Phrasebook, mark("Phrasebook"))
        self.plans: Collection[Plan] = self._planning("plan", "Plan", mark("Campaign plan"))
        self.bookings: Collection[BookingSheet] = self._planning(
            "bookings", "BookingSheet", mark("Sheet of bookings")
        )
        self.booking_mappings: Collection[BookingMapping] = self._planning(
            "booking_mapping", "BookingMapping", mark("Column mapping")
        )
        self.exchange_rates: Collection[ExchangeRates] = self._planning(
            "exchange_rates", "ExchangeRates", mark("Table of exchange rates")
        )
        self.results: Collection[Result] = self._planning("result", "Result", mark("Figure"))
        self.entries: Collection[CalendarEntry] = self._calendar(
            "calendar_entry", "CalendarEntry", mark("Entry of the calendar")
        )
        self.periods: Collection[Period] = self._calendar("period", "Period", mark("Period"))
        self.holds: Collection[Hold] = self._calendar("hold", "Hold", mark("Posting stop"))
        self.response = ResponseStore(
            self._database, matches=Matched(self.matches, self.drafts), read=self._read_export, clock=clock
        )
        self.media = MediaStore(self._database, clock=clock)
        self.handover = HandOverDesk(self, clock=clock)
        self.stops = PostingStops(self, clock=clock)
        records = Records(self.drafts, self.accounts, self.campaigns)
        self.signoff = SignOffLog(self._database, records, clock=clock)
        self.reviews = Reviews(
            self.signoff, records, networks=self.load_networks, name=lambda: self.name, clock=clock
        )
        self.surveys = Surveys(self)
        self.calendar = CalendarDesk(self, clock=clock)
        self._settings: Collection[Settings] = self._of("settings", Settings, mark("Settings"))

    def __repr__(self) -> str:
        return f"Workspace({str(self.path)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files; the workspace can be opened again."""
        self.response.close()
        self._database.close()

    def backup(self, target: str | Path, *, progress: Progress | None = None) -> Path:
        """Write everything into one ZIP while others go on working.

        Args:
            target: Name of the ZIP; a file of this name is replaced when the new one is complete.
            progress: Told how many bytes are done, and of how many.

        Raises:
            WorkspaceError: The ZIP cannot be written; nothing is left behind.
        """
        return write_backup(self._database, Path(target).absolute(), at=self._clock(), progress=progress)

    def restore(self, source: str | Path, *, progress: Progress | None = None) -> Path | None:
        """Put the workspace of a backup in the place of this one, which is moved aside, not deleted.

        Other notebooks that have it open see the restored one from their next read on.

        Args:
            source: A ZIP made by `backup`.
            progress: Told how many bytes are done, and of how many.

        Returns:
            Where the workspace that was here is now.

        Raises:
            UnreadableFileError: It is no backup, is damaged, or holds paths or sizes a backup cannot have.
            WorkspaceError: There is no room, it was made by a newer smmlib, or the folder cannot be moved.
        """
        self.close()
        return restore_backup(Path(source).absolute(), self.path, at=self._clock(), progress=progress)

    def copy_to(self, folder: str | Path) -> Path:
        """Copy this workspace to a folder that is empty or not there, such as a local one that was offered.

        Args:
            folder: The folder; `open_workspace` opens the copy. This workspace stays as it is.

        Raises:
            InvalidValueError: There is something in that folder already; it stays as it is.
            WorkspaceError: There is no room or the folder cannot be made; nothing is left behind.
        """
        return copy_workspace(self._database, Path(folder), clock=self._clock)

    def erase(self, person: str, *, author: str = "") -> Erasure:
        """Take a person out of everything this workspace keeps, on request, and log that it was done.

        The name, handle or address is replaced wherever it stands as a word: in records and their history,
        in posts and figures, in who did what. Original files that hold it are deleted, as are media files
        that name the person as author or whose record does in any way, and copies of the database made
        before an update. Backups and workspaces moved aside are out of reach: delete them yourself.

        Args:
            person: Name, handle or address, at least three letters; capital or small makes no difference.
            author: Who erases; logged.

        Raises:
            InvalidValueError: It is too short to be told from other words.
        """
        with self.response.alone():
            return erase(self._database, person, at=self._clock(), author=author)

    def erasures(self) -> pd.DataFrame:
        """What was erased when by whom, oldest first, without the names.

        Columns: at (UTC), author, and the counts of `Erasure`.
        """
        return erasures(self._database)

    @property
    def read_only(self) -> bool:
        """True when nothing can be stored in this folder."""
        return self._database.read_only

    @property
    def schema_version(self) -> str:
        """Version of the tables in the database."""
        return self._database.schema_version()

    @property
    def settings(self) -> Settings:
        """How this workspace is set up."""
        try:
            return self._settings.get(SETTINGS_ID)
        except UnknownNameError:
            return Settings()

    def change_settings(self, *, author: str = "", **changes: Any) -> Settings:
        """Change some of the settings, e.g. `change_settings(language="de")`.

        Raises:
            InvalidRecordError: A setting is unknown or its value does not fit.
        """
        changed = self.settings.replace(**changes)
        return self._settings.keep(changed, author=author)

    @property
    def name(self) -> str:
        """What the team calls it, else the name of the folder."""
        return self.settings.name or self.path.name

    def now(self) -> datetime:
        """The time, on the clock of the workspace's zone."""
        return self._clock().astimezone(zone(self.settings.time_zone))

    @property
    def practice(self) -> bool:
        """True when it holds the made-up practice company."""
        return self.settings.practice

    def what_works(self, language: Language | None = None) -> WhatWorks:
        """What the team's kept tests say about hooks, calls to action, length and other factors.

        Args:
            language: Language of the tested texts; None: that of the interface.
        """
        from smmlib.experiments import what_works

        return what_works(self.tests.list(), language or self.settings.language)

    def load_networks(self) -> dict[str, Network]:
        """The networks as this workspace sees them: the rules that come with smmlib, and the team's own."""
        from smmlib.networks import load_networks

        return load_networks({own.id: own.rules for own in self.networks.list()} or None)

    def load_formats(self) -> dict[str, Format]:
        """The export formats as this workspace sees them: those of smmlib, and the team's own."""
        from smmlib.response import load_formats

        return load_formats(self.formats.list())

    def _read_export(self, path: str | Path, **reading: Any) -> Import:
        from smmlib.response import read_export, suggest_mapping

        reading = {"formats": self.load_formats(), "now": self._clock(), **reading}
        if reading.get("columns") is None and reading.get("format") is None and self.mappings.version():
            suggestion = suggest_mapping(path, rows=1, formats=reading["formats"])
            if suggestion.format is None and suggestion.fingerprint in self.mappings:
                known = self.mappings.get(suggestion.fingerprint)
                told = {name: getattr(known, name) for name in ("columns", "locale", "network", "account")}
                given = {name: value for name, value in reading.items() if value is not None}
                reading = {**{name: value or None for name, value in told.items()}, **given}
        return read_export(path, **reading)

    def _of(self, kind: str, record: type[Any], noun: str) -> Collection[Any]:
        return Collection(self._database, kind, lambda: record, noun=noun, clock=self._clock)

    def _planning(self, kind: str, record: str, noun: str) -> Collection[Any]:
        return self._loaded("smmlib.planning", kind, record, noun)

    def _calendar(self, kind: str, record: str, noun: str) -> Collection[Any]:
        return self._loaded("smmlib.planning.calendar", kind, record, noun)

    def _loaded(self, room: str, kind: str, record: str, noun: str) -> Collection[Any]:
        """A collection whose record class is imported when it is first needed."""

        def class_of() -> type[Any]:
            return cast("type[Any]", getattr(importlib.import_module(room), record))

        return Collection(self._database, kind, class_of, noun=noun, clock=self._clock)

    def _warnings(self) -> tuple[Message, ...]:
        found = surroundings_warnings(self.path)
        if self._database.read_only:
            text = mark("The workspace {path} can only be read here; changes are not stored.")
            found = (Message(text, {"path": str(self.path)}), *found)
        return found


def _format() -> type[Format]:
    from smmlib.response import Format

    return Format


def _copy_test() -> type[CopyTest]:
    from smmlib.experiments import CopyTest

    return CopyTest


def _assignment() -> type[Assignment]:
    from smmlib.experiments import Assignment

    return Assignment
