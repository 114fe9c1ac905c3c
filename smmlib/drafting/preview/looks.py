"""How the card of each network is laid out, and the style sheet of the cards."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from smmlib.record import Record

Section = Literal["head", "title", "teaser", "text", "media", "link", "inbox", "search"]

_FOLDER = Path(__file__).parent


class Look(Record):
    """The layout of a network's card.

    Attributes:
        order: Its sections from top to bottom.
        avatar: Shape of the picture beside the name.
        colour: The strip that tells cards apart, "#rrggbb".
    """

    order: tuple[Section, ...]
    avatar: Literal["round", "square"]
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")


def look_of(network: str) -> Look:
    """The look of a network's card by the network's id; one that is not listed looks as most do."""
    looks = _looks()
    return looks.get(network, looks["default"])


@cache
def preview_style() -> str:
    """The style sheet of the cards, complete in itself: for a page that shows them.

    Its colours are custom properties (--smm-paper, --smm-ink, …), which a page may set to its own.
    """
    sheet = (_FOLDER / "cards.css").read_text(encoding="utf-8")
    strips = [f".smm-network-{id_} {{ --smm-strip: {look.colour}; }}" for id_, look in _looks().items()]
    return "\n".join((sheet, *strips))


@cache
def _looks() -> dict[str, Look]:
    written = tomllib.loads((_FOLDER / "looks.toml").read_text(encoding="utf-8"))
    return {id_: Look(**{**written["default"], **own}) for id_, own in written.items()}
