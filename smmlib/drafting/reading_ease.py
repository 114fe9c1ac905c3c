"""How easy a text is to read: Flesch for English, Amstad and the Wiener Sachtextformeln for German."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmlib.drafting.sentences import Stretch, sentences_of, words_of
from smmlib.drafting.syllable_count import syllables
from smmlib.language import Language

if TYPE_CHECKING:
    import pandas as pd

_LONG_WORD = 6


@dataclass(frozen=True, slots=True)
class Readability:
    """Outcome of `readability`.

    Attributes:
        language: Language the text was read in.
        words: Number of words; figures alone are none.
        sentences: Number of sentences; a heading or a line of its own is one.
        syllables: Number of syllables.
        ease: Reading ease, about 0 (very hard) to 100 (very easy): Amstad's for German, Flesch's for
            English. NaN without words.
        school_years: Wiener Sachtextformel 1 to 4, in years of school from about 4 to 15; empty for English
            or without words.
        longest: The sentence with the most words, or None.
        longest_words: How many words it has.

    Sources: Flesch, A new readability yardstick, 1948; Amstad, Wie verständlich sind unsere Zeitungen?, 1978;
    Bamberger and Vanecek, Lesen – Verstehen – Lernen – Schreiben, 1984.
    """

    language: Language
    words: int
    sentences: int
    syllables: int
    ease: float
    school_years: tuple[float, ...]
    longest: Stretch | None
    longest_words: int

    def to_frame(self) -> pd.DataFrame:
        """One row per figure: figure, value."""
        import pandas as pd

        rows: list[tuple[str, float]] = [
            ("words", self.words),
            ("sentences", self.sentences),
            ("syllables", self.syllables),
            ("ease", self.ease),
            *((f"wiener_{number}", value) for number, value in enumerate(self.school_years, 1)),
            ("longest_words", self.longest_words),
        ]
        return pd.DataFrame(rows, columns=["figure", "value"]).astype({"value": float})


def readability(text: str, language: Language) -> Readability:
    """Judge how easy a text is to read.

    The formulas were made for texts of a hundred words and more; of a short post they say little.

    Args:
        text: The text; blank links and hashtags first if they are not to count.
        language: Language it is written in.
    """
    words, sentences = words_of(text), sentences_of(text)
    lengths = _lengths(words, sentences)
    counts = [syllables(word.text, language) for word in words]
    longest = max(range(len(sentences)), key=lengths.__getitem__, default=None)
    known = bool(words)
    return Readability(
        language=language,
        words=len(words),
        sentences=len(sentences),
        syllables=sum(counts),
        ease=_ease(len(words), len(sentences), sum(counts), language) if known else float("nan"),
        school_years=_school_years(words, counts, len(sentences)) if known and language == "de" else (),
        longest=None if longest is None else sentences[longest],
        longest_words=0 if longest is None else lengths[longest],
    )


def _lengths(words: tuple[Stretch, ...], sentences: tuple[Stretch, ...]) -> list[int]:
    """Words in each sentence."""
    lengths, place = [0] * len(sentences), 0
    for word in words:
        while word.start >= sentences[place].end:
            place += 1
        lengths[place] += 1
    return lengths


def _ease(words: int, sentences: int, spoken: int, language: Language) -> float:
    if language == "de":
        return 180 - words / sentences - 58.5 * spoken / words
    return 206.835 - 1.015 * words / sentences - 84.6 * spoken / words


def _school_years(words: tuple[Stretch, ...], counts: list[int], sentences: int) -> tuple[float, ...]:
    """The four formulas, of shares in per cent and the mean length of a sentence in words."""
    hundredth = len(words) / 100
    three = sum(count >= 3 for count in counts) / hundredth
    one = sum(count == 1 for count in counts) / hundredth
    long = sum(sum(map(str.isalpha, word.text)) > _LONG_WORD for word in words) / hundredth
    length = len(words) / sentences
    return (
        0.1935 * three + 0.1672 * length + 0.1297 * long - 0.0327 * one - 0.875,
        0.2007 * three + 0.1682 * length + 0.1373 * long - 2.779,
        0.2963 * three + 0.1905 * length - 1.1144,
        0.2744 * three + 0.2656 * length - 1.693,
    )
