"""Words that speak to several people: ihr, euch, euer. "ihr" may mean her or their."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.address.reading import Reading, Word
from smmlib.drafting.address.verbs import verb_forms
from smmlib.drafting.address.word_sets import word_set

_ALWAYS = word_set("several", "always")
_GREETED = word_set("several", "greeted")
_BEFORE = word_set("several", "before")
_PREPOSITIONS = word_set("several", "prepositions")
_SUBJECTS = word_set("several", "subjects")
_NO_ADJECTIVES = word_set("several", "no_adjectives")


def words_to_several(reading: Reading) -> Iterator[int]:
    """Indices of the words that speak to several people."""
    for index, word in enumerate(reading.words):
        if word.low in _ALWAYS or (word.low == "ihr" and word.text != "IHR" and _is_you(reading, index)):
            yield index


def _is_you(reading: Reading, index: int) -> bool:
    verbs, word = verb_forms(), reading.words[index]
    before, behind = reading.near(index, -1), reading.near(index, 1)
    if behind in _GREETED and (word.opens or before in _BEFORE):
        return True
    if before in verbs.only_ihr or behind in verbs.only_ihr or (not behind and before == "und"):
        return True
    if before in _PREPOSITIONS or before in verbs.only_he or _politely_owns(reading, index):
        return False
    if word.opens:
        return _subject_at_the_start(reading, index)
    if word.clause or before in _BEFORE:
        return not _owns(reading, index) and _ends_in_your_verb(reading, index)
    return _behind_its_verb(reading, index)


def _politely_owns(reading: Reading, index: int) -> bool:
    """Whether it is a capital "Ihr" before a noun inside a sentence: "Was kostet Ihr Rad?"."""
    word, following = reading.words[index], reading.rest(index)
    return word.text == "Ihr" and not word.opens and bool(following) and following[0].capital


def _subject_at_the_start(reading: Reading, index: int) -> bool:
    """Whether its verb follows: "Ihr fragt", but not "Ihr gehört das Haus"."""
    behind = reading.near(index, 1)
    if behind.endswith("t") and reading.near(index, 2) in ("uns", "mir"):
        return True
    at_once = _may_be_ihr(behind) and not reading.rest(index)[0].capital
    return at_once and behind not in verb_forms().to_whom


def _behind_its_verb(reading: Reading, index: int) -> bool:
    """Whether the word before is the verb "ihr" is the subject of: "Heute bekommt ihr"."""
    verb = reading.words[index - 1]
    if not _may_be_ihr(verb.low) or verb.capital != verb.opens:
        return False
    if verb.opens:
        return True
    following = reading.rest(index)
    noun = bool(following) and following[0].capital
    if not noun and _owns(reading, index):
        return False
    to_her = verb.low in verb_forms().to_whom
    somebody_else = _subject_first(reading, index)
    return not (to_her or somebody_else) if noun else not (to_her and somebody_else)


def _may_be_ihr(low: str) -> bool:
    """Whether a word can be the form of a verb that goes with ihr."""
    verbs = verb_forms()
    return (
        low in verbs.only_ihr
        or low in verbs.ihr
        or (low.endswith("t") and len(low) > 3 and low not in verbs.only_he)
    )


def _owns(reading: Reading, index: int) -> bool:
    """Whether "ihr" is her or their: "ihr Hund", "ihr neues Album"."""
    sentence = reading.words[index].sentence
    one, two = reading.at(index + 1, sentence), reading.at(index + 2, sentence)
    if one is None:
        return False
    if one.capital and not one.clause:
        return True
    return (
        two is not None and two.capital and one.low.endswith(("er", "es")) and one.low not in _NO_ADJECTIVES
    )


def _ends_in_your_verb(reading: Reading, index: int) -> bool:
    """Whether the clause ends in a verb that goes with ihr: "was ihr braucht"."""
    last: Word = reading.words[index]
    for word in reading.rest(index):
        if word.clause and word.low not in ("und", "oder"):
            break
        if word.low in ("und", "oder"):
            if _may_be_ihr(last.low) and not last.capital:
                return True
            continue
        if word.low in verb_forms().only_ihr:
            return True
        last = word
    return _may_be_ihr(last.low) and not last.capital


def _subject_first(reading: Reading, index: int) -> bool:
    """Whether somebody else is the subject, so that "ihr" behind the verb is she: "er schenkt ihr"."""
    clause = reading.clause_before(index)
    first = clause[0] if clause else None
    return first is not None and len(clause) > 1 and (first.low in _SUBJECTS or _is_a_noun(first))


def _is_a_noun(word: Word) -> bool:
    return word.capital and not word.opens
