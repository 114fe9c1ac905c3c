"""Small records as rows of a grid: what does not fit is told at its row and stays there to be corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

import ipywidgets as w

from smmlib.errors import InvalidRecordError, InvalidValueError, SmmError
from smmlib.language import Language, Message, mark
from smmlib.panels import kit
from smmlib.panels.grid import Grid
from smmlib.panels.row_list import read_cell, written
from smmlib.record import KeptRecord, new_id

R = TypeVar("R", bound=KeptRecord)
Kind = Literal["text", "amount", "day", "choice", "shown"]
_EXAMPLES: dict[str, object] = {"amount": Decimal("1299.00"), "day": date(2026, 12, 13)}


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the grid.

    Attributes:
        field: Field of the record, or a name the grid's own reader knows.
        label: Its heading, in the user's language.
        kind: How it is typed; "shown" is never read.
        required: Whether a row cannot be kept without it.
        width: In pixels.
        options: Of a choice: value and what is shown.
        fresh: What a new row begins with.
        help: Shown when pointed at.
        hint: Shown in an empty cell.
    """

    field: str
    label: str
    kind: Kind = "text"
    required: bool = False
    width: int = 110
    options: Sequence[tuple[str, str]] = ()
    fresh: str = ""
    help: str = ""
    hint: str = ""


