"""MP4 and MOV without what they give away: boxes with such data become empty ones of the same length.

Nothing moves, so no table of positions in the film has to change and picture and sound stay as they are.
Boxes: ISO/IEC 14496-12; Apple, QuickTime File Format ("User data atoms", "Metadata").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smmlib.drafting.media.cleaned import Cleaned, Findings
from smmlib.drafting.media.traces import (
    BEHIND,
    DEVICE,
    OTHER,
    PLACE,
    POSITIONS_LEFT,
    PROGRAM,
    SERIAL,
    WORDS,
    Rights,
)
from smmlib.drafting.media.xmp import write_xmp, xmp_rights, xmp_traces
from smmlib.errors import UnreadableFileError

_HOLDS_BOXES = {b"moov", b"trak", b"udta", b"mdia", b"minf", b"stbl"}
_PLAYS = {b"tsel", b"kind", b"chpl", b"hnti", b"hinf", b"ludt", b"LOOP", b"SelO", b"AllF", b"WLOC"}
_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_SPHERE_ID = bytes.fromhex("ffcc8263f8554a938814587a02521fdd")
_POSITION_TRACKS = {b"mebx", b"gpmd", b"camm", b"djmd", b"dbgi", b"rtmd"}
_MEANS = {
    b"\xa9xyz": PLACE,
    b"loci": PLACE,
    b"\xa9mak": DEVICE,
    b"\xa9mod": DEVICE,
    b"manu": DEVICE,
    b"modl": DEVICE,
    b"CAME": SERIAL,
    b"slno": SERIAL,
    b"\xa9swr": PROGRAM,
    b"\xa9too": PROGRAM,
    b"\xa9nam": WORDS,
    b"\xa9cmt": WORDS,
    b"\xa9des": WORDS,
}
_KEYS = (
    (PLACE, re.compile(rb"location|\xa9xyz|GPS", re.IGNORECASE)),
    (
        DEVICE,
        re.compile(rb"quicktime\.(?:make|model|camera)|android\.(?:model|manu)|\xa9ma"),
    ),
    (PROGRAM, re.compile(rb"quicktime\.software|com\.android\.version|\xa9too")),
)
_AUTHOR = (b"\xa9aut", b"\xa9ART", b"\xa9prd", b"auth")
_NOTICE = (b"\xa9cpy", b"cprt")


def clean_film(data: bytes, damaged: UnreadableFileError) -> Cleaned:
    """The same film, bit for bit in picture and sound, with its author and nothing else beside.

    A track of positions (as action cameras and telephones write it) is not taken out; a remark says so.

    Args:
        data: The file.
        damaged: Raised when it is cut off or no film inside.
    """
    findings, clean, open_ended = Findings(), bytearray(data), False
    kinds, kept = set(), {b""}
    for path, start, head, end in _boxes(data, 0, len(data), (), damaged):
        kind = path[-1]
        kinds.add(path[0])
        open_ended |= len(path) == 1 and data[start : start + 4] == b"\0\0\0\0"
        if kind == b"stsd":
            _look_at_track(findings, data[start + head : end])
        elif kind == b"uuid" and _is_ours(data[start + head : end]):
            kept.add(data[start + head + 16 : end])
            findings.says(xmp_rights(data[start + head + 16 : end]), ())
        elif _gives_away(path, data[start + head : end]):
            _note(findings, kind, data[start + head : end])
            clean[start + 4 : start + 8] = b"free"
            clean[start + head : end] = bytes(end - start - head)
    if b"moov" not in kinds:
        raise damaged
    xmp = write_xmp(findings.rights)
    if xmp not in kept and not open_ended:
        clean += (len(xmp) + 24).to_bytes(4, "big") + b"uuid" + _XMP_ID + xmp
    return findings.cleaned(bytes(clean))


def _boxes(
    data: bytes, at: int, limit: int, within: tuple[bytes, ...], damaged: UnreadableFileError
) -> Iterator[tuple[tuple[bytes, ...], int, int, int]]:
    """Path, start, length of its head and end of every box, those inside included."""
    while at + 8 <= limit:
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = limit - at
            if within and data[at : at + 8] == b"\0" * 8:
                return  # QuickTime ends user data with four zeros.
        if size < head or at + size > limit:
            raise damaged
        path = (*within, data[at + 4 : at + 8])
        yield path, at, head, at + size
        if path[-1] in _HOLDS_BOXES and len(path) < 8:
            yield from _boxes(data, at + head, at + size, path, damaged)
        at += size


def _gives_away(path: tuple[bytes, ...], body: bytes) -> bool:
    """Whether a box says something beside the film: user data, metadata, private boxes."""
    kind = path[-1]
    if b"udta" in path[:-1]:
        return kind not in _PLAYS and bool(body.strip(b"\0"))
    if kind == b"meta":
        return bool(body.strip(b"\0"))
    if kind == b"uuid" and len(path) <= 3:
        return body[:16] != _SPHERE_ID
    return len(path) == 1 and kind in (b"free", b"skip", b"wide") and bool(body.strip(b"\0"))


def _is_ours(body: bytes) -> bool:
    """Whether a box is one that a film cleaned before was given."""
    return body.startswith(_XMP_ID) and body[16:] == write_xmp(xmp_rights(body[16:]))


def _note(findings: Findings, kind: bytes, body: bytes) -> None:
    if kind == b"uuid" and body.startswith(_XMP_ID):
        findings.says(xmp_rights(body[16:]), xmp_traces(body[16:]))
    elif kind == b"XMP_":
        findings.says(xmp_rights(body), xmp_traces(body))
    elif kind in _AUTHOR:
        findings.says(Rights(creator=_text(body)), ())
    elif kind in _NOTICE:
        findings.says(Rights(copyright=_text(body)), ())
    elif kind == b"meta":
        findings.says(_rights_in_items(body), ())
        findings.found(*([name for name, sign in _KEYS if sign.search(body)] or [OTHER]))
    else:
        findings.found(_MEANS.get(kind, BEHIND if kind in (b"free", b"skip", b"wide") else OTHER))


def _look_at_track(findings: Findings, body: bytes) -> None:
    """Tell when a track holds timed data of a camera: positions, in all likelihood."""
    if body[12:16] in _POSITION_TRACKS:
        findings.remark(POSITIONS_LEFT)


def _rights_in_items(body: bytes) -> Rights:
    """Author and copyright from a list of items as music and video players write it."""

    def item(*kinds: bytes) -> str:
        for kind in kinds:
            found = re.search(re.escape(kind) + rb"(.{4})data\0\0\0\1.{4}", body, re.DOTALL)
            if found:
                size = int.from_bytes(found[1], "big") - 16
                return body[found.end() : found.end() + max(size, 0)].decode("utf-8", "replace").strip()
        return ""

    return Rights(creator=item(b"\xa9aut", b"\xa9ART"), copyright=item(b"\xa9cpy", b"cprt"))


def _text(body: bytes) -> str:
    """The text of a user data box: Apple's form with length and language, or 3GPP's with flags."""
    if body[:4] == b"\0\0\0\0":
        text = body[6:]
    else:
        size = int.from_bytes(body[:2], "big")
        text = body[4 : 4 + size] if size <= len(body) - 4 else body
    return text.rstrip(b"\0").decode("utf-8", "replace").strip()
