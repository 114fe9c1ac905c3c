"""Text in which some lines are UTF-8 and some Windows-1252: two exports pasted into one file."""

from __future__ import annotations

import codecs

from smmlib.encoding import Decoded, decode

MIXED = "mixed"


def decode_lines(data: bytes, name: str) -> tuple[Decoded, tuple[int, ...]]:
    """Read bytes as text, and each line by itself where one encoding does not fit the whole file.

    Args:
        data: The file.
        name: What messages call it.

    Returns:
        The text, and the numbers of the lines that were read as Windows-1252 while others are UTF-8; no
        numbers when the file has one encoding.

    Raises:
        UnreadableFileError: It is not text.
    """
    if data.startswith(codecs.BOM_UTF8) and not _is_utf8(data):
        data = data.removeprefix(codecs.BOM_UTF8)
    whole = decode(data, name)
    if whole.encoding != "cp1252":
        return whole, ()
    lines = data.split(b"\n")
    others = [i for i, line in enumerate(lines) if not line.isascii() and not _is_utf8(line)]
    if len(others) == sum(not line.isascii() for line in lines):
        return whole, ()
    odd = set(others)
    texts = [line.decode("cp1252" if i in odd else "utf-8") for i, line in enumerate(lines)]
    return Decoded("\n".join(texts), MIXED), tuple(i + 1 for i in others)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
