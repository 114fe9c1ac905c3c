"""Stretches of time in which something must not appear: blackouts and embargoes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.calendar.calendar_entry import CalendarEntry, EntryKind
from smmlib.record import KeptRecord

PeriodKind = Literal["blackout", "embargo"]

PERIOD_KINDS: dict[PeriodKind, str] = {"blackout": mark("Blackout"), "embargo": mark("Embargo")}


class Period(KeptRecord):
    """A stretch of time in which some entries must not appear.

    Attributes:
        kind: "blackout": nothing is said, such as before an election or on a day of mourning; "embargo": a
            matter is not public yet.
        name: Why; findings say it.
        start: When it begins, with time zone.
        end: When it is over (excluded), with time zone.
        accounts: Ids of the accounts it holds for; empty: all, and what has no account.
        campaigns: Ids of the campaigns it holds for; empty: all.
        kinds: Kinds of entries it holds for; empty: all.
    """

    kind: PeriodKind = "blackout"
    name: str = Field(min_length=1)
    start: datetime
    end: datetime
    accounts: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    kinds: tuple[EntryKind, ...] = ()

    @field_validator("start", "end")
    @classmethod
    def _has_zone(cls, when: datetime) -> datetime:
        if when.tzinfo is None:
            raise InvalidValueError(
                mark("The time {when:datetime} has no time zone; add the one it is planned in."), when=when
            )
        return when

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end <= self.start:
            raise InvalidValueError(
                mark("{title!r} ends at {end:datetime}, not after its start ({start:datetime}); correct it."),
                title=self.name,
                start=self.start,
                end=self.end,
            )
        return self

    def covers(self, entry: CalendarEntry) -> bool:
        """Whether an entry appears, or goes on, while it holds, and is of what it holds for."""
        return (
            entry.start < self.end
            and (entry.last_moment > self.start or entry.start == self.start)
            and (not self.accounts or entry.account in self.accounts)
            and (not self.campaigns or entry.campaign in self.campaigns)
            and (not self.kinds or entry.kind in self.kinds)
        )
