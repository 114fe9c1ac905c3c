"""A list of small records as rows of cells: add, fill in, remove. An unfinished row is never thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from html import escape
from typing import Any, Literal

import ipywidgets as w
import traitlets as t

from smmlib.drafting.briefing import read_amount, read_day
from smmlib.errors import SmmError
from smmlib.language import Language, day, number
from smmlib.panels import kit
from smmlib.record import Record

_EXAMPLES: dict[str, object] = {"amount": Decimal("1299.00"), "day": date(2026, 12, 13)}

Kind = Literal["text", "long", "amount", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A cell of each row.

    Attributes:
        field: Field of the record.
        label: What stands above it, in the user's language.
        kind: How it is typed: text, a text of several lines, an amount or percentage, or a day.
        example: Shown while the cell is empty; of amounts and days one is shown as the language writes it.
        required: Whether a row cannot be kept without it.
        grow: Share of the free width.
    """

    field: str
    label: str
    kind: Kind = "text"
    example: str = ""
    required: bool = False
    grow: float = 1.0


class RowList(w.VBox):
    """Rows of cells with a button to add one.

    Args:
        panel: Panel it stands in.
        record: Class of the records.
        columns: Their cells, in order.
        add: What the button says.
        most: Rows there may be at most, or None.

    Attributes:
        value: The records, in order. A row that is not complete keeps the state it had when it was.
    """

    value = t.Tuple()

    def __init__(
        self,
        panel: kit.Panel,
        record: type[Record],
        columns: Sequence[Column],
        *,
        add: str,
        most: int | None = None,
    ) -> None:
        self._panel, self._record, self._columns, self._most = panel, record, tuple(columns), most
        self._rows: list[_Row] = []
        self._place = kit.stack()
        self._place.add_class("smm-rows")
        self._add = panel.button(add, self._more, look="small")
        super().__init__([self._place, kit.row(self._add)])
        self.add_class("smm-stack")
        self.observe(self._set, "value")

    def forget(self) -> None:
        """Drop rows that were never complete, as another record is shown."""
        self._build(self.value)

    def _kept(self) -> tuple[Record, ...]:
        return tuple(row.kept for row in self._rows if row.kept is not None)

    def _set(self, change: dict[str, Any]) -> None:
        if change["new"] != self._kept():
            self._build(change["new"])

    def _build(self, records: Sequence[Record]) -> None:
        self._rows = [self._row(record) for record in records]
        self._arrange()

    def _row(self, record: Record | None) -> _Row:
        row = _Row(self._panel, self._record, self._columns, record)
        row.observe(self._typed, "kept")
        drop = self._panel.button(self._panel.say("Remove"), partial(self._drop, row), look="small plain")
        row.line.children = (*row.line.children, drop)
        return row

    def _arrange(self) -> None:
        self._place.children = tuple(self._rows)
        self._add.disabled = self._most is not None and len(self._rows) >= self._most

    def _more(self) -> None:
        self._rows.append(self._row(None))
        self._arrange()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._arrange()
        self.value = self._kept()

    def _typed(self, _change: object) -> None:
        self.value = self._kept()


class _Row(w.VBox):
    """One record: its cells, and why it is not kept while it is not."""

    kept = t.Instance(Record, allow_none=True)

    def __init__(
        self, panel: kit.Panel, record: type[Record], columns: tuple[Column, ...], kept: Record | None
    ) -> None:
        self._panel, self._record, self._columns = panel, record, columns
        self._cells = [self._cell(column, kept) for column in columns]
        self._note = kit.html("", "smm-field-note")
        self.line = kit.row(*self._cells)
        super().__init__([self.line, self._note], kept=kept)
        self.add_class("smm-rows-row")
        for cell in self._cells:
            cell.observe(self._typed, "value")

    def _cell(self, column: Column, kept: Record | None) -> w.Widget:
        shown = "" if kept is None else written(getattr(kept, column.field), self._panel.language)
        look: dict[str, Any] = {
            "description": column.label,
            "placeholder": _example(column, self._panel.language),
        }
        look["continuous_update"] = False
        cell = w.Textarea(shown, rows=2, **look) if column.kind == "long" else w.Text(shown, **look)
        cell.layout.flex = f"{column.grow} 1 70px"
        return kit.field(cell, f"smm-cell-{column.field.replace('_', '-')}")

    def _typed(self, _change: object) -> None:
        self._note.value = ""
        try:
            fields, missing = self._read()
            if not missing:
                self.kept = self._record(**fields)
            elif fields or self.kept is not None:
                names = ", ".join(missing)
                self._say(self._panel.say("Not kept yet: {names} missing.", names=names), "warn")
        except SmmError as problem:
            self._say(problem.text(self._panel.language), "bad")

    def _read(self) -> tuple[dict[str, Any], list[str]]:
        """Fields typed so far, and labels of those that are still needed."""
        fields, missing = {}, []
        for column, cell in zip(self._columns, self._cells, strict=True):
            typed = cell.value.strip()
            if typed:
                fields[column.field] = read_cell(typed, column.kind, self._panel.language)
            elif column.required:
                missing.append(column.label)
        return fields, missing

    def _say(self, text: str, look: str) -> None:
        self._note.value = f'<div class="smm-{look}" role="status">{escape(text)}</div>'


def _example(column: Column, language: Language) -> str:
    return column.example or written(_EXAMPLES.get(column.kind), language)


def written(value: object, language: Language) -> str:
    """What a cell shows for a value, such that `read_cell` reads it back."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        places = value.as_tuple().exponent
        return number(value, language, max(0, -places) if isinstance(places, int) else None)
    if isinstance(value, date):
        return day(value, language) if language == "de" else value.isoformat()
    return str(value)


def read_cell(typed: str, kind: Kind, language: Language) -> object:
    """The value typed into a cell.

    Raises:
        InvalidValueError: It is no amount or no day.
    """
    if kind == "amount":
        return read_amount(typed, language)
    return read_day(typed) if kind == "day" else typed
