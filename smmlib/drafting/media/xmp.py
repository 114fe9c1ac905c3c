"""XMP: read for author and traces, written anew with nothing but the author.

Names: IPTC Photo Metadata Standard 2023.2 (dc:creator, dc:rights, photoshop:Credit,
Iptc4xmpExt:DigitalSourceType); ISO 16684-1 for the packet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from smmlib.asset import AiOrigin
from smmlib.drafting.media.traces import DEVICE, OTHER, PLACE, PREVIEW, PROGRAM, SERIAL, TAKEN, WORDS, Rights

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_MADE_BY_AI = {"trainedAlgorithmicMedia", "compositeSynthetic"}
_EDITED_BY_AI = {"compositeWithTrainedAlgorithmicMedia", "algorithmicallyEnhanced"}
_MOST_BYTES = 2 * 1024**2
_GIVES_AWAY = (
    (PLACE, re.compile(rb"GPS(?:Latitude|Longitude|Altitude|Dest)|photoshop:(?:City|State|Country)")),
    (PLACE, re.compile(rb"Iptc4xmpCore:(?:Location|CountryCode)|Iptc4xmpExt:Location")),
    (DEVICE, re.compile(rb"tiff:(?:Make|Model)\b|aux:Lens|exifEX:Lens|drone-dji:|GCamera:")),
    (SERIAL, re.compile(rb"SerialNumber")),
    (PREVIEW, re.compile(rb"xmpGImg:|xmp:Thumbnails")),
    (PROGRAM, re.compile(rb"xmp:CreatorTool|xmpMM:|photoshop:History|crs:|stEvt:")),
    (TAKEN, re.compile(rb"xmp:CreateDate|photoshop:DateCreated|exif:DateTimeOriginal")),
    (WORDS, re.compile(rb"dc:(?:title|description|subject)|photoshop:(?:Headline|Instructions)")),
)


def xmp_rights(packet: bytes) -> Rights:
    """Author, copyright, credit and AI origin of a packet; nothing when it cannot be read."""
    root = _tree(packet)
    if root is None:
        return Rights()
    return Rights(
        creator="; ".join(_texts(root, f"{_DC}creator")),
        copyright=next(_texts(root, f"{_DC}rights"), ""),
        credit=next(_texts(root, f"{_PHOTOSHOP}Credit"), ""),
        ai_origin=_ai_origin(next(_texts(root, f"{_EXT}DigitalSourceType"), "")),
    )


def xmp_traces(packet: bytes) -> tuple[str, ...]:
    """What a packet says beside the author, words of `traces.NAMES`."""
    found = tuple(name for name, pattern in _GIVES_AWAY if pattern.search(packet))
    return found or (() if xmp_rights(packet) else (OTHER,))


def write_xmp(rights: Rights) -> bytes:
    """A packet that names creator, copyright, credit and AI origin; b"" if none is known."""
    if not rights:
        return b""
    parts = []
    if rights.creator:
        names = "".join(f"<rdf:li>{_plain(name)}</rdf:li>" for name in rights.creator.split("; "))
        parts.append(f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>")
    if rights.copyright:
        line = f'<rdf:li xml:lang="x-default">{_plain(rights.copyright)}</rdf:li>'
        parts.append(f"<dc:rights><rdf:Alt>{line}</rdf:Alt></dc:rights>")
    if rights.credit:
        parts.append(f"<photoshop:Credit>{_plain(rights.credit)}</photoshop:Credit>")
    if rights.ai_origin != "none":
        made = "trainedAlgorithmicMedia"
        source = made if rights.ai_origin == "generated" else "compositeWithTrainedAlgorithmicMedia"
        parts.append(f"<Iptc4xmpExt:DigitalSourceType>{_SOURCES}{source}</Iptc4xmpExt:DigitalSourceType>")
    spaces = {"rdf": _RDF, "dc": _DC, "photoshop": _PHOTOSHOP, "Iptc4xmpExt": _EXT}
    named = " ".join(f'xmlns:{name}="{uri[1:-1]}"' for name, uri in spaces.items())
    body = f'<rdf:RDF {named}><rdf:Description rdf:about="">{"".join(parts)}</rdf:Description></rdf:RDF>'
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{body}</x:xmpmeta><?xpacket end="r"?>'
    )
    return packet.encode("utf-8", "replace")


def _tree(packet: bytes) -> ElementTree.Element | None:
    inner = re.search(rb"<(?:\w+:)?(?:xmpmeta|RDF)\b.*</(?:\w+:)?(?:xmpmeta|RDF)\s*>", packet, re.DOTALL)
    # A document type could blow up into gigabytes; no XMP has one.
    if inner is None or b"<!" in inner[0] or len(packet) > _MOST_BYTES:
        return None
    try:
        return ElementTree.fromstring(inner[0])
    except (ElementTree.ParseError, UnicodeDecodeError, ValueError):
        return None


def _texts(root: ElementTree.Element, name: str) -> Iterator[str]:
    for element in root.iter():
        if element.get(name, "").strip():
            yield element.get(name, "").strip()
        if element.tag == name:
            items = [item.text or "" for item in element.iter(f"{_RDF}li")] or [element.text or ""]
            yield from (item.strip() for item in items if item.strip())


def _ai_origin(source: str) -> AiOrigin:
    word = source.rsplit("/", 1)[-1]
    return "generated" if word in _MADE_BY_AI else "edited" if word in _EDITED_BY_AI else "none"


def _plain(text: str) -> str:
    return escape("".join(c for c in text if c.isprintable()))
