"""Where a draft stands: draft, in review, returned or approved, on each account.

Nothing is stored about it: the state follows from the log and from what the draft is today. So an edit
voids an approval without anybody having to think of it, and taking the edit back makes it valid again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from smmlib.campaign import ROLES, Account, Campaign, Role
from smmlib.draft import Draft
from smmlib.drafting.signoff.changes import Change, diff
from smmlib.drafting.signoff.content import Content, content_of
from smmlib.drafting.signoff.entry import ACTIONS, LogEntry
from smmlib.drafting.signoff.window import Window
from smmlib.language import Language, Message, mark
from smmlib.networks.findings import Listed

State = Literal["draft", "review", "returned", "approved"]

STATES: dict[State, str] = {
    "draft": mark("Not in review"),
    "review": mark("In review"),
    "returned": mark("Returned"),
    "approved": mark("Approved"),
}

_TEXT = mark("Text")
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


def state_of(
    draft: Draft,
    entries: Iterable[LogEntry],
    *,
    accounts: Iterable[Account],
    campaign: Campaign | None = None,
    unlinked: frozenset[int] = frozenset(),
) -> SignOff:
    """Where a draft stands, by the log and by what it is today.

    Args:
        draft: The draft as it is today.
        entries: Entries of the log; those of other drafts are passed over.
        accounts: Accounts of the workspace.
        campaign: The draft's campaign: who has to approve, and its link; None: one approval by anyone.
        unlinked: Numbers of entries that do not follow the one before them; they do not count.
    """
    own = [entry for entry in entries if entry.draft == draft.id]
    sound = [entry for entry in own if entry.number not in unlinked and not entry.faults()]
    broken = tuple(entry.number for entry in own if entry not in sound)
    known = {account.id: account for account in accounts}
    states = {}
    for version in draft.versions:
        if version.account in known:
            mine = [entry for entry in sound if entry.account == version.account]
            content = content_of(draft, known[version.account], campaign)
            post = _Post(content, version.planned_at, known[version.account].time_zone)
            states[version.account] = _on_account(post, mine, campaign, broken)
    return SignOff(draft.id, states, tuple(e for e in sound if e.action == "comment"))


def counts(entry: LogEntry, campaign: Campaign | None) -> tuple[Role | Literal[""], ...]:
    """The roles an approval counts for: its own if that person may, "" where the campaign names none."""
    wanted = campaign.reviewers if campaign else {}
    if not wanted:
        return ("",)
    return (entry.role,) if entry.role in wanted and may_decide(entry.actor, entry.role, campaign) else ()


def wanted_roles(campaign: Campaign | None) -> tuple[Role | Literal[""], ...]:
    """The roles that have to approve; "" alone where one approval by anyone suffices."""
    return tuple(campaign.reviewers) if campaign and campaign.reviewers else ("",)


def may_decide(name: str, role: str, campaign: Campaign | None) -> bool:
    """Whether a person may approve in a role: named for it, or nobody is."""
    wanted = campaign.reviewers if campaign else {}
    if not wanted:
        return True
    people = next((people for known, people in wanted.items() if known == role), None)
    return people is not None and (not people or same_person(name, *people))


def same_person(name: str, *others: str) -> bool:
    """Whether a name is one of the others; capital or small and spaces around do not matter."""
    return name.strip().casefold() in {other.strip().casefold() for other in others}


@dataclass(frozen=True, slots=True)
class _Post:
    """A post as it is today, and the clock of its account."""

    content: Content
    planned_at: datetime | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class _OnClock:
    """A window as a value of a sentence, on the clock of an account."""

    window: Window
    time_zone: str

    def text(self, language: Language = "en") -> str:
        return self.window.text(language, self.time_zone)


def _on_account(
    post: _Post, entries: Sequence[LogEntry], campaign: Campaign | None, broken: tuple[int, ...]
) -> AccountSignOff:
    standing, returned = _standing(entries)
    reasons = {entry.number: _void(entry, post) for entry in standing}
    holding = [entry for entry in standing if reasons[entry.number] is None]
    void = tuple(Void(e, why, post.content) for e in standing if (why := reasons[e.number]) is not None)
    approvals = tuple(e for e in holding if e.action == "approve" and counts(e, campaign))
    had = {role for entry in approvals for role in counts(entry, campaign)}
    missing = tuple(role for role in wanted_roles(campaign) if role not in had)
    urgent = next((e for e in reversed(holding) if e.action == "urgent release"), None)
    requested = next((e for e in reversed(holding) if e.action == "request"), None)
    state: State = "draft"
    if urgent or (approvals and not missing):
        state = "approved"
    elif returned:
        state = "returned"
    elif requested:
        state = "review"
    return AccountSignOff(
        account=post.content.account,
        state=state,
        content=post.content,
        planned_at=post.planned_at,
        requested=requested,
        approvals=approvals,
        missing=() if state == "approved" else missing,
        returned=returned,
        urgent=urgent,
        void=void,
        tampered=broken,
    )


def _standing(entries: Sequence[LogEntry]) -> tuple[list[LogEntry], LogEntry | None]:
    """Decisions not taken back since, the newest of each person and role; and the return not answered yet."""
    standing: dict[tuple[str, str, str], LogEntry] = {}
    returned = None
    for entry in entries:
        if entry.action in ("return", "withdraw"):
            standing, returned = {}, entry if entry.action == "return" else None
        elif entry.action in ("request", "approve", "urgent release"):
            returned = None if entry.action == "request" else returned
            who = entry.actor.casefold() if entry.action == "approve" else ""
            standing.pop((entry.action, entry.role, who), None)
            standing[entry.action, entry.role, who] = entry
    return sorted(standing.values(), key=lambda entry: entry.number), returned


def _void(entry: LogEntry, post: _Post) -> Message | None:
    """Why a decision does not hold, or None."""
    then, at = entry.content, entry.at.astimezone(ZoneInfo(post.time_zone))
    if then is None:
        return Message(mark("What was decided on was erased on request; please ask for a new review."))
    values = {"action": Message(ACTIONS[entry.action]), "name": entry.actor, "at": at}
    if then != post.content:
        fields = tuple(dict.fromkeys(change.field for change in diff(then, post.content)))
        if fields == (_TEXT,):
            return Message(mark("The text was edited since ({action}: {name}, {at:datetime})."), values)
        template = mark("Edited since ({action}: {name}, {at:datetime}): {fields}.")
        return Message(template, {**values, "fields": Listed(fields)})
    if entry.action != "request" and not entry.window.holds(post.planned_at):
        template = mark("It was moved out of the time {name} approved ({window}).")
        return Message(template, {**values, "window": _OnClock(entry.window, post.time_zone)})
    return None
