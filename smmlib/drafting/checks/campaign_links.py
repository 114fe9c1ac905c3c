"""Links in the text and their UTM parameters against the campaign's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.links import campaign_link, slug
from smmlib.language import mark
from smmlib.networks import Finding

_CREDENTIALS = re.compile(r"https?://[^\s/?#@]+@[^\s/?#]*", re.IGNORECASE)
_NAMES = ("utm_source", "utm_medium", "utm_campaign")


def _credentials(subject: Subject) -> Iterator[Finding]:
    for found in _CREDENTIALS.finditer(subject.text):
        host = found.group().rpartition("@")[2]
        template = mark("The link to {host} contains a user name or password. Take it out.")
        yield Finding("credentials", "error", found.span(), {"host": host}, template=template)


def _consistent(subject: Subject) -> Iterator[Finding]:
    """What the link says already against what the campaign would say."""
    link = subject.draft.link or (subject.campaign.link if subject.campaign else "")
    if not link.strip() or subject.account is None:
        return
    there = _parameters(link)
    expected = {"utm_source": subject.account.network}
    if subject.campaign:
        expected["utm_campaign"] = slug(subject.campaign.utm_campaign or subject.campaign.name)
    elif not there.get("utm_campaign") and campaign_link(
        subject.draft, campaign=None, account=subject.account
    ):
        template = mark("The link gets no utm_campaign, because the draft has no campaign. Choose one.")
        yield Finding("utm_missing", "notice", template=template)
    for name, value in expected.items():
        if value and there.get(name) and there[name] != value:
            template = mark(
                "The link says {name}={found}, here it would be {name}={value}. "
                "Figures will be counted for {found}; take {name} out of the link to have it set."
            )
            values = {"name": name, "found": there[name], "value": value}
            yield Finding("utm_differs", "warning", values=values, template=template)


def _in_text(subject: Subject) -> Iterator[Finding]:
    """Links in the text that lead to the campaign's site without saying where the click came from."""
    clickable = subject.network.rule("links_clickable", subject.version.format)
    if subject.account is None or (clickable and clickable.value is False):
        return
    links = [entity for entity in subject.entities if entity.kind == "link"]
    tagged = links and campaign_link(subject.draft, campaign=subject.campaign, account=subject.account)
    if not tagged:
        return
    site = _host(tagged)
    for entity in links:
        if _host(entity.text) == site and not any(name in _parameters(entity.text) for name in _NAMES):
            template = mark(
                "{link} in the text has no UTM parameters; its clicks cannot be told apart. Use {tagged}."
            )
            values = {"link": entity.text, "tagged": tagged}
            yield Finding("utm_text", "notice", (entity.start, entity.end), values, template=template)


def _parameters(link: str) -> dict[str, str]:
    """UTM parameters of a link by their name; Matomo's count as theirs."""
    query = link.partition("?")[2].partition("#")[0]
    pairs = parse_qsl(query, keep_blank_values=True)
    return {name.casefold().replace("mtm_", "utm_"): value for name, value in pairs}


def _host(link: str) -> str:
    full = link if "://" in link[:8] else f"https://{link}"
    try:
        return (urlsplit(full).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


CHECKS = (
    Check(
        "credentials",
        mark("Passwords in links"),
        mark("Whether a link in the text contains a user name or password."),
        "plan",
        _credentials,
    ),
    Check(
        "utm_differs",
        mark("UTM against the campaign"),
        mark("Whether UTM parameters the link has already are those of campaign and network."),
        "plan",
        _consistent,
        rules=("utm_missing", "utm_differs"),
    ),
    Check(
        "utm_text",
        mark("UTM in the text"),
        mark("Whether links to the campaign's site in the text have UTM parameters."),
        "plan",
        _in_text,
    ),
)
