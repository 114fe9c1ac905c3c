"""Words and sentences of a post, with where they stand.

A post is no book: headings have no full stop, an emoji may end a sentence, and dates, abbreviations and
links are full of dots that end none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_LETTERS = r"[^\W\d_]"
# Signs of gendered German ("Kund:innen"), apostrophes and hyphens hold a word together.
_WORD = re.compile(rf"{_LETTERS}+(?:[-‐‑'’:*_·/]{_LETTERS}+)*")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:z\.B|d\.h|u\.a|i\.d\.R|e\.g|i\.e|\d{1,2}(?:\.\d{1,2})?|[A-Za-zÄÖÜ]|ca|bzw|inkl|exkl|"
    r"zzgl|Nr|Dr|Prof|St|Str|Tel|evtl|ggf|max|min|usw|vgl|Hr|Fr|Mio|Mrd|Mr|Mrs|Ms|vs|approx|No|Jan|Feb|Aug|Sept|"
    r"Okt|Nov|Dez|Mo|Di|Mi|Do|Sa|So)$"
)
_NEXT = re.compile(r" *[^\s]")
_CAPITAL_NEXT = re.compile(r"\s*[^\W\d_a-zäöüß]")
_BREAK = re.compile(
    r"([.!?…]+)(?=[\s\"“”»«')\]]|$)|[\n\r\u2028\u2029]+|[\U0001F000-\U0001FAFF\u2600-\u27BF]+"
)


class Stretch(NamedTuple):
    """A word or a sentence, and where it stands.

    Attributes:
        start: Index of its first character.
        end: Index behind its last.
        text: The characters themselves.
    """

    start: int
    end: int
    text: str


@lru_cache(maxsize=16)
def words_of(text: str) -> tuple[Stretch, ...]:
    """The words of a text in order; figures alone are no words. Hyphenated words are one."""
    return tuple(Stretch(*found.span(), found.group()) for found in _WORD.finditer(text))


@lru_cache(maxsize=16)
def sentences_of(text: str) -> tuple[Stretch, ...]:
    """The sentences of a text in order; stretches without any word (a row of emoji) are left out.

    A sentence ends at `.`, `!`, `?` or `…` before white space, at a line break, and at an emoji that a
    capital letter follows. Dots of abbreviations, initials and ordinals ("3. Mai", "z. B.") end none.
    """
    found, begin = [], 0
    for stop in _BREAK.finditer(text):
        if stop.group(1) and stop.group(1) == "." and _goes_on(text, begin, stop):
            continue
        if _is_emoji(stop.group()) and not _CAPITAL_NEXT.match(text, stop.end()):
            continue
        found.append((begin, stop.end()))
        begin = stop.end()
    found.append((begin, len(text)))
    return tuple(_trimmed(text, start, end) for start, end in found if _WORD.search(text, start, end))


def _goes_on(text: str, begin: int, stop: re.Match[str]) -> bool:
    following = _NEXT.match(text, stop.end())
    if following and following.group()[-1].islower():
        return True
    return bool(following) and bool(_ABBREVIATED.search(text, max(begin, stop.start() - 12), stop.start()))


def _is_emoji(found: str) -> bool:
    return ord(found[0]) >= 0x2600


def _trimmed(text: str, start: int, end: int) -> Stretch:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    bare = part.strip()
    return Stretch(start + left, start + left + len(bare), bare)
