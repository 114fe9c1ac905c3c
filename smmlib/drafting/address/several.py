"""Words that speak to several people: ihr, euch, euer. "ihr" may mean her or their."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.address.reading import Reading, Word
from smmlib.drafting.address.verbs import verb_forms

_ALWAYS = frozenset(
    "euch euer eure eurem euren eurer eures euerm euern euers euretwegen eurerseits".split()
)
_GREETED = frozenset(
    "lieben süßen guten liebsten mäuse leute zwei beiden beide drei vier fünf alle da hübschen tollen".split()
)
_BEFORE = frozenset(
    """
    wenn dass ob weil was wie wo wann warum damit bevor sobald solange falls bis seit während obwohl nachdem sodass
    als welche welchen welches worauf womit woran wofür wozu indem je und oder aber hallo hey hi moin na
    """.split()
)
_PREPOSITIONS = frozenset("mit von zu bei nach aus gegenüber außer seit vor hinter neben über unter an auf in".split())
_SUBJECTS = frozenset(
    """
    er sie es man ich wir wer niemand jemand jeder jede das dies der die den ein eine mein meine sein seine ihre unser
    unsere
    """.split()
)
_NO_ADJECTIVES = frozenset(
    """
    es alles immer wieder über unter aber hier lieber weiter besser später sicher unser euer jeder er wer der vieles
    eines keines anderes etwas dieses jenes welches schneller leichter öfter länger mehr hinter oder
    """.split()
)


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
    if before in verbs.only_ihr or behind in verbs.only_ihr:
        return True
    if before in _PREPOSITIONS or before in verbs.only_he:
        return False
    if word.opens and reading.near(index, 2) in ("uns", "mir") and behind.endswith("t"):
        return True
    if word.opens:
        return _may_be_ihr(behind) and behind not in verbs.to_whom and not reading.rest(index)[0].capital
    follower = reading.at(index + 1, word.sentence)
    if word.clause or before in _BEFORE:
        return not _owns(reading, index) and _ends_in_your_verb(reading, index)
    if not _may_be_ihr(before) or reading.words[index - 1].capital != reading.words[index - 1].opens:
        return False
    if not reading.words[index - 1].opens and _owns(reading, index) and not follower.capital:
        return False
    if follower is not None and follower.capital and not reading.words[index - 1].opens:
        return not _subject_first(reading, index) and before not in verbs.to_whom
    return reading.words[index - 1].opens or not (before in verbs.to_whom and _subject_first(reading, index))


def _may_be_ihr(low: str) -> bool:
    """Whether a word can be the form of a verb that goes with ihr."""
    verbs = verb_forms()
    return low in verbs.only_ihr or low in verbs.ihr or (low.endswith("t") and len(low) > 3 and low not in verbs.only_he)


def _owns(reading: Reading, index: int) -> bool:
    """Whether "ihr" is her or their: "ihr Hund", "ihr neues Album"."""
    sentence = reading.words[index].sentence
    one, two = reading.at(index + 1, sentence), reading.at(index + 2, sentence)
    if one is None:
        return False
    if one.capital and not one.clause:
        return True
    return two is not None and two.capital and one.low.endswith(("er", "es")) and one.low not in _NO_ADJECTIVES


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
    words = [word for word in reading.of(reading.words[index].sentence) if word.start < reading.words[index].start]
    clause: list[Word] = []
    for word in words:
        if word.clause:
            clause = []
        clause.append(word)
    first = clause[0] if clause else None
    return first is not None and len(clause) > 1 and (first.low in _SUBJECTS or _is_a_noun(first))


def _is_a_noun(word: Word) -> bool:
    return word.capital and not word.opens
