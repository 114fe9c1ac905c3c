"""Has the text everybody follows changed since a version was made from it, and how?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from smmlib.draft import Draft, Version

Change = Literal["same", "added", "removed"]
State = Literal["follows", "own", "drifted"]

COMPARED_MOST = 4_000
"""Words of the changed stretch that are compared one by one; a longer one is shown as replaced."""

_PIECE = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class WordChange:
    """A stretch of text that stayed, came or went.

    Attributes:
        change: "same", "added" or "removed".
        text: The stretch, with its white space.
    """

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Drift:
    """How the common text has changed since a version was made from it.

    Attributes:
        words: The common text then and now in stretches: without those added it is the former text, without
            those removed the present one.
        still_says: Stretches that were removed there but still stand in the version or its fields.
    """

    words: tuple[WordChange, ...]
    still_says: tuple[str, ...]


def state_of(draft: Draft, version: Version) -> State:
    """Whether a version follows the common text, has a text of its own, or that one has drifted."""
    if drifted(draft, version) is not None:
        return "drifted"
    return "follows" if version.text is None and not version.thread else "own"


def drifted(draft: Draft, version: Version) -> Drift | None:
    """What changed in the common text since the version was made from it; None if nothing did.

    White space alone is no change, and a version nobody adapted cannot drift.
    """
    before = version.adapted_from
    if before is None or before.split() == draft.text.split():
        return None
    words = compare_words(before, draft.text)
    said = " ".join((*version.posted(draft.text), *version.fields.values()))
    gone = (change.text.strip() for change in words if change.change == "removed")
    return Drift(words, tuple(text for text in dict.fromkeys(gone) if text and text in said))


@lru_cache(maxsize=16)
def compare_words(before: str, after: str) -> tuple[WordChange, ...]:
    """Two texts word by word, in stretches that stayed, went and came.

    The last few answers are remembered: several accounts ask for the same two texts.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    start = _same_at_start(old, new)
    stop = _same_at_start(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - stop, len(new) - stop
    changes = [_stretch("same", old[:start])]
    changes += _compared(old[start:old_end], new[start:new_end])
    changes.append(_stretch("same", old[old_end:]))
    return tuple(change for change in changes if change.text)


def _compared(old: list[str], new: list[str]) -> list[WordChange]:
    if max(len(old), len(new)) > COMPARED_MOST:
        return [_stretch("removed", old), _stretch("added", new)]
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(_stretch("same", old[a:b]))
        else:
            changes += [_stretch("removed", old[a:b]), _stretch("added", new[c:d])]
    return changes


def _stretch(change: Change, pieces: list[str]) -> WordChange:
    return WordChange(change, "".join(pieces))


def _same_at_start(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
