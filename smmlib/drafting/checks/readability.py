"""Is the text easy enough to read while scrolling?"""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.reading_ease import readability
from smmlib.language import mark
from smmlib.networks import Finding

LEAST_WORDS = 30  # fewer say nothing about a text; the formulas were made for a hundred
HARD = 30.0  # reading ease; on the scales of Amstad and Flesch less is "very hard", read by graduates
LONG_SENTENCE = 30  # words


def _readability(subject: Subject) -> Iterator[Finding]:
    if len(subject.words) < LEAST_WORDS:
        return
    found = readability(subject.prose, subject.language)
    if found.longest is None:
        return
    span = (found.longest.start, found.longest.end)
    values = {"ease": found.ease, "words": found.longest_words}
    if found.ease < HARD:
        template = mark(
            "Hard to read: {ease:.0} on a scale up to 100 (posts: 40 and more). "
            "Shorter sentences and words help; the longest sentence has {words} words."
        )
        yield Finding("readability", "notice", span, values, template=template)
    elif found.longest_words > LONG_SENTENCE:
        template = mark("This sentence has {words} words. Two sentences would be easier to read.")
        yield Finding("readability", "notice", span, values, template=template)


CHECKS = (
    Check(
        "readability",
        mark("Readability"),
        mark("Reading ease (German: Amstad, English: Flesch) and the longest sentence; from 30 words on."),
        "language",
        _readability,
    ),
)
