"""Which encoding a file of text is in. Nothing is replaced or guessed from a dictionary."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\x0b\x0c\x1a")
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in: "utf-8-sig", "utf-8", "utf-16-le", … "cp1252"."""

    text: str
    encoding: str


def decode(data: bytes, name: str) -> Decoded:
    """Read bytes as text: byte order mark, then strict UTF-8, then UTF-16 by its NULs, then cp1252.

    Args:
        data: Content of the file.
        name: What messages call it.

    Raises:
        UnreadableFileError: It is not text.
    """
    try:
        encoding = _encoding(data)
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text(name) from None
    if _share_of_controls(text.encode("utf-8", "replace") if "16" in encoding else data, encoding) > 0.01:
        raise _not_text(name)
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _encoding(data: bytes) -> str:
    for mark_, encoding in _MARKS:
        if data.startswith(mark_):
            return encoding
    if 0 not in data:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > 0.2 * len(sample) / 2 and min(even, odd) < max(even, odd) / 10:
        return "utf-16-be" if even > odd else "utf-16-le"
    return "cp1252"


def _share_of_controls(data: bytes, encoding: str) -> float:
    if encoding == "utf-32":
        return 0.0
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROLS)) / max(len(sample), 1)


def _not_text(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark(
            "{name} is not a table: neither text (CSV) nor a spreadsheet (XLSX, XLS). Please export it again."
        ),
        name=name,
    )
