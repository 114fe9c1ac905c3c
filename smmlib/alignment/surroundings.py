"""What entries are held against: campaigns, files, periods, running tests, sign-off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from smmlib.alignment.rules import AlignmentRules
from smmlib.asset import Asset
from smmlib.campaign import Campaign
from smmlib.experiments import Assignment
from smmlib.language import Message
from smmlib.planning.calendar import CalendarEntry, Period

_SLOT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ProtectedSlot:
    """Time around a slot of a copy test that belongs to the test alone.

    Attributes:
        test: What the team calls the test.
        assignment: Id of the assignment; drafts made of it begin with it.
        account: Id of the account.
        slot: When the slot begins.
        opens: From when on nothing else may appear there.
        closes: Until when (excluded).
    """

    test: str
    assignment: str
    account: str
    slot: datetime
    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class Surroundings:
    """What is known beside the entries.

    Attributes:
        now: The moment all is judged by, with time zone.
        rules: The house's rules.
        campaigns: By id.
        assets: Media files by id, as far as they are kept.
        accounts: Id to how lists show the account.
        periods: Blackouts and embargoes.
        slots: Slots of tests that run, see `protected_slots`.
        unsigned: Id of each post that is not signed off to the reason.
    """

    now: datetime
    rules: AlignmentRules = field(default_factory=AlignmentRules)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    assets: Mapping[str, Asset] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    slots: tuple[ProtectedSlot, ...] = ()
    unsigned: Mapping[str, Message] = field(default_factory=dict)

    def coming(self, entry: CalendarEntry) -> bool:
        """Whether an entry can still be changed: it has not appeared, and its time is not over."""
        return not entry.done and (entry.start >= self.now or entry.last_moment > self.now)


def protected_slots(assignments: Iterable[Assignment], now: datetime) -> tuple[ProtectedSlot, ...]:
    """The slots of tests that still run, each with the hours around it that were to be kept free.

    Around a slot its wash-out is kept free, behind it at least an hour. Periods of a switchback are not
    protected: there everything that is posted belongs to the test.

    Args:
        assignments: Drawn assignments.
        now: Now; a test whose last slot is over does not run any more.
    """
    found = []
    for drawn in assignments:
        wash = timedelta(hours=drawn.washout_hours)
        slots = [
            ProtectedSlot(
                drawn.name or drawn.id,
                drawn.id,
                slot.account,
                slot.start,
                slot.start - wash,
                slot.start + max(wash, _SLOT),
            )
            for slot in drawn.slots
            if drawn.mechanism == "blocks" and slot.account
        ]
        if slots and max(slot.closes for slot in slots) > now:
            found += slots
    return tuple(found)
