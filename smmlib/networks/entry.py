"""One entry of a table of rules: its value, how well it is known, and what form the value has."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import mark

Confidence = Literal["high", "medium", "low", "memory", "own"]
_WORDS = ("unset", "unlimited")
_ASPECT = re.compile(r"(\d{1,3}(?:\.\d{1,3})?):(\d{1,3}(?:\.\d{1,3})?)")


class Entry(BaseModel):
    """One rule as it is written: a value and, if it has its own, source, day, confidence and note."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: int | bool | str
    source: str | None = None
    checked_on: date | None = None
    confidence: Confidence | None = None
    note: str = ""


def _as_entry(written: object, info: ValidationInfo) -> object:
    if not isinstance(written, dict):
        return {"value": written}
    for key in written:
        if key not in Entry.model_fields:
            raise UnknownNameError(mark("Key"), f"{info.field_name}.{key}", _keys(info.field_name))
    return written


def _keys(rule: str | None) -> list[str]:
    return [f"{rule}.{key}" for key in Entry.model_fields]


def _is_number(entry: Entry, info: ValidationInfo) -> Entry:
    whole = isinstance(entry.value, int) and not isinstance(entry.value, bool) and entry.value >= 0
    if not whole and entry.value not in _WORDS:
        raise InvalidValueError(
            mark("{rule} is {value!r}; it must be a whole number from 0, 'unset' or 'unlimited'."),
            rule=info.field_name,
            value=entry.value,
        )
    return entry


def _is_yes_or_no(entry: Entry, info: ValidationInfo) -> Entry:
    if not isinstance(entry.value, bool):
        raise InvalidValueError(
            mark("{rule} is {value!r}; it must be true or false."), rule=info.field_name, value=entry.value
        )
    return entry


def _is_text(entry: Entry, info: ValidationInfo) -> Entry:
    if not isinstance(entry.value, str):
        raise InvalidValueError(
            mark("{rule} is {value!r}; it must be characters in quotation marks."),
            rule=info.field_name,
            value=entry.value,
        )
    return entry


def _is_aspect(entry: Entry, info: ValidationInfo) -> Entry:
    if entry.value not in _WORDS and aspect(entry.value) is None:
        raise InvalidValueError(
            mark("{rule} is {value!r}; it must be width to height such as '4:5', 'unset' or 'unlimited'."),
            rule=info.field_name,
            value=entry.value,
        )
    return entry


def aspect(written: object) -> float | None:
    """Width divided by height of a shape written as "4:5" or "1.91:1"; None for anything else."""
    found = _ASPECT.fullmatch(written) if isinstance(written, str) else None
    if found is None or not float(found[1]) or not float(found[2]):
        return None
    return float(found[1]) / float(found[2])


Number = Annotated[Entry, BeforeValidator(_as_entry), AfterValidator(_is_number)]
YesNo = Annotated[Entry, BeforeValidator(_as_entry), AfterValidator(_is_yes_or_no)]
Characters = Annotated[Entry, BeforeValidator(_as_entry), AfterValidator(_is_text)]
Aspect = Annotated[Entry, BeforeValidator(_as_entry), AfterValidator(_is_aspect)]
