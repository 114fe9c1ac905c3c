"""What an approval covers: everything a reader of the post sees, and the account it appears on."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import Field

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, LinkCard, Media, PostField, Variant, Version
from smmlib.drafting.links import campaign_link
from smmlib.record import Record

NOT_COVERED = {
    "draft": frozenset({"id", "campaign", "title", "labels", "factors"}),
    "version": frozenset({"adapted_from", "planned_at", "permalink", "posted_at"}),
}
"""Fields of a draft and of a version that may change after the approval: nobody sees them in the post.
The planned time is held by the window of the approval, the campaign by the link."""


class CoveredMedia(Record):
    """A medium of a post as it was approved; the fields are those of `Media`."""

    kind: str = "image"
    name: str = ""
    asset: str = ""
    alt_text: str = ""
    subtitles: str = ""


class Content(Record):
    """A post on one account, as somebody approves it.

    Attributes:
        account: Id of the account.
        network: Its network.
        handle: Its name there.
        format: Form of the post.
        text: What is posted.
        thread: The same in parts; empty: one post.
        fields: Title, teaser and others.
        link: Landing page with UTM parameters.
        link_card: What networks show of that page.
        sponsored: Whether it is advertising.
        media: Pictures and films with alt texts, in order.
        variants: Name and text of each variant.
    """

    account: str
    network: str
    handle: str
    format: str = "post"
    text: str = ""
    thread: tuple[str, ...] = ()
    fields: dict[PostField, str] = Field(default_factory=dict)
    link: str = ""
    link_card: LinkCard = Field(default_factory=LinkCard)
    sponsored: bool = False
    media: tuple[CoveredMedia, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()

    def canonical(self) -> str:
        """The same content always as the same JSON: keys sorted, no spaces, ASCII."""
        return canonical(self.model_dump())

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
        return fingerprint_of(self.canonical())

    @classmethod
    def read(cls, text: str) -> Content:
        """Read what `canonical` wrote.

        Raises:
            InvalidRecordError: It is another record.
        """
        return cls(**json.loads(text))


def canonical(value: Any) -> str:
    """A value as the one JSON text there is for it; lone surrogates survive."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def fingerprint_of(text: str) -> str:
    """SHA-256 of a canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("ascii", "backslashreplace")).hexdigest()


def content_of(draft: Draft, account: Account, campaign: Campaign | None = None) -> Content:
    """What of a draft appears on an account.

    Args:
        draft: The draft; an account it has no version for gets a bare post.
        account: The account.
        campaign: Its campaign, for the link; None when it has none.
    """
    own = next((v for v in draft.versions if v.account == account.id), Version(account=account.id))
    raw = draft.link or (campaign.link if campaign else "")
    return Content(
        account=account.id,
        network=account.network,
        handle=account.handle,
        format=own.format,
        text=draft.text_for(account.id),
        thread=own.thread,
        fields={name: value for name, value in own.fields.items() if value},
        link=campaign_link(draft, campaign=campaign, account=account) or raw,
        link_card=draft.link_card,
        sponsored=draft.sponsored,
        media=tuple(_covered(item) for item in own.media),
        variants=tuple(_named(variant) for variant in draft.variants),
    )


def fingerprint(draft: Draft, account: Account, campaign: Campaign | None = None) -> str:
    """Fingerprint of what of a draft appears on an account; see `content_of`."""
    return content_of(draft, account, campaign).fingerprint


def _covered(item: Media) -> CoveredMedia:
    names = CoveredMedia.model_fields
    return CoveredMedia(**{name: getattr(item, name) for name in names})


def _named(variant: Variant) -> tuple[str, str]:
    return variant.name, variant.text
