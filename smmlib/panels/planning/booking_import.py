"""A table of bookings on its way into the workspace: uploaded, named by its path, or pasted."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Literal

import traitlets as t

from smmlib import planning
from smmlib.errors import InvalidValueError, UnreadableFileError
from smmlib.language import mark
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.planning import BookingMapping, BookingSheet, BookingTable

NAMED = ("line", "channel")


class BookingImport(t.HasTraits):
    """One table. Nothing is stored before `store`; then all rows are, or none.

    Attributes:
        table: The table, or None while none is chosen.
        columns: Heading to field of a booking, "" to leave it out.
        locale: How amounts are written: "de", "en", or "" when the table itself tells.
        fixed: Field to what holds for rows without a cell for it: kind and line.
        names: Field to what the table writes and the id that is meant.
        remembered: Whether the mapping was confirmed before.
    """

    table = t.Instance(BookingTable, allow_none=True)
    columns = t.Dict()
    locale = t.Unicode("")
    fixed = t.Dict()
    names = t.Dict()
    remembered = t.Bool(False)

    def __init__(self, model: PlanningModel) -> None:
        super().__init__()
        self.model = model
        self._sha256 = ""

    def look(self, name: str, data: bytes | None = None) -> None:
        """Look into a file: an upload, or a path when `data` is None.

        Raises:
            UnreadableFileError: It is missing or no table.
        """
        if not name.strip():
            raise InvalidValueError(mark("No file is chosen; choose one or type its path."))
        if data is None:
            path = Path(name.strip()).expanduser()
            try:
                name, data = path.name, path.read_bytes()
            except OSError as problem:
                why = problem.strerror or str(problem)
                raise UnreadableFileError(
                    mark("{path} cannot be read: {why}. Check the path."), path=str(path), why=why
                ) from None
        self._take(planning.read_booking_table(data, name), data)

    def look_at_pasted(self, text: str, name: str) -> None:
        """Look into a table pasted from a spreadsheet.

        Args:
            text: The table, with its headings.
            name: What messages call it.
        """
        if not text.strip():
            raise InvalidValueError(
                mark("Nothing is pasted; copy rows with their headings from a spreadsheet.")
            )
        data = text.encode("utf-8", "replace")
        self._take(planning.read_booking_table(data, name), data)

    def _take(self, table: BookingTable, data: bytes) -> None:
        suggested = planning.suggest_booking_mapping(table.headings)
        kept = self.model.workspace.booking_mappings
        self.remembered = suggested.id in kept
        mapping = kept.get(suggested.id) if self.remembered else suggested
        self._id, self._sha256 = suggested.id, hashlib.sha256(data).hexdigest()
        self.columns = {heading: mapping.columns.get(heading, "") for heading in table.headings}
        self.locale, self.fixed = mapping.locale, dict(mapping.fixed)
        self.names = {field: dict(known) for field, known in mapping.names.items()}
        self.table = None
        self.table = table

    def drop(self) -> None:
        """Choose no table any more."""
        self.table = None

    def mean(self, heading: str, field: str) -> None:
        """Say what a column means; a field that another column had is taken from it."""
        others = {h: "" if field and f == field else f for h, f in self.columns.items()}
        self.columns = {**others, heading: field}

    def name(self, field: Literal["line", "channel"], written: str, id: str) -> None:
        """Say which line or channel of the plan the table means by a name."""
        known = {**self.names.get(field, {}), written: id}
        self.names = {**self.names, field: {name: id for name, id in known.items() if id}}

    @property
    def mapping(self) -> BookingMapping:
        """What the columns mean, as it stands."""
        return BookingMapping(
            id=self._id,
            columns={heading: field for heading, field in self.columns.items() if field},
            locale=self.locale,  # type: ignore[arg-type]
            fixed={field: value for field, value in self.fixed.items() if value},
            names=self.names,
        )

    def strangers(self) -> list[tuple[Literal["line", "channel"], str]]:
        """Names of lines and channels that the table writes and the plan does not have."""
        if self.table is None or self.model.plan is None:
            return []
        found: dict[tuple[Any, str], None] = {}
        for at, heading in enumerate(self.table.headings):
            field = self.columns.get(heading, "")
            if field not in NAMED:
                continue
            known = self._known(field)
            for row in self.table.rows:
                written = str(row[at]).strip()
                if written and written not in known and written.casefold() not in known:
                    found[field, written] = None
        return list(found)

    def _known(self, field: str) -> set[str]:
        things = [
            thing
            for version in self.model.need().versions
            for thing in (version.lines if field == "line" else version.channels)
        ]
        return {thing.id for thing in things} | {thing.name.casefold() for thing in things}

    def store(self) -> BookingSheet:
        """Read every row and store the sheet; the mapping is remembered.

        Raises:
            InvalidRecordError: Rows do not fit; each is named, and nothing is stored.
            InvalidValueError: The same file is there already.
        """
        if self.table is None:
            raise InvalidValueError(mark("No table is chosen; choose a file or paste one."))
        plan, mapping = self.model.need(), self.mapping
        read = planning.bookings_of(
            self.table, mapping, sha256=self._sha256, plan=plan, known=self.model.books.bookings
        )
        sheet = self.model.books.add_sheet(read)
        self.model.workspace.booking_mappings.keep(mapping)
        self.drop()
        return sheet
