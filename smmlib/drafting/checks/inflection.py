"""Words found again in a text where grammar has changed their endings.

Light stemming, no dictionary: case, number and comparison endings are cut off, umlauts of a German
plural are allowed. After J. Savoy, "Light stemming approaches for the French, Portuguese, German and
Hungarian languages", SAC 2006, shortened to what a match needs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from smmlib.language import Language
from smmlib.networks.findings import Span

_WORD = re.compile(r"\w+")
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
_COMPARED = {"de": ("sten", "ster", "stes", "stem", "ste", "eren", "erer", "eres", "erem", "ere"), "en": ()}
_ENDINGS = {"de": ("ern", "em", "en", "er", "es", "e", "n", "s"), "en": ("est", "ing", "ed", "es", "er", "s")}
_ROOT_LEAST = 4
_ARTICLES = frozenset(
    (
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "the",
        "a",
        "an",
    )
)
_GAP_MOST = 2
_EDITED_LEAST = 5
_ALIKE_FIRST = 3
_HYPHENS = "-‐‑"

_TAILS: dict[Language, str] = {
    "de": "(?:e[mnrs]?|n|s|ens|ern|ste[mnrs]?|ere[mnrs]?)?",
    "en": "(?:'s|’s|s|es|d|ed|ing|er|est)?",
}
_UMLAUTS = {"ä": "(?:ä|a\u0308|ae)", "ö": "(?:ö|o\u0308|oe)", "ü": "(?:ü|u\u0308|ue)"}
_PLURALS = {"a": "(?:a|ä|a\u0308)", "o": "(?:o|ö|o\u0308)", "u": "(?:u|ü|u\u0308)"}


class Word(NamedTuple):
    """A word of a text by its stem, and where it stands."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=16384)
def stem(word: str, language: Language) -> str:
    """The word without its inflection, for comparing only: "leisesten" and "leiseste" give the same."""
    plain = unicodedata.normalize("NFC", word).casefold().translate(_FOLDED)
    for endings in (_COMPARED[language], _ENDINGS[language]):
        for ending in endings:
            if plain.endswith(ending) and len(plain) - len(ending) >= _ROOT_LEAST:
                plain = plain[: -len(ending)]
                break
    return plain


@lru_cache(maxsize=32)
def content_words(text: str, language: Language) -> tuple[Word, ...]:
    """The words of a text without its articles."""
    return tuple(
        Word(stem(found.group(), language), *found.span())
        for found in _WORD.finditer(text)
        if found.group().casefold() not in _ARTICLES
    )


def find_statement(text: str, statement: str, language: Language) -> Span | None:
    """Where a text says a statement; None where it does not.

    Words may be inflected, a long one may have a typo, articles may differ, and up to two other words
    may stand between two of its own.
    """
    wanted = [word.stem for word in content_words(statement, language)]
    folded = _folded(text)
    if not wanted or any(part[:_ALIKE_FIRST] not in folded for part in wanted):
        return None  # most texts, quickly
    words = content_words(text, language)
    first = wanted[0]
    for at, word in enumerate(words):
        if word.stem == first or (word.stem[0] == first[0] and _same(word.stem, first)):
            last = _last_of(words, wanted, at)
            if last is not None:
                return word.start, words[last].end
    return None


@lru_cache(maxsize=32)
def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().translate(_FOLDED)


def _last_of(words: tuple[Word, ...], wanted: list[str], first: int) -> int | None:
    """Index of the statement's last word where its first stands at `first`; None if it is not all there."""
    at = first
    for part in wanted[1:]:
        near = range(at + 1, min(at + 2 + _GAP_MOST, len(words)))
        following = next((i for i in near if _same(words[i].stem, part)), None)
        if following is None:
            return None
        at = following
    return at


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if (
        min(len(one), len(other)) < _EDITED_LEAST
        or one[:_ALIKE_FIRST] != other[:_ALIKE_FIRST]
        or abs(len(one) - len(other)) > 1
    ):
        return False
    return _one_edit_apart(*sorted((one, other), key=len))


def _one_edit_apart(short: str, long: str) -> bool:
    """Whether a letter more, a letter less, another letter or two swapped make one the other."""
    i = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[i:] == long[i + 1 :]
    swapped = short[i : i + 2] == long[i : i + 2][::-1] and short[i + 2 :] == long[i + 2 :]
    return swapped or short[i + 1 :] == long[i + 1 :]


@lru_cache(maxsize=64)
def words_pattern(words: tuple[str, ...], language: Language) -> re.Pattern[str]:
    """A pattern that finds whole words or phrases, inflected; group n is the n-th of `words`.

    "billig" finds "billige" and "BILLIGSTE", not "Billigung"; "Haus" finds "Häuser", "schon" not "schön".
    """
    alternatives = [f"({_phrase(word, language)})" for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives) or '(?!)'})(?!\w)", re.IGNORECASE)


def _phrase(words: str, language: Language) -> str:
    parts = unicodedata.normalize("NFC", words).split()
    if not "".join(parts).strip(_HYPHENS):
        return "(?!)"  # nothing to look for
    return r"\s+".join(_inflected(part, language) for part in parts)


def _inflected(word: str, language: Language) -> str:
    root, vowel = word, -1
    if language == "de":
        cut = next((n for n in (2, 1) if word[-n:] in ("e", "en") and len(word) - n >= _ROOT_LEAST), 0)
        root = word[: len(word) - cut]
        # Only nouns change their vowel in the plural: "schon" must not find "schön".
        vowel = _changing_vowel(root) if word[:1].isupper() else -1
    letters = [_PLURALS[c] if i == vowel else _letter(c) for i, c in enumerate(root)]
    if language == "de" and root[-2:] in ("er", "el") and root.islower() and len(root) > _ROOT_LEAST:
        letters[-2] = "e?"  # teuer, teure; dunkel, dunkle
    pattern = "".join(letters).replace("ss", "(?:ss|ß)")
    return pattern + _TAILS[language] if root[-1:].isalpha() else pattern


def _changing_vowel(root: str) -> int:
    """Index of the vowel a plural may change: the last a, o or u; of "au" its a."""
    at = max(root.rfind(letter) for letter in "aou")
    return at - 1 if at > 0 and root[at - 1 : at + 1] == "au" else at


def _letter(letter: str) -> str:
    small = letter.lower()
    if small in _UMLAUTS:
        return _UMLAUTS[small]
    if letter == "ß":
        return "(?:ß|ss)"
    return rf"[{_HYPHENS}\s]?" if letter in _HYPHENS else re.escape(letter)
