"""ZIP archives of platforms: the posts in them, opened without trusting the archive."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

LARGEST = 512 << 20
"""Bytes the posts of an archive may unpack to."""

_READ = {".json", ".html", ".htm"}
_SPREADSHEET = {"xl/workbook.xml", "xl/workbook.bin", "[Content_Types].xml", "content.xml"}


def is_spreadsheet(data: bytes, name: str) -> bool:
    """Whether a ZIP is a spreadsheet (XLSX, XLSM, XLSB, ODS).

    Raises:
        UnreadableFileError: The archive is damaged.
    """
    with _open(data, name) as archive:
        return not _SPREADSHEET.isdisjoint(archive.namelist())


def unpack(data: bytes, name: str, *, largest: int = LARGEST) -> list[tuple[str, bytes]]:
    """Name and content of the JSON and HTML files in an archive, sorted by name. Nothing is written.

    Args:
        data: The archive.
        name: What messages call it.
        largest: Bytes the files may unpack to.

    Raises:
        UnreadableFileError: It is damaged, locked, holds no such file, or unpacks to too much.
    """
    with _open(data, name) as archive:
        entries = [e for e in archive.infolist() if PurePosixPath(e.filename).suffix.lower() in _READ]
        if not entries:
            raise _holds_tables(archive, name)
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFileError(
                mark("{name} is locked with a password. Unpack it and import the files in it."), name=name
            )
        size = sum(entry.file_size for entry in entries)
        if size > largest:
            raise UnreadableFileError(
                mark("{name} unpacks to {size:.1} GB, which is too large. Unpack it and import parts of it."),
                name=name,
                size=size / 1e9,
            )
        try:
            return [(e.filename, archive.read(e)) for e in sorted(entries, key=lambda e: e.filename)]
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
            raise _damaged(name) from None


def _open(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _damaged(name) from None


def _holds_tables(archive: zipfile.ZipFile, name: str) -> UnreadableFileError:
    inside = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
    return UnreadableFileError(
        mark("{name} is a ZIP archive. Unpack it and import the files in it: {files}."),
        name=name,
        files=", ".join(inside[:10]) + (", …" if len(inside) > 10 else ""),
    )


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark("{name} is damaged: it ends too early. Please export it again."), name=name
    )
