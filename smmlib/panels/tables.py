"""Tables as markup: numbers in the user's language, text escaped."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from numbers import Number

import pandas as pd

from smmlib.language import Language, day, moment, number, percent, say

NUMERIC = "num"


def table(
    frame: pd.DataFrame,
    language: Language,
    *,
    headers: Mapping[str, str],
    formats: Mapping[str, str] | None = None,
    limit: int = 200,
) -> str:
    """Markup of a table with the columns that `headers` names, in its order.

    Args:
        frame: One row a row.
        language: Language of numbers and dates.
        headers: Column of `frame` to its heading, already translated.
        formats: Column to "%1" (share as per cent with one digit), ".2" (two decimals), "plain"
            (a number that is a name, such as a year) or "html" (markup that is safe already).
        limit: Rows shown; a line below says how many there are.

    Returns:
        Markup; every cell is escaped save those in "html" columns.
    """
    formats = formats or {}
    numeric = {name for name in headers if _is_numeric(frame, name, formats.get(name, ""))}
    head = "".join(f"<th{_class(name in numeric)}>{escape(text)}</th>" for name, text in headers.items())
    rows = [
        "".join(
            f"<td{_class(name in numeric)}>{cell(value, language, formats.get(name, ''))}</td>"
            for name, value in zip(headers, values, strict=True)
        )
        for values in frame.loc[:, list(headers)].head(limit).itertuples(index=False, name=None)
    ]
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    markup = f'<table class="smm-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    note = ""
    if len(frame) > limit:
        shown = say("{shown} of {all} rows shown.", language, shown=limit, all=len(frame))
        note = f'<div class="smm-note">{escape(shown)}</div>'
    return f'<div class="smm-table-frame" tabindex="0">{markup}</div>{note}'


def cell(value: object, language: Language, spec: str = "") -> str:
    """Markup of one value; a missing one is an en dash. For `spec` see `formats` of `table`."""
    if spec == "html" or _missing(value):
        return "–" if _missing(value) else str(value)
    if isinstance(value, Number) and not isinstance(value, bool) and spec != "plain":
        figure = float(value)  # type: ignore[arg-type]
        if spec.startswith("%"):
            return escape(percent(figure, language, int(spec[1:] or 0)))
        return escape(number(figure, language, int(spec[1:]) if spec.startswith(".") else None))
    if isinstance(value, datetime):
        return escape(moment(value, language))
    if isinstance(value, date):
        return escape(day(value, language))
    return escape(str(value))


def _missing(value: object) -> bool:
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or value is pd.NaT or value is pd.NA


def _is_numeric(frame: pd.DataFrame, name: str, spec: str) -> bool:
    return spec not in ("plain", "html") and pd.api.types.is_numeric_dtype(frame[name])


def _class(numeric: bool) -> str:
    return ' class="smm-num"' if numeric else ""
