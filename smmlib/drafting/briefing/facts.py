"""Figures, link, hashtags and people of a brief: what is missing a name, a sign or a proof."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from smmlib.campaign import Campaign
from smmlib.drafting.links import check_link
from smmlib.language import mark
from smmlib.networks import Finding

_HASHTAG = re.compile(r"#\w+")
_GOALS_WITH_LINK = ("traffic", "leads", "sales")


def findings(campaign: Campaign) -> Iterator[Finding]:
    """What is wrong with the facts of a brief."""
    yield from _link(campaign)
    yield from _hashtags(campaign)
    yield from _audience(campaign)
    yield from _figures(campaign)
    yield from _proofs(campaign)
    yield from _people(campaign)


def _link(campaign: Campaign) -> Iterator[Finding]:
    if not campaign.link.strip():
        severe = campaign.goal in _GOALS_WITH_LINK
        template = mark("There is no landing page. Enter the address posts lead to.")
        yield Finding("link", "warning" if severe else "notice", template=template)
        return
    for finding in check_link(campaign.link):
        yield Finding("link", finding.severity, values=finding.values, template=finding.template)


def _hashtags(campaign: Campaign) -> Iterator[Finding]:
    for tag in campaign.hashtags:
        bare = re.sub(r"\W+", "", tag)
        if _HASHTAG.fullmatch(tag) and not bare.isdecimal():
            continue
        if bare.isdecimal() or not bare:
            template = mark("The hashtag {tag!r} has no letter, so networks do not link it. Add a word.")
        else:
            template = mark("{tag!r} is no hashtag: it begins with # and is one word. Did you mean #{word}?")
        yield Finding("hashtags", "warning", values={"tag": tag, "word": bare}, template=template)
    for tag in _twice(campaign.hashtags):
        template = mark("The hashtag {tag!r} is there twice. Delete one.")
        yield Finding("hashtags", "notice", values={"tag": tag}, template=template)


def _audience(campaign: Campaign) -> Iterator[Finding]:
    youngest, oldest = campaign.age_from, campaign.age_to
    if youngest is not None and oldest is not None and youngest > oldest:
        template = mark("The audience is from {youngest} to {oldest} years old; swap the two.")
        yield Finding("age_from", "error", values={"youngest": youngest, "oldest": oldest}, template=template)
    if not campaign.audience.strip():
        template = mark("The audience is not described. Say whom the campaign is for.")
        yield Finding("audience", "notice", template=template)


def _figures(campaign: Campaign) -> Iterator[Finding]:
    offer = campaign.offer
    for price in offer.prices:
        if not price.label.strip():
            template = mark("The price {amount} {currency} has no label. Say what costs that.")
            values = {"amount": price.amount, "currency": price.currency}
            yield Finding("offer", "warning", values=values, template=template)
    for each in offer.dates:
        if not each.label.strip():
            template = mark("The day {day:date} has no label. Say what happens then.")
            yield Finding("offer", "warning", values={"day": each.day}, template=template)
    for share in offer.percentages:
        if not share.label.strip():
            template = mark("The percentage {value}% has no label. Say what it is a share of.")
            yield Finding("offer", "warning", values={"value": share.value}, template=template)
        if not 0 <= share.value <= 100:
            template = mark("{label} is {value}%; check that it is not below 0 or above 100.")
            values = {"label": share.label or "?", "value": share.value}
            yield Finding("offer", "notice", values=values, template=template)
    if (offer.prices or offer.percentages) and not offer.name.strip():
        template = mark("The offer has figures but no name. Say what is offered.")
        yield Finding("offer", "notice", template=template)


def _proofs(campaign: Campaign) -> Iterator[Finding]:
    for message in campaign.supporting:
        values = {"text": message.text}
        if not message.proof.strip():
            template = mark("“{text}” has no proof. Add one, or it stays an assertion.")
            yield Finding("supporting", "notice", values=values, template=template)
        elif not message.source.strip():
            template = mark("The proof of “{text}” has no source. Enter where it stands.")
            yield Finding("supporting", "notice", values=values, template=template)
    for claim in campaign.claims:
        if claim.cleared_by and not claim.source.strip():
            template = mark(
                "The claim “{claim}” has no source. Enter the test, study or file that proves it."
            )
            yield Finding("claims", "notice", values={"claim": claim.text}, template=template)


def _people(campaign: Campaign) -> Iterator[Finding]:
    if not campaign.owner.strip():
        template = mark("Nobody answers for the campaign yet. Enter an owner.")
        yield Finding("owner", "notice", template=template)
    if not campaign.reviewers:
        template = mark("No role has to approve the posts, so one approval by anyone suffices.")
        yield Finding("reviewers", "notice", template=template)


def _twice(words: tuple[str, ...]) -> list[str]:
    return [word for word, count in Counter(word.casefold() for word in words).items() if count > 1]
