"""GIF without what it gives away: pictures and their timing are kept, comments and XMP are not.

Blocks: CompuServe, Graphics Interchange Format 89a.
"""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.media.cleaned import Cleaned, Findings
from smmlib.drafting.media.traces import BEHIND, OTHER, WORDS
from smmlib.drafting.media.xmp import write_xmp, xmp_rights, xmp_traces
from smmlib.errors import UnreadableFileError

_XMP = b"XMP DataXMP"
_PLAYS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
_TRAILER = b"\x01" + bytes(range(255, -1, -1)) + b"\x00"


def clean_gif(data: bytes, damaged: UnreadableFileError) -> Cleaned:
    """The same pictures with their timing and author, and nothing else beside.

    Args:
        data: The file.
        damaged: Raised when it is cut off or no GIF inside.
    """
    findings, kept, end = Findings(), [], 0
    for kind, start, end in _blocks(data, damaged):
        block = data[start:end]
        if kind == "comment":
            findings.found(WORDS)
        elif kind == "application" and block[3:14] == _XMP:
            packet = block[14 : -len(_TRAILER)]
            findings.says(xmp_rights(packet), xmp_traces(packet))
        elif kind == "application" and block[3:14] not in _PLAYS:
            findings.found(OTHER)
        else:
            kept.append(block)
    if data[end:].strip(b"\0"):
        findings.found(BEHIND)
    xmp = write_xmp(findings.rights)
    if xmp:
        kept.insert(-1, b"\x21\xff\x0b" + _XMP + xmp + _TRAILER)
        kept[0] = b"GIF89a" + kept[0][6:]
    return findings.cleaned(b"".join(kept))


def _blocks(data: bytes, damaged: UnreadableFileError) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of every block, the last being the trailer."""
    if len(data) < 13:
        raise damaged
    at = 13 + _table(data[10])
    yield "head", 0, at
    while True:
        sign = data[at : at + 1]
        if sign == b"\x3b":
            yield "trailer", at, at + 1
            return
        if sign == b"\x21":
            kind = {0xFE: "comment", 0xFF: "application"}.get(data[at + 1] if at + 1 < len(data) else 0, "")
            end = _sub_blocks(data, at + 2, damaged)
        elif sign == b"\x2c" and at + 10 <= len(data):
            kind, end = "picture", _sub_blocks(data, at + 11 + _table(data[at + 9]), damaged)
        else:
            raise damaged
        yield kind, at, end
        at = end


def _table(flags: int) -> int:
    """Bytes of a colour table."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: bytes, at: int, damaged: UnreadableFileError) -> int:
    """Where a row of sub-blocks ends."""
    while True:
        if at >= len(data):
            raise damaged
        size = data[at]
        at += 1 + size
        if size == 0:
            return at
