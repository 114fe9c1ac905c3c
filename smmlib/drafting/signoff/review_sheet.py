"""What goes on a review sheet, for people who approve without the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from smmlib.campaign import Role
from smmlib.draft import POST_FIELDS, Draft
from smmlib.drafting.signoff.content import Content
from smmlib.drafting.signoff.standing import AccountSignOff
from smmlib.drafting.surveying import AccountSurvey
from smmlib.formulas import without_illegal
from smmlib.language import Language, mark, moment, say

Decision = Literal["approve", "return", "comment"]

DECISIONS: dict[Decision, str] = {
    "approve": mark("approve"),
    "return": mark("return"),
    "comment": mark("comment only"),
}
"""What a reviewer may decide, and how sheets call it."""

CONTENT_FIELDS: dict[str, str] = {
    "text": mark("Text"),
    "parts": mark("Further parts"),
    "link": mark("Link"),
    "media": mark("Pictures and films"),
}
"""What a sheet shows of a post as text; it must come back as it went out."""

CELL_MOST = 32_000
"""Characters a cell shows of a text; the fingerprint covers all of it."""


@dataclass(frozen=True, slots=True)
class ReviewPost:
    """One draft on one account.

    Attributes:
        draft: The draft.
        survey: How it goes to the account.
        sign_off: Where it stands there.
        roles: Roles its campaign asks for; empty: one approval by anyone.
        comments: What was said about it, "name: text" each.
    """

    draft: Draft
    survey: AccountSurvey
    sign_off: AccountSignOff
    roles: tuple[Role, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def content(self) -> Content:
        """What is to be decided on."""
        return self.sign_off.content

    @property
    def planned(self) -> str:
        """When it is to appear, ISO with offset, or ""."""
        return self.sign_off.planned_at.isoformat() if self.sign_off.planned_at else ""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """Posts to be decided on, and what a sheet needs to find its way back.

    Attributes:
        posts: The posts.
        workspace: What the workspace is known by: the hash of the first entry of its log.
        name: What the team calls it.
        head: The state of the log when the sheet was made.
        made_at: When that was.
        made_by: Who sends it, or "".
        deadline: Day by which an answer is asked for, or None.
    """

    posts: tuple[ReviewPost, ...]
    workspace: str
    name: str
    head: str
    made_at: datetime
    made_by: str = ""
    deadline: date | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles any of the posts asks for."""
        return tuple(dict.fromkeys(role for post in self.posts for role in post.roles))


def shown_content(content: Content, language: Language) -> dict[str, str]:
    """A post as the text columns of a sheet show it, cut where a cell ends."""
    text = "\n\n".join(content.thread) if content.thread else content.text
    parts = [f"{say(POST_FIELDS[name], language)}: {value}" for name, value in content.fields.items()]
    parts += [f"{say(mark('Variant'), language)} {name}: {value}" for name, value in content.variants]
    card = (content.link_card.title, content.link_card.description, content.link_card.site)
    if any(card):
        parts.append(f"{say(mark('Link preview'), language)}: {' · '.join(filter(None, card))}")
    if content.sponsored:
        parts.append(say(mark("Advertising"), language))
    media = (
        " · ".join(filter(None, (m.name or m.asset[:12], m.alt_text, m.subtitles))) for m in content.media
    )
    told: dict[str, str] = {
        "text": text,
        "parts": "\n".join(parts),
        "link": content.link,
        "media": "\n".join(f"{number}. {line}" for number, line in enumerate(media, start=1)),
    }
    return {field: cell_text(value) for field, value in told.items()}


def shown_time(planned: datetime | None, time_zone: str, language: Language) -> str:
    """When a post is to appear, on the clock of its account, as a sheet shows it; "" while not planned."""
    return moment(planned.astimezone(ZoneInfo(time_zone)), language) if planned else ""


def cell_text(text: str) -> str:
    """A text as a cell holds it: without what cannot be stored, and not too long."""
    clean = without_illegal(text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= CELL_MOST else clean[: CELL_MOST - 1] + "…"
