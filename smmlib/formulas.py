"""Text that a spreadsheet program would take for a formula."""

from __future__ import annotations

import re

_SIGNS = frozenset("=+-@")
_BREAKS = frozenset("\t\r")
_PLAIN_NUMBER = re.compile(r"-\d+(?:[.,]\d+)?")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program may take this text for a formula; a plain negative number is none."""
    start = text.lstrip(" \n\u00a0")[:1]
    return text[:1] in _BREAKS or (start in _SIGNS and not _PLAIN_NUMBER.fullmatch(text))


def defused(text: str) -> str:
    """The text with an apostrophe before what would be taken for a formula; `as_written` takes it off."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def as_written(cell: str) -> str:
    """The text that `defused` was given."""
    return cell[1:] if cell.startswith("'") and is_formula(cell.lstrip("'")) else cell


def without_illegal(text: str) -> str:
    """The text with a replacement character for what an XLSX cell cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
