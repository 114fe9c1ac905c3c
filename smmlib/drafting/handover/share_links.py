"""Links that open a network's own window for a new post. Everything users wrote is percent-encoded."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from smmlib.drafting.handover.post import Post
from smmlib.record import Record

_FILE = Path(__file__).parent / "share.toml"
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)


class ShareRule(Record):
    """Which address a network has for a new post.

    Attributes:
        address: With {text}, {text_alone}, {link} and {instance} to be filled.
        takes: Whether the text is filled in there, or only the link is taken.
        source: Where this stands.
        checked_on: When it was last looked up.
        confidence: How sure it is.
    """

    address: str
    takes: Literal["text", "link"]
    source: str = ""
    checked_on: date | None = None
    confidence: Literal["high", "medium", "low"] = "high"


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link that opens the network's window; somebody has to send the post there.

    Attributes:
        address: The link, safe to put into an attribute once escaped.
        takes: "text": the post is filled in; "link": the text has to be pasted.
    """

    address: str
    takes: Literal["text", "link"]


@cache
def share_rules() -> dict[str, ShareRule]:
    """Network id to its address. Do not change them."""
    written = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    day = {"checked_on": written["checked_on"]}
    return {id: ShareRule(**{**day, **table}) for id, table in written.items() if isinstance(table, dict)}


def share_link(post: Post) -> ShareLink | None:
    """The link for a post; None where its network has none, or its server or the link is not known."""
    rule = share_rules().get(post.account.network)
    if rule is None:
        return None
    values = {
        "text": post.parts_with_link()[0],
        "text_alone": post.parts[0],
        "link": post.link,
        "instance": _instance(post.account.handle),
    }
    wanted = [name for name in values if f"{{{name}}}" in rule.address]
    if any(not values[name] for name in wanted):
        return None
    filled = {name: quote(values[name], safe="", errors="replace") for name in wanted}
    return ShareLink(rule.address.format(**filled), rule.takes)


def _instance(handle: str) -> str:
    """The server of @name@server, or ""."""
    host = handle.rpartition("@")[2].strip() if handle.count("@") == 2 else ""
    return host.lower() if _HOST.fullmatch(host) else ""
