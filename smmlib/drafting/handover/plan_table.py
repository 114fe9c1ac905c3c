"""A plan in CSV as rows of named cells: encoding, delimiter and headings in German or English."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from smmlib.encoding import decode
from smmlib.errors import MissingColumnError, UnreadableFileError
from smmlib.formulas import as_written, is_formula
from smmlib.language import Language, mark

COLUMNS: dict[str, tuple[str, ...]] = {
    "draft": ("entwurf",),
    "network": ("netzwerk", "channel", "kanal"),
    "account": ("konto", "handle"),
    "planned_at": ("geplant", "planned at", "posting time", "zeitpunkt"),
    "date": ("datum", "day", "tag"),
    "time": ("uhrzeit", "zeit"),
    "format": (),
    "title": ("titel",),
    "campaign": ("kampagne",),
    "text": ("message", "nachricht"),
    "thread": (),
    "link": ("url",),
    "media": ("medien", "image", "bild"),
    "alt_text": ("alt text", "alternativtext", "alt texts", "alternativtexte"),
    "sponsored": ("anzeige", "werbung"),
    "labels": ("etiketten",),
    "post_title": ("beitragstitel",),
    "teaser": (),
    "meta_description": ("meta-beschreibung",),
    "subject": ("betreff",),
    "preheader": (),
    "content_warning": ("inhaltswarnung",),
}
"""Columns a plan may have, with other headings they are known by (in small letters)."""

TEMPLATE: dict[Language, tuple[str, ...]] = {
    "en": ("network", "account", "date", "time", "title", "text", "link", "media", "alt_text", "campaign"),
    "de": (
        "Netzwerk",
        "Konto",
        "Datum",
        "Uhrzeit",
        "Titel",
        "Text",
        "Link",
        "Medien",
        "Alternativtext",
        "Kampagne",
    ),
}
"""Headings of an empty plan to be filled in."""

MOST_ROWS = 5000
_PUBLISHED = frozenset({"title", "text", "alt_text", "post_title", "teaser", "meta_description", "subject"})
_NEEDED = ("account", "text")
_NAMES = {heading: name for name, others in COLUMNS.items() for heading in (name, *others)}


@dataclass(frozen=True, slots=True)
class PlanCells:
    """A row of a plan.

    Attributes:
        number: Line of the table it begins in, counting rows from 1 with the headings as row 1.
        cells: Column to text, as it was written before a formula was defused.
        formulas: Columns for readers whose text a spreadsheet would take for a formula; it is kept as text.
    """

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """The text of a column without space around it; "" if there is none."""
        return self.cells.get(name, "").strip()


def read_table(source: bytes | str, name: str) -> tuple[PlanCells, ...]:
    """The rows of a plan; empty rows are passed over.

    Raises:
        UnreadableFileError: It is empty, no text, no table, or has more than `MOST_ROWS` rows.
        MissingColumnError: There is no column for account or text.
    """
    if not source.strip():
        raise UnreadableFileError(mark("{name} is empty; choose another file."), name=name)
    text = source.removeprefix("\ufeff") if isinstance(source, str) else decode(source, name).text
    try:
        return tuple(_rows(text, name))
    except csv.Error as problem:
        raise UnreadableFileError(
            mark(
                "{name} cannot be read as a table ({why}). Is a quotation mark missing? "
                "Please export it again."
            ),
            name=name,
            why=problem,
        ) from None


def template(language: Language = "en") -> bytes:
    """An empty plan as CSV: German with semicolons, as Excel expects it, English with commas."""
    sign, encoding = (";", "utf-8-sig") if language == "de" else (",", "utf-8")
    return (sign.join(TEMPLATE[language]) + "\r\n").encode(encoding)


def _rows(text: str, name: str) -> Iterator[PlanCells]:
    skipped = text.partition("\n")[0].strip().strip('"').casefold().startswith("sep=")
    body = text.partition("\n")[2] if skipped else text
    delimiter = max(",;\t", key=lambda sign: len(_known(next(_reader(body, sign), []))))
    table = _reader(body, delimiter)
    header = next(table, [])
    columns = [_NAMES.get(_heading(cell), "") for cell in header]
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise MissingColumnError(missing, [cell for cell in header if cell.strip()], source=name)
    for number, row in enumerate(table, start=2):
        if number > MOST_ROWS + 1:
            raise UnreadableFileError(
                mark("{name} has more than {most} rows; split it."), name=name, most=MOST_ROWS
            )
        cells = dict(reversed([pair for pair in zip(columns, row, strict=False) if pair[0]]))
        if any(cell.strip() for cell in row):
            formulas = tuple(
                column
                for column, cell in cells.items()
                if column in _PUBLISHED and is_formula(cell.lstrip("'"))
            )
            yield PlanCells(number, {column: as_written(cell) for column, cell in cells.items()}, formulas)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _known(header: list[str]) -> set[str]:
    return {_NAMES[_heading(cell)] for cell in header if _heading(cell) in _NAMES}


def _heading(cell: str) -> str:
    return " ".join(cell.casefold().split())
