"""How networks count text. Units are functions from a piece of text to its length; nothing is counted twice.

Every function takes any Python string, lone surrogates included, and returns a whole number ≥ 0.

Sources: X: twitter-text config/v3.json; Threads: developers.facebook.com, Threads API, posts;
LinkedIn: learn.microsoft.com, "little text format"; graphemes: Unicode Standard Annex 29.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from smmlib.language import mark

Span = tuple[int, int]
Replaced = tuple[tuple[int, int, int], ...]

_HEAVY = re.compile("[^\\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]+")
_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_EMOJI_LONGEST = 16

UNITS: dict[str, str] = {
    "bytes": mark("bytes (UTF-8)"),
    "characters": mark("characters"),
    "emoji-bytes": mark("characters, emoji as bytes"),
    "escaped": mark("characters as sent by a tool"),
    "graphemes": mark("visible characters"),
    "utf16": mark("characters (UTF-16)"),
    "weighted": mark("weighted characters"),
}


def characters(text: str) -> int:
    """Code points: what `len` counts."""
    return len(text)


def utf16(text: str) -> int:
    """UTF-16 units: code points outside the basic plane count 2."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """Bytes as UTF-8; a lone surrogate counts its 3."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def graphemes(text: str) -> int:
    """Grapheme clusters: what a reader sees as one character."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    joined = _JOINED.findall(text)
    return len(text) - sum(map(len, joined)) + sum(len(_clusters().findall(part)) for part in joined)


def weighted(text: str) -> int:
    """X: Latin and general punctuation 1, everything else 2, an emoji sequence 2; after NFC."""
    if text.isascii():
        return len(text)
    text = unicodedata.normalize("NFC", text)
    count = _weights(text)
    for start, end in emoji_spans(text):
        count += 2 - _weights(text[start:end])
    return count


def emoji_bytes(text: str) -> int:
    """Threads: characters, but an emoji costs its UTF-8 bytes."""
    if text.isascii():
        return len(text)
    return len(text) + sum(utf8(text[start:end]) - (end - start) for start, end in emoji_spans(text))


def escaped(text: str) -> int:
    r"""LinkedIn as a tool sends it: each of \ | { } @ [ ] ( ) < > # * _ ~ is escaped and counts 2."""
    return len(text) + len(_RESERVED.findall(text))


COUNTS: dict[str, Callable[[str], int]] = {
    "bytes": utf8,
    "characters": characters,
    "emoji-bytes": emoji_bytes,
    "escaped": escaped,
    "graphemes": graphemes,
    "utf16": utf16,
    "weighted": weighted,
}


def count(text: str, unit: str, replaced: Replaced = ()) -> int:
    """Length of `text` in `unit`.

    Args:
        text: Any text.
        unit: One of `UNITS`.
        replaced: Parts that count a fixed number, as (start, end, number), in order, apart.
    """
    measure = COUNTS[unit]
    total = behind = 0
    for start, end, number in replaced:
        total += measure(text[behind:start]) + number
        behind = end
    return total + measure(text[behind:])


def fit(text: str, unit: str, limit: int, replaced: Replaced = ()) -> int:
    """Index up to which `text` fits into `limit`; no cluster and no replaced part is torn apart."""
    used = 0
    for start, _, number in _pieces(text, unit, replaced):
        used += number
        if used > limit:
            return start
    return len(text)


def emoji_spans(text: str) -> Iterator[Span]:
    """Start and end of each emoji sequence that Unicode names, the longest at each place."""
    if text.isascii():
        return
    known, shape, position = _known_emoji(), _emoji_shape(), 0
    while found := shape.search(text, position):
        start, end = found.span()
        end = min(end, start + _EMOJI_LONGEST)
        while end > start and text[start:end] not in known:
            end -= 1
        position = max(end, start + 1)
        if end > start:
            yield start, end


def cluster_ends(text: str, start: int = 0, stop: int | None = None) -> Iterator[int]:
    """Where visible characters end in text[start:stop], in order; between them a text may be cut."""
    for cluster in _clusters().finditer(text, start, len(text) if stop is None else stop):
        yield cluster.end()


def _pieces(text: str, unit: str, replaced: Replaced) -> Iterator[tuple[int, int, int]]:
    """Start, end and length of each cluster and each replaced part, in order."""
    measure, behind = COUNTS[unit], 0
    for start, end, number in (*replaced, (len(text), len(text), 0)):
        for cluster in _clusters().finditer(text, behind, start):
            yield cluster.start(), cluster.end(), measure(cluster.group())
        yield start, end, number
        behind = end


def _weights(text: str) -> int:
    return len(text) + sum(map(len, _HEAVY.findall(text)))


_CLUSTER = r"(?:\p{RI}\p{RI}?+[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X)"
"""A grapheme cluster. Flags come first: `\\X` alone takes quadratic time for a long run of them."""

_ALONE = (
    "\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0556\u2010-\u2027\u2030-\u205e\u2070-\u208e"
    "\u20a0-\u20c0\u2100-\u2bff\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
)
"""Characters that join nothing: between two of them a cluster always ends."""

_JOINED = re.compile(rf"[{_ALONE}]?(?:[^{_ALONE}]++[{_ALONE}]?+)++")
"""Stretches in which characters may join; all else is passed over at the speed of a scan."""


@cache
def _clusters() -> Any:
    import regex

    return regex.compile(_CLUSTER)


@cache
def _emoji_shape() -> Any:
    """What may be an emoji: the sequences of Unicode Technical Standard 51, section 1.4.9."""
    import regex

    one = (
        r"(?:\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|(?![#*0-9])\p{Emoji}"
        r"(?:\p{EMod}|\uFE0F\u20E3?|[\U000E0020-\U000E007E]{1,8}\U000E007F)?)"
    )
    return regex.compile(rf"{one}(?:\u200D{one}){{0,6}}")


@cache
def _known_emoji() -> frozenset[str]:
    import emoji

    return frozenset(emoji.EMOJI_DATA)
