"""How a post will look: its parts, where it folds, and a card in HTML. What was typed stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from smmlib.language import Language, mark, moment, say
from smmlib.networks import FORMAT_NAMES, Network

if TYPE_CHECKING:
    from smmlib.draft import Media
    from smmlib.drafting.survey import AccountSurvey

Device = Literal["mobile", "desktop"]
PieceKind = Literal["plain", "link", "hashtag", "mention", "cashtag"]

SHOWN_MOST = 20_000
"""Characters a card shows of a text; the rest is only counted."""

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_MEDIA = {"image": "▧", "video": "▶", "gif": "GIF", "document": "▤"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one kind.

    Attributes:
        kind: "plain" or what the network makes of it.
        start: Index of its first character in the text.
        end: Index behind its last.
        text: The stretch itself.
        folded: Whether it lies behind "more".
    """

    kind: PieceKind
    start: int
    end: int
    text: str
    folded: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in pieces, in order, without gaps; joined they are the text.

    Attributes:
        pieces: The pieces; one that crosses the fold is split there.
        fold_at: Index of the fold, or None if all of the text is seen.
    """

    pieces: tuple[Piece, ...]
    fold_at: int | None


def mark_up(text: str, network: Network, *, format: str = "post", device: Device = "mobile") -> MarkedText:
    """Take a text apart into what is plain and what a reader can click, at the fold too."""
    fold = network.fold_at(text, format, device)
    spans: list[tuple[int, int, PieceKind]] = [(e.start, e.end, e.kind) for e in network.entities(text)]
    kinds = {start: (end, kind) for start, end, kind in spans}
    edges = {0, len(text), *(edge for start, end, _ in spans for edge in (start, end))}
    if fold is not None:
        edges.add(fold)
    pieces, until, current = [], 0, "plain"
    for start, end in pairwise(sorted(edges)):
        if start in kinds:
            until, current = kinds[start]
        kind: PieceKind = current if start < until else "plain"  # type: ignore[assignment]
        pieces.append(Piece(kind, start, end, text[start:end], fold is not None and start >= fold))
    return MarkedText(tuple(pieces), fold)


def preview_html(row: AccountSurvey, *, device: Device = "mobile", language: Language = "en") -> str:
    """A card as the account's followers would see the post; everything typed is escaped.

    Classes: smm-card, -head, -avatar, -who, -sub, -text, -link, -hashtag, -mention, -cashtag, -more,
    -folded, -odd, -note, -site, -media, -medium (each with the prefix smm-card).

    Args:
        row: The draft for one account, a row of `survey`.
        device: Where it is looked at; decides on the fold.
        language: Language of the card's own words.
    """
    marked = mark_up(row.text[:SHOWN_MOST], row.network, format=row.version.format, device=device)
    parts = [_head(row, language), _body(marked, row, language)]
    if row.link:
        parts.append(f'<div class="smm-card-site">{_visible(row.link)}</div>')
    if row.version.media:
        media = "".join(_medium(item, language) for item in row.version.media)
        parts.append(f'<ul class="smm-card-media">{media}</ul>')
    network = escape(row.network.id, quote=True)
    return f'<article class="smm-card smm-card-{network}">{"".join(parts)}</article>'


def _head(row: AccountSurvey, language: Language) -> str:
    about = [row.network.name, say(FORMAT_NAMES[row.version.format], language)]
    if row.version.planned_at:
        about.append(moment(row.version.planned_at.astimezone(ZoneInfo(row.account.time_zone)), language))
    letter = (row.account.brand or row.account.handle).strip("@ ")[:1].upper()
    return (
        '<header class="smm-card-head">'
        f'<span class="smm-card-avatar" aria-hidden="true">{_visible(letter)}</span>'
        f'<span class="smm-card-who"><b>{_visible(row.account.brand or row.account.handle)}</b>'
        f'<span class="smm-card-sub">{_visible(row.account.handle)} · {_visible(" · ".join(about))}</span>'
        "</span></header>"
    )


def _body(marked: MarkedText, row: AccountSurvey, language: Language) -> str:
    seen = "".join(_piece(piece) for piece in marked.pieces if not piece.folded)
    rest = "".join(_piece(piece) for piece in marked.pieces if piece.folded)
    if rest:
        seen += f'<span class="smm-card-more">{escape(say(mark("… more"), language))}</span>'
        rest = f'<span class="smm-card-folded">{rest}</span>'
    if (left := len(row.text) - SHOWN_MOST) > 0:
        note = say(mark("{count} more characters are not shown here."), language, count=left)
        rest += f'<div class="smm-card-note">{escape(note)}</div>'
    return f'<div class="smm-card-text" dir="auto" lang="{row.account.language}">{seen}{rest}</div>'


def _piece(piece: Piece) -> str:
    shown = _visible(piece.text)
    return shown if piece.kind == "plain" else f'<span class="smm-card-{piece.kind}">{shown}</span>'


def _medium(item: Media, language: Language) -> str:
    alt = item.alt_text.strip() or say(mark("No alternative text"), language)
    kind = "" if item.alt_text.strip() else " smm-card-note"
    return (
        f'<li class="smm-card-medium"><span aria-hidden="true">{_MEDIA[item.kind]}</span>'
        f'<b>{_visible(item.name)}</b><span class="smm-card-alt{kind}">{_visible(alt)}</span></li>'
    )


def _visible(text: str) -> str:
    """Escaped for HTML; characters that cannot be seen, or not be sent, are shown by their number."""
    return _INVISIBLE.sub(_odd, escape(text, quote=True))


def _odd(found: re.Match[str]) -> str:
    return f'<span class="smm-card-odd">U+{ord(found.group()):04X}</span>'
