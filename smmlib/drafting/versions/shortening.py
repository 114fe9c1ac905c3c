"""A short form of a text: whole sentences go from its end, what matters stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from smmlib.drafting.versions.hashtags import TaggedText
from smmlib.language import Language
from smmlib.networks import Network
from smmlib.sentences import sentence_spans

Span = tuple[int, int]
Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A text that fits, and what had to go.

    Attributes:
        text: The short form; it may still be too long when even its last sentence is.
        left_out: Sentences and hashtags that are not in it, in order.
    """

    text: str
    left_out: tuple[str, ...]


def shorten(tagged: TaggedText, fits: Fits, network: Network, language: Language) -> ShortForm:
    """Drop whole sentences from the end until the text fits.

    The last sentence, which calls to act, sentences with a link, and the hashtags stay as long as they can.
    Then hashtags go from the end, then sentences with a link, so that the last sentence is what remains.

    Args:
        tagged: The text and the hashtags at its end.
        fits: Whether a text is short enough.
        network: Tells what is a link.
        language: Language of the text.
    """
    spans = sentence_spans(tagged.body, language)
    links = [entity for entity in network.entities(tagged.body) if entity.kind == "link"]
    held = {i for i, (a, b) in enumerate(spans) if any(a <= link.start < b for link in links)}
    last = len(spans) - 1
    attempts = [(held | {last}, tagged.tags)]
    attempts += [(held | {last}, tagged.tags[:n]) for n in range(len(tagged.tags) - 1, -1, -1)]
    attempts.append(({last}, ()))
    fitting = (attempt for attempt in attempts if fits(_built(tagged.body, spans, *attempt)))
    kept, tags = next(fitting, attempts[-1])
    kept = _with_as_many(tagged.body, spans, (kept, tags), fits)
    text = _built(tagged.body, spans, kept, tags)
    lost = [tagged.body[a:b] for i, (a, b) in enumerate(spans) if i not in kept]
    return ShortForm(text, (*lost, *tagged.tags[len(tags) :]))


def _with_as_many(
    body: str, spans: tuple[Span, ...], start: tuple[set[int], tuple[str, ...]], fits: Fits
) -> set[int]:
    """The sentences to keep: those that must stay and, from the beginning, as many others as fit."""
    kept, tags = start
    others = [i for i in range(len(spans)) if i not in kept]
    low, high = 0, len(others)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(_built(body, spans, kept | set(others[:middle]), tags)):
            low = middle
        else:
            high = middle - 1
    return kept | set(others[:low])


def _built(body: str, spans: tuple[Span, ...], kept: set[int], tags: tuple[str, ...]) -> str:
    """The kept sentences, with the widest gap that lay between two of them, and the hashtags."""
    text, gap, behind = "", "", 0
    for i, (start, end) in enumerate(spans):
        between = body[behind:start]
        gap = max(gap, between, key=lambda space: (space.count("\n"), len(space)))
        if i in kept:
            text += (gap if text else "") + body[start:end]
            gap = ""
        behind = end
    return TaggedText(text, tags).text
