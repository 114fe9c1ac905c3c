"""EXIF: read for what it gives away, written anew with nothing but orientation and author.

EXIF is a TIFF structure. Tag numbers: CIPA DC-008 (Exif 2.32), TIFF 6.0.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from smmlib.drafting.media.traces import (
    DEVICE,
    OTHER,
    PLACE,
    PREVIEW,
    PROGRAM,
    SERIAL,
    TAKEN,
    WORDS,
    Rights,
)

_ORIENTATION, _ARTIST, _COPYRIGHT, _EXIF, _GPS = 0x0112, 0x013B, 0x8298, 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_MOST_ENTRIES = 2000
_MEANS = {
    0x010F: DEVICE,
    0x0110: DEVICE,
    0x013C: DEVICE,
    0x9A00: DEVICE,
    0x927C: DEVICE,
    0xA432: DEVICE,
    0xA433: DEVICE,
    0xA434: DEVICE,
    0xA431: SERIAL,
    0xA435: SERIAL,
    0xA420: SERIAL,
    0xC62F: SERIAL,
    0x0132: TAKEN,
    0x9003: TAKEN,
    0x9004: TAKEN,
    0x0131: PROGRAM,
    0x010E: WORDS,
    0x9286: WORDS,
    0x9C9B: WORDS,
    0x9C9C: WORDS,
    0x9C9D: WORDS,
    0x9C9E: WORDS,
    0x9C9F: WORDS,
    0xA430: WORDS,
    _GPS: PLACE,
    0x0201: PREVIEW,
}
# How the pixels are stored and turned: of no interest to anybody.
_PLAIN = {_ORIENTATION, _ARTIST, _COPYRIGHT, _EXIF, 0x011A, 0x011B, 0x0128, 0x0213, 0x9000, 0x9101, 0xA000}
_PLAIN |= {0xA001, 0xA002, 0xA003, 0xA005, 0x0100, 0x0101, 0x0202, 0x0103}


@dataclass(frozen=True, slots=True)
class Exif:
    """What EXIF says.

    Attributes:
        orientation: 1 to 8: how the picture is to be turned; 1 as it is.
        rights: Artist and copyright.
        traces: What else is in it, words of `traces.NAMES`.
    """

    orientation: int = 1
    rights: Rights = field(default_factory=Rights)
    traces: tuple[str, ...] = ()


def read_exif(block: bytes) -> Exif:
    """Read a TIFF block; one that is damaged says as much as it can."""
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return Exif(traces=(OTHER,) if block.strip(b"\0") else ())
    values: dict[int, bytes] = {}
    traces: set[str] = set()
    for tag, value in _entries(block, order):
        values.setdefault(tag, value)
        if tag not in _PLAIN:
            traces.add(_MEANS.get(tag, OTHER))
    turned = values.get(_ORIENTATION, b"")[:2]
    orientation = struct.unpack(f"{order}H", turned)[0] if len(turned) == 2 else 1
    rights = Rights(creator=_text(values.get(_ARTIST)), copyright=_text(values.get(_COPYRIGHT)))
    return Exif(orientation if 1 <= orientation <= 8 else 1, rights, tuple(traces))


def write_exif(orientation: int, rights: Rights) -> bytes:
    """A TIFF block with the orientation, and artist and copyright if they are known; b"" if there is nothing.

    Args:
        orientation: 1 to 8.
        rights: Creator and copyright are written, as UTF-8.
    """
    entries = [(_ORIENTATION, 3, struct.pack("<HH", orientation, 0))] if orientation != 1 else []
    for tag, text in ((_ARTIST, rights.creator), (_COPYRIGHT, rights.copyright)):
        if text:
            entries.append((tag, 2, text.encode("utf-8", "replace") + b"\0"))
    if not entries:
        return b""
    heap_at = 8 + 2 + 12 * len(entries) + 4
    heap, lines = b"", b""
    for tag, kind, value in entries:
        count = 1 if kind == 3 else len(value)
        if len(value) > 4:
            place = struct.pack("<I", heap_at + len(heap))
            heap += value + b"\0" * (len(value) % 2)
        else:
            place = value.ljust(4, b"\0")
        lines += struct.pack("<HHI", tag, kind, count) + place
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + lines + b"\0\0\0\0" + heap


def _entries(block: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    """Tag and raw value of every entry of every directory, each directory once."""
    waiting, seen, count = [_number(block, 4, order)], set(), 0
    while waiting:
        at = waiting.pop()
        if at in seen or not 8 <= at <= len(block) - 2:
            continue
        seen.add(at)
        lines = struct.unpack_from(f"{order}H", block, at)[0]
        for place in range(at + 2, min(at + 2 + 12 * lines, len(block) - 11), 12):
            tag, kind, number = struct.unpack_from(f"{order}HHI", block, place)
            value = _value(block, place + 8, _SIZES.get(kind, 1) * number, order)
            if tag in (_EXIF, _GPS):
                waiting.append(_number(value, 0, order))
            if tag != _GPS or _has_position(block, _number(value, 0, order), order):
                yield tag, value
            count += 1
        waiting.append(_number(block, at + 2 + 12 * lines, order))
        if count > _MOST_ENTRIES:
            return


def _has_position(block: bytes, at: int, order: str) -> bool:
    """Whether a GPS directory says more than its version."""
    if not 8 <= at <= len(block) - 2:
        return False
    return bool(struct.unpack_from(f"{order}H", block, at)[0] > 1)


def _value(block: bytes, place: int, size: int, order: str) -> bytes:
    at = place if size <= 4 else _number(block, place, order)
    return block[at : at + size]


def _number(block: bytes, at: int, order: str) -> int:
    return int(struct.unpack_from(f"{order}I", block, at)[0]) if 0 <= at <= len(block) - 4 else 0


def _text(value: bytes | None) -> str:
    if not value:
        return ""
    plain = value.split(b"\0")[0].strip()
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", "replace")
