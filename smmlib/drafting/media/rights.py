"""May a file be published on a day? What is missing is said, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.language import Message, mark


def rights_problems(asset: Asset, on: date) -> tuple[Message, ...]:
    """Why a file must not be published on a day; nothing when licence and consent allow it."""
    return tuple(_problems(asset, on))


def media_problems(item: Media, asset: Asset | None, on: date) -> tuple[Message, ...]:
    """As `rights_problems`, for a medium of a post, whose file may not be kept.

    Args:
        item: The medium.
        asset: Its file, or None when only the name is known or the file is gone.
        on: The day it is to appear.
    """
    if asset is not None:
        return rights_problems(asset, on)
    sentence = mark("The file of “{name}” is not among the media, so its rights are not known; add it there.")
    return (Message(sentence, {"name": item.name or item.alt_text[:40] or item.kind}),)


def _problems(asset: Asset, on: date) -> Iterator[Message]:
    name = asset.name
    if asset.licence_until is not None and on > asset.licence_until:
        sentence = mark("The licence of “{name}” ended on {day:date}; extend it or choose another file.")
        yield Message(sentence, {"name": name, "day": asset.licence_until})
    if not asset.licence.strip():
        yield Message(
            mark("No licence is stated for “{name}”; enter under which one it may be used."), {"name": name}
        )
    if asset.consent == "missing":
        sentence = mark(
            "The persons shown in “{name}” have not consented; obtain consent or choose another file."
        )
        yield Message(sentence, {"name": name})
