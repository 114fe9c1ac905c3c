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
PostField = Literal["title", "teaser", "meta_description", "subject", "preheader", "content_warning"]

POST_FIELDS: dict[PostField, str] = {
    "title": mark("Title"),
    "teaser": mark("Teaser"),
    "meta_description": mark("Meta description"),
    "subject": mark("Subject"),
    "preheader": mark("Preheader"),
    "content_warning": mark("Content warning"),
}
"""What a network may take beside the text, and what a form calls it."""

PART_BREAK = "\n\n"
"""What stands between the parts of a thread where they are read as one text."""


class Media(Record):
    """A picture, film or document that goes with a post.

    Attributes:
        kind: What it is.
        name: File name.
        alt_text: What someone who cannot see it should know.
        size: Bytes, None if unknown.
        asset: Id of the file in the workspace's media, or "" while only its name is known.
        subtitles: Name of the subtitle file of a film, or "".
    """

    kind: MediaKind = "image"
    name: str = ""
    alt_text: str = ""
    size: int | None = Field(default=None, ge=0)
    asset: str = ""
    subtitles: str = ""


class Variant(Record):
    """One of several texts that are to be tested against each other.

    Attributes:
        name: What the test calls it, e.g. "A".
        text: The text.
        levels: Factor to its level in this text, e.g. {"hook": "question"}; what the text is held to.
    """

    name: str = Field(min_length=1)
    text: str = ""
    levels: dict[str, str] = Field(default_factory=dict)


class LinkCard(Record):
    """What a network shows of the linked page: its Open Graph fields, as given by the user.

    Attributes:
        title: og:title.
        description: og:description.
        site: og:site_name.
        image: Asset id of the picture, or "".
    """

    title: str = ""
    description: str = ""
    site: str = ""
    image: str = ""


class Version(Record):
    """How a draft goes to one account.

    Attributes:
        account: Id of the account.
        format: Form of the post there.
        text: Its own text, or None while it follows the draft's.
        adapted_from: The draft's text its own was made from, or None; when the draft's text is another one
            by now, the version has drifted.
        thread: Its text in parts, when it is posted as a thread; empty: one post.
        fields: What else the network takes: one of `POST_FIELDS` to its text.
        planned_at: When it is to appear, with time zone, or None.
        media: What goes with it.
        permalink: Address of the published post, once known.
        posted_at: When it was published, as somebody ticked it, with time zone, or None.
    """

    account: str = Field(min_length=1)
    format: Format = "post"
    text: str | None = None
    adapted_from: str | None = None
    thread: tuple[str, ...] = ()
    fields: dict[PostField, str] = Field(default_factory=dict)
    planned_at: datetime | None = None
    media: tuple[Media, ...] = ()
    permalink: str = ""
    posted_at: datetime | None = None

    def posted(self, common: str) -> tuple[str, ...]:
        """The texts of its posts: the parts of its thread, else one text, its own or the `common` one."""
        return self.thread or (common if self.text is None else self.text,)

    @field_validator("planned_at", "posted_at")
    @classmethod
    def _has_zone(cls, when: datetime | None) -> datetime | None:
        if when is not None and when.tzinfo is None:
            raise InvalidValueError(
                mark("The time {when:datetime} has no time zone; add the account's."), when=when
            )
        return when


class Draft(KeptRecord):
    """A post for one or more accounts.

    Attributes:
        campaign: Id of its campaign, or empty.
        title: What lists call it; empty: the first words of the text.
        text: The text every version follows unless it has its own.
        link: Where it leads, without UTM parameters; empty: the campaign's.
        link_card: What networks show of that page.
        sponsored: Whether it is advertising or paid for, and has to say so.
        versions: One for each account.
        variants: Texts to test against each other; empty when none are planned.
        factors: What differs between the variants, as declared; one factor in an everyday test.
        labels: Kind of label to value, e.g. {"pillar": "How-to", "product": "City bike"}.
    """

    campaign: str = ""
    title: str = ""
    text: str = ""
    link: str = ""
    link_card: LinkCard = Field(default_factory=LinkCard)
    sponsored: bool = False
    versions: tuple[Version, ...] = ()
    variants: tuple[Variant, ...] = ()
    factors: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The title, else the first words of the text."""
        return self.title or " ".join(self.text.split())[:60]

    def text_for(self, account: str) -> str:
        """What goes to the account with this id: its own text, else the draft's; parts of a thread joined."""
        version = next((v for v in self.versions if v.account == account), None)
        return PART_BREAK.join(version.posted(self.text)) if version else self.text
