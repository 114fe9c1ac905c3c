"""A look at a spreadsheet before it is opened: is it locked, a bomb, or larger than memory?"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

LARGEST = 1 << 30
"""Bytes a spreadsheet may unpack to."""

MOST_CELLS = 30_000_000
"""Cells a sheet may span, empty ones included: all of them are held in memory."""

_BOMB = 64 << 20
_RATIO = 200
_CHUNK = 1 << 20
_ADDRESS = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was seen.

    Attributes:
        macros: Whether it carries macros. Nothing here ever runs them.
    """

    macros: bool


def inspect(data: bytes, name: str, *, most_cells: int = MOST_CELLS) -> Inspection:
    """Refuse a spreadsheet that cannot be opened safely.

    Reading a sheet takes memory for the whole rectangle up to its last cell, so a single cell in
    XFD1048576 would take more than any machine has; the addresses are looked at first.

    Args:
        data: Content of the file.
        name: What messages call it.
        most_cells: Cells a sheet may span.

    Raises:
        UnreadableFileError: It is damaged, locked with a password, a bomb or too large.
    """
    if not data.startswith(b"PK"):
        if _LOCKED in data:
            raise UnreadableFileError(
                mark("{name} is locked with a password. Open it, save it without one, and import that."),
                name=name,
            )
        return Inspection(macros=_MACROS in data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(e.file_size > max(_BOMB, _RATIO * e.compress_size) for e in archive.infolist()):
                raise _too_large(name)
            for part in archive.namelist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                    _check_extent(archive, part, name, most_cells)
            return Inspection(macros=any(part.endswith("vbaProject.bin") for part in archive.namelist()))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        raise UnreadableFileError(
            mark("{name} is damaged: it ends too early. Please export it again."), name=name
        ) from None


def _check_extent(archive: zipfile.ZipFile, part: str, name: str, most_cells: int) -> None:
    columns = rows = 0
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cells = _ADDRESS.findall(text)
            columns = max([columns, *map(_number, {letters for letters, _ in cells})])
            rows = max([rows, *(int(row) for _, row in cells), *map(int, _ROW.findall(text))])
            if columns * rows > most_cells:
                raise _too_large(name)
            rest = text[-200:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark("{name} unpacks to more than memory holds. Save the sheet with the figures as CSV."), name=name
    )
