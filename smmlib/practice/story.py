"""The story of the practice company: who it is, what it posted, what it plans. Texts are in `story/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Variant, Version
from smmlib.drafting import tag_link
from smmlib.practice.post import Post, hook_of, media_for, read_file, slug
from smmlib.practice.slot_story import SlotTest, post_slots

PUBLISHED = ("instagram", "facebook", "team", "business", "mastodon")
WITH_LINK = ("facebook", "linkedin")
"""Networks on which posts carry the campaign's link in their text."""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about the company that does not depend on chance.

    Attributes:
        name: Name of the workspace.
        first_day, last_day: Of publication; observed_until: last day figures are known for.
        zone: Time zone of the company.
        accounts, campaigns: Records, ready for a workspace.
        drafts: All drafts: published ones, those that wait, those of the matched slots.
        posts: The published posts in order of time.
        ads: Key of the promoted post and budget in euro.
        tests: Copy tests as in `company.toml`.
        slot_test: The test in matched slots of `werkstatt.toml`; its posts and drafts are among the others.
        running: Tests that are not over yet, as in `running.toml`.
    """

    name: str
    first_day: date
    last_day: date
    observed_until: date
    zone: ZoneInfo
    accounts: tuple[Account, ...]
    campaigns: tuple[Campaign, ...]
    drafts: tuple[Draft, ...]
    posts: tuple[Post, ...]
    ads: tuple[tuple[str, str], ...]
    tests: tuple[dict[str, Any], ...]
    slot_test: SlotTest
    running: tuple[dict[str, Any], ...]


def read_story() -> Story:
    """Read the story from its files."""
    company = read_file("company")
    about, zone = company["company"], ZoneInfo(company["company"]["time_zone"])
    numbers = {fields["id"]: fields.pop("id_start") for fields in company["accounts"]}
    accounts = tuple(
        Account(brand=about["brand"], time_zone=zone.key, **fields) for fields in company["accounts"]
    )
    told = [entry for name in PUBLISHED for entry in read_file(name)["drafts"]]
    campaigns = {fields["id"]: Campaign(**fields) for fields in read_file("campaigns")["campaigns"]}
    slot_test = post_slots(read_file("werkstatt"), accounts, numbers, company["alt_texts"]["de"])
    posts = [*_posts(told, accounts, numbers, campaigns), *slot_test.posts]
    links = {(p.draft, p.account): p.permalink for p in posts}
    written = [entry for entry in told if not entry.get("spontaneous")] + read_file("planned")["drafts"]
    pictures = {a.id: company["alt_texts"][a.language] for a in accounts}
    return Story(
        name=about["name"],
        first_day=about["first_day"],
        last_day=about["last_day"],
        observed_until=about["observed_until"],
        zone=zone,
        accounts=accounts,
        campaigns=tuple(campaigns.values()),
        drafts=(*(_draft(entry, links, pictures, zone) for entry in written), *slot_test.drafts),
        posts=tuple(sorted(posts, key=lambda p: p.at)),
        ads=tuple((ad["post"], ad["budget"]) for ad in company["ads"]),
        tests=tuple(company["tests"]),
        slot_test=slot_test,
        running=tuple(read_file("running")["tests"]),
    )


def _posts(
    told: list[dict[str, Any]],
    accounts: Sequence[Account],
    numbers: Mapping[str, int],
    campaigns: Mapping[str, Campaign],
) -> Iterator[Post]:
    known = {account.id: account for account in accounts}
    for place, entry in enumerate(told):
        campaign = campaigns.get(entry.get("campaign", ""))
        for sent in entry["posts"]:
            account, text = known[sent["on"]], sent["text"].strip()
            number = str(numbers[account.id] + 977 * place + 101)
            yield Post(
                key=f"{entry['title']}/{account.id}",
                draft="" if entry.get("spontaneous") else slug(entry["title"]),
                account=account.id,
                network=account.network,
                entity_id=number,
                permalink=f"https://{account.network}.example/{account.id}/{number}",
                at=sent["at"].replace(tzinfo=ZoneInfo(account.time_zone)),
                format=sent["as"],
                text=text,
                link=_tagged(campaign, account, entry["title"]),
                pillar=entry["pillar"],
                product=entry["product"],
                hook=hook_of(text),
                campaign=campaign.id if campaign else "",
                storm=entry.get("storm", ""),
            )


def _tagged(campaign: Campaign | None, account: Account, title: str) -> str:
    if campaign is None or account.network not in WITH_LINK:
        return ""
    return tag_link(
        campaign.link,
        source=account.network,
        medium="social",
        campaign=campaign.utm_campaign,
        content=slug(title),
    )


def _draft(
    entry: dict[str, Any],
    links: dict[tuple[str, str], str],
    pictures: dict[str, dict[str, str]],
    zone: ZoneInfo,
) -> Draft:
    id, sent = slug(entry["title"]), entry["posts"]
    text = sent[0]["text"].strip() if sent else ""
    labels = {"pillar": entry["pillar"], "product": entry["product"]}
    versions = []
    for one in sent:
        own, at, account = one["text"].strip(), one.get("at"), one["on"]
        version = Version(
            account=account,
            format=one["as"],
            text=None if own == text else own,
            planned_at=at and at.replace(tzinfo=zone),
            media=media_for(one["as"], pictures[account][entry["product"]]),
            permalink=links.get((id, account), ""),
        )
        versions.append(version)
    return Draft(
        id=id,
        campaign=entry.get("campaign", ""),
        title=entry["title"],
        text=text,
        versions=tuple(versions),
        variants=tuple(Variant(**fields) for fields in entry.get("variants", ())),
        labels={**labels, "hook": hook_of(text)} if text else labels,
    )
