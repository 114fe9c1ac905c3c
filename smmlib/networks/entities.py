"""Links, hashtags, mentions and cashtags in a text.

Source: twitter-text, conformance/extract.yml; Mastodon, app/models/account.rb (MENTION_RE);
Bluesky, packages/api/src/rich-text/util.ts (handles are domains).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from smmlib.networks.links import DIRECTION, LATIN, SPACES, find_links

EntityKind = Literal["link", "hashtag", "mention", "cashtag"]
MentionForm = Literal["@name", "@name.name", "@name@host", "@name.host", "none"]

_TAG_MARKS = (
    "_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
)
_RETWEET = (
    r"(?:(?<=^[rR][tT])|(?<=[^a-zA-Z0-9_+~.-][rR][tT])|(?<=^[rR][tT]:)|(?<=[^a-zA-Z0-9_+~.-][rR][tT]:))"
)
_X_BEFORE = rf"(?:(?<![a-zA-Z0-9_!#$%&*@＠])|{_RETWEET})"
_X_AFTER = rf"(?!:\/\/|[@＠{LATIN}])"
_CASHTAG = re.compile(
    rf"(?:^|(?<=[{SPACES}{DIRECTION}]))\$[A-Za-z]{{1,6}}(?:[._][A-Za-z]{{1,2}})?"
    rf"(?=$|\s|[!'#%&()*+,\\\-./:;<=>?@\[\]^_{{|}}~$])"
)
_MENTIONS: dict[MentionForm, re.Pattern[str]] = {
    "@name": re.compile(
        rf"{_X_BEFORE}[@＠][a-zA-Z0-9_]{{1,20}}+(?:\/[a-zA-Z][a-zA-Z0-9_-]{{0,24}}+)?+{_X_AFTER}"
    ),
    "@name.name": re.compile(r"(?<![\w@/=])@[a-zA-Z0-9_](?:[a-zA-Z0-9_.]{0,29}[a-zA-Z0-9_])?(?![\w@])"),
    "@name@host": re.compile(
        r"(?<![=/\w])@[a-zA-Z0-9_]++(?:[.-]++[a-zA-Z0-9_]++)*+(?:@\w++(?:[.:-]++\w++)*+)?+"
    ),
    "@name.host": re.compile(r"(?<![\w@/=])@[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?(?![\w@])"),
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text that a network turns into something to click.

    Attributes:
        kind: What it is.
        start: Index of its first character in the text.
        end: Index behind its last.
        text: The part itself, e.g. "#radtour".
    """

    kind: EntityKind
    start: int
    end: int
    text: str


@lru_cache(maxsize=32)
def find_entities(
    text: str, *, mention: MentionForm = "@name", bare_links: bool = True, cashtags: bool = False
) -> tuple[Entity, ...]:
    """Everything to click in `text`, in order, never overlapping.

    The last few answers are remembered: count, checks and preview of one post ask the same.

    Args:
        text: Any text.
        mention: How accounts are written on the network.
        bare_links: Whether a domain without scheme becomes a link.
        cashtags: Whether $NAME is a link.
    """
    spans: list[tuple[int, int, EntityKind]] = []
    spans += [(start, end, "link") for start, end in find_links(text, bare=bare_links)]
    spans += [(start, end, "hashtag") for start, end in _hashtags(text)]
    if "@" in text or "＠" in text:
        spans += [(start, end, "mention") for start, end in _mentions(text, mention)]
    if cashtags and "$" in text:
        spans += [(*found.span(), "cashtag") for found in _CASHTAG.finditer(text)]
    return tuple(_apart(text, sorted(spans, key=lambda span: span[0])))


def _apart(text: str, spans: list[tuple[int, int, EntityKind]]) -> Iterator[Entity]:
    behind = 0
    for start, end, kind in spans:
        if start >= behind:
            behind = end
            yield Entity(kind, start, end, text[start:end])


def _mentions(text: str, form: MentionForm) -> list[tuple[int, int]]:
    return [found.span() for found in _MENTIONS[form].finditer(text)] if form in _MENTIONS else []


def _hashtags(text: str) -> list[tuple[int, int]]:
    if "#" not in text and "＃" not in text:
        return []
    return [found.span() for found in _hashtag().finditer(text)]


@cache
def _hashtag() -> re.Pattern[str]:
    import regex

    inside = rf"\p{{L}}\p{{M}}\p{{Nd}}{_TAG_MARKS}"
    pattern: re.Pattern[str] = regex.compile(
        rf"(?:(?<![{inside}&])|(?<=[\ufe0e\ufe0f]))[#＃](?![\ufe0f\u20e3])"
        rf"(?=[\p{{Nd}}{_TAG_MARKS}]*+[\p{{L}}\p{{M}}])[{inside}]++(?![#＃]|:\/\/)"
    )
    return pattern
