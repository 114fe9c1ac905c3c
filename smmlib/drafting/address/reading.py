"""A text as the detection of address reads it: its words in sentences, quoted speech left out."""

from __future__ import annotations

import re
from typing import NamedTuple

from smmlib.drafting.sentences import sentences_of, words_of

_QUOTED = re.compile(
    r"„[^„“”\"]*[“”\"]|»[^»«]*«|«[^»«]*»|“[^“”]*”|‚[^‚‘’]*[‘’]|(?<![\w\"])\"(?=[^\s\"])[^\"]*(?<=[^\s\"])\"(?!\w)"
)
_SIGNS = "\n\r…•▪●*|\u2190-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_OPENING = re.compile(rf"[:{_SIGNS}]")  # a word behind begins anew; full stops are judged by `sentences_of`
_CLAUSE = re.compile(rf"[,;:–—(){_SIGNS}]|(?:^|\s)-")


class Word(NamedTuple):
    """A word of the text.

    Attributes:
        text: As written.
        low: In lower case, "schreib's" as "schreib".
        start: Index in the text.
        end: Index behind it.
        sentence: Number of its sentence.
        opens: Whether it begins a sentence, so that its capital letter says nothing.
        clause: Whether a clause may begin with it.
    """

    text: str
    low: str
    start: int
    end: int
    sentence: int
    opens: bool
    clause: bool

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital letter."""
        return self.text[0].isupper()


class Reading:
    """The words of a text with their neighbours.

    Args:
        text: The text, links and hashtags blanked if they are not to count.
    """

    def __init__(self, text: str) -> None:
        spoken = without_quotes(text)
        self.sentences = sentences_of(spoken)
        self.words = tuple(self._words(spoken))

    def _words(self, text: str) -> list[Word]:
        found: list[Word] = []
        number, behind, sentences = -1, 0, self.sentences
        for piece in words_of(text):
            fresh = False
            while number + 1 < len(sentences) and piece.start >= sentences[number + 1].start:
                number, fresh = number + 1, True
            gap = text[behind : piece.start]
            opens = fresh or (gap != " " and bool(_OPENING.search(gap)))
            clause = opens or (gap != " " and bool(_CLAUSE.search(gap)))
            low = _low(piece.text, elided=text[piece.end : piece.end + 1] == "-")
            found.append(Word(piece.text, low, piece.start, piece.end, max(number, 0), opens, clause))
            behind = piece.end
        return found

    def at(self, index: int, sentence: int) -> Word | None:
        """The word at `index` if it is in that sentence."""
        if 0 <= index < len(self.words) and self.words[index].sentence == sentence:
            return self.words[index]
        return None

    def near(self, index: int, step: int) -> str:
        """The word `step` places from the one at `index`, in lower case; "" beyond the sentence."""
        word = self.at(index + step, self.words[index].sentence)
        return word.low if word else ""

    def rest(self, index: int) -> list[Word]:
        """The words behind the one at `index` in its sentence."""
        number = self.words[index].sentence
        found = []
        for word in self.words[index + 1 :]:
            if word.sentence != number:
                break
            found.append(word)
        return found

    def of(self, sentence: int) -> list[Word]:
        """The words of a sentence."""
        return [word for word in self.words if word.sentence == sentence]

    def clause_before(self, index: int) -> list[Word]:
        """The words between the beginning of the clause and the word at `index`, which it goes on with."""
        found: list[Word] = []
        for word in reversed(self.words[:index]):
            if word.sentence != self.words[index].sentence:
                break
            found.append(word)
            if word.clause:
                break
        return found[::-1]

    def asks(self, index: int) -> bool:
        """Whether the sentence of the word at `index` is a question; behind a colon in it is another one."""
        if any(word.opens for word in self.rest(index)):
            return False
        return self.sentences[self.words[index].sentence].text.rstrip("\"'“”»«) !").endswith("?")


def _low(word: str, *, elided: bool) -> str:
    """In lower case and without a short "es" ("schreib's"); half a compound ("Kauf-") keeps its hyphen."""
    bare = word.lower().removesuffix("'s").removesuffix("’s")
    return f"{bare}-" if elided else bare


def without_quotes(text: str) -> str:
    """The text with quoted speech blanked; every index stays where it was.

    A quotation that is a sentence of its own leaves its full stop, so that the next word begins a sentence.
    """
    return _QUOTED.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    quoted = found.group()
    ends = quoted[-2:-1] in (".", "!", "?", "…")
    return " " * (len(quoted) - 1) + ("." if ends else " ")
