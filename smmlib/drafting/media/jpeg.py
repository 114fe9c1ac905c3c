"""JPEG without what it gives away: segments are left out, the picture's own are copied byte by byte.

Markers: ITU-T T.81, annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smmlib.drafting.media.cleaned import Cleaned, Findings
from smmlib.drafting.media.iptc import PHOTOSHOP, iptc_rights, iptc_traces, write_iptc
from smmlib.drafting.media.tiff import read_exif, write_exif
from smmlib.drafting.media.traces import BEHIND, CREDENTIALS, OTHER, WORDS
from smmlib.drafting.media.xmp import write_xmp, xmp_rights, xmp_traces
from smmlib.errors import UnreadableFileError

_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_ALONE = {0x01, *range(0xD0, 0xD9)}
_APPS = range(0xE0, 0xF0)


def clean_jpeg(data: bytes, damaged: UnreadableFileError) -> Cleaned:
    """The same picture with its colour profile, orientation and author, and nothing else beside.

    Args:
        data: The file.
        damaged: Raised when it is cut off or no JPEG inside.
    """
    findings, kept, end = Findings(), [], 0
    for marker, start, end in _segments(data, damaged):
        segment = data[start:end]
        if (marker not in _APPS and marker != 0xFE) or _is_needed(marker, segment[4:]):
            kept.append(segment)
        else:
            _note(findings, marker, segment[4:])
    if data[end:].strip(b"\0\xff \r\n"):
        findings.found(BEHIND)
    rights = findings.rights
    added = [
        (0xE1, b"Exif\0\0", write_exif(findings.orientation, rights)),
        (0xE1, _XMP, write_xmp(rights)),
        (0xED, b"", write_iptc(rights)),
    ]
    written = [_segment(marker, head + body) for marker, head, body in added if body]
    jfif = 1 if len(kept) > 1 and kept[1][1] == 0xE0 else 0
    clean = b"".join([*kept[: 1 + jfif], *written, *kept[1 + jfif :]])
    return findings.cleaned(clean)


def _segments(data: bytes, damaged: UnreadableFileError) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of every segment up to the end of the picture; scans go with their marker."""
    at = 0
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise damaged
        marker = data[at + 1]
        if marker in _ALONE or marker == 0xD9:
            yield marker, at, at + 2
            at += 2
            if marker == 0xD9:
                return
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise damaged
        if marker == 0xDA:
            following = _NEXT.search(data, end)
            if following is None:
                raise damaged
            end = following.start()
        yield marker, at, end
        at = end


def _is_needed(marker: int, body: bytes) -> bool:
    """Whether a segment says how the picture is to be shown: JFIF, colour profile, Adobe's colour code."""
    return (
        (marker == 0xE0 and body.startswith((b"JFIF\0",)))
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and body.startswith(b"Adobe"))
    )


def _note(findings: Findings, marker: int, body: bytes) -> None:
    if marker == 0xFE:
        findings.found(WORDS)
    elif body.startswith(b"Exif\0"):
        findings.exif(read_exif(body))
    elif body.startswith(_XMP):
        findings.says(xmp_rights(body), xmp_traces(body))
    elif body.startswith(_MORE_XMP):
        findings.found(*xmp_traces(body))
    elif body.startswith(PHOTOSHOP):
        findings.says(iptc_rights(body), iptc_traces(body))
    else:
        findings.found(CREDENTIALS if marker == 0xEB else BEHIND if body.startswith(b"MPF\0") else OTHER)


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
