"""Choose one phrase for each slot, so that every text of a design fits and reads well.

The choice is drawn many times, then changed a little many times, and the best is kept: first by whether all
texts have their lengths, then by how little they repeat themselves. Draws come from a seed, so the same seed
chooses the same phrases in every process.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from smmlib.drafting.variants.templates import NOUNS

_DRAWS = 350
_FRESH = 60
"""Draws of their own; the later ones change the best one a little."""

_SENTENCES = {"core", "message", "proof"}
_AGAIN = 5
"""What it counts to say a whole sentence of the briefing again."""

_SILENT = 6
"""What it counts not to name the offer."""

_UNSEEN = 12
"""Graphemes by which texts of one length may differ before it counts as much as a repeat."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may be chosen, filled in.

    Attributes:
        text: What stands in the text.
        needs: Words of the briefing it holds.
        size: Its length in graphemes.
        cost: Its length as the network counts.
        echoes: Longer words of the phrase itself, which should not come again in the same text.
    """

    text: str
    needs: frozenset[str]
    size: int
    cost: int
    echoes: frozenset[str] = frozenset()

    @property
    def colon(self) -> bool:
        """Whether it is built as "Something: something"."""
        return ": " in self.text


Chosen = dict[str, Candidate]
"""Slot, or slot and level as "hook.question", to what was chosen for it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all texts of a design have to keep to.

    Attributes:
        required: Slots, or slots and levels, that every draw fills.
        optional: Slots a draw may leave out.
        texts: For each kind of text its slots in order and its length, "short" or "long".
        sizes: Least and most graphemes of a text, by length.
        most: What the network allows, in its own unit, or None.
        read: The texts as they are read for repeats: without what does not consist of words.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    texts: tuple[tuple[tuple[str, ...], str], ...]
    sizes: Mapping[str, tuple[int, int]]
    most: int | None
    read: tuple[tuple[tuple[str, ...], str], ...]


def choose(frame: Frame, pool: Mapping[str, Sequence[Candidate]], seed: str) -> tuple[Chosen, int]:
    """The best of many draws, and by how many characters its texts miss their lengths (0: all fit).

    Args:
        frame: What the texts have to keep to.
        pool: What may be chosen for each slot; something for each required one.
        seed: Where the draws start from.
    """
    generator = random.Random(seed)
    slots = [*frame.required, *(slot for slot in frame.optional if pool[slot])]
    best: Chosen = {}
    best_score = (10**9, 10**9)
    for number in range(_DRAWS):
        draw = _changed(best, slots, frame, pool, generator) if number > _FRESH else {}
        draw = draw or _fresh(slots, frame, pool, generator)
        missed = _missed(frame, draw, best_score[0])
        if missed > best_score[0]:
            continue
        score = (missed, 0 if missed else _repeats(frame, draw))
        if score < best_score:
            best, best_score = draw, score
        if best_score == (0, 0):
            break
    return best, best_score[0]


def _fresh(
    slots: Sequence[str], frame: Frame, pool: Mapping[str, Sequence[Candidate]], generator: random.Random
) -> Chosen:
    """A draw of its own; each slot that may be left out is, half the time."""
    left_out = {slot for slot in frame.optional if generator.random() < 0.5}
    return {slot: generator.choice(pool[slot]) for slot in slots if slot not in left_out}


def _changed(
    best: Chosen,
    slots: Sequence[str],
    frame: Frame,
    pool: Mapping[str, Sequence[Candidate]],
    generator: random.Random,
) -> Chosen:
    """The best draw so far with one or two slots drawn anew."""
    draw = dict(best)
    for slot in generator.sample(slots, k=min(len(slots), generator.randint(1, 2))):
        if slot in frame.optional and slot in draw and generator.random() < 0.5:
            del draw[slot]
        else:
            draw[slot] = generator.choice(pool[slot])
    return draw


def _missed(frame: Frame, draw: Chosen, enough: int) -> int:
    """By how many characters the texts are too short or too long; stops counting beyond `enough`."""
    missed = 0
    for slots, length in frame.texts:
        parts = [draw[slot] for slot in slots if slot in draw]
        # a blank between two parts; the two breaks between paragraphs are one longer
        between = len(parts) - 1 + 2 * (length == "long")
        size = between + sum(part.size for part in parts)
        least, most = frame.sizes[length]
        missed += max(0, least - size, size - most)
        if frame.most is not None:
            missed += max(0, between + sum(part.cost for part in parts) - frame.most)
        if missed > enough:
            break
    return missed


def _repeats(frame: Frame, draw: Chosen) -> int:
    """How badly a draw reads: the worst text of each length, and how far apart texts of one length are."""
    worst: dict[str, int] = {}
    sizes: dict[str, list[int]] = {}
    for slots, length in frame.read:
        parts = [draw[slot] for slot in slots if slot in draw]
        worst[length] = max(worst.get(length, 0), _repeats_of(parts, length))
        sizes.setdefault(length, []).append(sum(part.size for part in parts))
    return sum(worst.values()) + sum((max(each) - min(each)) // _UNSEEN for each in sizes.values())


def _repeats_of(parts: Sequence[Candidate], length: str) -> int:
    """Noun phrases named more often than a reader likes, and sentences that are all built alike.

    A text that does not name the offer is worse than one that repeats itself.
    """
    words = Counter(word for part in parts for word in part.needs)
    named = {word: count for word, count in words.items() if word in NOUNS}
    said_twice = sum(_AGAIN * (count - 1) for word, count in words.items() if word in _SENTENCES)
    often = sum(2 * max(0, count - 1 - (length == "long")) for count in named.values())
    twice = sum(count > 1 for count in named.values())
    echoes = Counter(word for part in parts for word in part.echoes)
    again = sum(count - 1 for count in echoes.values())
    running = sum(2 * len(one.needs & two.needs) + (one.colon and two.colon) for one, two in pairwise(parts))
    colons = max(0, sum(part.colon for part in parts) - 1)
    return again + said_twice + often + twice + running + colons + _SILENT * ("offer" not in named)
