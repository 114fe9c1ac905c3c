"""A post as the followers of an account will see it, as a card in HTML. What was typed stays text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from smmlib.drafting.preview import pages, pictures
from smmlib.drafting.preview.looks import Section, look_of
from smmlib.drafting.preview.marking import Device, MarkedText, Piece, mark_up
from smmlib.drafting.preview.visible import class_name, line, visible
from smmlib.language import Language, mark, moment, say
from smmlib.networks import FORMAT_NAMES

if TYPE_CHECKING:
    from smmlib.drafting.surveying import AccountSurvey

Theme = Literal["auto", "light", "dark"]

SHOWN_MOST = 20_000
"""Characters a card shows of a text; the rest is only counted."""
PARTS_MOST = 25
"""Parts of a thread that are shown; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one card shows.

    Attributes:
        row: The draft for one account.
        text: Text of this card: the post, or one part of the thread.
        part: Number of the part, from 1.
        device: Where it is looked at.
        language: Language of the card's own words.
        thumbnails: Asset id to a small picture as a data: URL.
    """

    row: AccountSurvey
    text: str
    part: int = 1
    device: Device = "mobile"
    language: Language = "en"
    thumbnails: Mapping[str, str] = field(default_factory=dict)


def preview_html(
    row: AccountSurvey,
    *,
    device: Device = "mobile",
    theme: Theme = "auto",
    language: Language = "en",
    thumbnails: Mapping[str, str] | None = None,
) -> str:
    """The card of a post, or the connected cards of a thread; everything typed is escaped.

    The look is in `preview_style()`; classes begin with "smm-card", "smm-network-", "smm-on-"
    (device) and "smm-theme-".

    Args:
        row: The draft for one account, a row of `survey`.
        device: Where it is looked at; decides on width and fold.
        theme: "light" or "dark" whatever the page around it is; "auto" takes the page's.
        language: Language of the card's own words.
        thumbnails: Asset id to a small picture as a data: URL (PNG, JPEG, GIF or WebP in base64); others
            are shown as placeholders with their alternative text.
    """
    parts = row.parts or (row.text,)
    cards = [
        _card(Card(row, text, number, device, language, thumbnails or {}), theme)
        for number, text in enumerate(parts[:PARTS_MOST], start=1)
    ]
    if len(parts) == 1:
        return cards[0]
    if (left := len(parts) - PARTS_MOST) > 0:
        note = say(mark("{count} more parts are not shown here."), language, count=left)
        cards.append(f'<div class="smm-card-note">{escape(note)}</div>')
    return f'<div class="smm-card-thread">{"".join(cards)}</div>'


def _card(card: Card, theme: Theme) -> str:
    look = look_of(card.row.network.id)
    order = look.order
    if card.part > 1:
        order = tuple(section for section in order if section in ("head", "text"))
    # A content warning hides text and pictures; a thread repeats it with every part.
    warning = next((f.text for f in card.row.fields if f.field == "content_warning"), "").strip()
    hidden: tuple[Section, ...] = ("title", "text", "media", "link") if warning else ()
    seen = "".join(_SECTIONS[section](card) for section in order if section not in hidden)
    if warning:
        inside = "".join(_SECTIONS[section](card) for section in order if section in hidden)
        seen += _folded(warning, inside, card.language)
    classes = ["smm-card", f"smm-network-{class_name(card.row.network.id)}", f"smm-on-{card.device}"]
    classes += [f"smm-card-{look.avatar}"] + ([f"smm-theme-{theme}"] if theme != "auto" else [])
    return f'<article class="{" ".join(classes)}">{seen}</article>'


def _folded(warning: str, inside: str, language: Language) -> str:
    more = escape(say(mark("Show more"), language))
    summary = f'<summary>{line(warning)} <span class="smm-card-button">{more}</span></summary>'
    return f'<details class="smm-card-warning">{summary}{inside}</details>'


def _head(card: Card) -> str:
    row, language = card.row, card.language
    about = [row.network.name, say(FORMAT_NAMES[row.version.format], language)]
    if row.version.planned_at:
        about.append(moment(row.version.planned_at.astimezone(ZoneInfo(row.account.time_zone)), language))
    if len(row.parts) > 1:
        about.append(f"{card.part}/{len(row.parts)}")
    letter = (row.account.brand or row.account.handle).strip("@ ")[:1].upper()
    return (
        '<header class="smm-card-head">'
        f'<span class="smm-card-avatar" aria-hidden="true">{visible(letter)}</span>'
        f'<span class="smm-card-who"><b>{line(row.account.brand or row.account.handle)}</b>'
        f'<span class="smm-card-sub">{line(row.account.handle)} · {line(" · ".join(about))}</span>'
        "</span></header>"
    )


def _text(card: Card) -> str:
    row, language = card.row, card.language
    marked = mark_up(card.text[:SHOWN_MOST], row.network, format=row.version.format, device=card.device)
    seen, rest = _pieces(marked)
    if rest:
        seen += f'<span class="smm-card-more">{escape(say(mark("… more"), language))}</span>'
        rest = f'<span class="smm-card-folded">{rest}</span>'
    if (left := len(card.text) - SHOWN_MOST) > 0:
        note = say(mark("{count} more characters are not shown here."), language, count=left)
        rest += f'<div class="smm-card-note">{escape(note)}</div>'
    return f'<div class="smm-card-text" dir="auto" lang="{row.account.language}">{seen}{rest}</div>'


def _pieces(marked: MarkedText) -> tuple[str, str]:
    """Markup of what is seen, and of what lies behind "more"."""
    seen = "".join(_piece(piece) for piece in marked.pieces if not piece.folded)
    return seen, "".join(_piece(piece) for piece in marked.pieces if piece.folded)


def _piece(piece: Piece) -> str:
    shown = visible(piece.text)
    return shown if piece.kind == "plain" else f'<span class="smm-card-{piece.kind}">{shown}</span>'


def _media(card: Card) -> str:
    row = card.row
    visual = look_of(row.network.id).order
    needed = visual.index("media") < visual.index("text")
    strip = row.version.format == "carousel"
    shown = pictures.media(row.version.media, card.thumbnails, card.language, strip=strip)
    return shown or (pictures.none_yet(card.language) if needed else "")


def _link(card: Card) -> str:
    return pictures.link(card.row, card.thumbnails)


_SECTIONS: dict[Section, Callable[[Card], str]] = {
    "head": _head,
    "title": lambda card: pages.title(card.row),
    "teaser": lambda card: pages.teaser(card.row),
    "text": _text,
    "media": _media,
    "link": _link,
    "inbox": lambda card: pages.inbox(card.row, card.language),
    "search": lambda card: pages.search_result(card.row, card.language),
}
