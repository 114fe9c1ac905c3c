"""Emoji: how many, in place of words, as bullets. A screen reader reads out the name of each one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.checks.word_lists import word_set
from smmlib.language import mark
from smmlib.networks import Finding
from smmlib.networks.findings import Span

MOST = 5
_PER_EMOJI = 100
_BULLETS_MOST = 4
_MAY_BE_EMOJI = re.compile("[\u2194-\u3299\U0001f000-\U0001faff\u203c\u2049\u20e3]")
_LAST_WORD = re.compile(r"(?<!\w)(\w+)[ \u00a0]+\Z")


@lru_cache(maxsize=32)
def _spans(text: str) -> tuple[Span, ...]:
    """Where emoji stand; what is a plain sign unless a selector follows, such as ©, is none."""
    if not _MAY_BE_EMOJI.search(text):
        return ()
    return tuple(found.span() for found in _sequence().finditer(text))


@cache
def _sequence() -> Any:
    import regex

    sign = r"\p{Extended_Pictographic}\uFE0F|[\u2600-\u27BF&&\p{Extended_Pictographic}]"
    joined = rf"(?:\p{{Emoji_Presentation}}|{sign})[\uFE0F\p{{EMod}}\U000E0020-\U000E007F]*+"
    pattern = rf"\p{{RI}}\p{{RI}}|[0-9#*]\uFE0F?\u20E3|{joined}(?:\u200D{joined})*+"
    return regex.compile(pattern, regex.V1)


def _number(subject: Subject) -> Iterator[Finding]:
    spans = _spans(subject.text)
    most = max(MOST, len(subject.text) // _PER_EMOJI)
    if len(spans) > most:
        template = mark(
            "{count} emoji in {length} characters: a screen reader reads out the name of each. "
            "Keep {most} at most."
        )
        values = {"count": len(spans), "length": len(subject.text), "most": most}
        span = (spans[most][0], spans[-1][1])
        yield Finding("emoji", "notice", span, values, template=template)


def _for_words(subject: Subject) -> Iterator[Finding]:
    """An emoji where the sentence needs a word: behind an article, a preposition, a pronoun."""
    for start, end in _spans(subject.text):
        line = subject.text.rfind("\n", 0, start) + 1
        before = _LAST_WORD.search(subject.text, max(line, start - 12), start)
        needs_word = before and {before[1], before[1].lower()} & word_set("emoji", "before")
        if needs_word and _goes_on(subject.text, end):
            template = mark("{emoji} stands for a word here. Write the word and put the emoji behind it.")
            values = {"emoji": subject.text[start:end]}
            yield Finding("emoji_word", "notice", (start, end), values, template=template)


def _goes_on(text: str, end: int) -> bool:
    """Whether the sentence ends properly behind the emoji or goes on: then the emoji is part of it."""
    rest = text[end : end + 3].lstrip(" \u00a0")
    return not rest or rest[0] in ".,!?:;)\n" or rest[0].isalnum()


def _bullets(subject: Subject) -> Iterator[Finding]:
    starts = {start for start, _ in _spans(subject.text)}
    lines = list(re.finditer(r"^[ \t]*(?=\S)", subject.text, re.MULTILINE))
    led = [line.end() for line in lines if line.end() in starts]
    if len(led) > _BULLETS_MOST and len(led) * 2 > len(lines):
        template = mark("{count} lines begin with an emoji. Plain list marks are read out faster.")
        yield Finding("emoji_bullets", "notice", (led[0], led[0] + 1), {"count": len(led)}, template=template)


CHECKS = (
    Check(
        "emoji",
        mark("Number of emoji"),
        mark("More than five, or more than one in 100 characters of a long text."),
        "style",
        _number,
    ),
    Check(
        "emoji_word",
        mark("Emoji for words"),
        mark("Whether an emoji stands where the sentence needs a word."),
        "style",
        _for_words,
    ),
    Check(
        "emoji_bullets",
        mark("Emoji as bullets"),
        mark("Whether most lines begin with an emoji."),
        "style",
        _bullets,
        on=False,
    ),
)
