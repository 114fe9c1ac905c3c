"""Hand posts over: what may go is written as a tool takes it, what may not is named with its reasons."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from smmlib.drafting.checks import CheckOptions
from smmlib.drafting.handover.calendar_file import calendar_of
from smmlib.drafting.handover.plan_sheet import sheet_of
from smmlib.drafting.handover.post import Post
from smmlib.drafting.handover.profiles import Profile
from smmlib.drafting.handover.refusing import Approval, Reason, reasons_against, reasons_of_profile
from smmlib.drafting.handover.writing import csv_of, json_of, requests_of, text_of
from smmlib.language import Language, Message, mark

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Refused:
    """A post that is not handed over.

    Attributes:
        post: The post.
        reasons: Why not; each has `.text(language)`.
    """

    post: Post
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Outcome of `hand_over`.

    Attributes:
        content: The file; b"" when nothing can be handed over.
        name: A name for it, "" when there is none.
        mime: Its media type.
        posts: What is in it, in order.
        refused: What is not, and why.
        notes: What is to be looked at or done by hand afterwards.
    """

    content: bytes
    name: str
    mime: str
    posts: tuple[Post, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[Message, ...] = ()

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row for each post: draft, network, account, planned_at (local), handed_over, reasons."""
        import pandas as pd

        rows = [(post, True, "") for post in self.posts]
        rows += [(r.post, False, " ".join(why.text(language) for why in r.reasons)) for r in self.refused]
        return pd.DataFrame(
            [
                (p.draft.id, p.network.id, p.account.handle, _clock(p.planned), done, why)
                for p, done, why in rows
            ],
            columns=["draft", "network", "account", "planned_at", "handed_over", "reasons"],
        )


def hand_over(  # noqa: PLR0913
    posts: Sequence[Post],
    profile: Profile,
    *,
    approved: Approval,
    now: datetime,
    language: Language = "en",
    options: CheckOptions | None = None,
    channels: Mapping[str, str] | None = None,
) -> HandOver:
    """Write the posts that may leave the house as a tool takes them, and name the others.

    Refused are posts that are not approved, whose media's rights have ended or are not known, of which a
    check finds an error, and those the tool cannot take. A tool that takes one account, or so many posts,
    at a time gets a ZIP with a file for each.

    Args:
        posts: The posts, see `posts_of`.
        profile: What the tool takes, see `load_profiles`.
        approved: Told a draft and an account id, says why it is not signed off, or None.
        now: The moment everything is judged by, with time zone.
        language: Language of headings for people.
        options: Which checks are on.
        channels: Account id to the tool's own id of it, where the tool needs one.
    """
    known, good, refused = channels or {}, [], []
    for post in posts:
        reasons = (
            *reasons_against(post, approved=approved, now=now, options=options),
            *reasons_of_profile(post, profile, now=now, channels=known),
        )
        if reasons:
            refused.append(Refused(post, reasons))
        else:
            good.append(post)
    files = [
        (_name(profile, some, now), _written(some, profile, now, language, known))
        for some in _portions(good, profile)
    ]
    content, name, mime = _together(files, profile, now)
    return HandOver(content, name, mime, tuple(good), tuple(refused), tuple(_notes(good, profile)))


def _portions(posts: list[Post], profile: Profile) -> Iterator[list[Post]]:
    """Posts that go into one file together."""
    by_account: dict[str, list[Post]] = {}
    for post in posts:
        by_account.setdefault(post.account.id if profile.one_account else "", []).append(post)
    for some in by_account.values():
        step = profile.most_posts or len(some)
        yield from (some[at : at + step] for at in range(0, len(some), step))


def _written(
    posts: list[Post], profile: Profile, now: datetime, language: Language, channels: Mapping[str, str]
) -> bytes:
    match profile.form:
        case "csv":
            return csv_of(posts, profile)
        case "json":
            return json_of(posts)
        case "requests":
            return requests_of(posts, profile, channels)
        case "calendar":
            return calendar_of(posts, now=now, language=language)
        case "sheet":
            return sheet_of(posts, language)
        case "text":
            return text_of(posts, language)


def _name(profile: Profile, posts: list[Post], now: datetime) -> str:
    whose = f"{posts[0].network.id}-{posts[0].account.handle}-" if profile.one_account else ""
    plain = re.sub(r"[^\w.-]+", "-", whose, flags=re.ASCII).strip("-")
    return "-".join(part for part in ("posts", profile.id, plain, f"{now:%Y-%m-%d}") if part)


def _together(files: list[tuple[str, bytes]], profile: Profile, now: datetime) -> tuple[bytes, str, str]:
    """The only file, or a ZIP of several."""
    if not files:
        return b"", "", profile.mime
    if len(files) == 1:
        return files[0][1], f"{files[0][0]}.{profile.ending}", profile.mime
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files, start=1):
            entry = zipfile.ZipInfo(f"{name}-{number}.{profile.ending}", now.timetuple()[:6])
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return written.getvalue(), f"posts-{profile.id}-{now:%Y-%m-%d}.zip", "application/zip"


def _notes(posts: list[Post], profile: Profile) -> Iterator[Message]:
    if profile.form not in ("csv", "requests") or profile.formulas == "apostrophe":
        return
    pictures = sum(1 for post in posts if post.version.media)
    if pictures:
        sentence = mark("Posts with pictures or films: {count}. Add files and alt texts in {tool} by hand.")
        yield Message(sentence, {"count": pictures, "tool": profile.name["en"]})
    fields = sum(1 for post in posts if any(post.version.fields.values()))
    if fields:
        sentence = mark("Posts with a title, teaser or warning: {count}. Look at these fields in {tool}.")
        yield Message(sentence, {"count": fields, "tool": profile.name["en"]})


def _clock(when: datetime | None) -> datetime | None:
    return when.replace(tzinfo=None) if when else None
