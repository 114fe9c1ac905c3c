"""Posting stops of a workspace: called, lifted, and asked before anything leaves the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from smmlib.draft import Draft
from smmlib.errors import UnknownNameError
from smmlib.language import Message, mark

if TYPE_CHECKING:
    from smmlib.planning.calendar import CalendarEntry, Hold
    from smmlib.planning.calendar.hold import HoldAction, HoldScope
    from smmlib.workspace.workspace import Workspace


class PostingStops:
    """One action puts what is planned for an account, a campaign or the company on hold: `workspace.stops`.

    Args:
        workspace: The workspace.
        clock: Returns the current time, with time zone.
    """

    def __init__(self, workspace: Workspace, *, clock: Callable[[], datetime]) -> None:
        self._workspace, self._clock = workspace, clock

    def call(self, scope: HoldScope, of: str = "", *, reason: str, author: str) -> Hold:
        """Put everything of an account, a campaign or the company on hold, at once.

        What is planned after this waits too, until the stop is lifted.

        Args:
            scope: "account", "campaign" or "company".
            of: Id of the account or campaign; of a company the brand of its accounts, "" for everything.
            reason: Why; everybody who meets it reads this.
            author: Who calls it.

        Raises:
            UnknownNameError: There is no such account, campaign or brand.
            InvalidValueError: Reason or name is missing.
        """
        from smmlib.planning.calendar import called

        hold = called(scope, of, reason=reason, by=author, at=self._clock())
        if scope == "account":
            self._workspace.accounts.get(of)
        elif scope == "campaign":
            self._workspace.campaigns.get(of)
        elif of and of not in (brands := set(self.brands().values()) - {""}):
            raise UnknownNameError(mark("Brand"), of, sorted(brands))
        return self._workspace.holds.add(hold, author=author)

    def release(self, id: str, entry: str | None = None, *, author: str, reason: str = "") -> Hold:
        """Release one entry of a stop, or lift it.

        Args:
            id: Id of the stop.
            entry: Id of the entry; None: all, the stop is over.
            author: Who releases.
            reason: Why.

        Raises:
            UnknownNameError: There is no such stop.
            InvalidValueError: It was lifted, or the entry released, already.
            InvalidRecordError: The name is missing.
            ConflictError: Somebody changed the stop at this moment.
        """
        from smmlib.planning.calendar import HoldStep

        holds = self._workspace.holds
        number = holds.revision(id)
        action: HoldAction = "release all" if entry is None else "release one"
        step = HoldStep(at=self._clock(), by=author.strip(), action=action, entry=entry or "", reason=reason)
        return holds.update(holds.get(id).with_step(step), author=author, expected=number)

    def active(self) -> tuple[Hold, ...]:
        """The stops that are not lifted, oldest first."""
        return tuple(hold for hold in self._workspace.holds.list() if hold.active)

    def brands(self) -> dict[str, str]:
        """Id of each account to the brand it speaks for."""
        return {account.id: account.brand for account in self._workspace.accounts.list()}

    def held(self, entries: Iterable[CalendarEntry]) -> dict[str, Hold]:
        """Id of each entry that waits to the stop that keeps it."""
        from smmlib.planning.calendar import held_entries

        active = self.active()
        return held_entries(entries, active, self.brands()) if active else {}

    def reasons(self, drafts: Iterable[Draft]) -> dict[tuple[str, str], Message]:
        """Draft and account of each post on hold to the reason; posts without a planned time wait too."""
        from smmlib.planning.calendar import post_entries

        active = self.active()
        if not active:
            return {}
        entries = post_entries(drafts, self._workspace.accounts.list(), undated=self._clock())
        held = self.held(entries)
        return {(e.draft, e.account): held[e.id].message() for e in entries if e.id in held}
