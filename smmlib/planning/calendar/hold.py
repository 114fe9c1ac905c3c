"""Posting stop: what is planned for an account, a campaign or the company waits, with reason and log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from smmlib.errors import InvalidValueError
from smmlib.language import Message, mark
from smmlib.planning.calendar.calendar_entry import CalendarEntry
from smmlib.record import KeptRecord, Record

HoldScope = Literal["account", "campaign", "company"]
HoldAction = Literal["hold", "release one", "release all"]

HOLD_SCOPES: dict[HoldScope, str] = {
    "account": mark("Account"),
    "campaign": mark("Campaign"),
    "company": mark("Company"),
}
HOLD_ACTIONS: dict[HoldAction, str] = {
    "hold": mark("Posting stop"),
    "release one": mark("Entry released"),
    "release all": mark("Posting stop lifted"),
}


class HoldStep(Record):
    """One line of the log of a posting stop.

    Attributes:
        at: When, with time zone.
        by: Who.
        action: One of `HOLD_ACTIONS`.
        entry: Id of the entry that was released, or "".
        reason: Why.
    """

    at: datetime
    by: str = Field(min_length=1)
    action: HoldAction
    entry: str = ""
    reason: str = ""


class Hold(KeptRecord):
    """A posting stop. It also stops what is planned after it was called, until it is lifted.

    Attributes:
        scope: One of `HOLD_SCOPES`.
        of: Id of the account or campaign; of a company the brand of its accounts, "" for everything there is.
        log: What was done when, by whom and why; the first line is the stop itself.
    """

    scope: HoldScope
    of: str = ""
    log: tuple[HoldStep, ...] = Field(min_length=1)

    @property
    def reason(self) -> str:
        """Why it was called."""
        return self.log[0].reason

    @property
    def active(self) -> bool:
        """Whether it has not been lifted."""
        return all(step.action != "release all" for step in self.log)

    @property
    def released(self) -> frozenset[str]:
        """Ids of the entries that were released one by one."""
        return frozenset(step.entry for step in self.log if step.action == "release one")

    def reaches(self, entry: CalendarEntry, brands: Mapping[str, str]) -> bool:
        """Whether an entry is of what was stopped; released or not.

        Args:
            entry: The entry.
            brands: Id of each account to the brand it speaks for.
        """
        if self.scope == "account":
            return entry.account == self.of
        if self.scope == "campaign":
            return entry.campaign == self.of
        return not self.of or (bool(entry.account) and brands.get(entry.account) == self.of)

    def stops(self, entry: CalendarEntry, brands: Mapping[str, str]) -> bool:
        """Whether it keeps an entry back: not lifted, not released, not appeared yet."""
        return (
            self.active and not entry.done and entry.id not in self.released and self.reaches(entry, brands)
        )

    def message(self) -> Message:
        """Why an entry waits, in one sentence."""
        first = self.log[0]
        text = mark("On hold since {at:datetime} ({name}): {reason}")
        return Message(text, {"at": first.at, "name": first.by, "reason": first.reason})

    def with_step(self, step: HoldStep) -> Hold:
        """The stop with one more line in its log.

        Raises:
            InvalidValueError: It was lifted already, or the entry was released already.
        """
        if not self.active:
            raise InvalidValueError(
                mark("This posting stop was lifted at {at:datetime} by {name}."),
                at=self.log[-1].at,
                name=self.log[-1].by,
            )
        if step.action == "release one" and step.entry in self.released:
            raise InvalidValueError(mark("{entry!r} was released already."), entry=step.entry)
        return self.replace(log=(*self.log, step))


def called(
    scope: HoldScope, of: str = "", *, reason: str, by: str, at: datetime, id: str | None = None
) -> Hold:
    """A new posting stop.

    Args:
        scope: What it stops, one of `HOLD_SCOPES`.
        of: Which account, campaign or brand.
        reason: Why; everybody who meets it reads this.
        by: Who calls it.
        at: Now, with time zone.
        id: Its id; None: a fresh one.

    Raises:
        InvalidValueError: Reason or name is missing, or the account or campaign is not named.
    """
    if not reason.strip() or not by.strip():
        raise InvalidValueError(mark("A posting stop needs a reason and the name of who calls it."))
    if scope != "company" and not of:
        raise InvalidValueError(mark("Which account or campaign is to stop? Name it, or stop the company."))
    step = HoldStep(at=at, by=by.strip(), action="hold", reason=reason.strip())
    known = {} if id is None else {"id": id}
    return Hold(scope=scope, of=of, log=(step,), **known)


def held_entries(
    entries: Iterable[CalendarEntry], holds: Iterable[Hold], brands: Mapping[str, str]
) -> dict[str, Hold]:
    """Id of each entry that waits to the stop that keeps it, the oldest where there are several.

    Args:
        entries: The entries.
        holds: All posting stops.
        brands: Id of each account to the brand it speaks for.
    """
    active = [hold for hold in holds if hold.active]
    found = {}
    for entry in entries if active else ():
        hold = next((hold for hold in active if hold.stops(entry, brands)), None)
        if hold is not None:
            found[entry.id] = hold
    return found
