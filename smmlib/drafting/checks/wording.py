"""Words the briefing wants in texts, and words it does not want there."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.inflection import words_pattern
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding


def _avoided(subject: Subject) -> Iterator[Finding]:
    words = _words(subject.campaign.words_to_avoid) if subject.campaign else ()
    if not words:
        return
    clickable = [(e.start, e.end) for e in subject.entities if e.kind in ("link", "mention")]
    for found in words_pattern(words, subject.language).finditer(subject.text):
        start, end = found.span()
        if any(start < behind and before < end for before, behind in clickable):
            continue
        word = words[(found.lastindex or 1) - 1]
        if found.group().casefold() == word.casefold():
            template = mark("The briefing wants to avoid “{word}”. Say it in another way.")
        else:
            template = mark("“{found}”: the briefing wants to avoid “{word}”. Say it in another way.")
        values = {"found": found.group(), "word": word}
        yield Finding("words_avoid", "warning", (start, end), values, template=template)


def _wanted(subject: Subject) -> Iterator[Finding]:
    words = _words(subject.campaign.words_to_use) if subject.campaign else ()
    missing = [word for word in words if not words_pattern((word,), subject.language).search(subject.text)]
    if missing and subject.text.strip():
        template = mark("The briefing asks for these words, which the text does not have: {words}.")
        yield Finding("words_use", "notice", values={"words": ", ".join(missing)}, template=template)


def _words(written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stripped for word in written if (stripped := word.strip()))


CHECKS = (
    Check(
        "words_avoid",
        mark("Words to avoid"),
        mark("Whether the text has a word the briefing wants to avoid, in any inflected form."),
        "briefing",
        _avoided,
    ),
    Check(
        "words_use",
        mark("Words to use"),
        mark("Whether the text has the words the briefing asks for."),
        "briefing",
        _wanted,
        on=False,
    ),
)
