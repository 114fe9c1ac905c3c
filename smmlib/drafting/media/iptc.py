"""IPTC-IIM: the older record of author and credit, within Photoshop's image resources.

Data sets: IPTC Information Interchange Model 4.2, record 2; resources: Adobe Photoshop File Formats.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from smmlib.drafting.media.traces import OTHER, PLACE, PREVIEW, PROGRAM, TAKEN, WORDS, Rights

PHOTOSHOP = b"Photoshop 3.0\0"
_IIM, _THUMBNAIL = 0x0404, 0x040C
_CREATOR, _COPYRIGHT, _CREDIT = 80, 116, 110
_UTF8 = b"\x1b%G"
_PLACES = {26, 27, 90, 92, 95, 100, 101}
_WORDS = {5, 15, 20, 25, 40, 105, 120, 122}
_TIMES = {55, 60, 62, 63}
_PROGRAMS = {65, 70}
_MEANS = (
    {number: PLACE for number in _PLACES}
    | {number: WORDS for number in _WORDS}
    | {number: TAKEN for number in _TIMES}
    | {number: PROGRAM for number in _PROGRAMS}
)


def iptc_rights(resources: bytes) -> Rights:
    """Creator, copyright and credit in Photoshop's image resources."""
    said: dict[int, list[str]] = {}
    for number, text in _data_sets(resources):
        said.setdefault(number, []).append(text)
    return Rights(
        creator="; ".join(said.get(_CREATOR, [])),
        copyright=next(iter(said.get(_COPYRIGHT, [])), ""),
        credit=next(iter(said.get(_CREDIT, [])), ""),
    )


def iptc_traces(resources: bytes) -> tuple[str, ...]:
    """What the resources say beside the author, words of `traces.NAMES`."""
    found = {_MEANS.get(number, OTHER) for number, _ in _data_sets(resources)}
    author = any(number in (_CREATOR, _COPYRIGHT, _CREDIT) for number, _ in _data_sets(resources))
    if any(kind == _THUMBNAIL for kind, _ in _resources(resources)):
        found.add(PREVIEW)
    if author and not any(n not in (0, _CREATOR, _COPYRIGHT, _CREDIT) for n, _ in _data_sets(resources)):
        found.discard(OTHER)
    return tuple(found) or (() if author else (OTHER,))


def write_iptc(rights: Rights) -> bytes:
    """Image resources that name creator, copyright and credit as UTF-8; b"" if none is known."""
    pairs = [(_CREATOR, name) for name in rights.creator.split("; ")]
    pairs += [(_COPYRIGHT, rights.copyright), (_CREDIT, rights.credit)]
    sets = b"".join(_data_set(2, number, text.encode("utf-8", "replace")) for number, text in pairs if text)
    if not sets:
        return b""
    content = _data_set(1, 90, _UTF8) + _data_set(2, 0, b"\0\4") + sets
    padding = b"\0" * (len(content) % 2)
    return PHOTOSHOP + b"8BIM" + struct.pack(">HHI", _IIM, 0, len(content)) + content + padding


def _data_set(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value[:32767])) + value[:32767]


def _resources(block: bytes) -> Iterator[tuple[int, bytes]]:
    at = len(PHOTOSHOP) if block.startswith(PHOTOSHOP) else 0
    while block[at : at + 4] == b"8BIM" and at + 12 <= len(block):
        kind = struct.unpack_from(">H", block, at + 4)[0]
        name = 1 + block[at + 6]
        start = at + 6 + name + name % 2
        if start + 4 > len(block):
            return
        size = struct.unpack_from(">I", block, start)[0]
        yield kind, block[start + 4 : start + 4 + size]
        at = start + 4 + size + size % 2


def _data_sets(block: bytes) -> Iterator[tuple[int, str]]:
    """Number and text of every data set of record 2."""
    for kind, content in _resources(block):
        if kind != _IIM:
            continue
        at, encoding = 0, ""
        while at + 5 <= len(content) and content[at] == 0x1C:
            record, number, size = struct.unpack_from(">BBH", content, at + 1)
            value = content[at + 5 : at + 5 + size]
            if (record, number) == (1, 90) and value == _UTF8:
                encoding = "utf-8"
            if record == 2:
                yield number, _text(value, encoding)
            at += 5 + size


def _text(value: bytes, encoding: str) -> str:
    try:
        return value.decode(encoding or "utf-8").strip("\0 ")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").strip("\0 ")
