"""A file as it may be kept: told by its content, cleaned, measured."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smmlib.asset import Asset
from smmlib.drafting.media.cleaned import Cleaned
from smmlib.drafting.media.document import clean_document
from smmlib.drafting.media.film import clean_film
from smmlib.drafting.media.gif import clean_gif
from smmlib.drafting.media.jpeg import clean_jpeg
from smmlib.drafting.media.kinds import GIF, JPEG, MOV, MP4, PDF, PNG, WEBP, FileKind, kind_of
from smmlib.drafting.media.looking import Looks, damaged, look_at_film, look_at_picture
from smmlib.drafting.media.png import clean_png
from smmlib.drafting.media.traces import WRONG_ENDING, Rights
from smmlib.drafting.media.webp import clean_webp
from smmlib.errors import UnreadableFileError

_CLEAN: dict[FileKind, Callable[[bytes, UnreadableFileError], Cleaned]] = {
    JPEG: clean_jpeg,
    PNG: clean_png,
    WEBP: clean_webp,
    GIF: clean_gif,
    MP4: clean_film,
    MOV: clean_film,
    PDF: clean_document,
}
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be kept.

    Attributes:
        data: The cleaned file.
        ending: Ending of its name, by its content, with the dot.
        asset: What is known about it.
    """

    data: bytes
    ending: str
    asset: Asset


def prepare(data: bytes, name: str, **known: Any) -> Prepared:
    """Clean a file and say what is known about it.

    Picture and sound stay bit for bit; place, device and all other hidden data are taken out; creator,
    copyright, credit and AI origin stay in the file and are filled in where the user gave none.

    Args:
        data: The file.
        name: Its name; folders before it are cut off.
        **known: Fields of `Asset` the user filled in.

    Raises:
        UnreadableFileError: It is empty, too large, damaged, or of a kind that is not kept.
        InvalidRecordError: A field does not exist or its value does not fit.
    """
    shown = plain_name(name) or "?"
    kind = kind_of(data, shown)
    clean = _CLEAN[kind](data, damaged(shown))
    looks = _look(kind, clean.data, shown)
    own, wrong = _with_ending(plain_name(name), kind)
    said = {field: getattr(clean.rights, field) for field in ("creator", "copyright", "credit", "ai_origin")}
    asset = Asset(
        **{
            **said,
            **known,
            "id": hashlib.sha256(clean.data).hexdigest(),
            "kind": kind.kind,
            "name": own,
            "mime": kind.mime,
            "size": len(clean.data),
            "width": looks.width,
            "height": looks.height,
            "duration_s": looks.duration_s,
            "removed": clean.removed,
            "remarks": (*((WRONG_ENDING,) if wrong else ()), *clean.remarks),
        }
    )
    return Prepared(clean.data, f".{kind.endings[0]}", asset)


def rights_of(data: bytes, name: str) -> Rights:
    """Whose a file is, as it says itself.

    Raises:
        UnreadableFileError: It is empty, damaged, or of a kind that is not kept.
    """
    return _CLEAN[kind_of(data, name)](data, damaged(name)).rights


def plain_name(name: str) -> str:
    """A file name without folders and without characters that could hide what it is."""
    return _ODD.sub("", re.split(r"[/\\]", name)[-1]).strip()[-200:]


def _look(kind: FileKind, data: bytes, name: str) -> Looks:
    if kind.kind in ("image", "gif"):
        return look_at_picture(data, name)
    return look_at_film(data) if kind.kind == "video" else Looks()


def _with_ending(name: str, kind: FileKind) -> tuple[str, bool]:
    """The name with an ending of its kind, and whether it had that of another kind."""
    stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in kind.endings:
        return name, False
    known = dot and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending)
    return f"{(stem if known else name) or kind.kind}.{kind.endings[0]}", bool(known)
