"""Words and sentences of a post, with where they stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from smmlib.sentences import sentence_spans

_LETTERS = r"[^\W\d_]"
# Signs of gendered German ("Kund:innen"), apostrophes and hyphens hold a word together.
_WORD = re.compile(rf"{_LETTERS}+(?:[-‐‑'’:*_·/]{_LETTERS}+)*")
# An emoji between two sentences stands for the full stop.
_BETWEEN = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\ufe0f\u200d]+(?=\s+[^\W\d_a-zäöüß])")


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

    They end where `smmlib.sentences` says, and at an emoji that a capital letter follows.
    """
    found = []
    for start, end in sentence_spans(text):
        begin = start
        for emoji in (*_BETWEEN.finditer(text, start, end), None):
            stop = emoji.end() if emoji else end
            if _WORD.search(text, begin, stop):
                found.append(_trimmed(text, begin, stop))
            begin = stop
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Stretch:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    bare = part.strip()
    return Stretch(start + left, start + left + len(bare), bare)
