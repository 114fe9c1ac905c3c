"""Posts as CSV, JSON, bodies of requests or text: a function for each form of file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from smmlib.drafting.handover.clipboard import clipboard_text
from smmlib.drafting.handover.post import Post
from smmlib.drafting.handover.profiles import Profile
from smmlib.drafting.handover.values import fields_of, file_name, moment, value_of
from smmlib.formulas import defused
from smmlib.language import Language

JSON_VERSION = 1
"""Version of the neutral JSON format."""


def csv_of(posts: Sequence[Post], profile: Profile) -> bytes:
    """Posts as CSV in UTF-8, a comma between cells, one row each, in the columns of the profile."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    if profile.headings:
        table.writerow([heading for heading, _ in profile.columns])
    for post in posts:
        cells = [value_of(post, name, profile) for _, name in profile.columns]
        table.writerow([defused(cell) for cell in cells] if profile.formulas == "apostrophe" else cells)
    return _encoded(written.getvalue())


def json_of(posts: Sequence[Post]) -> bytes:
    """Posts as JSON with every field."""
    return _dumped({"format": "smm-posts", "version": JSON_VERSION, "posts": [fields_of(p) for p in posts]})


def requests_of(posts: Sequence[Post], profile: Profile, channels: Mapping[str, str]) -> bytes:
    """Posts as a list of request bodies; posts of the same moment go into one."""
    by_time: dict[str, list[Post]] = {}
    for post in posts:
        by_time.setdefault(moment(post, profile), []).append(post)
    return _dumped(
        [
            {
                "type": "schedule",
                "date": at,
                "shortLink": False,
                "tags": [],
                "posts": [_request_part(post, profile, channels[post.account.id]) for post in together],
            }
            for at, together in by_time.items()
        ]
    )


def text_of(posts: Sequence[Post], language: Language) -> bytes:
    """Posts as text to copy, each under its account and time."""
    blocks = []
    for post in posts:
        when = post.planned
        head = f"{post.network.name} {post.account.handle}" + (f" · {when:%Y-%m-%d %H:%M}" if when else "")
        blocks.append(f"{head}\n{'-' * len(head)}\n{clipboard_text(post, language)}\n")
    return _encoded("\n\n".join(blocks))


def _request_part(post: Post, profile: Profile, channel: str) -> dict[str, Any]:
    parts = post.parts_with_link() if profile.link == "text" else post.parts
    images = [
        {"id": asset.id, "path": file_name(asset.id, asset.mime)}
        for asset in post.assets
        if asset is not None
    ]
    values = [{"content": part, "image": images if i == 0 else []} for i, part in enumerate(parts)]
    settings = profile.settings.get(post.account.network, {})
    return {
        "integration": {"id": channel},
        "value": values,
        "settings": {name: _setting(value, post, profile) for name, value in settings.items()},
    }


def _setting(value: Any, post: Post, profile: Profile) -> Any:
    """What the tool is told: a constant, a value by format, or a field of the post."""
    if isinstance(value, dict):
        return value.get(post.version.format, next(iter(value.values())))
    if isinstance(value, str) and value.startswith("{"):
        return value_of(post, value.strip("{}"), profile)
    return value


def _dumped(value: object) -> bytes:
    return _encoded(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
