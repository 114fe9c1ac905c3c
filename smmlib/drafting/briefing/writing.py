"""A brief as a YAML file that people read, fill in and send around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from smmlib.campaign import Campaign
from smmlib.drafting.briefing.layout import CAMPAIGN, HINTS, Key, Layout
from smmlib.language import Language, mark, say
from smmlib.record import Record

_INDENT = "  "
_WORDS = re.compile(r"[^\W\d_](?:[\w ,.?!()/%&;–…„“”’‘€-]*[\w.?!)%–…“”’€])?")
_EMPTY = ' ""'
_OTHERWISE = {
    "null",
    "yes",
    "no",
    "on",
    "off",
    "true",
    "false",
    "y",
    "n",
}  # what other readers take for no text
# What YAML allows in a stream (YAML 1.1, 5.1) less what ends a line or is invisible; the rest is escaped.
_SHOWN = re.compile(
    r"[ -~\xa1-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdff\U00010000-\U0010ffff]"
)


def to_yaml(campaign: Campaign, *, language: Language = "en") -> str:
    """The brief as YAML, every key there and explained, empty ones left open to be filled in.

    Args:
        campaign: The brief.
        language: Language of the comments; keys are English always.

    Returns:
        Text that `from_yaml` reads back as an equal campaign.
    """
    head = say(mark("Campaign brief. Text with a colon, a # or quotes goes between double quotes."), language)
    lines = [f"# {head}", *_record(campaign, CAMPAIGN, 0, language)]
    return "\n".join(lines) + "\n"


def _record(record: Record, layout: Layout, depth: int, language: Language) -> Iterator[str]:
    for key in layout.keys:
        if key.about:
            names = ", ".join(key.allowed)
            if depth == 0:
                yield ""
            yield f"{_INDENT * depth}# {say(key.about, language, names=names)}"
        yield from _entry(key, getattr(record, key.field), depth, language)


def _entry(key: Key, value: Any, depth: int, language: Language) -> Iterator[str]:
    margin = _INDENT * depth
    if key.kind in HINTS:
        yield f"{margin}{key.name}:{_scalar(value)}"
    elif value is None or value in ((), {}):
        yield f"{margin}{key.name}:"
    elif key.kind == "texts":
        yield f"{margin}{key.name}:"
        yield from (f"{margin}{_INDENT}-{_scalar(text) or _EMPTY}" for text in value)
    elif key.kind == "texts by name":
        yield f"{margin}{key.name}:"
        for name, texts in value.items():
            yield from _entry(Key(name, name, kind="texts"), texts, depth + 1, language)
    else:
        yield f"{margin}{key.name}:"
        yield from _records(key, value, depth + 1, language)


def _records(key: Key, value: Any, depth: int, language: Language) -> Iterator[str]:
    assert key.layout is not None
    if key.kind == "record":
        yield from _record(value, key.layout, depth, language)
    elif key.kind == "record by name":
        for name, each in value.items():
            yield f"{_INDENT * depth}{name}:"
            yield from _record(each, key.layout, depth + 1, language)
    else:
        for each in value:
            first, *rest = _record(each, key.layout, depth + 1, language)
            yield f"{_INDENT * depth}- {first.strip()}"
            yield from rest


def _scalar(value: object) -> str:
    """The value behind a colon or dash, with the space before it; nothing for a missing one."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f" {str(value).lower()}"
    if isinstance(value, datetime):
        return f" {value.isoformat()}"
    if isinstance(value, Decimal):
        return f' "{value:f}"'
    if not isinstance(value, str):
        return f" {value}"
    plain = _WORDS.fullmatch(value) and ": " not in value and value.casefold() not in _OTHERWISE
    return f" {value}" if plain else f" {_quoted(value)}"


def _quoted(text: str) -> str:
    """Text between double quotes, with everything escaped that YAML would not give back as it is."""
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(named.get(c) or (c if _SHOWN.match(c) else _escaped(c)) for c in text) + '"'


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
