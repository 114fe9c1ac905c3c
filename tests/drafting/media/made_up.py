"""Files as cameras, telephones and agencies write them, made here byte by byte."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image, PngImagePlugin

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 exif:GPSLatitude="50,56.1N" tiff:Model="Fon 12" aux:SerialNumber="SN4711" 
 photoshop:Credit="Agentur &amp; Söhne"
 Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia">
<dc:creator><rdf:Seq><rdf:li>Zoë Müller</rdf:li><rdf:li>Ben Öz</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Zoë Müller</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()

SECRETS = (b"Fon 12", b"SN4711", b"50,56.1N", b"Koeln-Ort", b"geheim")
"""Nothing of this may be left in a cleaned file."""


def picture(size: tuple[int, int] = (40, 30), mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ, so that a turn is seen."""
    image = Image.new("RGB", size)
    image.putdata([(x * 6 % 256, y * 8 % 256, (x * y) % 256) for y in range(size[1]) for x in range(size[0])])
    return image.convert(mode)


def exif(orientation: int = 6) -> bytes:
    """EXIF with position, camera, serial number, time and author."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F], told[0x0110] = "Telefon", "Fon 12"
    told[0x013B], told[0x8298] = "Ada im EXIF", "(c) EXIF"
    told[0x010E] = "geheim"
    told.get_ifd(0x8769).update({0xA431: "SN4711", 0x9003: "2026:11:24 08:00:00"})
    told.get_ifd(0x8825).update({1: "N", 2: (50.0, 56.0, 6.0), 3: "E", 4: (6.0, 57.0, 0.0)})
    return told.tobytes()


def iptc(**said: str) -> bytes:
    """Image resources with author, credit, city and a caption, in the old Western encoding."""
    numbers = {"creator": 80, "copyright": 116, "credit": 110, "city": 90, "caption": 120}
    sets = b"".join(
        struct.pack(">BBBH", 0x1C, 2, numbers[name], len(text.encode("cp1252"))) + text.encode("cp1252")
        for name, text in said.items()
    )
    content = sets + b"\0" * (len(sets) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(sets)) + content


def saved(image: Image.Image, form: str, **how: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **how)
    return written.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def jpeg(*segments: bytes, mode: str = "RGB", **how: Any) -> bytes:
    """A JPEG with segments put in behind its head."""
    data = saved(picture(mode=mode), "JPEG", **how)
    return data[:2] + b"".join(segments) + data[2:]


def telling_jpeg(orientation: int = 6) -> bytes:
    """A JPEG with everything in it."""
    return jpeg(
        segment(0xE1, exif(orientation) if exif().startswith(b"Exif") else b"Exif\0\0" + exif(orientation)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xED, iptc(creator="Zoë Müller", city="Koeln-Ort", caption="geheim")),
        segment(0xEB, b"JP\0\0jumb c2pa geheim"),
        segment(0xFE, b"geheim"),
        quality=90,
    )


def telling_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "geheim")
    info.add_text("Author", "Ada im Text")
    info.add_text("Software", "geheim", zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return saved(picture(mode="RGBA"), "PNG", pnginfo=info, exif=exif())


def telling_webp(**how: Any) -> bytes:
    return saved(picture(mode="RGBA"), "WEBP", exif=exif(), xmp=XMP, **how)


def telling_gif() -> bytes:
    frames = [picture().quantize(16), picture().rotate(90).quantize(16)]
    return saved(
        frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, duration=80, comment=b"geheim"
    )


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def film(*, track: bytes = b"avc1", brand: bytes = b"isom", udta: bool = True) -> bytes:
    """A film of two and a half seconds, 320 × 240, without a picture in it, and with a place."""
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    mvhd = struct.pack(">IIIIIIH10x", 0, 0, 0, 1000, 2500, 0x10000, 0x100) + matrix + bytes(24) + b"\0\0\0\2"
    tkhd = struct.pack(">IIIIII8xHHHH", 3, 0, 0, 1, 0, 2500, 0, 0, 0, 0) + matrix
    tkhd += struct.pack(">II", 320 << 16, 240 << 16)
    mdhd = struct.pack(">IIIIIHH", 0, 0, 0, 1000, 2500, 0x55C4, 0)
    entry = bytes(6) + b"\0\1" + bytes(16) + struct.pack(">HHII", 320, 240, 72 << 16, 72 << 16) + bytes(4)
    entry += b"\0\1" + bytes(32) + b"\0\x18\xff\xff"
    stsd = box(b"stsd", bytes(4), b"\0\0\0\1", box(track, entry))
    tables = [box(b"stts", struct.pack(">IIII", 0, 1, 25, 100))]
    tables += [box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 25, 1))]
    tables += [box(b"stsz", struct.pack(">III", 0, 4, 25)), box(b"stco", struct.pack(">III", 0, 1, 40))]
    minf = box(b"minf", box(b"vmhd", bytes(12)), box(b"stbl", stsd, *tables))
    hdlr = box(b"hdlr", bytes(8), b"vide", bytes(12), b"x\0")
    trak = box(b"trak", box(b"tkhd", tkhd), box(b"mdia", box(b"mdhd", mdhd), hdlr, minf))
    place = b"+50.9350+006.9500/geheim"
    told = box(
        b"udta",
        box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7), place),
        box(b"\xa9mod", struct.pack(">HH", 6, 0), b"Fon 12"),
        box(b"\xa9cpy", struct.pack(">HH", 7, 0), b"(c) Ada"),
        box(b"meta", bytes(4), b"com.apple.quicktime.location.ISO6709 com.apple.quicktime.model geheim"),
        box(b"chpl", b"Kapitel"),
    )
    moov = box(b"moov", box(b"mvhd", mvhd), trak, *([told] if udta else []))
    mdat = box(b"mdat", b"bild" * 25)
    head = box(b"ftyp", brand, bytes(4), brand)
    uuid = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), XMP) if udta else b""
    return head + box(b"free", b"geheim") + mdat + moov + uuid


def pdf() -> bytes:
    """A document with a picture from a telephone and XMP."""
    image = telling_jpeg()
    body = b"%PDF-1.7\n1 0 obj\n<< /Filter /DCTDecode /Length " + str(len(image)).encode() + b" >>\nstream\n"
    return body + image + b"\nendstream\nendobj\n" + XMP + b"\ntrailer << >>\nstartxref\n9\n%%EOF\n"
