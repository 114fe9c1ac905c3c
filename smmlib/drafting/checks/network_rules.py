"""What the network itself allows; found by `network.check`, switched here."""

from __future__ import annotations

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding


def findings(subject: Subject) -> tuple[Finding, ...]:
    """What the network says about the post."""
    return subject.network.check(
        subject.text, media=subject.version.media, format=subject.version.format, today=subject.today
    )


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
        rules=("hashtags", "hashtag_length", "cashtags"),
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
