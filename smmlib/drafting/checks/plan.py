"""Is there a post at all, does its link work, does its time fit the campaign?"""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.links import check_link
from smmlib.language import mark
from smmlib.networks import Finding


def _empty(subject: Subject) -> Iterator[Finding]:
    if not subject.text.strip() and not subject.version.media:
        template = mark("There is neither text nor media yet.")
        yield Finding("empty", "warning", template=template)


def _link(subject: Subject) -> tuple[Finding, ...]:
    return check_link(subject.draft.link or (subject.campaign.link if subject.campaign else ""))


def _dates(subject: Subject) -> Iterator[Finding]:
    when, campaign = subject.version.planned_at, subject.campaign
    if when is None:
        return
    local = subject.local(when)
    if when < subject.now and not subject.version.published:
        template = mark("The planned time {when:datetime} has passed. Choose a later one.")
        yield Finding("planned_past", "warning", values={"when": local}, template=template)
    day = local.date()
    if campaign and campaign.start and day < campaign.start:
        template = mark(
            "Planned for {day:date}, before the campaign starts on {edge:date}. Change one of the two."
        )
        values = {"day": day, "edge": campaign.start}
        yield Finding("planned_early", "warning", values=values, template=template)
    if campaign and campaign.end and day > campaign.end:
        template = mark(
            "Planned for {day:date}, after the campaign ends on {edge:date}. Change one of the two."
        )
        values = {"day": day, "edge": campaign.end}
        yield Finding("planned_late", "warning", values=values, template=template)


CHECKS = (
    Check("empty", mark("Empty post"), mark("Whether there is any text or picture."), "plan", _empty),
    Check(
        "link",
        mark("Link and UTM"),
        mark("Whether the link is an address, and whether its UTM parameters can be told apart later."),
        "plan",
        _link,
        rules=("link", "link_space", "link_http", "utm_twice", "utm_case", "utm_space", "utm_there"),
    ),
    Check(
        "planned",
        mark("Planned time"),
        mark("Whether the time has passed or lies outside the campaign."),
        "plan",
        _dates,
        rules=("planned_past", "planned_early", "planned_late"),
    ),
)
