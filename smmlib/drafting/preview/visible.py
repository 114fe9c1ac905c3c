"""What somebody typed, as markup that shows it and does nothing else."""

from __future__ import annotations

import re
from html import escape

from smmlib.networks import cluster_ends

LINE_MOST = 600
"""Characters shown of a line: a name, a title, a link."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]"
)
"""Characters that cannot be seen, turn the direction of writing, or cannot be sent.

Joiners stay, as emoji and Persian need them, and so do the tags behind a black flag.
"""

_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}")


def visible(text: str) -> str:
    """Escaped for HTML, in text and in quoted attributes; what cannot be seen is shown by its number."""
    return _INVISIBLE.sub(_odd, escape(text, quote=True))


def line(text: str, most: int = LINE_MOST) -> str:
    """One line of text for HTML, kept apart from the direction of writing around it."""
    return f"<bdi>{visible(cut(' '.join(text[: 4 * most].split()), most))}</bdi>"


def cut(text: str, most: int | None) -> str:
    """The text, or so many of its visible characters and "…", as networks cut: anywhere."""
    if most is None or len(text) <= most:
        return text
    ends = [0]
    for end in cluster_ends(text):
        if len(ends) > most:
            return text[: ends[-1]].rstrip() + "…"
        ends.append(end)
    return text


def attribute(text: str) -> str:
    """A value between double quotes; characters that cannot be seen are left out."""
    return escape(_INVISIBLE.sub("", text[:LINE_MOST]), quote=True)


def class_name(text: str) -> str:
    """A part of a class name: anything but letters, digits and hyphens becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9-]", "-", text)[:40]


def picture(address: str) -> str:
    """The address if it is a picture that carries itself (a data: URL of base64), else ""."""
    return address if _PICTURE.fullmatch(address) else ""


def _odd(found: re.Match[str]) -> str:
    return f'<span class="smm-card-odd">U+{ord(found.group()):04X}</span>'
