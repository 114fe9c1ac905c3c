"""A long text in parts, each a post of its own: cut at sentences, else at words, never inside a link."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NoReturn

from smmlib.draft import PART_BREAK
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.networks import Network, cluster_ends
from smmlib.sentences import sentence_spans

Span = tuple[int, int]

CUT = " …"
"""What stands behind a text that was cut inside a sentence."""

_WORD = re.compile(r"\S+")


def fits(text: str, network: Network, format: str = "post", *, content_warning: str = "") -> bool:
    """Whether a text keeps to every limit there is when it is posted by hand."""
    measures = network.measures(text, format, content_warning=content_warning)
    return all(m.remaining is None or m.remaining >= 0 for m in measures if m.unit != "escaped")


def split_thread(
    text: str,
    network: Network,
    *,
    numbering: str = "1/5",
    format: str = "post",
    content_warning: str = "",
    language: Language = "de",
) -> tuple[str, ...]:
    """Split a text into parts that fit, each with its number in a line of its own at the end.

    A part ends with a sentence; a sentence that is too long alone ends with a word; a word that is too long
    is cut between two visible characters, but never inside a link, hashtag or mention. White space between
    two parts is dropped; joined, the parts hold every word in order. A text that fits is one part without
    a number.

    Args:
        text: The text.
        network: Where it is posted; decides how it is counted, and what fits.
        numbering: How the first of five parts is numbered, e.g. "1/5", "(1/5)", "1"; "" for no numbers.
        format: Form of the post.
        content_warning: What stands in front of each part; it counts where the network counts it.
        language: Language of the text, for the ends of sentences.

    Raises:
        InvalidValueError: `numbering` has no "1", or a link, hashtag, mention or emoji is longer than a part.
    """
    if numbering and "1" not in numbering:
        raise InvalidValueError(
            mark("The numbering is {numbering!r}; it must contain the number 1, such as '1/5', or be empty."),
            numbering=numbering,
        )
    text = text.strip()
    cutter = _Cutter(text, network, format, content_warning, language)
    if cutter.fits(text) or not cutter.words:
        return (text,)
    digits = 1
    while True:
        parts = [text[start:end] for start, end in cutter.cut(_number(numbering, "9" * digits, "9" * digits))]
        if not numbering or len(str(len(parts))) <= digits:
            break
        digits += 1
    return tuple(
        part + _number(numbering, str(number), str(len(parts))) for number, part in enumerate(parts, start=1)
    )


def join_thread(parts: Sequence[str]) -> str:
    """The parts of a thread as one text again, without the numbers in lines of their own at their ends.

    Args:
        parts: The parts, numbered as `split_thread` does ("1/5", "(1/5)", "1") or not at all.
    """
    bare = []
    for number, part in enumerate(parts, start=1):
        text, _, last = part.rstrip().rpartition("\n")
        numbered = re.fullmatch(rf"\W*{number}(?:\W+(?:\w+\W+)?{len(parts)})?\W*", last)
        bare.append(text if numbered else part)
    return PART_BREAK.join(text.strip() for text in bare)


def beginning(text: str, network: Network, format: str, *, content_warning: str, language: Language) -> str:
    """As many whole words of a text as fit with "…" behind them; a word too long alone is cut.

    Raises:
        InvalidValueError: A link, hashtag, mention or emoji is longer than the post may be.
    """
    cutter = _Cutter(text, network, format, content_warning, language)
    start, end = next(cutter.cut(CUT), (0, 0))
    return text[start:end] + CUT


def _number(numbering: str, number: str, count: str) -> str:
    """What is put behind a part, e.g. a line break and "2/5"."""
    digits = {"1": number, "5": count}
    return "\n" + "".join(digits.get(sign, sign) for sign in numbering) if numbering else ""


@dataclass(frozen=True)
class _Cutter:
    """A text, what it must fit into, and where it may be cut."""

    text: str
    network: Network
    format: str
    content_warning: str
    language: Language

    def fits(self, part: str) -> bool:
        """Whether a part keeps to the limits."""
        return fits(part, self.network, self.format, content_warning=self.content_warning)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """Stretches without white space."""
        return tuple(found.span() for found in _WORD.finditer(self.text))

    @cached_property
    def sentence_ends(self) -> tuple[int, ...]:
        """Where sentences end, in order."""
        return tuple(end for _, end in sentence_spans(self.text, self.language))

    @cached_property
    def entities(self) -> dict[int, int]:
        """Start and end of what must stay whole: links, hashtags, mentions and cashtags."""
        return {entity.start: entity.end for entity in self.network.entities(self.text)}

    @property
    def most(self) -> int:
        """More words, or visible characters, than any part can hold."""
        return (self.network.limit(self.format) or len(self.text)) + 1

    def cut(self, number: str) -> Iterator[Span]:
        """The parts, each with room for `number` behind it."""
        first, start = 0, self.words[0][0] if self.words else 0
        while first < len(self.words):
            last = self._last_word(first, start, number)
            if last < first:
                end = self._inside_word(start, self.words[first][1], number)
            else:
                end = self._at_sentence(start, last) if last + 1 < len(self.words) else self.words[last][1]
            yield start, end
            first = bisect_right(self.words, end, lo=first, key=lambda word: word[1])
            start = max(end, self.words[first][0]) if first < len(self.words) else end

    def _last_word(self, first: int, start: int, number: str) -> int:
        """Index of the last word that fits into a part that begins at `start`; `first - 1` if none does."""
        low, high = first - 1, min(len(self.words), first + self.most) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.fits(self.text[start : self.words[middle][1]] + number):
                low = middle
            else:
                high = middle - 1
        return low

    def _at_sentence(self, start: int, last: int) -> int:
        """Where to end a part that could reach to the word `last`: with a sentence if that leaves enough.

        A short sentence before one that has to be cut anyway does not get a part of its own.
        """
        farthest = self.words[last][1]
        at = bisect_right(self.sentence_ends, farthest)
        end = self.sentence_ends[at - 1] if at else 0
        if end <= start:
            return farthest
        rest = self.text[end : self.sentence_ends[at]] if at < len(self.sentence_ends) else ""
        return end if 3 * (end - start) >= farthest - start or self.fits(rest.strip()) else farthest

    def _inside_word(self, start: int, stop: int, number: str) -> int:
        """Where to cut a word that is too long for a part; `start` may lie inside it already."""
        ends = list(islice(self._pieces(start, stop), self.most))
        low, high = -1, len(ends) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.fits(self.text[start : ends[middle]] + number):
                low = middle
            else:
                high = middle - 1
        if low < 0:
            self._refuse(self.text[start : ends[0]], number)
        return ends[low]

    def _pieces(self, start: int, stop: int) -> Iterator[int]:
        """Ends of what must stay whole in a word: links, hashtags, mentions, visible characters."""
        while start < stop:
            whole = self.entities.get(start)
            if whole:
                start = whole
                yield start
                continue
            for end in cluster_ends(self.text, start, stop):
                start = end
                yield start
                if start in self.entities:
                    break

    def _refuse(self, piece: str, number: str) -> NoReturn:
        limit = self.network.limit(self.format) or 0
        room = limit - self.network.count(number)
        room -= self.network.count_warning(self.content_warning, self.format)
        raise InvalidValueError(
            mark(
                "{piece!r} counts {count} and must not be cut, but a part on {network} has room for {room}. "
                "Use a shorter one."
            ),
            piece=piece if len(piece) <= 80 else piece[:80] + "…",
            count=self.network.count(piece),
            network=self.network.name,
            room=max(room, 0),
        )
