"""The rules of networks: read from TOML, checked, and put over the ones that come with smmlib."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field

from smmlib.draft import Format
from smmlib.errors import InvalidRecordError, UnknownNameError, UnreadableFileError
from smmlib.language import mark
from smmlib.networks.counting import UNITS
from smmlib.networks.entities import MentionForm
from smmlib.networks.entry import Aspect, Characters, Confidence, Number, YesNo
from smmlib.record import Record

Status = Literal["live", "closed", "unset"]
FORMATS: tuple[str, ...] = get_args(Format)
FORMAT_NAMES: dict[str, str] = {
    "post": mark("Post"),
    "image": mark("Image"),
    "carousel": mark("Carousel"),
    "reel": mark("Reel"),
    "story": mark("Story"),
    "document": mark("Document"),
    "poll": mark("Poll"),
}
CONFIDENCES: dict[Confidence, str] = {
    "high": mark("high"),
    "medium": mark("medium"),
    "low": mark("low"),
    "memory": mark("from memory"),
    "own": mark("own rule"),
}
SHIPPED = Path(__file__).parent / "rules.toml"


class RuleTable(Record):
    """The rules there are. All are optional; a format's table holds what is different for it.

    Attributes:
        text: Length of the text, in the network's unit.
        bytes: Its length as UTF-8, where that is limited too.
        escaped: Its length as a tool sends it, where that is limited too.
        text_paid: Length with a paid account.
        text_rich: Length of a formatted message.
        text_attachment: Length of a text attachment.
        thread: Whether a long text can be posted as a chain of replies.
        title: Length of the title.
        title_shown: Characters of the title that are seen.
        teaser: Length of the teaser.
        description_shown: Characters of the meta description that search results show.
        subject_shown: Characters of the subject that are seen.
        preheader_shown: Characters of the preheader that are seen.
        content_warning_counts: Whether a content warning counts towards the text's length; a network
            without this rule has none.
        card_title_shown: Characters of a linked page's title that are seen; a network without this rule
            shows no link card.
        card_description_shown: Characters of a linked page's description that are seen.
        comment: Length of a comment.
        tags: Length of all keywords together.
        fold_mobile: Visible characters above the fold on a phone.
        fold_desktop: The same on a desktop.
        hashtags: Hashtags in a post.
        hashtags_clickable: Whether a reader can follow a hashtag.
        hashtag_length: Visible characters of one hashtag.
        cashtags: Cashtags in a post.
        mentions: Mentions in a post.
        links: Different links in a post.
        link_characters: Length of one link.
        links_clickable: Whether a reader can follow links in the text.
        link_in_bio: Whether posts point to a link in the profile instead.
        media: Images, videos and documents together.
        media_least: The least of them.
        images: Images.
        videos: Videos.
        gifs: Animated images.
        alt_text: Length of the alternative text of one image.
        image_bytes: Bytes of one image.
        image_side: Pixels of its longer side.
        image_pixels: Pixels of the whole image.
        image_aspect_least: Narrowest shape of an image, as "4:5" (width to height).
        image_aspect_most: Widest shape of an image.
        gif_bytes: Bytes of an animated image.
        video_bytes: Bytes of one video.
        video_seconds: Seconds of one video.
        video_seconds_least: The least of them.
        video_aspect_least: Narrowest shape of a video.
        video_aspect_most: Widest shape of a video.
        document_bytes: Bytes of one document.
        clip_bytes: Bytes from which mail programs cut.
        posts_per_day: Posts in 24 hours.
        forbidden: Characters that may not appear.
    """

    text: Number | None = None
    bytes: Number | None = None
    escaped: Number | None = None
    text_paid: Number | None = None
    text_rich: Number | None = None
    text_attachment: Number | None = None
    thread: YesNo | None = None
    title: Number | None = None
    title_shown: Number | None = None
    teaser: Number | None = None
    description_shown: Number | None = None
    subject_shown: Number | None = None
    preheader_shown: Number | None = None
    content_warning_counts: YesNo | None = None
    card_title_shown: Number | None = None
    card_description_shown: Number | None = None
    comment: Number | None = None
    tags: Number | None = None
    fold_mobile: Number | None = None
    fold_desktop: Number | None = None
    hashtags: Number | None = None
    hashtags_clickable: YesNo | None = None
    hashtag_length: Number | None = None
    cashtags: Number | None = None
    mentions: Number | None = None
    links: Number | None = None
    link_characters: Number | None = None
    links_clickable: YesNo | None = None
    link_in_bio: YesNo | None = None
    media: Number | None = None
    media_least: Number | None = None
    images: Number | None = None
    videos: Number | None = None
    gifs: Number | None = None
    alt_text: Number | None = None
    image_bytes: Number | None = None
    image_side: Number | None = None
    image_pixels: Number | None = None
    image_aspect_least: Aspect | None = None
    image_aspect_most: Aspect | None = None
    gif_bytes: Number | None = None
    video_bytes: Number | None = None
    video_seconds: Number | None = None
    video_seconds_least: Number | None = None
    video_aspect_least: Aspect | None = None
    video_aspect_most: Aspect | None = None
    document_bytes: Number | None = None
    clip_bytes: Number | None = None
    posts_per_day: Number | None = None
    forbidden: Characters | None = None


class NetworkTable(RuleTable):
    """A network as it is written in TOML: the rules and how it counts.

    Attributes:
        name: What people call it.
        status: "live", "closed" (archive only) or "unset" (its limit is not known).
        note: What else there is to know.
        unit: How its text is counted, one of `UNITS`.
        link_length: What every link counts, or None: as typed.
        mention: How accounts are mentioned in a text.
        mention_counts_host: Whether the host of @user@host counts.
        bare_links: Whether a domain without https:// becomes a link.
        formats: Forms of a post it has.
        source: Source of every number that names none.
        checked_on: When those were last looked up.
        confidence: How sure they are.
    """

    name: str | None = None
    status: Status | None = None
    note: str | None = None
    unit: str | None = None
    link_length: int | None = Field(default=None, ge=0)
    mention: MentionForm | None = None
    mention_counts_host: bool | None = None
    bare_links: bool | None = None
    formats: tuple[Format, ...] | None = None
    source: str | None = None
    checked_on: date | None = None
    confidence: Confidence | None = None


RULES = tuple(RuleTable.model_fields)


def read_table(network: str, written: Mapping[str, Any]) -> tuple[NetworkTable, dict[str, RuleTable]]:
    """Check the table of one network; returns it and the tables of its formats.

    Raises:
        InvalidRecordError: A name is unknown (with the nearest that is known) or a value does not fit.
    """
    own = {key: value for key, value in written.items() if key not in FORMATS}
    try:
        table = NetworkTable(**own)
        if table.unit is not None and table.unit not in UNITS:
            raise UnknownNameError(mark("Unit"), table.unit, UNITS)
        formats = {str(key): RuleTable(**written[key]) for key in FORMATS if key in written}
    except InvalidRecordError as problem:
        raise InvalidRecordError(f"[{network}]", problem.problems) from None
    return table, formats


def read_toml(path: Path | str) -> dict[str, dict[str, Any]]:
    """Read the tables of a TOML file, network id → table; a `checked_on` above them holds for all.

    Raises:
        UnreadableFileError: The file is missing, not UTF-8 or not TOML.
    """
    try:
        written = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise UnreadableFileError(mark("{path} cannot be read: {why}."), path=path, why=problem) from None
    except UnicodeDecodeError:
        raise UnreadableFileError(mark("{path} is not text; save it as UTF-8."), path=path) from None
    except tomllib.TOMLDecodeError as problem:
        raise UnreadableFileError(mark("{path} is not TOML: {why}."), path=path, why=problem) from None
    return as_tables(written, where=str(path))


def as_tables(written: Mapping[str, Any], *, where: str) -> dict[str, dict[str, Any]]:
    """Network id → table, with the day that stands above them filled in."""
    tables = {key: value for key, value in written.items() if key != "checked_on"}
    for key, table in tables.items():
        if not isinstance(table, Mapping):
            raise UnreadableFileError(
                mark("{path}: {key!r} stands outside a network; write it under a line such as [mynetwork]."),
                path=where,
                key=key,
            )
    day = {"checked_on": written["checked_on"]} if "checked_on" in written else {}
    return {key: {**day, **table} for key, table in tables.items()}


@cache
def shipped_tables() -> dict[str, dict[str, Any]]:
    """The tables that come with smmlib. Do not change them."""
    return read_toml(SHIPPED)
