"""Calls to action: "Schau vorbei", "Kommt alle", as they stand at the beginning of a clause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from smmlib.drafting.address.reading import Reading, Word
from smmlib.drafting.address.verbs import verb_forms
from smmlib.drafting.address.word_sets import word_set

_SUPPORT = word_set("calls", "support")
_PARTICLES = word_set("calls", "particles")
_LEADS = word_set("calls", "leads")
_CALLING = word_set("calls", "calling")
_YOURS = word_set("calls", "yours")
_ALSO_ABOUT_THINGS = word_set("calls", "also_about_things")
_INSEPARABLE = ("be", "emp", "ent", "er", "ge", "unter", "ver", "über", "zer")
_STAY = word_set("calls", "stay")
_THIRD = word_set("calls", "third")
_OPENS_SIDE = word_set("calls", "opens_side")


def calls_to_action(reading: Reading) -> Iterator[tuple[int, Literal["du", "ihr"]]]:
    """Indices of the verbs that call readers to do something, each with whom it calls."""
    verbs = verb_forms()
    for index, word in enumerate(reading.words):
        low = word.low
        if low in verbs.only_ihr:
            if word.capital == word.opens and not _du_and_others(reading, index):
                yield index, "ihr"
        elif low in verbs.du and _calls_one(reading, index):
            yield index, "du"
        elif low in verbs.ihr and _calls_several(reading, index):
            yield index, "ihr"


def _calls_one(reading: Reading, index: int) -> bool:
    verbs, word = verb_forms(), reading.words[index]
    behind = reading.near(index, 1)
    if (
        behind in ("ich", "mich", "er", "man", "du")
        or (word.low, behind) == ("sei", "es")
        or _of_me(reading, index)
    ):
        return False
    if word.opens and word.capital:
        return word.low not in verbs.doubtful or _supported(reading, index)
    if word.capital or word.low in verbs.adjectives:
        return False
    led = word.clause or reading.near(index, -1) in _LEADS
    if not led or any(other.low == "ich" for other in reading.of(word.sentence)):
        return False
    if word.low in verbs.doubtful:
        return _supported(reading, index)
    return _second_call(reading, index)


def _of_me(reading: Reading, index: int) -> bool:
    """Whether the writer speaks of himself without saying ich: "Freue mich", "Suche für meine Schwester"."""
    low = reading.words[index].low
    return low.endswith("e") and any(
        word.low.startswith(("mich", "mein")) for word in reading.rest(index)[:4]
    )


def _supported(reading: Reading, index: int) -> bool:
    rest = reading.rest(index)
    if not rest or rest[0].clause:
        return bool(rest) and rest[0].low in _LEADS
    if rest[0].low in _SUPPORT:
        return True
    clause = _clause(rest)
    return bool(clause) and clause[-1].low in _PARTICLES


def _clause(rest: list[Word]) -> list[Word]:
    """The words up to where the clause may end."""
    found: list[Word] = []
    for word in rest:
        if word.clause or word.low in ("und", "oder"):
            break
        found.append(word)
    return found


def _second_call(reading: Reading, index: int) -> bool:
    """Whether a verb in the middle is a call: nothing before it is the subject or opens a side clause."""
    if reading.words[index].clause:
        return True
    return not any(
        word.low in _OPENS_SIDE or word.low in ("er", "sie", "es", "man")
        for word in reading.clause_before(index)
    )


def _calls_several(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    rest = reading.rest(index)
    behind = rest[0].low if rest else ""
    if not (word.opens and word.capital):
        return _calls_in_the_middle(reading, index, behind)
    if reading.asks(index) and behind not in ("uns", "euch", "mal"):
        return False
    if behind in _THIRD or word.low in verb_forms().only_he:
        return False
    if word.low not in _ALSO_ABOUT_THINGS:
        told = word.low.startswith(_INSEPARABLE) or word.low.endswith("iert")
        # "Entwickelt in Köln" tells what was done, "Entdeckt unsere Terrasse" calls.
        return not told or behind in _SUPPORT or behind in _YOURS
    if word.low in ("bleibt", "kommt") and behind in (*_STAY, "ins", "zum", "zur", "zu"):
        return True
    called = behind not in ("es", "gut", "an") and _shows_a_call(behind, rest)
    return called or _wishes_well(word, rest)


def _shows_a_call(behind: str, rest: list[Word]) -> bool:
    return behind in _CALLING or any(other.low in _YOURS for other in rest) or _with_particle(rest)


def _wishes_well(word: Word, rest: list[Word]) -> bool:
    """Whether readers are wished a good journey: "Kommt gut ins neue Jahr"."""
    following = [other.low for other in rest[:3]]
    return word.low == "kommt" and following[:1] == ["gut"] and bool({"durch", "ins", "nach"} & {*following})


def _calls_in_the_middle(reading: Reading, index: int, behind: str) -> bool:
    word, before = reading.words[index], reading.near(index, -1)
    if word.capital or not (word.clause or before in ("dann", "also", "und", "bitte")):
        return False
    if before == "bitte":
        return True
    opening = reading.of(word.sentence)[0].low
    return (
        behind in ("uns", "euch", "vorbei", "mal", "rein") and opening not in _OPENS_SIDE and before != "und"
    )


def _with_particle(rest: list[Word]) -> bool:
    clause = _clause(rest)
    return bool(clause and clause[-1].low in _PARTICLES) or bool(rest and rest[-1].low in _PARTICLES)


def _du_and_others(reading: Reading, index: int) -> bool:
    """Whether the subject is "du und …", whose verb has the form of ihr."""
    words = [word.low for word in reading.of(reading.words[index].sentence)]
    return any(one == "du" and two == "und" for one, two in pairwise(words))
