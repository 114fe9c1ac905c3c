"""Hashtags of several words, which a screen reader can only part where each word begins with a capital.

There is no dictionary: words are known from the post, the briefing and a short list of the little words
phrases are made with. A German compound is one word, so a hashtag is only called a phrase when one of
those little words stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from smmlib.campaign import Campaign
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.checks.word_lists import word_set
from smmlib.language import mark
from smmlib.networks import Entity, Finding

_LEAST = 8
_MOST = 60
_WORD_MOST = 20
_WORD = re.compile(r"[^\W\d_]{2,}")


def _case(subject: Subject) -> Iterator[Finding]:
    for entity in subject.entities:
        if entity.kind != "hashtag" or not _small(entity.text[1:]):
            continue
        if better := _better(entity, subject):
            template = mark(
                "{tag} is several words: write {better}, so that screen readers part them and people read it."
            )
            values = {"tag": entity.text, "better": better}
            yield Finding("hashtag_case", "notice", (entity.start, entity.end), values, template=template)


def _small(tag: str) -> bool:
    return _LEAST <= len(tag) <= _MOST and tag[1:].islower() and tag.isalpha()


def _better(entity: Entity, subject: Subject) -> str:
    """How it should be written: as the briefing writes it, else word by word; empty if it is one word."""
    tag = entity.text[1:].casefold()
    campaign = subject.campaign
    for written in campaign.hashtags if campaign else ():
        own = written.lstrip("#＃")
        if own.casefold() == tag and not own[1:].islower():
            return f"#{own}"
    parts = _parts(tag, _words_of(subject.prose) | _words_of_briefing(campaign))
    return "#" + "".join(part[:1].upper() + part[1:] for part in parts) if len(parts) > 1 else ""


def _words_of_briefing(campaign: Campaign | None) -> frozenset[str]:
    if campaign is None:
        return frozenset()
    return _words_of(
        " ".join((campaign.name, campaign.core_message, campaign.offer.name, *campaign.words_to_use))
    )


@lru_cache(maxsize=64)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _parts(tag: str, known: frozenset[str]) -> list[str]:
    """The tag cut into known words, as few as possible, one of them little; empty where that fails."""
    little, common = word_set("hashtag", "little"), word_set("hashtag", "common")
    best: list[list[str] | None] = [[], *([None] * len(tag))]
    for end in range(1, len(tag) + 1):
        for start in range(max(0, end - _WORD_MOST), end):
            before, after, word = best[start], best[end], tag[start:end]
            if before is None or (after is not None and len(after) <= len(before) + 1):
                continue
            if word in little or word in common or (len(word) > 2 and word in known):
                best[end] = [*before, word]
    parts = best[-1] or []
    one_word = len(parts) == 2 and parts[0] in word_set("hashtag", "prefixes")
    return parts if len(parts) > 1 and little.intersection(parts) and not one_word else []


CHECKS = (
    Check(
        "hashtag_case",
        mark("Capitals in hashtags"),
        mark("Whether hashtags of several words begin each with a capital: #TagDerOffenenTür."),
        "style",
        _case,
    ),
)
