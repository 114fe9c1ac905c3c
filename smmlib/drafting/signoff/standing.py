"""The outcome of `state_of`: where a draft stands on each account, who decided, what is void and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from smmlib.campaign import ROLES, Role
from smmlib.drafting.signoff.changes import Change, diff
from smmlib.drafting.signoff.content import Content
from smmlib.drafting.signoff.entry import LogEntry
from smmlib.language import Language, Message, mark
from smmlib.networks.findings import Listed

State = Literal["draft", "review", "returned", "approved"]

STATES: dict[State, str] = {
    "draft": mark("Not in review"),
    "review": mark("In review"),
    "returned": mark("Returned"),
    "approved": mark("Approved"),
}

_NOT_THERE = mark("This draft does not go to that account.")


@dataclass(frozen=True, slots=True)
class Void:
    """A decision that no longer holds, and why.

    Attributes:
        entry: The decision.
        reason: Why it does not hold.
        now: What the post is today.
    """

    entry: LogEntry
    reason: Message
    now: Content

    def changes(self, language: Language = "en") -> tuple[Change, ...]:
        """What is different from what was decided on; empty when only the time moved."""
        then = self.entry.content
        return diff(then, self.now, language=language) if then else ()


@dataclass(frozen=True, slots=True)
class AccountSignOff:
    """Where a draft stands on one account.

    Attributes:
        account: Id of the account.
        state: One of `STATES`.
        content: What the post is today.
        planned_at: When it is to appear, or None.
        requested: The request for review that holds, or None.
        approvals: Approvals that hold, one for each person and role.
        missing: Roles that still have to approve; "" where one approval by anyone is missing.
        returned: The return that nobody has answered by a new request, or None.
        urgent: The urgent release it was let out by, or None.
        void: Decisions that do not hold any more.
        tampered: Numbers of log entries that were changed afterwards and are not counted.
    """

    account: str
    state: State
    content: Content
    planned_at: datetime | None = None
    requested: LogEntry | None = None
    approvals: tuple[LogEntry, ...] = ()
    missing: tuple[Role | Literal[""], ...] = ()
    returned: LogEntry | None = None
    urgent: LogEntry | None = None
    void: tuple[Void, ...] = ()
    tampered: tuple[int, ...] = ()

    @property
    def reason(self) -> Message:
        """Why it stands there, in one sentence."""
        if self.state == "approved":
            return self._why_approved()
        if self.state == "returned" and self.returned is not None:
            template = mark("Returned by {name}: {text}")
            return Message(template, {"name": self.returned.actor, "text": self.returned.text})
        if self.tampered:
            numbers = ", ".join(map(str, self.tampered))
            return Message(
                mark("Changed afterwards, so not counted: entry {numbers} of the sign-off log."),
                {"numbers": numbers},
            )
        if self.state == "review":
            return self._what_is_missing()
        return self.void[-1].reason if self.void else Message(mark("Nobody has asked for a review yet."))

    def _why_approved(self) -> Message:
        if self.urgent is not None:
            template = mark("Urgent release by {name}: {text}")
            return Message(template, {"name": self.urgent.actor, "text": self.urgent.text})
        names = ", ".join(dict.fromkeys(entry.actor for entry in self.approvals))
        return Message(mark("Approved by {names}."), {"names": names})

    def _what_is_missing(self) -> Message:
        asked = self.requested.number if self.requested else 0
        moved = [void.reason for void in self.void if void.entry.number > asked]
        if moved:  # The post is the one that was asked for, so it is the time that does not fit any more.
            return moved[-1]
        roles = tuple(ROLES[role] for role in self.missing if role)
        if not roles:
            return Message(mark("The approval is still missing."))
        return Message(mark("Approval is still missing from: {roles}."), {"roles": Listed(roles)})


@dataclass(frozen=True, slots=True)
class SignOff:
    """Where a draft stands, on every account it goes to.

    Attributes:
        draft: Id of the draft.
        accounts: Account id to where it stands there, in the order of the versions.
        comments: Comments about the draft or one of its accounts, oldest first.
    """

    draft: str
    accounts: Mapping[str, AccountSignOff] = field(default_factory=dict)
    comments: tuple[LogEntry, ...] = ()

    @property
    def state(self) -> State:
        """Where it stands as a whole: approved when it is everywhere, else what needs attention first."""
        states = [account.state for account in self.accounts.values()]
        for state in ("returned", "draft", "review"):
            if state in states:
                return state
        return "approved" if states else "draft"

    def approved(self, account: str) -> bool:
        """Whether it may be handed over to this account, by approval or urgent release."""
        return account in self.accounts and self.accounts[account].state == "approved"

    def reason(self, account: str) -> Message:
        """Why it may or may not be handed over to this account."""
        return self.accounts[account].reason if account in self.accounts else Message(_NOT_THERE)
