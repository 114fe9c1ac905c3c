"""What the network itself allows; found by `network.check`, switched here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smmlib.draft import PART_BREAK
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding

_OF_THE_WHOLE = frozenset(("status", "age", "format", "media_least"))
"""Rules that are about the post as such; of a thread they are said once, with the first part."""


def findings(subject: Subject) -> Iterator[Finding]:
    """What the network says about the post; about each part of a thread, with spans in the whole text."""
    behind = 0
    for number, part in enumerate(subject.parts, start=1):
        for finding in _about(subject, part, first=number == 1):
            span = finding.span and (finding.span[0] + behind, finding.span[1] + behind)
            thread = len(subject.parts) > 1 and span is not None
            yield replace(finding, span=span, part=number) if thread else finding
        behind += len(part) + len(PART_BREAK)


def _about(subject: Subject, text: str, *, first: bool) -> Iterator[Finding]:
    found = subject.network.check(
        text,
        media=subject.version.media if first else (),
        format=subject.version.format,
        content_warning=subject.version.fields.get("content_warning", ""),
        today=subject.today,
    )
    return (finding for finding in found if first or finding.rule not in _OF_THE_WHOLE)


CHECKS = (
    Check(
        "length",
        mark("Length"),
        mark("Whether the text fits, counted in the network's own unit."),
        "network",
        rules=("text", "bytes", "escaped", "clip_bytes"),
    ),
    Check(
        "hashtags",
        mark("Hashtags"),
        mark("How many the network takes, and how long each may be."),
        "network",
        rules=("hashtags", "hashtags_clickable", "hashtag_length", "cashtags"),
    ),
    Check("mentions", mark("Mentions"), mark("How many accounts a post may mention."), "network"),
    Check(
        "links",
        mark("Links"),
        mark("How many there may be, whether they can be clicked, and whether https:// is missing."),
        "network",
        rules=("links", "links_clickable", "link_characters", "scheme"),
    ),
    Check(
        "media",
        mark("Number of media"),
        mark("How many pictures and films the network takes."),
        "network",
        rules=("images", "videos", "gifs", "media", "media_least", "format"),
    ),
    Check(
        "alt_text",
        mark("Alternative text"),
        mark("Whether every picture is described, and not at too great a length."),
        "network",
        rules=("alt_text", "alt_text_missing"),
    ),
    Check(
        "characters",
        mark("Odd characters"),
        mark("Broken, invisible or forbidden characters and HTML tags."),
        "network",
        rules=("surrogate", "direction", "control", "html", "forbidden"),
    ),
    Check(
        "rules",
        mark("State of the rules"),
        mark("Whether the network is open, and how old or sure its rules are."),
        "network",
        rules=("status", "age"),
    ),
)
