"""Places and devices go, authors stay, and the picture is the same to the last bit."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageOps

from smmlib.asset import Asset
from smmlib.drafting.media import Prepared, prepare
from smmlib.drafting.media.traces import (
    BEHIND,
    CREDENTIALS,
    DEVICE,
    NOT_OPENED,
    PLACE,
    POSITIONS_LEFT,
    SERIAL,
    TAKEN,
    WORDS,
    WRONG_ENDING,
)
from smmlib.errors import SmmError
from tests.drafting.media import made_up as files

PICTURES = {
    "jpeg": (files.telling_jpeg(), "foto.JPG"),
    "progressive jpeg": (files.jpeg(files.segment(0xFE, b"geheim"), progressive=True, quality=70), "p.jpeg"),
    "grey jpeg": (files.jpeg(files.segment(0xFE, b"geheim"), mode="L"), "g.jpg"),
    "cmyk jpeg": (files.jpeg(files.segment(0xFE, b"geheim"), mode="CMYK"), "c.jpg"),
    "jpeg with restarts": (files.jpeg(files.segment(0xFE, b"geheim"), restart_marker_blocks=1), "r.jpg"),
    "png": (files.telling_png(), "bild.png"),
    "palette png": (files.saved(files.picture(mode="P"), "PNG", exif=files.exif()), "p.png"),
    "webp": (files.telling_webp(), "bild.webp"),
    "lossless webp": (files.telling_webp(lossless=True), "bild.webp"),
    "gif": (files.telling_gif(), "bild.gif"),
}


def frames(data: bytes) -> list[tuple[bytes, object]]:
    """Every frame as it is seen, and how long."""
    image = Image.open(io.BytesIO(data))
    seen = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        upright = ImageOps.exif_transpose(image)
        seen.append((upright.convert("RGBA").tobytes(), image.info.get("duration")))
    return seen


@pytest.mark.parametrize(("data", "name"), PICTURES.values(), ids=list(PICTURES))
def test_the_picture_is_the_same_to_the_last_bit_and_tells_nothing(data: bytes, name: str) -> None:
    done = prepare(data, name)
    assert frames(done.data) == frames(data)
    assert [secret for secret in files.SECRETS if secret in done.data] == []
    assert done.asset.removed
    again = prepare(done.data, name)
    assert again.data == done.data
    assert again.asset.removed == ()


def test_a_jpeg_says_what_was_taken_out() -> None:
    asset = prepare(files.telling_jpeg(), "foto.jpg").asset
    assert {PLACE, DEVICE, SERIAL, TAKEN, WORDS, CREDENTIALS} <= set(asset.removed)
    assert (asset.width, asset.height) == (30, 40)
    assert (asset.kind, asset.mime, asset.remarks) == ("image", "image/jpeg", ())


@pytest.mark.parametrize(
    "data", [files.telling_jpeg(), files.telling_png(), files.telling_webp()], ids=["jpeg", "png", "webp"]
)
def test_the_author_stays_in_the_file(data: bytes) -> None:
    first = prepare(data, "bild")
    asset, again = first.asset, prepare(first.data, "bild").asset
    assert asset.creator == again.creator == "Zoë Müller; Ben Öz"
    assert asset.copyright == again.copyright == "© 2026 Zoë Müller"
    assert asset.credit == again.credit == "Agentur & Söhne"
    assert asset.ai_origin == again.ai_origin == "generated"
    assert Image.open(io.BytesIO(first.data)).getexif()[0x013B]


def test_the_author_of_a_jpeg_stands_in_exif_iptc_and_xmp() -> None:
    from PIL import IptcImagePlugin

    image = Image.open(io.BytesIO(prepare(files.telling_jpeg(), "x.jpg").data))
    told = IptcImagePlugin.getiptcinfo(image)
    assert told is not None
    assert told[2, 80] == ["Zoë Müller".encode(), "Ben Öz".encode()]
    assert told[2, 116] == "© 2026 Zoë Müller".encode()
    assert "Zoë Müller".encode() in image.info["xmp"]
    assert "2026 Zo" in image.getexif()[0x8298]


def test_old_western_iptc_is_read() -> None:
    data = files.jpeg(files.segment(0xED, files.iptc(creator="Jörg Groß", credit="Foto Groß")))
    asset = prepare(data, "x.jpg").asset
    assert (asset.creator, asset.credit, asset.removed) == ("Jörg Groß", "Foto Groß", ())


def test_what_the_user_says_goes_before_what_the_file_says() -> None:
    asset = prepare(files.telling_jpeg(), "x.jpg", creator="Ben", licence="CC BY 4.0", ai_origin="none").asset
    assert (asset.creator, asset.licence, asset.ai_origin) == ("Ben", "CC BY 4.0", "none")
    assert asset.credit == "Agentur & Söhne"


def test_a_colour_profile_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "PNG", "WEBP"):
        data = files.saved(files.picture(), form, icc_profile=profile, exif=files.exif())
        kept = Image.open(io.BytesIO(prepare(data, "x").data)).info["icc_profile"]
        assert kept == profile


def test_what_hangs_behind_a_picture_goes() -> None:
    for data in (files.telling_jpeg(), files.telling_png(), files.telling_gif()):
        done = prepare(data + b"ftypmp42 geheim film", "x")
        assert BEHIND in done.asset.removed
        assert b"geheim" not in done.data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_turn_of_the_camera_is_kept(orientation: int) -> None:
    done = prepare(files.telling_jpeg(orientation), "x.jpg")
    upright = (30, 40) if orientation >= 5 else (40, 30)
    assert (done.asset.width, done.asset.height) == upright
    assert frames(done.data) == frames(files.telling_jpeg(orientation))


def test_a_wrong_ending_is_corrected_and_said() -> None:
    asset = prepare(files.telling_png(), "C:\\Bilder\\Foto\u202egpj.jpg").asset
    assert (asset.name, asset.remarks) == ("Fotogpj.png", (WRONG_ENDING,))
    assert prepare(files.telling_png(), "Bild 1. Mai").asset.name == "Bild 1. Mai.png"
    assert prepare(files.telling_png(), "").asset.name == "image.png"


def test_a_film_keeps_its_length_and_loses_its_place() -> None:
    data = files.film()
    done = prepare(data, "film.mp4")
    assert (done.asset.kind, done.asset.mime) == ("video", "video/mp4")
    assert {PLACE, DEVICE} <= set(done.asset.removed)
    assert [secret for secret in files.SECRETS if secret in done.data] == []
    assert b"Kapitel" in done.data
    assert done.data.index(b"bildbild") == data.index(b"bildbild")
    assert done.data.index(b"stco") == data.index(b"stco")
    assert (done.asset.copyright, done.asset.creator) == ("(c) Ada", "Zoë Müller; Ben Öz")
    assert prepare(done.data, "film.mp4").asset.credit == "Agentur & Söhne"
    assert prepare(done.data, "film.mp4").data == done.data


def test_a_film_is_measured() -> None:
    asset = prepare(files.film(brand=b"qt  "), "film.mov").asset
    assert (asset.width, asset.height, asset.duration_s) == (320, 240, 2.5)
    assert asset.mime == "video/quicktime"


@pytest.mark.parametrize("track", [b"mebx", b"gpmd", b"camm"])
def test_a_track_of_positions_is_said_loudly(track: bytes) -> None:
    assert POSITIONS_LEFT in prepare(files.film(track=track), "film.mp4").asset.remarks
    assert prepare(files.film(), "film.mp4").asset.remarks == ()


def test_a_document_loses_places_and_no_byte_moves() -> None:
    done = prepare(files.pdf(), "report.pdf")
    assert len(done.data) == len(files.pdf())
    assert {PLACE, DEVICE, SERIAL} <= set(done.asset.removed)
    assert [secret for secret in (b"Fon 12", b"SN4711", b"50,56.1N") if secret in done.data] == []
    assert done.asset.creator == "Zoë Müller; Ben Öz"
    locked = files.pdf().replace(b"trailer <<", b"trailer << /Encrypt")
    assert NOT_OPENED in prepare(locked, "x.pdf").asset.remarks


def whole(name: str) -> bytes:
    made = {"jpg": files.telling_jpeg, "png": files.telling_png, "webp": files.telling_webp}
    return {**made, "gif": files.telling_gif, "mp4": files.film, "pdf": files.pdf}[name]()


@pytest.mark.parametrize("name", ["jpg", "png", "webp", "gif", "mp4", "pdf"])
def test_a_file_that_is_cut_off_anywhere_is_refused_or_still_whole(name: str) -> None:
    data, dice = whole(name), random.Random(7)
    for length in [1, 8, 20, *(dice.randrange(12, len(data) - 30) for _ in range(60))]:
        with pytest.raises(SmmError, match=r"damaged|none of the kinds|empty"):
            prepare(data[:length], f"x.{name}")


@pytest.mark.parametrize("name", ["jpg", "png", "webp", "gif", "mp4", "pdf"])
def test_a_file_with_broken_bytes_raises_nothing_but_what_can_be_said(name: str) -> None:
    data, dice = whole(name), random.Random(11)
    for _ in range(120):
        broken = bytearray(data)
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            done = prepare(bytes(broken), f"x.{name}")
        except SmmError:
            continue
        assert isinstance(done, Prepared)
        assert isinstance(done.asset, Asset)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "can hold scripts"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "can hold scripts"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
        (b"MZ\x90\0 a program", "none of the kinds"),
        (b"PK\3\4 a package", "none of the kinds"),
    ],
)
def test_what_is_not_kept_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(SmmError, match=why):
        prepare(data, "bild.jpg")


def test_a_picture_bomb_is_refused_before_it_is_opened() -> None:
    bomb = files.saved(Image.new("1", (20_000, 10_000)), "PNG")
    assert len(bomb) < 1_000_000
    with pytest.raises(SmmError, match="million pixels"):
        prepare(bomb, "bombe.png")
    nearly = files.saved(Image.new("1", (10_001, 10_000)), "PNG")
    with pytest.raises(SmmError, match="million pixels"):
        prepare(nearly, "bombe.png")


def test_a_text_bomb_in_a_picture_stays_small() -> None:
    from PIL import PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "0" * 50_000_000, zip=True)
    done = prepare(files.saved(files.picture(), "PNG", pnginfo=info), "x.png")
    assert len(done.data) < 5000
    laughs = b"<!DOCTYPE x [<!ENTITY a 'ha'>]><x:xmpmeta>&a;</x:xmpmeta>"
    assert prepare(files.jpeg(files.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + laughs)), "x.jpg")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from smmlib.drafting.media import kinds

    monkeypatch.setattr(kinds, "PNG", replace(kinds.PNG, most_bytes=100))
    with pytest.raises(SmmError, match="up to 0 MB are kept"):
        prepare(files.telling_png(), "x.png")
