"""What changed between two texts, word by word, as data and as safe markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import takewhile
from typing import Literal

Fate = Literal["same", "gone", "new"]
Part = tuple[Fate, list[str]]

MOST_PAIRS = 10_000
"""Beyond this many pairs of equal words texts are compared line by line, and at last as a whole: the time
to compare grows with the pairs, and a word repeated a thousand times makes a million of them."""

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TAGS: dict[Fate, tuple[str, str]] = {
    "same": ("", ""),
    "gone": ('<del class="smm-gone">', "</del>"),
    "new": ('<ins class="smm-new">', "</ins>"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words and what became of them.

    Attributes:
        fate: "same" in both texts, "gone" from the old one, "new" in the new one.
        text: The words, with the spaces and marks between them.
    """

    fate: Fate
    text: str


def word_diff(old: str, new: str) -> tuple[Stretch, ...]:
    """The stretches of which both texts are made, in reading order.

    "same" and "gone" joined are the old text, "same" and "new" joined the new one.
    """
    return tuple(
        Stretch(fate, "".join(words)) for fate, words in _by_words(old, new, _by_lines) if any(words)
    )


def diff_html(stretches: tuple[Stretch, ...]) -> str:
    """Markup with <del> and <ins>; every word is escaped, what cannot be seen is shown by its number."""
    return "".join(_TAGS[part.fate][0] + shown(part.text) + _TAGS[part.fate][1] for part in stretches)


def shown(text: str) -> str:
    """A user's text as safe markup; signs that cannot be seen or turn the line round are shown by number."""
    return _UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", escape(text, quote=True))


def _by_words(old: str, new: str, otherwise: Callable[[str, str], list[Part]]) -> list[Part]:
    """Compare what is left without a common beginning and end; `otherwise`, where that would take long."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    head = _shared(before, after)
    tail = min(_shared(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    gone, added = before[head : len(before) - tail], after[head : len(after) - tail]
    middle = _compared(gone, added) if _quick(gone, added) else otherwise("".join(gone), "".join(added))
    return [("same", before[:head]), *middle, ("same", before[len(before) - tail :])]


def _by_lines(old: str, new: str) -> list[Part]:
    """Lines that both texts have stay; what stands between them is compared word by word if that is quick."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if not _quick(before, after):
        return _whole(old, new)
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, added = "".join(before[i:j]), "".join(after[k:m])
        parts += [("same", [gone])] if tag == "equal" else _by_words(gone, added, _whole)
    return parts


def _whole(old: str, new: str) -> list[Part]:
    return [("gone", [old]), ("new", [new])]


def _compared(old: list[str], new: list[str]) -> list[Part]:
    parts: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", old[i:j]))
        else:
            parts += [("gone", old[i:j]), ("new", new[k:m])]
    return parts


def _quick(old: list[str], new: list[str]) -> bool:
    there = Counter(word for word in new if not word.isspace())
    return sum(there[word] for word in old) <= MOST_PAIRS


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
