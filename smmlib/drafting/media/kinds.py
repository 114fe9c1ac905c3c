"""What a file is, told from its first bytes and never from its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smmlib.draft import MediaKind
from smmlib.errors import UnreadableFileError
from smmlib.language import mark

_MOVIE_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip")
_STILL_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|!--|svg|html|script)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file the workspace keeps.

    Attributes:
        mime: Media type.
        kind: What a post calls it.
        endings: Endings of its names; the first is given to the kept file.
        most_bytes: A file that is larger is refused.
    """

    mime: str
    kind: MediaKind
    endings: tuple[str, ...]
    most_bytes: int = 100 * 1024**2


JPEG = FileKind("image/jpeg", "image", ("jpg", "jpeg", "jpe", "jfif"))
PNG = FileKind("image/png", "image", ("png", "apng"))
WEBP = FileKind("image/webp", "image", ("webp",))
GIF = FileKind("image/gif", "gif", ("gif",))
MP4 = FileKind("video/mp4", "video", ("mp4", "m4v"), 512 * 1024**2)
MOV = FileKind("video/quicktime", "video", ("mov", "qt"), 512 * 1024**2)
PDF = FileKind("application/pdf", "document", ("pdf",))

KINDS = (JPEG, PNG, WEBP, GIF, MP4, MOV, PDF)
MOST_BYTES = max(kind.most_bytes for kind in KINDS)
"""A file that is larger than this need not be opened."""


def kept_name(id: str, mime: str) -> str:
    """What a kept file is called: its hash, and the ending of its media type."""
    return f"{id}.{next((kind.endings[0] for kind in KINDS if kind.mime == mime), mime.rpartition('/')[2])}"


def kind_of(data: bytes, name: str) -> FileKind:
    """The kind of a file.

    Args:
        data: Its content.
        name: What messages call it.

    Raises:
        UnreadableFileError: It is empty, too large, or of a kind that is not kept.
    """
    if not data:
        raise UnreadableFileError(mark("{name} is empty (0 bytes); choose the file again."), name=name)
    found = _told(data)
    if found is None:
        raise UnreadableFileError(_refusal(data), name=name)
    if len(data) > found.most_bytes:
        raise too_large(name, len(data), found.most_bytes)
    return found


def too_large(name: str, size: int, most: int) -> UnreadableFileError:
    """The error for a file that is larger than what is kept."""
    return UnreadableFileError(
        mark("{name} has {size} MB; up to {most} MB are kept. Save it smaller, then add it again."),
        name=name,
        size=-(-size // 1024**2),
        most=most // 1024**2,
    )


def _told(data: bytes) -> FileKind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if data.startswith(b"%PDF-"):
        return PDF
    return _film(data)


def _film(data: bytes) -> FileKind | None:
    if data[4:8] in _MOVIE_BOXES:
        return MOV
    if data[4:8] != b"ftyp" or data[8:12] in _STILL_BRANDS:
        return None
    return MOV if data[8:12] == b"qt  " else MP4


def _refusal(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return mark(
            "{name} is a HEIC or AVIF picture, which few networks take; save it as JPEG, then add it again."
        )
    if _MARKUP.match(data):
        return mark(
            "{name} is an SVG or a web page, which can hold scripts; save the picture as PNG, then add that."
        )
    return mark(
        "{name} is none of the kinds that are kept: JPEG, PNG, WebP, GIF, MP4, MOV, PDF. "
        "Save it as one of them, then add it again."
    )
