"""Bookings from tables: every row becomes a booking, or all that is wrong is told by row and none is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from smmlib.errors import InvalidRecordError, InvalidValueError, SmmError, UnreadableFileError
from smmlib.headings import plain
from smmlib.language import Message, mark
from smmlib.planning.amounts import Locale, amount_of, bare, day_of, settled
from smmlib.planning.booking import Booking, BookingSheet, Source, check_bookings
from smmlib.planning.booking_mapping import BOOKING_FIELDS, BookingMapping, suggest_booking_mapping
from smmlib.planning.booking_table import BookingTable, Cell, read_booking_table
from smmlib.planning.plan import Plan

_AMOUNTS = ("amount", "hours", "rate", "tax_rate")
_DAYS = ("day", "service_day")
_MOST_TOLD = 20
WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "invoice": "invoice, rechnung, eingangsrechnung",
        "credit note": "credit note, credit, gutschrift, rechnungskorrektur, storno",
        "commitment": "commitment, order, purchase order, obligo, bestellung, auftrag",
        "spend": "spend, ad spend, werbeausgaben, ausgaben",
        "hours": "hours, stunden, zeiterfassung",
    },
    "tax": {
        "net": "net, netto",
        "gross": "gross, brutto",
        "reverse charge": "reverse charge, reverse-charge, § 13b, §13b, § 13b ustg, steuerschuldumkehr",
    },
    "basis": {
        "gross": "gross, brutto, mediabrutto",
        "net": "net, netto, medianetto",
        "net-net": "net-net, netto-netto, netnet, nettonetto",
    },
    "closes": {"1": "1, yes, true, x, ja, wahr", "": "0, no, false, nein, falsch"},
}
"""Field to its values and the words tables write for them, German and English."""

_MEANT = {
    field: {plain(word): value for value, written in values.items() for word in written.split(",")}
    for field, values in WORDS.items()
}


def read_bookings(
    source: str | Path | bytes,
    mapping: BookingMapping | None = None,
    *,
    name: str = "",
    sheet: str = "",
    plan: Plan | None = None,
    known: Iterable[Booking] = (),
) -> BookingSheet:
    """Read bookings from a CSV or XLSX table.

    Args:
        source: Path of the file, or its bytes.
        mapping: What its columns mean; None: as `suggest_booking_mapping` guesses.
        name: Name of the file, where `source` is bytes.
        sheet: Name of the sheet; "" is the first that is not empty.
        plan: Its lines and channels may be written by name, and must exist.
        known: Bookings there are already; documents among them are not taken again.

    Returns:
        All rows as bookings, with id and source of each; the same file gives the same ids.

    Raises:
        UnreadableFileError: The file is missing or no table; see `read_booking_table`.
        InvalidRecordError: Rows do not fit, or documents are there already; each is named with its row.
        InvalidValueError: How amounts are written cannot be told.
    """
    data, name = (source, name) if isinstance(source, bytes) else (_content(Path(source)), Path(source).name)
    return bookings_of(
        read_booking_table(data, name, sheet=sheet),
        mapping,
        sha256=hashlib.sha256(data).hexdigest(),
        plan=plan,
        known=known,
    )


def bookings_of(
    table: BookingTable,
    mapping: BookingMapping | None = None,
    *,
    sha256: str = "",
    plan: Plan | None = None,
    known: Iterable[Booking] = (),
) -> BookingSheet:
    """As `read_bookings`, from a table that has been read, or pasted."""
    mapping = mapping or suggest_booking_mapping(table.headings)
    columns = {mapping.columns[h]: i for i, h in enumerate(table.headings) if h in mapping.columns}
    if "day" not in columns and "day" not in mapping.fixed:
        raise UnreadableFileError(
            mark("{name}: no column is the day of the document; say which it is. Columns: {columns}."),
            name=table.name or "–",
            columns=", ".join(table.headings),
        )
    read = _RowReader(table, columns, mapping, plan)
    bookings: list[Booking] = []
    problems: list[Message | SmmError] = []
    for number, cells in zip(table.numbers, table.rows, strict=True):
        source = Source(file=table.name, sheet=table.sheet, row=number)
        try:
            fields = read(cells)
            if sha256:
                fields["id"] = ":".join(part for part in (sha256[:12], table.sheet, str(number)) if part)
            bookings.append(Booking(**fields, source=source))
        except InvalidValueError as problem:
            told = problem.problems if isinstance(problem, InvalidRecordError) else (problem,)
            text = mark("{source}: {problem}")
            problems += [Message(text, {"source": source, "problem": one}) for one in told]
    if problems:
        raise InvalidRecordError("Booking", problems[:_MOST_TOLD])
    check_bookings([*known, *bookings])
    sheet = BookingSheet(name=table.name, sha256=sha256, bookings=tuple(bookings))
    return sheet.replace(id=sha256[:12]) if sha256 else sheet


def _content(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as problem:
        raise UnreadableFileError(
            mark("{path} cannot be read: {why}. Check the path."),
            path=str(path),
            why=problem.strerror or str(problem),
        ) from None


def _locale(table: BookingTable, columns: Mapping[str, int], mapping: BookingMapping) -> Locale:
    """How amounts are written: as the mapping says, else as the rows tell."""
    if mapping.locale:
        return mapping.locale
    places = [columns[field] for field in _AMOUNTS if field in columns]
    texts = [
        (number, bare(cell)[0])
        for number, cells in zip(table.numbers, table.rows, strict=True)
        for cell in (cells[i] for i in places)
        if isinstance(cell, str) and cell.strip()
    ]
    return settled(texts)


def _names(plan: Plan | None) -> dict[str, dict[str, str]] | None:
    """Field to id and name, as compared, to id; of lines and channels in any version."""
    if plan is None:
        return None
    found: dict[str, dict[str, str]] = {"line": {}, "channel": {}}
    for version in plan.versions:
        for field, things in (("line", version.lines), ("channel", version.channels)):
            found[field] |= {plain(thing.name): thing.id for thing in things}
            found[field] |= {thing.id: thing.id for thing in things}
    return found


class _RowReader:
    """Reads the cells of one row after the other as fields of a booking."""

    def __init__(
        self, table: BookingTable, columns: Mapping[str, int], mapping: BookingMapping, plan: Plan | None
    ) -> None:
        self._columns, self._mapping = columns, mapping
        self._locale = _locale(table, columns, mapping)
        self._names = _names(plan)

    def __call__(self, cells: Sequence[Cell]) -> dict[str, Any]:
        there = {field: cells[i] for field, i in self._columns.items() if str(cells[i]).strip()}
        fields: dict[str, Any] = {}
        for field, cell in {**self._mapping.fixed, **there}.items():
            fields.update(self._meaning(field, cell))
        return _completed(fields)

    def _meaning(self, field: str, cell: Cell) -> Iterator[tuple[str, Any]]:
        text = _written(cell)
        text = self._mapping.names.get(field, {}).get(text, text)
        if field in _AMOUNTS:
            yield from _amount(field, cell, self._locale)
        elif field in _DAYS:
            yield field, cell if isinstance(cell, date) else day_of(text)
        elif field in WORDS:
            yield field, _word(field, text)
        elif self._names and field in self._names:
            yield field, _named(text, self._names[field])
        else:
            yield field, text


def _written(cell: Cell) -> str:
    """A cell as text; a number of a spreadsheet without zeros behind the point, such as 4711."""
    if isinstance(cell, Decimal):
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return cell.strip() if isinstance(cell, str) else cell.isoformat()


def _amount(field: str, cell: Cell, locale: Locale) -> Iterator[tuple[str, Any]]:
    if isinstance(cell, Decimal):
        # No tax is below one per cent: a cell shown as 19% holds 0.19.
        yield field, cell * 100 if field == "tax_rate" and 0 < cell < 1 else cell
    elif not isinstance(cell, str):
        raise InvalidValueError(
            mark("{field}: {value:date} is a day; write a number."),
            value=cell,
            field=Message(BOOKING_FIELDS[field]),
        )
    else:
        number, currency = bare(cell.replace("%", "") if field == "tax_rate" else cell)
        if currency and field == "amount":
            yield "currency of the amount", currency
        yield field, amount_of(number, locale)


def _word(field: str, text: str) -> Any:
    value = _MEANT[field].get(plain(text))
    if value is None:
        raise InvalidValueError(
            mark("{field}: {value!r} is none of those known; write one of: {known}."),
            value=text[:40],
            field=Message(BOOKING_FIELDS[field]),
            known=", ".join(_MEANT[field]),
        )
    return bool(value) if field == "closes" else value


def _named(text: str, known: Mapping[str, str]) -> str:
    found = known.get(text) or known.get(plain(text))
    if found is None:
        raise InvalidValueError(
            mark("{name!r} is not in the plan; there is: {known}. Correct it, or say what it stands for."),
            name=text[:40],
            known=", ".join(dict.fromkeys(known)) or "–",
        )
    return found


def _completed(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields with the currency that stood beside the amount, and the kind where only hours are given."""
    beside = fields.pop("currency of the amount", "")
    if beside and fields.setdefault("currency", beside) != beside:
        raise InvalidValueError(
            mark("The amount is in {beside}, the column of currencies says {currency}; correct one."),
            beside=beside,
            currency=fields["currency"],
        )
    if "kind" not in fields and "hours" in fields and "amount" not in fields:
        fields["kind"] = "hours"
    return fields
