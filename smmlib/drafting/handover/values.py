"""What can stand in a column or a setting: one function for each value of a post."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

from smmlib.draft import POST_FIELDS, PostField
from smmlib.drafting.handover.post import Post
from smmlib.drafting.handover.profiles import Profile
from smmlib.drafting.media import kept_name

_FIELDS: dict[str, PostField] = {"post_title" if name == "title" else name: name for name in POST_FIELDS}


def value_of(post: Post, name: str, profile: Profile) -> str:
    """The text for a column of a CSV file."""
    if name == "planned_at":
        return moment(post, profile)
    if name == "text":
        in_one = profile.link == "text"
        return "\n\n".join(post.parts_with_link()) if in_one else post.draft.text_for(post.account.id)
    if name in _FIELDS:
        return post.version.fields.get(_FIELDS[name], "")
    return _VALUES[name](post)


def moment(post: Post, profile: Profile) -> str:
    """The planned time as the tool writes it; a pattern that ends in Z is filled in UTC."""
    when = post.planned
    if when is None:
        return ""
    if not profile.dates:
        return when.isoformat(timespec="auto")
    return (when.astimezone(UTC) if profile.dates.endswith("Z") else when).strftime(profile.dates)


def fields_of(post: Post) -> dict[str, Any]:
    """All a post is, as JSON takes it: the neutral format."""
    version, draft = post.version, post.draft
    return {
        "key": post.key,
        "draft": draft.id,
        "network": post.account.network,
        "account": post.account.handle,
        "planned_at": post.planned.isoformat() if post.planned else None,
        "time_zone": post.account.time_zone,
        "format": version.format,
        "title": draft.title,
        "campaign": post.campaign.name if post.campaign else "",
        "text": draft.text_for(post.account.id),
        "thread": list(version.thread),
        "link": draft.link,
        "tracked_link": post.link,
        "media": media_of(post),
        "sponsored": draft.sponsored,
        "labels": dict(draft.labels),
        "fields": dict(version.fields),
    }


def media_of(post: Post) -> list[dict[str, Any]]:
    """The media with their files: name, alt text, kind, and where the file lies in the workspace."""
    return [
        {
            **item.model_dump(exclude_defaults=True),
            "kind": item.kind,
            **({"file": file_name(asset.id, asset.mime)} if asset else {}),
        }
        for item, asset in post.media
    ]


def file_name(id: str, mime: str) -> str:
    """Where a file lies below the workspace."""
    return f"media/{kept_name(id, mime)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


_VALUES: dict[str, Callable[[Post], str]] = {
    "draft": lambda post: post.draft.id,
    "network": lambda post: post.account.network,
    "account": lambda post: post.account.handle,
    "time_zone": lambda post: post.account.time_zone,
    "format": lambda post: post.version.format,
    "title": lambda post: post.draft.title,
    "campaign": lambda post: post.campaign.name if post.campaign else "",
    "thread": lambda post: _json(list(post.version.thread)),
    "link": lambda post: post.draft.link,
    "tracked_link": lambda post: post.link,
    "media": lambda post: _json(media_of(post)),
    "sponsored": lambda post: "yes" if post.draft.sponsored else "no",
    "labels": lambda post: _json(dict(post.draft.labels)),
    "nothing": lambda _post: "",
}
