"""Words that speak politely: Sie, Ihnen, Ihr. At the beginning of a sentence they may mean she or they."""

from __future__ import annotations

from collections.abc import Container, Iterator

from smmlib.drafting.address.reading import Reading, Word
from smmlib.drafting.address.verbs import verb_forms
from smmlib.drafting.address.word_sets import word_set

_OWNING = frozenset(["ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres"])
_POLITE = frozenset({"sie", "ihnen", *_OWNING})
_PAST = word_set("polite", "past")
_WISHES = word_set("polite", "wishes")
_OF_READERS = word_set("polite", "of_readers")
_PLURAL = word_set("polite", "plural")
_WOMEN = ("erin", "orin", "istin", "entin", "antin", "ärztin", "ogin", "egin", "chefin", "köchin", "freundin")
_OTHERS = word_set("polite", "others")
_SHE = frozenset({"er", "ihn"})


def polite_words(reading: Reading, *, familiar: bool, taken: Container[int]) -> Iterator[int]:
    """Indices of the words that speak politely.

    Args:
        reading: The text.
        familiar: Whether the text says du or ihr somewhere; then a doubtful "Sie" is she or they.
        taken: Indices of words known to be something else.
    """
    sure: list[int] = []
    doubtful: list[int] = []
    for index, word in enumerate(reading.words):
        if word.low in _POLITE and word.capital and index not in taken and not _is_a_word(reading, index):
            (doubtful if word.opens else sure).append(index)
    yield from sure
    of_others = any(word.low in _POLITE and not word.capital for word in _not_you(reading, taken))
    for index in doubtful:
        if _singular(reading, index):
            continue
        if sure or not (familiar or of_others or _speaks_of_others(reading, index)):
            yield index


def _not_you(reading: Reading, taken: Container[int]) -> Iterator[Word]:
    return (word for index, word in enumerate(reading.words) if index not in taken)


def _is_a_word(reading: Reading, index: int) -> bool:
    """Whether "Sie" is the word itself, or a woman beside a man: "per Sie", "für Sie und Ihn"."""
    before, behind = reading.near(index, -1), reading.near(index, 1)
    if before in ("das", "per", "beim", "vom", "zum", "eine"):
        return True
    pair = behind in ("und", "oder") and reading.near(index, 2) in _SHE
    return pair or (before in ("und", "oder") and reading.near(index, -2) in _SHE)


def _singular(reading: Reading, index: int) -> bool:
    """Whether the verb behind shows that "Sie" is she."""
    if reading.words[index].low != "sie":
        return False
    behind = reading.near(index, 1)
    return (
        bool(behind) and behind != "sind" and not behind.endswith("n") and not reading.rest(index)[0].clause
    )


def _speaks_of_others(reading: Reading, index: int) -> bool:
    word, behind = reading.words[index], reading.near(index, 1)
    if reading.asks(index) and word.low != "ihr":
        return False
    if word.low == "sie" and (_in_the_past(behind) or len(reading.rest(index)) == 1):
        return True  # "Schafe als Rasenmäher: Sie können."
    if word.low in _OWNING and _owner_in_the_past(reading, index):
        return True
    if word.low == "ihnen" and any(_in_the_past(other.low) for other in reading.rest(index)[:1]):
        return True
    if word.low == "ihr" and _she_was(reading, index):
        return True
    return behind not in _OF_READERS and _others_before(reading, index)


def _in_the_past(low: str) -> bool:
    if low in _WISHES or low in verb_forms().infinitives:
        return False
    return low in _PAST or (
        low.endswith(("elten", "erten", "chten", "sten", "ten"))
        and low[:-3] + "en" in verb_forms().infinitives
    )


def _she_was(reading: Reading, index: int) -> bool:
    """Whether a verb stands behind "Ihr", whose object she is: "Ihr gelang der Treffer"."""
    rest = reading.rest(index)
    return bool(rest) and not rest[0].capital and not rest[0].low.endswith(("e", "n", "s", "r", "m"))


def _owner_in_the_past(reading: Reading, index: int) -> bool:
    """Whether something is told of whom "Ihr" belongs to: "Ihre Augen leuchteten"."""
    rest = reading.rest(index)
    noun = next((place for place, word in enumerate(rest) if word.capital), None)
    if noun is None or noun + 1 >= len(rest):
        return False
    verb = rest[noun + 1]
    return not verb.clause and not verb.capital and (verb.low.endswith(("te", "ten")) or verb.low in _PAST)


def _others_before(reading: Reading, index: int) -> bool:
    """Whether the sentence before is about others, whom "Sie" or "Ihr" may take up."""
    sentence = reading.words[index].sentence
    if reading.near(index, -1):  # behind a colon
        return any(
            _is_a_woman(other) for other in reading.of(sentence) if other.start < reading.words[index].start
        )
    before = reading.of(sentence - 1)
    if not before or any(word.low in ("wir", "ich") for word in before):
        return False
    asked = reading.sentences[sentence - 1].text.rstrip().endswith("?")
    if any(_is_a_woman(word) for word in before):
        return not asked
    return _names_several(before) and (not asked or reading.near(index, 1) == "werden")


def _is_a_woman(word: Word) -> bool:
    """Whether a word names a woman or a group that "Ihr" may belong to."""
    return word.low in _OTHERS or (word.capital and word.low.endswith(_WOMEN))


def _names_several(words: list[Word]) -> bool:
    """Whether several people or things are named: "unsere Äpfel", "Anna und Tom"."""
    if len(words) > 1 and _is_plural(words[0]) and not words[1].capital and words[1].low.endswith("en"):
        return True  # "Meisen mögen es ruhig."
    for place, word in enumerate(words[:-1]):
        following = words[place + 1 : place + 4]
        if word.low in _PLURAL and any(_is_plural(other) for other in following):
            return True
        if word.low == "und" and place and words[place - 1].capital and following[0].capital:
            return True
    return False


def _is_plural(word: Word) -> bool:
    return word.capital and word.low.endswith(("en", "er", "e", "s", "n", "el", "ten"))
