"""PDF: pictures inside lose place and device; the rest of the document stays as it is.

Bytes are blanked, none are moved, as a PDF finds its objects by their position (ISO 32000-1, 7.5.4).
"""

from __future__ import annotations

import re

from smmlib.drafting.media.cleaned import Cleaned, Findings
from smmlib.drafting.media.tiff import read_exif
from smmlib.drafting.media.traces import DEVICE, DOCUMENT_WORDS, NOT_OPENED, PLACE, SERIAL, Rights
from smmlib.drafting.media.xmp import xmp_rights
from smmlib.errors import UnreadableFileError

_EXIF = re.compile(rb"\xff\xe1(..)(?=Exif\0\0(?:II\*\0|MM\0\*))", re.DOTALL)
_PACKET = re.compile(rb"<x:xmpmeta\b.{0,2000000}?</x:xmpmeta>", re.DOTALL)
_SAID = re.compile(
    rb"((?:exif:GPS\w+|tiff:Make|tiff:Model|aux:(?:Serial\w+|Lens\w*)|exifEX:\w*Serial\w*)"
    rb"(?:\s*=\s*[\"']|>))([^<\"']*)"
)
_LOCKED = re.compile(rb"/Encrypt\b|/ObjStm\b")


def clean_document(data: bytes, damaged: UnreadableFileError) -> Cleaned:
    """The same document; pictures inside have no EXIF, XMP has neither place nor device.

    Args:
        data: The file.
        damaged: Raised when its end is missing.
    """
    if b"%%EOF" not in data[-2048:] and b"startxref" not in data[-4096:]:
        raise damaged
    findings, clean = Findings(), bytearray(data)
    for found in _EXIF.finditer(data):
        start, end = found.end(), found.start() + 2 + int.from_bytes(found[1], "big")
        findings.exif(read_exif(data[start:end]))
        clean[start:end] = bytes(end - start)
    for packet in _PACKET.finditer(data):
        findings.says(xmp_rights(packet[0]), ())
        for said in _SAID.finditer(packet[0]):
            start, end = packet.start() + said.start(2), packet.start() + said.end(2)
            if said[2].strip():
                findings.found(_means(said[1]))
                clean[start:end] = b" " * (end - start)
    findings.remark(NOT_OPENED if _LOCKED.search(data) else DOCUMENT_WORDS)
    done = findings.cleaned(bytes(clean))
    # How a picture within lies, and who took it, says nothing of the document.
    said_itself = Rights(done.rights.creator, done.rights.copyright, done.rights.credit)
    return Cleaned(done.data, said_itself, done.removed, done.remarks)


def _means(name: bytes) -> str:
    return PLACE if b"GPS" in name else SERIAL if b"Serial" in name else DEVICE
