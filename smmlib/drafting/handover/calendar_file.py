"""Posts as a calendar file: an event each, in the account's time zone, without alarms (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from smmlib.drafting.handover.clipboard import clipboard_text
from smmlib.drafting.handover.post import Post
from smmlib.language import Language

if TYPE_CHECKING:
    from icalendar import Event

_LENGTH = timedelta(minutes=15)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def calendar_of(posts: Sequence[Post], *, now: datetime, language: Language) -> bytes:
    """Planned posts as ICS. Imported again, an event replaces its earlier self: its UID stays.

    Args:
        posts: Posts that have a planned time.
        now: When this is, with time zone.
        language: Language of headings in the notes of an event.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//smmlib//hand-over//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for post in posts:
        if post.planned is not None:
            calendar.add_component(_event(post, post.planned, now, language))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(post: Post, when: datetime, now: datetime, language: Language) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{post.key}@smmlib")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", when.replace(microsecond=0))
    event.add("dtend", when.replace(microsecond=0) + _LENGTH)
    event.add("summary", _plain(post.name))
    event.add("description", _plain(clipboard_text(post, language)))
    event.add("transp", "TRANSPARENT")
    if post.link:
        event.add("url", post.link)
    if post.campaign:
        event.add("categories", [_plain(post.campaign.name)])
    return event


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
