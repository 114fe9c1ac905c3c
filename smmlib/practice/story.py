"""The story of the practice company: who it is, what it posted, what it plans. Texts are in `story/`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Media, Variant, Version
from smmlib.drafting import tag_link

FOLDER = Path(__file__).parent / "story"
PUBLISHED = ("instagram", "facebook", "team", "business", "mastodon")
QUESTION, STATEMENT = "Frage", "Aussage"
CAROUSEL = 4
WITH_LINK = ("facebook", "linkedin")
"""Networks on which posts carry the campaign's link in their text."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post that was published.

    Attributes:
        key: Title of the draft and account, "Regenmontag/instagram"; names the post in the truth file.
        draft: Id of its draft; "" when it was posted without one.
        account: Id of the account; network: of that account.
        entity_id: Number the network gave it, as text.
        permalink: Its address, on a host that cannot exist.
        at: When it was published, in the company's time zone.
        format: Form of the post.
        text: What it says.
        link: Where it leads, with UTM parameters; "" without a link.
        pillar, product, hook: Its labels; hook is `QUESTION` or `STATEMENT`.
        campaign: Id of its campaign, or "".
        storm: "joke" or "apology" for the posts of the Shitstorm, else "".
    """

    key: str
    draft: str
    account: str
    network: str
    entity_id: str
    permalink: str
    at: datetime
    format: str
    text: str
    link: str
    pillar: str
    product: str
    hook: str
    campaign: str
    storm: str

    @property
    def text_with_link(self) -> str:
        """What was published where links are part of the text."""
        return f"{self.text}\n\n{self.link}" if self.link else self.text


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about the company that does not depend on chance.

    Attributes:
        name: Name of the workspace.
        first_day, last_day: Of publication; observed_until: last day figures are known for.
        zone: Time zone of the company.
        accounts, campaigns: Records, ready for a workspace.
        drafts: All drafts, published ones first.
        posts: The published posts in order of time.
        ads: Key of the promoted post and budget in euro.
        tests: Copy tests as in `company.toml`.
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
    posts = sorted(_posts(told, accounts, numbers, campaigns), key=lambda p: p.at)
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
        drafts=tuple(_draft(entry, links, pictures, zone) for entry in written),
        posts=tuple(posts),
        ads=tuple((ad["post"], ad["budget"]) for ad in company["ads"]),
        tests=tuple(company["tests"]),
    )


def hook_of(text: str) -> str:
    """How a text opens: `QUESTION` when its first sentence ends with a question mark, else `STATEMENT`."""
    end = re.search(r"[?!]|\.(?=\s|$)", text)
    return QUESTION if end and end.group() == "?" else STATEMENT


def read_file(name: str) -> dict[str, Any]:
    """A file of the story, without its ending .toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


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
                draft="" if entry.get("spontaneous") else _slug(entry["title"]),
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
        content=_slug(title),
    )


def _draft(
    entry: dict[str, Any],
    links: dict[tuple[str, str], str],
    pictures: dict[str, dict[str, str]],
    zone: ZoneInfo,
) -> Draft:
    id, sent = _slug(entry["title"]), entry["posts"]
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
            media=_media(one["as"], pictures[account][entry["product"]]),
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


def _media(format: str, shows: str) -> tuple[Media, ...]:
    if format == "image":
        return (Media(kind="image", name="bild.jpg", alt_text=shows),)
    if format == "carousel":
        numbers = range(1, CAROUSEL + 1)
        return tuple(Media(kind="image", name=f"bild-{n}.jpg", alt_text=f"{shows} ({n})") for n in numbers)
    if format == "reel":
        return (Media(kind="video", name="reel.mp4"),)
    return (Media(kind="document", name="report.pdf"),) if format == "document" else ()


def _slug(title: str) -> str:
    german = title.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    ascii_only = unicodedata.normalize("NFKD", german).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
