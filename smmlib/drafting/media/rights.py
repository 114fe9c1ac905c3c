"""May a file be published on a day? What is missing is said, one finding each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.language import mark
from smmlib.networks import Finding

RIGHTS_RULES = ("licence_ended", "rights_unknown", "consent_missing")
"""Rules of what `rights_problems` finds."""

KEPT_RULE = "media_kept"
"""Rule of what `media_problems` finds where there is no file."""


def rights_problems(asset: Asset, on: date) -> tuple[Finding, ...]:
    """Why a file must not be published on a day; nothing when licence and consent allow it."""
    return tuple(_problems(asset, on))


def media_problems(item: Media, asset: Asset | None, on: date) -> tuple[Finding, ...]:
    """As `rights_problems`, for a medium of a post, whose file may not be kept.

    Args:
        item: The medium.
        asset: Its file, or None when only the name is known or the file is gone.
        on: The day it is to appear.
    """
    if asset is not None:
        return rights_problems(asset, on)
    sentence = mark(
        "The file of “{name}” is not among the media, so its rights are not known. Add it there, or take it "
        "off the post."
    )
    name = item.name or item.alt_text[:40] or item.kind
    return (Finding(KEPT_RULE, "error", values={"name": name}, template=sentence),)


def _problems(asset: Asset, on: date) -> Iterator[Finding]:
    name = asset.name
    if asset.licence_until is not None and on > asset.licence_until:
        sentence = mark("The licence of “{name}” ended on {day:date}; extend it or choose another file.")
        values = {"name": name, "day": asset.licence_until}
        yield Finding("licence_ended", "error", values=values, template=sentence)
    if not asset.licence.strip():
        sentence = mark("No licence is stated for “{name}”; enter under which one it may be used.")
        yield Finding("rights_unknown", "warning", values={"name": name}, template=sentence)
    if asset.consent == "missing":
        sentence = mark(
            "The persons shown in “{name}” have not consented; obtain consent or choose another file."
        )
        yield Finding("consent_missing", "error", values={"name": name}, template=sentence)
