"""Column names as exports write them, and how to compare them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_QUOTES = dict.fromkeys(map(ord, "\"'„“”‚‘’«»‹›`´"))
CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK"),
    *("PLN", "CZK", "HUF", "RON", "TRY", "CAD", "AUD", "JPY"),
)
"""Codes of the currencies that headings and amounts are searched for."""

_CURRENCY = rf"\((?:{'|'.join(CURRENCIES).lower()}|[€$£])\)"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def plain(heading: str) -> str:
    """A heading for comparison: no soft hyphens, quotes or odd blanks, one kind of dash, lower case."""
    folded = unicodedata.normalize("NFKC", heading.translate(_INVISIBLE))
    return re.sub(r"\s+", " ", folded.translate(_QUOTES).translate(_DASHES)).strip().casefold()


def alike(heading: str) -> str:
    """A heading in plain form, whatever currency its brackets name: reports of two accounts compare equal."""
    return re.sub(_CURRENCY, "(¤)", plain(heading))


def fingerprint(headings: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that name a set of columns, whatever their order and spelling."""
    names = sorted({plain(heading) for heading in headings} - {""})
    return hashlib.sha256("\n".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row that names the columns: the first that is about as wide as the table.

    Titles and descriptions above it fill a cell or two.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    widest = max(filled, default=0)
    return next((i for i, count in enumerate(filled) if count and count >= 0.6 * widest), 0)
