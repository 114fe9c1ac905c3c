"""Nothing before the embargo ends."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding


def _embargo(subject: Subject) -> Iterator[Finding]:
    ends = subject.campaign.embargo if subject.campaign else None
    if ends is None or subject.version.permalink or subject.version.posted_at:
        return
    when = subject.version.planned_at
    values = {"when": subject.local(when) if when else None, "ends": subject.local(ends)}
    if when and when < ends:
        template = mark(
            "Planned for {when:datetime}, but the embargo ends on {ends:datetime}. Choose a later time."
        )
        yield Finding("embargo", "error", values=values, template=template)
    elif not when and subject.now < ends:
        template = mark("Embargo until {ends:datetime}: do not post before, and plan a time after it.")
        yield Finding("embargo", "warning", values=values, template=template)


CHECKS = (
    Check(
        "embargo",
        mark("Embargo"),
        mark("Whether the post would appear before the embargo of the briefing ends."),
        "briefing",
        _embargo,
    ),
)
