"""A post while it is being written: its text, a version per account, variants, media, labels."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.record import KeptRecord, Record

Format = Literal["post", "image", "carousel", "reel", "story", "document", "poll"]
MediaKind = Literal["image", "video", "gif", "document"]


class Media(Record):
    """A picture, film or document that goes with a post.

    Attributes:
        kind: What it is.
        name: File name.
        alt_text: What someone who cannot see it should know.
        size: Bytes, None if unknown.
    """

    kind: MediaKind = "image"
    name: str = ""
    alt_text: str = ""
    size: int | None = Field(default=None, ge=0)


class Variant(Record):
    """One of several texts that are to be tested against each other."""

    name: str = Field(min_length=1)
    text: str = ""


class Version(Record):
    """How a draft goes to one account.

    Attributes:
        account: Id of the account.
        format: Form of the post there.
        text: Its own text, or None while it follows the draft's.
        planned_at: When it is to appear, with time zone, or None.
        media: What goes with it.
        permalink: Address of the published post, once known.
    """

    account: str = Field(min_length=1)
    format: Format = "post"
    text: str | None = None
    planned_at: datetime | None = None
    media: tuple[Media, ...] = ()
    permalink: str = ""

    @field_validator("planned_at")
    @classmethod
    def _has_zone(cls, when: datetime | None) -> datetime | None:
        if when is not None and when.tzinfo is None:
            raise InvalidValueError(
                mark("The planned time {when:datetime} has no time zone; add the account's."), when=when
            )
        return when


class Draft(KeptRecord):
    """A post for one or more accounts.

    Attributes:
        campaign: Id of its campaign, or empty.
        title: What lists call it; empty: the first words of the text.
        text: The text every version follows unless it has its own.
        link: Where it leads, without UTM parameters; empty: the campaign's.
        versions: One for each account.
        variants: Texts to test against each other; empty when none are planned.
        labels: Kind of label to value, e.g. {"pillar": "How-to", "product": "City bike"}.
    """

    campaign: str = ""
    title: str = ""
    text: str = ""
    link: str = ""
    versions: tuple[Version, ...] = ()
    variants: tuple[Variant, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The title, else the first words of the text."""
        return self.title or " ".join(self.text.split())[:60]

    def text_for(self, account: str) -> str:
        """What goes to the account with this id: its own text, else the draft's."""
        own = next((v.text for v in self.versions if v.account == account), None)
        return self.text if own is None else own
