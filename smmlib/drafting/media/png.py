"""PNG without what it gives away: only chunks that make the picture are kept.

Chunks: W3C, Portable Network Graphics (Third Edition).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from smmlib.drafting.media.cleaned import Cleaned, Findings
from smmlib.drafting.media.iptc import iptc_rights, iptc_traces
from smmlib.drafting.media.tiff import Exif, read_exif, write_exif
from smmlib.drafting.media.traces import BEHIND, CREDENTIALS, OTHER, PROGRAM, TAKEN, WORDS, Rights
from smmlib.drafting.media.xmp import write_xmp, xmp_rights, xmp_traces
from smmlib.errors import UnreadableFileError

_HEAD = b"\x89PNG\r\n\x1a\n"
_PICTURE = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD"}
_PICTURE |= {b"pHYs", b"hIST", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"}
_XMP = b"XML:com.adobe.xmp"
_MOST_TEXT = 4 * 1024**2


def clean_png(data: bytes, damaged: UnreadableFileError) -> Cleaned:
    """The same picture with its colour profile, orientation and author, and nothing else beside.

    Args:
        data: The file.
        damaged: Raised when it is cut off or no PNG inside.
    """
    findings, kept, end = Findings(), [], len(_HEAD)
    for kind, start, end in _chunks(data, damaged):
        if kind in _PICTURE:
            kept.append(data[start:end])
        else:
            _note(findings, kind, data[start + 8 : end - 4])
    if data[end:].strip(b"\0"):
        findings.found(BEHIND)
    exif, xmp = write_exif(findings.orientation, findings.rights), write_xmp(findings.rights)
    added = [_chunk(b"eXIf", exif)] if exif else []
    added += [_chunk(b"iTXt", _XMP + b"\0\0\0\0\0" + xmp)] if xmp else []
    return findings.cleaned(b"".join([_HEAD, *kept[:1], *added, *kept[1:]]))


def _chunks(data: bytes, damaged: UnreadableFileError) -> Iterator[tuple[bytes, int, int]]:
    at, kind = len(_HEAD), b""
    while kind != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if len(kind) < 4 or end > len(data):
            raise damaged
        yield kind, at, end
        at = end


def _note(findings: Findings, kind: bytes, body: bytes) -> None:
    if kind == b"eXIf":
        findings.exif(read_exif(body))
    elif kind in (b"tEXt", b"zTXt", b"iTXt"):
        _note_text(findings, kind, body)
    else:
        findings.found({b"tIME": TAKEN, b"caBX": CREDENTIALS}.get(kind, OTHER))


def _note_text(findings: Findings, kind: bytes, body: bytes) -> None:
    key, text = _text(kind, body)
    if key == _XMP:
        findings.says(xmp_rights(text), xmp_traces(text))
    elif key.startswith(b"Raw profile type"):
        raw = _raw_profile(text)
        if key.endswith((b"iptc", b"8bim")):
            findings.says(iptc_rights(raw), iptc_traces(raw))
        elif key.endswith((b"exif", b"APP1")):
            findings.exif(read_exif(raw))
        else:
            findings.found(OTHER)
    elif key == b"Author":
        findings.exif(Exif(rights=Rights(creator=_plain(text))))
    elif key == b"Copyright":
        findings.exif(Exif(rights=Rights(copyright=_plain(text))))
    else:
        findings.found(PROGRAM if key == b"Software" else TAKEN if key == b"Creation Time" else WORDS)


def _text(kind: bytes, body: bytes) -> tuple[bytes, bytes]:
    key, _, rest = body.partition(b"\0")
    if kind == b"tEXt":
        return key, rest
    if kind == b"zTXt":
        return key, _inflate(rest[1:])
    packed, rest = rest[:1] == b"\1", rest[2:]
    text = rest.partition(b"\0")[2].partition(b"\0")[2]
    return key, _inflate(text) if packed else text


def _inflate(packed: bytes) -> bytes:
    """What is packed, as far as it is reasonably short."""
    try:
        return zlib.decompressobj().decompress(packed, _MOST_TEXT)
    except zlib.error:
        return b""


def _raw_profile(text: bytes) -> bytes:
    """ImageMagick's way to keep a profile: name, length, hexadecimal digits."""
    found = re.fullmatch(rb"\s*\w+\s+\d+\s+([0-9a-fA-F\s]*)", text)
    return bytes.fromhex(re.sub(rb"\s", b"", found[1]).decode()[: _MOST_TEXT & ~1]) if found else b""


def _plain(text: bytes) -> str:
    try:
        return text.decode("utf-8").strip()
    except UnicodeDecodeError:
        return text.decode("latin-1").strip()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
