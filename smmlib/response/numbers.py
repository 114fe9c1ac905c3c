"""Numbers as exports write them, German or English, without ever guessing silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from smmlib.headings import CURRENCIES
from smmlib.response.grid import fits

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import Series

Locale = Literal["de", "en"]
LOCALES: tuple[Locale, ...] = ("de", "en")

_BLANK = "[ \u00a0\u202f\u2009'’]"
_GROUPS = {"en": ",", "de": "."}
_DECIMALS = {"en": ".", "de": ","}
_MISSING = r"(?i)\s*|na|n/a|n\. ?v\.|k\. ?a\.|nan|null|none|[-–—−]{1,3}"
CURRENCY_CODE = rf"\b({'|'.join(CURRENCIES)})\b"
CURRENCY_SIGN = r"([€$£]|\bFr\.)"
_DURATION = r"(\d+):([0-5]?\d)(?::([0-5]?\d(?:\.\d+)?))?"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers.

    Attributes:
        values: float64, NaN where missing or not a number.
        missing: True where the cell is empty or says that there is no value ("NA", "--", …).
        bad: True where the cell holds something that is no number ("> 90", "viele").
    """

    values: NDArray[np.float64]
    missing: NDArray[np.bool_]
    bad: NDArray[np.bool_]


def read_numbers(
    cells: Series[str], locale: Locale, native: NDArray[np.bool_] | None = None, *, duration: bool = False
) -> Numbers:
    """Read a column of text as numbers.

    Args:
        cells: Text, one cell each.
        locale: "de" reads 1.234,5 and "en" reads 1,234.5; a wrong grouping is no number.
        native: True where a spreadsheet held a number: its text is then Python's.
        duration: Also read h:mm:ss and m:ss, as seconds.
    """
    text = cells.str.strip()
    missing = fits(text, _MISSING)
    values = _read(text, locale)
    if native is not None and native.any():
        values = np.where(native, _read(text, "en"), values)
    if duration:
        values = np.where(np.isnan(values), _seconds(text), values)
    values = np.where(missing | ~np.isfinite(values), np.nan, values)
    return Numbers(values, missing, np.isnan(values) & ~missing)


def without_currency(cells: Series[str]) -> Series[str]:
    """Amounts without their currency code or sign."""
    return cells.str.replace(rf"{CURRENCY_CODE}|{CURRENCY_SIGN}", "", regex=True)


def settle_locale(
    cells: Series[str], native: NDArray[np.bool_] | None = None
) -> Literal["de", "en", "either", "open"]:
    """What a column says about its locale.

    Returns:
        "de" or "en" where only that reads all its numbers; "either" where both read the same (410);
        "open" where they differ (1.234).
    """
    as_text = cells if native is None else cells[~native]
    german, english = read_numbers(as_text, "de"), read_numbers(as_text, "en")
    bad = int(german.bad.sum()), int(english.bad.sum())
    if bad[0] != bad[1]:
        return "de" if bad[0] < bad[1] else "en"
    same = np.array_equal(german.values, english.values, equal_nan=True)
    return "either" if same else "open"


def _read(text: Series[str], locale: Locale) -> NDArray[np.float64]:
    import pyarrow as pa
    import pyarrow.compute as pc

    group, decimal = _GROUPS[locale], _DECIMALS[locale]
    grouped = rf"\d{{1,3}}(?:(?:\{group}\d{{3}})+|(?:{_BLANK}\d{{3}})+)"
    form = rf"[+\-−]?(?:\d{{1,30}}|{grouped})(?:\{decimal}\d+)?(?:[eE][+\-]?\d{{1,2}})?"
    cells = pa.array(text)
    bare = pc.if_else(fits(text, form), cells, None)
    bare = pc.replace_substring_regex(bare, pattern=rf"^\+|\{group}|{_BLANK}", replacement="")
    bare = pc.replace_substring(bare, pattern=decimal, replacement=".")
    bare = pc.replace_substring(bare, pattern="−", replacement="-")
    return np.asarray(pc.cast(bare, pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


def _seconds(text: Series[str]) -> NDArray[np.float64]:
    import pandas as pd

    parts = text.str.extract(rf"^{_DURATION}$")
    first, second, third = (pd.to_numeric(parts[i]).to_numpy(dtype=np.float64) for i in range(3))
    with_hours = first * 3600 + second * 60 + third
    seconds: NDArray[np.float64] = np.where(np.isnan(third), first * 60 + second, with_hours)
    return seconds
