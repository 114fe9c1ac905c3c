"""WebP without what it gives away: only chunks that make the picture are kept.

Chunks: RFC 9649.
"""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.media.cleaned import Cleaned, Findings
from smmlib.drafting.media.tiff import read_exif, write_exif
from smmlib.drafting.media.traces import BEHIND, CREDENTIALS, OTHER
from smmlib.drafting.media.xmp import write_xmp, xmp_rights, xmp_traces
from smmlib.errors import UnreadableFileError

_PICTURE = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def clean_webp(data: bytes, damaged: UnreadableFileError) -> Cleaned:
    """The same picture with its colour profile, orientation and author, and nothing else beside.

    Args:
        data: The file.
        damaged: Raised when it is cut off or no WebP inside.
    """
    findings, kept, end = Findings(), [], 12
    for kind, start, end in _chunks(data, damaged):
        body = data[start + 8 : end]
        if kind in _PICTURE:
            kept.append((kind, body))
        elif kind == b"EXIF":
            findings.exif(read_exif(body))
        elif kind == b"XMP ":
            findings.says(xmp_rights(body), xmp_traces(body))
        else:
            findings.found(CREDENTIALS if kind == b"C2PA" else OTHER)
    if data[end:].strip(b"\0"):
        findings.found(BEHIND)
    extended = bool(kept) and kept[0][0] == b"VP8X"
    exif = write_exif(findings.orientation, findings.rights) if extended else b""
    xmp = write_xmp(findings.rights) if extended else b""
    if extended:
        flags = kept[0][1][0] & ~(_EXIF_FLAG | _XMP_FLAG)
        flags |= (_EXIF_FLAG if exif else 0) | (_XMP_FLAG if xmp else 0)
        kept[0] = (b"VP8X", bytes([flags]) + kept[0][1][1:])
    added = [(kind, body) for kind, body in ((b"EXIF", exif), (b"XMP ", xmp)) if body]
    content = b"WEBP" + b"".join(_chunk(kind, body) for kind, body in [*kept, *added])
    return findings.cleaned(b"RIFF" + len(content).to_bytes(4, "little") + content)


def _chunks(data: bytes, damaged: UnreadableFileError) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end (without padding) of every chunk within the length the file states."""
    limit = 8 + int.from_bytes(data[4:8], "little")
    at = 12
    if limit > len(data) + 1:
        raise damaged
    while at + 8 <= min(limit, len(data)):
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if end > len(data):
            raise damaged
        yield data[at : at + 4], at, end
        at = end + (end - at) % 2


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
