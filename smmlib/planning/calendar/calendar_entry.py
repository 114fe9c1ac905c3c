"""An entry of the editorial calendar: a post, press release, ad, mailing, event or insertion."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from smmlib.draft import Media
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.record import KeptRecord
from smmlib.timetable import zone

EntryKind = Literal["post", "press release", "ad", "mailing", "event", "insertion"]

ENTRY_KINDS: dict[EntryKind, str] = {
    "post": mark("Post"),
    "press release": mark("Press release"),
    "ad": mark("Ad"),
    "mailing": mark("Mailing"),
    "event": mark("Event"),
    "insertion": mark("Insertion"),
}
"""An insertion is an advertisement in traditional media: newspaper, radio, TV, out-of-home."""


class CalendarEntry(KeptRecord):
    """Something that appears at a time.

    Attributes:
        kind: One of `ENTRY_KINDS`.
        title: What lists call it.
        start: When it appears or begins, with time zone.
        end: When it ends (excluded), with time zone, or None: a moment, or one whole day.
        all_day: Whether it is about whole days of its zone; then it starts and ends at midnight.
        time_zone: IANA name of the clock it is planned on.
        channel: Where it appears, as the team calls it: a newspaper, a newsletter, a station.
        account: Id of the account it appears on, or "".
        campaign: Id of its campaign, or "".
        audience: Whom it reaches; entries with the same words reach the same people. "": not said.
        text: What it says, if there is a text.
        language: Language of the text.
        media: Pictures and films that go with it.
        owner: Who sees to it.
        notes: Anything else.
        public: False for what the public does not see yet, such as a press release sent under embargo.
        draft: Id of the draft it comes of, of a post; else "".
        done: Whether it has appeared.
        uid: UID of the calendar file it was read from, or "".
    """

    kind: EntryKind = "event"
    title: str = Field(min_length=1)
    start: datetime
    end: datetime | None = None
    all_day: bool = False
    time_zone: str = "Europe/Berlin"
    channel: str = ""
    account: str = ""
    campaign: str = ""
    audience: str = ""
    text: str = ""
    language: Language = "de"
    media: tuple[Media, ...] = ()
    owner: str = ""
    notes: str = ""
    public: bool = True
    draft: str = ""
    done: bool = False
    uid: str = ""

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        zone(name)
        return name

    @field_validator("start", "end")
    @classmethod
    def _has_zone(cls, when: datetime | None) -> datetime | None:
        if when is not None and when.tzinfo is None:
            raise InvalidValueError(
                mark("The time {when:datetime} has no time zone; add the one it is planned in."), when=when
            )
        return when

    @model_validator(mode="after")
    def _in_order(self) -> CalendarEntry:
        if self.end is not None and self.end <= self.start:
            raise InvalidValueError(
                mark("{title!r} ends at {end:datetime}, not after its start ({start:datetime}); correct it."),
                title=self.title,
                start=self.local,
                end=self.end.astimezone(ZoneInfo(self.time_zone)),
            )
        return self

    @property
    def local(self) -> datetime:
        """When it appears, on its own clock."""
        return self.start.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime | None:
        """When it ends, on its own clock; None for a moment. A whole day ends at the next midnight."""
        if self.end is not None:
            return self.end.astimezone(ZoneInfo(self.time_zone))
        return self.local + timedelta(days=1) if self.all_day else None

    @property
    def last_moment(self) -> datetime:
        """The end, or the start of what has none."""
        return self.local_end or self.start

    @property
    def is_post(self) -> bool:
        """Whether it stands in a draft, so that the draft is what changes."""
        return bool(self.draft)

    @property
    def channel_key(self) -> str:
        """What tells its channel from others: the account, else the name without regard to capitals."""
        return f"account:{self.account}" if self.account else " ".join(self.channel.split()).casefold()
