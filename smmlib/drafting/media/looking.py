"""How large a picture is, how long a film is, and whether they open at all."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 100_000_000
"""A picture with more pixels is refused: opened, it would fill the memory."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What is seen of a file.

    Attributes:
        width: Pixels, as shown, or None.
        height: Pixels, as shown, or None.
        duration_s: Seconds of a film, or None.
    """

    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


def look_at_picture(data: bytes, name: str) -> Looks:
    """Open a picture and decode it once.

    Args:
        data: The file.
        name: What messages call it.

    Raises:
        UnreadableFileError: It is damaged, cut off, or has more than `MOST_PIXELS` pixels.
    """
    image = _opened(data, name)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as problem:
        raise damaged(name) from problem
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    width, height = reversed(image.size) if turned else image.size
    return Looks(width, height)


def look_at_film(data: bytes) -> Looks:
    """Size and length of a film, as far as MediaInfo can tell; all None where its library does not load."""
    from pymediainfo import MediaInfo

    if not MediaInfo.can_parse():
        return Looks()
    tracks = MediaInfo.parse(io.BytesIO(data)).video_tracks
    if not tracks:
        return Looks()
    film = tracks[0]
    width, height = film.width or None, film.height or None
    if round(float(film.rotation or 0)) % 180 == 90:
        width, height = height, width
    return Looks(width, height, float(film.duration) / 1000 if film.duration else None)


def thumbnail(data: bytes, side: int = 240) -> bytes:
    """A small PNG of a picture, turned upright, at most `side` pixels wide and high.

    Raises:
        UnreadableFileError: It does not open.
    """
    from PIL import ImageOps

    image = _opened(data, "thumbnail")
    try:
        image.draft("RGB", (side * 2, side * 2))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((side, side))
        written = io.BytesIO()
        mode = "RGBA" if small.has_transparency_data else "RGB"
        small.convert(mode).save(written, "PNG")
    except (OSError, SyntaxError, ValueError) as problem:
        raise damaged("thumbnail") from problem
    return written.getvalue()


def damaged(name: str) -> UnreadableFileError:
    """The error for a file that is cut off or broken."""
    return UnreadableFileError(
        mark("{name} is damaged or incomplete and does not open; copy or export it again."), name=name
    )


def _opened(data: bytes, name: str) -> Image.Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
        pixels = image.width * image.height
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        pixels = MOST_PIXELS + 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
        raise damaged(name) from problem
    if pixels > MOST_PIXELS:
        raise UnreadableFileError(
            mark("{name} has more than {most} million pixels; save it smaller, then add it again."),
            name=name,
            most=MOST_PIXELS // 1_000_000,
        )
    return image
