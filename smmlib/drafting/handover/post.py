"""One post as it leaves the house: a draft on one account, with link, media and local time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from smmlib.asset import Asset
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Media, Version
from smmlib.drafting.links import campaign_link
from smmlib.networks import Network


@dataclass(frozen=True, slots=True)
class Post:
    """A draft on one account.

    Attributes:
        draft: The draft.
        version: How it goes to the account.
        account: The account.
        network: Its network, with the account's own limits.
        campaign: Its campaign, or None.
        link: Where it leads, with UTM parameters, or "".
        assets: For each medium of the version its file, or None where it is not kept.
    """

    draft: Draft
    version: Version
    account: Account
    network: Network
    campaign: Campaign | None = None
    link: str = ""
    assets: tuple[Asset | None, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other post, the same at every hand-over."""
        return f"{self.draft.id}-{self.account.id}"

    @property
    def name(self) -> str:
        """How messages call it: network, handle, title."""
        return f"{self.network.name} {self.account.handle}: {self.draft.name or self.draft.id}"

    @property
    def text(self) -> str:
        """What is posted; of a thread all parts, one below the other."""
        return "\n\n".join(self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a thread; the text alone if it is none."""
        return self.version.thread or (self.draft.text_for(self.account.id),)

    @property
    def planned(self) -> datetime | None:
        """When it is to appear, on the clock of the account."""
        when = self.version.planned_at
        return when.astimezone(ZoneInfo(self.account.time_zone)) if when else None

    @property
    def media(self) -> tuple[tuple[Media, Asset | None], ...]:
        """Each medium with its file."""
        return tuple(zip(self.version.media, self.assets, strict=True))

    def day(self, now: datetime) -> date:
        """The local day it is to appear; without a planned time the day it is."""
        return (self.planned or now.astimezone(ZoneInfo(self.account.time_zone))).date()

    def parts_with_link(self) -> tuple[str, ...]:
        """The parts with the link below the last one, unless it is in the text or cannot be clicked there."""
        clickable = self.network.rule("links_clickable", self.version.format)
        plain = self.draft.link or (self.campaign.link if self.campaign else "")
        there = any(plain and plain in part for part in self.parts)
        if not self.link or there or (clickable is not None and clickable.value is False):
            return self.parts
        return (*self.parts[:-1], f"{self.parts[-1]}\n\n{self.link}".strip())


def posts_of(
    drafts: Iterable[Draft],
    *,
    accounts: Iterable[Account],
    networks: Mapping[str, Network],
    campaigns: Iterable[Campaign] = (),
    assets: Mapping[str, Asset] | None = None,
) -> tuple[Post, ...]:
    """Every post of the drafts, in the order they are to appear; those without a time last.

    Args:
        drafts: The drafts.
        accounts: Accounts of the workspace; a version for one that is gone is passed over.
        networks: Networks by id.
        campaigns: Campaigns of the workspace.
        assets: Media files that are kept, by id.
    """
    places, briefs, files = {a.id: a for a in accounts}, {c.id: c for c in campaigns}, assets or {}
    posts = [
        Post(
            draft,
            version,
            account := places[version.account],
            networks[account.network].with_limits(account.limits),
            briefs.get(draft.campaign),
            campaign_link(draft, campaign=briefs.get(draft.campaign), account=account),
            tuple(files.get(item.asset) for item in version.media),
        )
        for draft in drafts
        for version in draft.versions
        if version.account in places and places[version.account].network in networks
    ]
    return tuple(sorted(posts, key=_by_time))


def _by_time(post: Post) -> tuple[bool, float, str, str]:
    when = post.version.planned_at
    return when is None, when.timestamp() if when else 0.0, post.network.name, post.key
