"""A campaign, an account and a short way to ask what the checks find."""

from __future__ import annotations

from datetime import UTC, date, datetime

from smmlib import drafting
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.message_house import Claim, KeyDate, Offer, Percentage, Price, SupportingMessage
from smmlib.networks import load_networks

NETWORKS = load_networks()
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
GERMAN = Account(id="a", network="mastodon", handle="@rad@social.example", brand="RADWERK")
ENGLISH = GERMAN.replace(language="en")
CAMPAIGN = Campaign(
    id="c",
    name="Herbst",
    start=date(2026, 10, 1),
    end=date(2026, 10, 31),
    link="https://rad.example/herbst",
    hashtags=("#WirLiebenLeise",),
    supporting=(SupportingMessage(text="Alle sind froh.", proof="93 % fahren wieder."),),
    offer=Offer(
        name="Lastenrad",
        prices=(Price(label="Kranich", amount="3490.00"), Price(label="Helm", amount="49.90")),
        dates=(KeyDate(label="Testtage", day=date(2026, 10, 9), until=date(2026, 10, 11)),),
        percentages=(Percentage(label="Rabatt", value=20),),
    ),
    words_to_use=("leise",),
    words_to_avoid=("billig", "Haus"),
    claims=(
        Claim(text="der leiseste Motor seiner Klasse"),
        Claim(text="klimaneutral produziert", cleared_by="Recht", valid_until=date(2026, 9, 30)),
        Claim(text="das meistverkaufte Lastenrad Deutschlands", cleared_by="PR"),
    ),
)


def findings(
    text, *, campaign=CAMPAIGN, account=GERMAN, network="mastodon", on=(), earlier=(), assets=None, **draft
):
    """Everything the checks find in a post; `version=` holds fields of its version."""
    version = Version(account="a", **draft.pop("version", {}))
    return drafting.check(
        Draft(text=text, versions=(version,), **draft),
        campaign=campaign,
        network=NETWORKS[network],
        account=account,
        now=NOW,
        options=drafting.CheckOptions(on=on),
        assets=assets,
        earlier=earlier,
    )


def found(rule, text, **options):
    """What stands where the rule found something: the piece of text, or None for the whole post."""
    return [f.span and text[slice(*f.span)] for f in findings(text, **options) if f.rule == rule]


def said(rule, text, language="en", **options):
    """The first sentence of a rule."""
    return next(f.text(language) for f in findings(text, **options) if f.rule == rule)
