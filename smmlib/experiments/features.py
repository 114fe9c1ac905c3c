"""What a text is like, in numbers: question, number, length, emoji, negative words and others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

import pandas as pd

from smmlib.errors import UnknownNameError
from smmlib.language import Language, mark
from smmlib.networks.counting import emoji_spans, graphemes

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_QUOTE = re.compile(r"[„“”«»]|(?<!\w)\"|(?<!\w)['‘‚](?=\w[^'’]*\w[.!?]?['’](?!\w))")
_LISTS = Path(__file__).parent / "negative_words"
_READER: dict[Language, frozenset[str]] = {
    "en": frozenset({"you", "your", "yours", "yourself", "you're", "you'll", "you've", "you'd"}),
    "de": frozenset(
        {"du", "dich", "dir", "dein", "deine", "deinen", "deinem", "deiner", "deines"}
        | {"ihr", "euch", "euer", "eure", "euren", "eurem", "eurer"}
    ),
}
_FORMAL = frozenset({"Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres"})

FEATURES: dict[str, tuple[str, float]] = {
    "question": (mark("a question"), 1),
    "number": (mark("a number"), 1),
    "exclamation": (mark("an exclamation mark"), 1),
    "quote": (mark("a quotation"), 1),
    "reader": (mark("speaks to the reader"), 1),
    "emoji": (mark("each emoji"), 1),
    "length": (mark("each ten characters more"), 10),
    "negative": (mark("each negative word"), 1),
}
"""What the "what works" table calls a feature, and how much of it counts as one step."""


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """What a text is like.

    Attributes:
        question: Whether it holds a question mark.
        number: Whether it holds a figure.
        exclamation: Whether it holds an exclamation mark.
        quote: Whether it holds a quotation mark.
        reader: Whether it speaks to the reader ("you", "du", "Sie" within a sentence).
        emoji: How many emoji.
        length: Visible characters (graphemes).
        words: Words.
        negative: Words of the negative list.
    """

    question: bool
    number: bool
    exclamation: bool
    quote: bool
    reader: bool
    emoji: int
    length: int
    words: int
    negative: int


def text_features(text: str, language: Language) -> TextFeatures:
    """Measure one text.

    Words are looked up as they stand: "not bad" counts as one negative word. English has the VADER lexicon
    (ratings of -1 and below), German a list of our own; see the heads of the two files.

    Args:
        text: The text, as readers see it.
        language: Language of the text.

    Source:
        Hutto and Gilbert (2014), ICWSM-14, for the English list.
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    emoji = tuple(emoji_spans(text))
    for start, end in reversed(emoji):  # an emoji may hold a digit, as 1️⃣ does
        text = text[:start] + "\ufffc" + text[end:]
    return TextFeatures(
        question="?" in text,
        number=any(letter.isdigit() for letter in text),
        exclamation="!" in text,
        quote=bool(_QUOTE.search(text)),
        reader=_speaks_to_reader(words, language),
        emoji=len(emoji),
        length=graphemes(text),
        words=len(words),
        negative=sum(is_negative(word, language) for word in words),
    )


def feature_table(texts: Sequence[str] | pd.Series, language: Language) -> pd.DataFrame:
    """Measure many texts: one row each, columns as in `TextFeatures`, float; the index of a series is kept.

    A missing text has missing features.

    Raises:
        UnknownNameError: There is no such language.
    """
    if language not in _READER:
        raise UnknownNameError(mark("Language"), str(language), _READER)
    series = texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype=object)
    known = {text: asdict(text_features(text, language)) for text in series.dropna().unique()}
    names = [field.name for field in fields(TextFeatures)]
    rows = [known.get(text, {}) for text in series]
    return pd.DataFrame(rows, index=series.index, columns=names).astype("float64")


def is_negative(word: str, language: Language) -> bool:
    """Whether a word stands in the list of negative words of its language."""
    whole, beginnings = _negative(language)
    low = word.lower()
    parts = {low, low.partition("'")[0]}
    return bool(parts & whole) or any(low[:end] in beginnings for end in range(3, len(low) + 1))


def _speaks_to_reader(words: Sequence[str], language: Language) -> bool:
    if any(word.lower() in _READER[language] for word in words):
        return True
    return language == "de" and any(word in _FORMAL for word in words[1:])


@cache
def _negative(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Whole words, and beginnings."""
    lines = (_LISTS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if not line.startswith("#") for entry in line.split()]
    whole = frozenset(entry for entry in entries if not entry.endswith("*"))
    return whole, frozenset(entry[:-1] for entry in entries if entry.endswith("*"))
