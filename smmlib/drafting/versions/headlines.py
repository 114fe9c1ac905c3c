"""Title, teaser, meta description, subject and preheader, made from the sentences of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from smmlib.draft import PostField
from smmlib.drafting.versions.fields import FieldMeasure, measure_fields
from smmlib.drafting.versions.hashtags import tags_at_end
from smmlib.language import Language
from smmlib.networks import Network, cluster_ends
from smmlib.sentences import split_sentences

TEASER_SENTENCES = 2
HEADLINE_LEAST = 12
"""Characters a headline has at least when it ends before a colon or dash."""

_BREAK = re.compile(r":? [–—-] |[:;] ")
_SPACES = re.compile(r"\s+")
_LAST_STOP = re.compile(r"(?<![.…])\.\Z")


def suggest_fields(text: str, network: Network, format: str, language: Language) -> Mapping[PostField, str]:
    """What the fields of a network could say: rough drafts, to be edited.

    Title and subject are the first sentence without a link; teaser, meta description and preheader are the
    sentences after it, or the whole text where there is only one. What does not fit is cut at a word, with
    "…". A content warning is never suggested.

    Args:
        text: The text of the post.
        network: Decides which fields there are and how long each may be.
        format: Form of the post.
        language: Language of the text.
    """
    body = tags_at_end(text, network).body
    sentences = [
        sentence
        for sentence in split_sentences(body, language)
        if not any(entity.kind == "link" for entity in network.entities(sentence))
    ]
    if not sentences:
        return {}
    forbidden = network.rule("forbidden", format)
    kept = str.maketrans("", "", str(forbidden.value) if forbidden else "")
    made = {}
    for measure in measure_fields({}, network, format):
        words = _MAKERS[measure.field](sentences, measure, network.count)
        if words:
            made[measure.field] = words.translate(kept)
    return made


def cut_at_word(text: str, most: int | None, count: Callable[[str], int] = len) -> str:
    """The text if it is at most so long, else as many of its words as fit with "…" behind them.

    A first word too long alone is cut between two visible characters.

    Args:
        text: One line.
        most: What `count` may reach, "…" included; None for any length.
        count: How length is counted.
    """
    if most is None or count(text) <= most:
        return text
    ends = [found.start() for found in _SPACES.finditer(text)] or list(cluster_ends(text))
    if count(text[: ends[0]] + " …") > most:
        ends = [end for end in cluster_ends(text) if end <= most] or [0]
    for end in reversed(ends):
        cut = text[:end].rstrip(" ,;:–—-") + " …"
        if count(cut) <= most:
            return cut
    return "…"


def _headline(sentences: Sequence[str], measure: FieldMeasure, count: Callable[[str], int]) -> str:
    """The first sentence; what comes before its colon or dash, where all of it is too long."""
    line, room = _LAST_STOP.sub("", _SPACES.sub(" ", sentences[0])), measure.room
    if room is not None and count(line) > room:
        breaks = [found.start() for found in _BREAK.finditer(line) if found.start() >= HEADLINE_LEAST]
        line = next((line[:end] for end in reversed(breaks) if count(line[:end]) <= room), line)
    return cut_at_word(line, room, count)


def _teaser(sentences: Sequence[str], measure: FieldMeasure, count: Callable[[str], int]) -> str:
    chosen = sentences[1 : 1 + TEASER_SENTENCES] or sentences[:1]
    return cut_at_word(_SPACES.sub(" ", " ".join(chosen)), measure.room, count)


def _summary(sentences: Sequence[str], measure: FieldMeasure, count: Callable[[str], int]) -> str:
    """Whole sentences as far as they go; at least the first, cut if it must be."""
    chosen = list(sentences[1:] or sentences)
    while len(chosen) > 1 and measure.room is not None and count(" ".join(chosen)) > measure.room:
        chosen.pop()
    return cut_at_word(_SPACES.sub(" ", " ".join(chosen)), measure.room, count)


def _nothing(_sentences: Sequence[str], _measure: FieldMeasure, _count: Callable[[str], int]) -> str:
    return ""


_MAKERS: dict[PostField, Callable[[Sequence[str], FieldMeasure, Callable[[str], int]], str]] = {
    "title": _headline,
    "subject": _headline,
    "teaser": _teaser,
    "meta_description": _summary,
    "preheader": _summary,
    "content_warning": _nothing,
}
