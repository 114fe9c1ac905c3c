"""Numbers as exports write them, German or English, without ever guessing silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import Series

Locale = Literal["de", "en"]
LOCALES: tuple[Locale, ...] = ("de", "en")

_BLANK = r"[ \u00a0\u202f\u2009'’]"
_GROUPS = {"en": ",", "de": "."}
_DECIMALS = {"en": ".", "de": ","}
_MISSING = r"(?i)\s*|na|n/a|n\. ?v\.|k\. ?a\.|nan|null|none|[-–—−]{1,3}"
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
    missing = text.str.fullmatch(_MISSING).to_numpy(dtype=bool)
    values = _read(text, locale)
    if native is not None and native.any():
        values = np.where(native, _read(text, "en"), values)
    if duration:
        values = np.where(np.isnan(values), _seconds(text), values)
    values = np.where(missing | ~np.isfinite(values), np.nan, values)
    return Numbers(values, missing, np.isnan(values) & ~missing)


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
    import pandas as pd

    group, decimal = _GROUPS[locale], _DECIMALS[locale]
    grouped = rf"\d{{1,3}}(?:(?:\{group}\d{{3}})+|(?:{_BLANK}\d{{3}})+)"
    fits = text.str.fullmatch(rf"[+\-−]?(?:\d+|{grouped})(?:\{decimal}\d+)?(?:[eE][+\-]?\d+)?")
    bare = text.where(fits, "").str.replace(rf"\{group}|{_BLANK}", "", regex=True)
    bare = bare.str.replace(decimal, ".", regex=False).str.replace("−", "-", regex=False)
    values: NDArray[np.float64] = np.asarray(pd.to_numeric(bare, errors="coerce"), dtype=np.float64)
    return values


def _seconds(text: Series[str]) -> NDArray[np.float64]:
    import pandas as pd

    parts = text.str.extract(rf"^{_DURATION}$")
    first, second, third = (pd.to_numeric(parts[i]).to_numpy(dtype=np.float64) for i in range(3))
    with_hours = first * 3600 + second * 60 + third
    return np.where(np.isnan(third), first * 60 + second, with_hours)
