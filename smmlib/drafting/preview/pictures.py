"""Pictures, films and the card of a linked page; what is not at hand is a placeholder with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from smmlib.draft import Media
from smmlib.drafting.preview.pages import host
from smmlib.drafting.preview.visible import attribute, cut, line, picture
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    from smmlib.drafting.surveying import AccountSurvey

MEDIA_MOST = 40
"""Media that are shown of a post."""

_SIGNS = {"image": "▧", "video": "▶", "gif": "GIF", "document": "▤"}


def media(items: Sequence[Media], thumbnails: Mapping[str, str], language: Language, *, strip: bool) -> str:
    """The media of a post with their alternative texts; `strip` lays them beside each other to swipe."""
    if not items:
        return ""
    count = len(items)
    shown = "".join(
        _medium(item, thumbnails, language, f"{number}/{count}" if count > 1 else "")
        for number, item in enumerate(items[:MEDIA_MOST], start=1)
    )
    return f'<ul class="smm-card-media{" smm-card-strip" if strip else ""}">{shown}</ul>'


def none_yet(language: Language) -> str:
    """The place of a picture that is still missing."""
    words = escape(say(mark("No picture or film yet"), language))
    return f'<div class="smm-card-picture smm-card-note">{words}</div>'


def link(row: AccountSurvey, thumbnails: Mapping[str, str]) -> str:
    """Where the post leads: as the network's link card, if it has one and somebody filled it in.

    A post with pictures of its own shows those instead of the card.
    """
    if not row.link:
        return ""
    card = row.link_card
    title_rule = row.network.rule("card_title_shown", row.version.format)
    filled = card.title or card.description or card.image
    if title_rule is None or not filled or row.version.media:
        return f'<div class="smm-card-site">{line(row.link)}</div>'
    about = row.network.rule("card_description_shown", row.version.format)
    site = f'<span class="smm-card-sub">{line(card.site or host(row.link))}</span>'
    title = f"<b>{line(cut(card.title or host(row.link), title_rule.number))}</b>"
    said = f"<span>{line(cut(card.description, about.number))}</span>" if about and card.description else ""
    return (
        f'<div class="smm-card-linked">{_picture(thumbnails.get(card.image, ""), "", "▧")}'
        f'<div class="smm-card-page">{site}{title}{said}</div></div>'
    )


def _medium(item: Media, thumbnails: Mapping[str, str], language: Language, number: str) -> str:
    alt = item.alt_text.strip() or say(mark("No alternative text"), language)
    quiet = "" if item.alt_text.strip() else " smm-card-note"
    place = f'<span class="smm-card-number">{number}</span>' if number else ""
    shown = _picture(thumbnails.get(item.asset, ""), item.alt_text, _SIGNS[item.kind])
    return (
        f'<li class="smm-card-medium">{shown}{place}<b>{line(item.name)}</b>'
        f'<span class="smm-card-alt{quiet}">{line(alt)}</span></li>'
    )


def _picture(address: str, alt: str, sign: str) -> str:
    """A picture that carries itself, else a placeholder."""
    if source := picture(address):
        return f'<img class="smm-card-picture" src="{source}" alt="{attribute(alt)}">'
    return f'<span class="smm-card-picture" aria-hidden="true">{sign}</span>'
