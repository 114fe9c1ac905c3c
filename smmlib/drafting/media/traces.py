"""What a file may say beside its picture: what is taken out and what stays, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smmlib.asset import AiOrigin
from smmlib.language import mark

PLACE = mark("GPS position")
DEVICE = mark("camera, phone or lens")
SERIAL = mark("serial number")
TAKEN = mark("time it was taken")
PREVIEW = mark("embedded preview picture")
PROGRAM = mark("program and editing history")
CREDENTIALS = mark("content credentials (C2PA)")
WORDS = mark("titles, descriptions and comments")
BEHIND = mark("data behind the picture")
OTHER = mark("other hidden data")

NAMES = (PLACE, DEVICE, SERIAL, TAKEN, PREVIEW, PROGRAM, CREDENTIALS, WORDS, BEHIND, OTHER)
"""Everything that may be taken out, the most telling first."""

WRONG_ENDING = mark("The name had the ending of another kind of file; it was corrected.")
POSITIONS_LEFT = mark(
    "The film has a track that may hold positions, which cannot be taken out without making the film anew. "
    "Export it again without location data before it is published."
)
NOT_OPENED = mark(
    "The document is locked or packed, so positions and devices in it could not be looked for. "
    "Export it again without protection if that matters."
)
DOCUMENT_WORDS = mark(
    "Only pictures and their data were cleaned in the document; author and program named in it stay."
)


@dataclass(frozen=True, slots=True)
class Rights:
    """Whose a file is, as it says itself.

    Attributes:
        creator: IPTC creator (by-line); several are joined by "; ".
        copyright: IPTC copyright notice.
        credit: IPTC credit line.
        ai_origin: What its IPTC digital source type says about AI.
    """

    creator: str = ""
    copyright: str = ""
    credit: str = ""
    ai_origin: AiOrigin = "none"

    def __bool__(self) -> bool:
        return bool(self.creator or self.copyright or self.credit or self.ai_origin != "none")

    def over(self, other: Rights) -> Rights:
        """These, with what they do not say taken from `other`."""
        return Rights(
            self.creator or other.creator,
            self.copyright or other.copyright,
            self.credit or other.credit,
            self.ai_origin if self.ai_origin != "none" else other.ai_origin,
        )


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each of `NAMES` that occurs, once, in their order."""
    found = set(names)
    return tuple(name for name in NAMES if name in found)
