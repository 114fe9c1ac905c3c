"""What changed between two texts, word by word, as data and as safe markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import takewhile
from typing import Literal

Fate = Literal["same", "gone", "new"]

MOST_PAIRS = 4_000_000
"""Beyond this many pairs of words the changed middle is shown as one block; comparing takes too long."""

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
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    head = _shared(before, after)
    tail = min(_shared(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    middle_old, middle_new = before[head : len(before) - tail], after[head : len(after) - tail]
    parts = [
        ("same", before[:head]),
        *_middle(middle_old, middle_new),
        ("same", before[len(before) - tail :]),
    ]
    return tuple(Stretch(fate, "".join(words)) for fate, words in parts if words)


def diff_html(stretches: tuple[Stretch, ...]) -> str:
    """Markup with <del> and <ins>; every word is escaped, what cannot be seen is shown by its number."""
    return "".join(_TAGS[part.fate][0] + shown(part.text) + _TAGS[part.fate][1] for part in stretches)


def shown(text: str) -> str:
    """A user's text as safe markup; signs that cannot be seen or turn the line round are shown by number."""
    return _UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", escape(text, quote=True))


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _middle(old: list[str], new: list[str]) -> list[tuple[Fate, list[str]]]:
    if len(old) * len(new) > MOST_PAIRS:
        return [("gone", old), ("new", new)]
    parts: list[tuple[Fate, list[str]]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", old[i:j]))
        else:
            parts += [("gone", old[i:j]), ("new", new[k:m])]
    return parts
