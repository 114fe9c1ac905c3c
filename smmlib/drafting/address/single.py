"""Words that speak to one person: du, dir, dich, dein, and verbs that go with nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.address.reading import Reading
from smmlib.drafting.address.word_sets import word_set

_POSSESSIVE = ("", "e", "em", "en", "er", "es", "s")
_ALWAYS = word_set("single", "always")
_NAMED = frozenset({"das", "per", "beim", "vom", "zum", "ein", "dem", "auf"})  # "per du", "das Du"
_LEAD = word_set("single", "lead")


def words_to_one(reading: Reading) -> Iterator[int]:
    """Indices of the words that speak to one person."""
    for index, word in enumerate(reading.words):
        if word.low in _ALWAYS or (word.low == "du" and not _is_a_name(reading, index)):
            yield index


def _is_a_name(reading: Reading, index: int) -> bool:
    """Whether "du" is the French article ("Cirque du Soleil") or the word itself ("per du")."""
    word = reading.words[index]
    before = reading.at(index - 1, word.sentence)
    if before is None:
        return False
    if before.low in _NAMED and not (before.low == "auf" and word.text == "du"):
        return before.low != "dem" or word.capital
    behind = reading.at(index + 1, word.sentence)
    between_names = before.capital and behind is not None and behind.capital and not word.clause
    return (
        between_names and before.low not in _LEAD and not before.low.endswith(("st", "ßt", "kannst", "ste"))
    )
