"""Files against what the network takes: bytes, pixels, shape, seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding
from smmlib.networks.checks import Post
from smmlib.networks.entry import aspect

_MEGA = 1e6
_EXACTNESS = 0.01
"""Shapes are told apart by one per cent: 1080 × 566 counts as 1.91:1."""


def _files(subject: Subject) -> Iterator[tuple[Media, str, Asset | None]]:
    for number, item in enumerate(subject.version.media, start=1):
        asset = subject.assets.get(item.asset)
        yield item, item.name or (asset.name if asset else "") or f"{number}", asset


def _post(subject: Subject) -> Post:
    """The post as the network's own checks see it, for rules that are old or uncertain."""
    version = subject.version
    return Post(subject.network, subject.text, version.media, version.format, subject.today)


def _size(subject: Subject) -> Iterator[Finding]:
    post = _post(subject)
    for item, name, asset in _files(subject):
        size = (asset.size if asset else 0) or item.size or 0
        if (limit := post.limit(f"{item.kind}_bytes")) and size > limit[1]:
            template = mark("{name} has {size:.1} MB, {network} takes {most:.1} MB. Save it smaller.")
            shown: dict[str, Any] = {"name": name, "size": size / _MEGA, "most": limit[1] / _MEGA}
            yield post.against(f"{item.kind}_bytes", limit[0], template, **shown)


def _pixels(subject: Subject) -> Iterator[Finding]:
    post = _post(subject)
    for item, name, asset in _files(subject):
        if item.kind != "image" or asset is None or not (asset.width and asset.height):
            continue
        shown: dict[str, Any] = {"name": name, "width": asset.width, "height": asset.height}
        if (limit := post.limit("image_side")) and max(asset.width, asset.height) > limit[1]:
            template = mark(
                "{name} has {width:plain} × {height:plain} pixels, {network} takes {limit:plain} on a side. "
                "Make it smaller."
            )
            yield post.against("image_side", limit[0], template, **shown)
        if (limit := post.limit("image_pixels")) and asset.width * asset.height > limit[1]:
            template = mark(
                "{name} has {count} pixels in all ({width:plain} × {height:plain}), {network} takes {limit}. "
                "Make it smaller."
            )
            count = asset.width * asset.height
            yield post.against("image_pixels", limit[0], template, count=count, **shown)


def _shape(subject: Subject) -> Iterator[Finding]:
    post = _post(subject)
    for item, name, asset in _files(subject):
        if item.kind not in ("image", "video") or asset is None or not (asset.width and asset.height):
            continue
        own = asset.width / asset.height
        shown: dict[str, Any] = {"name": name, "width": asset.width, "height": asset.height}
        least, most = (post.rule(f"{item.kind}_aspect_{end}") for end in ("least", "most"))
        if least and (narrowest := aspect(least.value)) and own < narrowest * (1 - _EXACTNESS):
            template = mark(
                "{name} ({width:plain} × {height:plain}) is taller than {limit}, the tallest {network} shows "
                "whole. Crop it."
            )
            yield post.against(f"{item.kind}_aspect_least", least, template, severity="warning", **shown)
        if most and (widest := aspect(most.value)) and own > widest * (1 + _EXACTNESS):
            template = mark(
                "{name} ({width:plain} × {height:plain}) is wider than {limit}, the widest {network} shows "
                "whole. Crop it."
            )
            yield post.against(f"{item.kind}_aspect_most", most, template, severity="warning", **shown)


def _seconds(subject: Subject) -> Iterator[Finding]:
    post = _post(subject)
    for item, name, asset in _files(subject):
        if item.kind != "video" or asset is None or asset.duration_s is None:
            continue
        shown: dict[str, Any] = {"name": name, "seconds": asset.duration_s}
        # Players round: half a second over is none.
        if (limit := post.limit("video_seconds")) and asset.duration_s >= limit[1] + 0.5:
            template = mark("{name} takes {seconds:.0} seconds, {network} allows {limit}. Cut it.")
            yield post.against("video_seconds", limit[0], template, **shown)
        if (limit := post.limit("video_seconds_least")) and asset.duration_s < limit[1]:
            template = mark("{name} takes {seconds:.1} seconds, {network} wants at least {limit}.")
            yield post.against("video_seconds_least", limit[0], template, **shown)


def _kept(subject: Subject) -> Iterator[Finding]:
    """A file that is named by its id and no longer there; nothing is known where no media are given."""
    for item, name, asset in _files(subject):
        if item.asset and asset is None and subject.assets:
            template = mark("{name} is not among the workspace's media any more. Add the file again.")
            yield Finding("media_kept", "error", values={"name": name}, template=template)


CHECKS = (
    Check(
        "media_bytes",
        mark("Size of files"),
        mark("Whether the network takes files of that many bytes."),
        "media",
        _size,
        rules=("image_bytes", "video_bytes", "gif_bytes", "document_bytes"),
    ),
    Check(
        "media_pixels",
        mark("Pixels"),
        mark("Whether the network takes images with that many pixels."),
        "media",
        _pixels,
        rules=("image_side", "image_pixels"),
    ),
    Check(
        "media_shape",
        mark("Aspect ratio"),
        mark("Whether the network shows pictures and films of that shape whole."),
        "media",
        _shape,
        rules=("image_aspect_least", "image_aspect_most", "video_aspect_least", "video_aspect_most"),
    ),
    Check(
        "video_length",
        mark("Length of films"),
        mark("Whether the network takes films that long or short."),
        "media",
        _seconds,
        rules=("video_seconds", "video_seconds_least"),
    ),
    Check(
        "media_kept",
        mark("Files that are there"),
        mark("Whether the files of the post are kept in the workspace."),
        "media",
        _kept,
    ),
)
