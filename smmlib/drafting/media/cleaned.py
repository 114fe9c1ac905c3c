"""A file after cleaning, and what was found while it was cleaned."""

from __future__ import annotations

from dataclasses import dataclass, field

from smmlib.drafting.media.tiff import Exif
from smmlib.drafting.media.traces import Rights, in_order

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file without what it gave away.

    Attributes:
        data: The cleaned file; picture and sound are those of the original, bit for bit.
        rights: Whose it is, as the original said; in the cleaned file too where its kind can hold it.
        removed: What was taken out, words of `traces.NAMES`.
        remarks: What could not be taken out, sentences marked for the catalogue.
        orientation: How the picture is turned when shown, 1 to 8.
    """

    data: bytes
    rights: Rights = field(default_factory=Rights)
    removed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    orientation: int = 1


class Findings:
    """Collects what a file says while it is walked through."""

    def __init__(self) -> None:
        self.orientation = 1
        self._rights = Rights()
        self._exif_rights = Rights()
        self._removed: list[str] = []
        self._remarks: list[str] = []

    @property
    def rights(self) -> Rights:
        """Whose it is; what IPTC and XMP say goes before EXIF."""
        told = self._rights.over(self._exif_rights)
        shorter = {name: getattr(told, name)[:_LONGEST] for name in ("creator", "copyright", "credit")}
        return Rights(**shorter, ai_origin=told.ai_origin)

    def found(self, *names: str) -> None:
        """Something that is taken out."""
        self._removed += names

    def remark(self, sentence: str) -> None:
        """Something that has to be said."""
        if sentence not in self._remarks:
            self._remarks.append(sentence)

    def says(self, rights: Rights, traces: tuple[str, ...]) -> None:
        """A record of author and traces, as XMP or IPTC."""
        self._rights = self._rights.over(rights)
        self._removed += traces

    def exif(self, exif: Exif) -> None:
        """An EXIF block."""
        self.orientation = exif.orientation if exif.orientation != 1 else self.orientation
        self._exif_rights = self._exif_rights.over(exif.rights)
        self._removed += exif.traces

    def cleaned(self, data: bytes) -> Cleaned:
        """The result, with the cleaned file."""
        return Cleaned(data, self.rights, in_order(self._removed), tuple(self._remarks), self.orientation)