class RecordGrid(w.VBox, Generic[R]):
    """A grid over records with ids.

    Args:
        panel: Panel it stands in.
        record: Class of the records.
        cells: Its columns.
        keep: Stores the records of all rows; refuses what does not fit together.
        add: What the button to add a row says.
        fresh: Fields of new records that have no column.
    """

    def __init__(
        self,
        panel: kit.Panel,
        record: type[R],
        cells: Sequence[Cell],
        keep: Callable[[tuple[R, ...]], None],
        *,
        add: str,
        fresh: Mapping[str, Any] | None = None,
    ) -> None:
        self.panel, self._record, self._keep = panel, record, keep
        self._fresh = dict(fresh or {})
        self._cells: tuple[Cell, ...] = ()
        self._shown: tuple[R, ...] = ()
        self._filling = False
        self._refused = kit.html("", "smm-field-note")
        say = panel.say
        self.grid = Grid(
            words={
                "add": add,
                "remove": say("Remove this row"),
                "hint": say("Paste a table from a spreadsheet into any cell."),
            }
        )
        super().__init__([self.grid, self._refused])
        self.add_class("smm-record-grid")
        self._use(cells)
        self.grid.observe(self._typed, "rows")

    @property
    def language(self) -> Language:
        """Language in which amounts and days are typed."""
        return self.panel.language

    def follow(
        self, cells: Sequence[Cell], records: Sequence[R], fresh: Mapping[str, Any] | None = None
    ) -> None:
        """Show these records in these columns; what could not be kept stays while neither changes."""
        if fresh is not None:
            self._fresh = dict(fresh)
        if tuple(cells) == self._cells:
            self.refresh(records)
        else:
            self._use(cells)
            self.show(records)

    def _use(self, cells: Sequence[Cell]) -> None:
        self._cells = tuple(cells)
        self.grid.columns = [self._column(cell) for cell in cells]

    def show(self, records: Sequence[R]) -> None:
        """Show these records; rows that could not be kept are dropped."""
        self._shown = tuple(records)
        self._put([{"id": record.id, "cells": self.cells_of(record)} for record in records], [])

    def refresh(self, records: Sequence[R]) -> None:
        """Show these records, unless they are shown already: then what could not be kept stays."""
        if tuple(records) != self._shown:
            self.show(records)

    # --- what a grid of its own may do otherwise
    def cells_of(self, record: R) -> dict[str, str]:
        """What the cells of a record show."""
        return {
            cell.field: self.shown(cell, getattr(record, cell.field))
            for cell in self._cells
            if cell.kind != "shown"
        }

    def fields_of(self, typed: Mapping[str, str], record: R | None) -> dict[str, Any]:
        """Fields of a record as typed.

        Raises:
            InvalidValueError: A cell does not fit; it carries the field in `values["field"]`.
        """
        return {
            cell.field: self.read(cell, typed.get(cell.field, ""))
            for cell in self._cells
            if cell.kind != "shown"
        }

    def shown(self, cell: Cell, value: Any) -> str:
        """What a cell shows for a value."""
        return str(value or "") if cell.kind == "choice" else written(value, self.language)

    def read(self, cell: Cell, typed: str) -> Any:
        """The value of a cell; of an empty one "" or, of amounts and days, None."""
        text = typed.strip()
        if not text:
            return None if cell.kind in ("amount", "day") else ""
        if cell.kind == "choice":
            known = {value for value, _ in cell.options}
            if text not in known:
                raise CellError(cell, mark("{typed!r} is none of those known; choose one."), typed=text)
            return text
        try:
            return read_cell(text, cell.kind if cell.kind in ("amount", "day") else "text", self.language)
        except InvalidValueError as problem:
            raise CellError(cell, problem.message.template, **problem.message.values) from None

    # --- typing
    def _typed(self, change: dict[str, Any]) -> None:
        if self._filling:
            return
        self.panel.status.clear()
        given = [{"id": row["id"], "cells": dict(row["cells"])} for row in change["new"]]
        rows = [row for row in given if row["id"] or any(map(str.strip, _filled(row, self._cells)))]
        empty = [row for row in given if row not in rows]
        known = {record.id: record for record in self._shown}
        record: R | None
        records: list[R] = []
        problems: list[dict[str, Any]] = []
        for at, row in enumerate(rows):
            kept = known.get(row["id"])
            record = kept
            try:
                record = self._read_row(row["cells"], kept)
            except SmmError as problem:
                problems.append(self._told(at, problem))
            if record is not None:
                row["id"] = record.id
                records.append(record)
        try:
            if tuple(records) != self._shown:
                self._keep(tuple(records))
                self._shown = tuple(records)
        except SmmError as problem:
            problems.append(self._told(self._named_in(problem, records, rows), problem))
        wrong = {problem["row"] for problem in problems}
        by_id = {record.id: record for record in self._shown}
        for at, row in enumerate(rows):
            if at not in wrong and row["id"] in by_id:
                row["cells"] = self.cells_of(by_id[row["id"]])
        self._put([*rows, *empty], problems)

    def _read_row(self, typed: Mapping[str, str], kept: R | None) -> R:
        missing = [cell for cell in self._cells if cell.required and not typed.get(cell.field, "").strip()]
        if missing:
            names = ", ".join(cell.label for cell in missing)
            raise CellError(missing[0], mark("Not kept yet: {names} missing."), names=names)
        fields = self.fields_of(typed, kept)
        if kept is not None:
            return kept.replace(**fields)
        given = {name: value for name, value in fields.items() if value not in (None, "")}
        return self._record(**{"id": new_id(), **self._fresh, **given})

    def _named_in(self, problem: SmmError, records: Sequence[R], rows: Sequence[Mapping[str, Any]]) -> int:
        """The row an error is about: the last whose name it tells."""
        told = problem.problems if isinstance(problem, InvalidRecordError) else (problem,)
        values = {str(value) for one in told for value in _message(one).values.values()}
        named = {r.id for r in records if {r.id, str(getattr(r, "name", r.id))} & values}
        return max((at for at, row in enumerate(rows) if row["id"] in named), default=len(rows) - 1)

    def _told(self, at: int, problem: SmmError) -> dict[str, Any]:
        field = problem.cell.field if isinstance(problem, CellError) else ""
        look = "warn" if isinstance(problem, CellError) and "names" in problem.message.values else "bad"
        return {"row": at, "field": field, "text": problem.text(self.language), "look": look}

    def _put(self, rows: list[dict[str, Any]], problems: list[dict[str, Any]]) -> None:
        self._filling = True
        with self.grid.hold_sync():
            self.grid.rows = [{"id": row["id"], "cells": dict(row["cells"])} for row in rows]
            self.grid.problems = problems
        self._filling = False

    def _column(self, cell: Cell) -> dict[str, Any]:
        hint = cell.hint or written(_EXAMPLES.get(cell.kind), self.language)
        return {
            "field": cell.field,
            "label": cell.label,
            "kind": cell.kind,
            "width": cell.width,
            "hint": hint if cell.required or cell.hint else "",
            "help": cell.help,
            "fresh": cell.fresh or (cell.options[0][0] if cell.options else ""),
            "options": [list(option) for option in cell.options],
        }


class CellError(InvalidValueError):
    """What is typed into a cell does not fit.

    Args:
        cell: The cell.
        template: What is wrong; see `SmmError`.
        **values: What fills it.
    """

    def __init__(self, cell: Cell, template: str, **values: object) -> None:
        self.cell = cell
        super().__init__(template, **values)


def _message(told: Message | SmmError) -> Message:
    return told.message if isinstance(told, SmmError) else told


def _filled(row: Mapping[str, Any], cells: Sequence[Cell]) -> list[str]:
    """What was typed into a new row, choices aside: they are never empty."""
    return [row["cells"].get(cell.field, "") for cell in cells if cell.kind not in ("choice", "shown")]
