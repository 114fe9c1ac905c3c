"""Words for persons in the masculine plural, where they stand for everybody.

A careful list: words everybody is called by (Gäste, Mitglieder, Eltern, Profis) are left out, and so are
those that are more often things (Rechner, Drucker). Compounds count ("Stammkunden").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smmlib.drafting.checks.word_lists import word_set
from smmlib.drafting.sentences import Stretch

# Singular and plural differ in the nominative.
_PLURALS = tuple(word_set("gender", "plurals"))
# Singular and plural are the same: only a plural by what stands before, or by its n in the dative.
_SAME = tuple(word_set("gender", "same"))
_DATIVES = tuple(f"{word}n" for word in _SAME)
_ONE = word_set("gender", "one")


def generic_masculine(text: str, words: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Where the text speaks of persons in the masculine plural without naming the women beside them.

    Args:
        text: The text.
        words: Its words in order.
    """
    for place, word in enumerate(words):
        low = word.text.lower()
        if not word.text[0].isupper() or not low.endswith((*_PLURALS, *_SAME, *_DATIVES)):
            continue
        if low.endswith(_SAME) and not _is_plural(words, place):
            continue
        if not _beside_women(text, low, word):
            yield word.start, word.end


def _is_plural(words: Sequence[Stretch], place: int) -> bool:
    before = words[place - 1].text.lower() if place else ""
    return before == "jeder" or (before not in _ONE and not before.endswith(("er", "em")))


def _beside_women(text: str, low: str, word: Stretch) -> bool:
    """Whether the women are named close by: "Kundinnen und Kunden"."""
    around = text[max(0, word.start - 40) : word.end + 40].lower()
    return bool(re.search(rf"{re.escape(low[:4])}[a-zäöüß]*innen", around))
