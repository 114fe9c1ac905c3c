"""Shouting: words in capitals, rows of exclamation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding

_CAPITALS = re.compile(r"(?<![\w@#./-])[A-ZÄÖÜẞ]{4,}(?![\w.-]\w|[\w@])")
_LONG = 8
_PAIR = 2
_MANY = 3
_MANY_LONG = 5
_NEXT = re.compile(r"[ \u00a0]+(?:[A-ZÄÖÜ]{2,3}[ \u00a0]+)?\Z")
_ROWS = re.compile(r"[!?！？….,](?:(?<=[!?！？])[!?！？]{2,}|(?<=…)…+|(?<=,),+|(?<=\.)(?<!\.\.)\.{3,})")


def _shouting(subject: Subject) -> Iterator[Finding]:
    """Two capital words in a row, one of eight letters and more, or three of five and more."""
    names = _names(subject)
    words = [found for found in _CAPITALS.finditer(subject.prose) if found.group().casefold() not in names]
    if not words:
        return
    long = next((word for word in words if len(word.group()) >= _LONG), None)
    pair = next(
        (word for word, behind in pairwise(words) if _adjacent(subject, word, behind)),
        None,
    )
    many = words[0] if sum(len(word.group()) >= _MANY_LONG for word in words) >= _MANY else None
    if first := pair or long or many:
        template = mark("“{word}” in capitals reads like shouting and is harder to read. Use small letters.")
        yield Finding("shouting", "notice", first.span(), {"word": first.group()}, template=template)


def _adjacent(subject: Subject, word: re.Match[str], behind: re.Match[str]) -> bool:
    return bool(_NEXT.fullmatch(subject.prose, word.end(), behind.start()))


def _names(subject: Subject) -> frozenset[str]:
    """Words that brand and campaign write in capitals themselves."""
    account, campaign = subject.account, subject.campaign
    written = [account.brand, account.handle] if account else []
    if campaign:
        written += [campaign.name, campaign.offer.name, *campaign.words_to_use]
    return frozenset(word for name in written for word in re.findall(r"\w+", name.casefold()))


def _punctuation(subject: Subject) -> Iterator[Finding]:
    for found in _ROWS.finditer(subject.prose):
        template = mark("“{marks}”: one mark is enough.")
        shown = found.group()[:8]
        yield Finding("punctuation", "notice", found.span(), {"marks": shown}, template=template)


CHECKS = (
    Check(
        "shouting",
        mark("Shouting"),
        mark("Words in capitals; abbreviations and the names of brand and campaign may be."),
        "style",
        _shouting,
    ),
    Check(
        "punctuation",
        mark("Repeated punctuation"),
        mark("Three exclamation or question marks in a row and the like."),
        "style",
        _punctuation,
    ),
)
