"""A small team with posts to hand over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from smmlib import Account, Campaign, Draft, Media, Version, load_networks
from smmlib.asset import Asset
from smmlib.drafting.handover import Post, posts_of
from smmlib.language import Message

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PLANNED = datetime(2026, 12, 1, 18, 30, tzinfo=BERLIN)
NETWORKS = load_networks()
CAMPAIGNS = (Campaign(id="advent", name="Advent am Rad", link="https://example.com/advent"),)
ACCOUNTS = (
    Account(id="x", network="x", handle="@rad"),
    Account(id="m", network="mastodon", handle="@rad@social.example"),
    Account(id="li", network="linkedin", handle="rad-gmbh"),
    Account(id="xing", network="xing", handle="rad-gmbh", limits={"text": 420}),
    Account(id="ig", network="instagram", handle="@rad"),
    Account(id="b", network="bluesky", handle="@rad.example", time_zone="Europe/London"),
)
ASSET = Asset(
    id="a" * 64, name="rad.jpg", mime="image/jpeg", licence="eigenes Foto", licence_until=date(2026, 12, 31)
)
ASSETS = {ASSET.id: ASSET}
PICTURE = Media(name="rad.jpg", alt_text="Ein Rad im Schnee", asset=ASSET.id)


def draft(text: str = "Grüße aus Köln", *accounts: str, id: str = "d1", **fields: Any) -> Draft:
    """A draft for some accounts, all at the same time."""
    of_version = {
        name: fields.pop(name) for name in ("planned_at", "media", "thread", "fields") if name in fields
    }
    of_version.setdefault("planned_at", PLANNED)
    versions = tuple(Version(account=account, **of_version) for account in accounts or ("x",))
    return Draft(id=id, campaign="advent", text=text, versions=versions, **fields)


def posts(*drafts: Draft) -> tuple[Post, ...]:
    return posts_of(drafts, accounts=ACCOUNTS, networks=NETWORKS, campaigns=CAMPAIGNS, assets=ASSETS)


def signed_off(_draft: Draft, _account: str) -> Message | None:
    return None
