"""Where a draft stands: draft, in review, returned or approved, on each account.

Nothing is stored about it: the state follows from the log and from what the draft is today. So an edit
voids an approval without anybody having to think of it, and taking the edit back makes it valid again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from smmlib.campaign import Account, Campaign, Role
from smmlib.draft import Draft
from smmlib.drafting.signoff.changes import diff
from smmlib.drafting.signoff.content import Content, content_of
from smmlib.drafting.signoff.entry import ACTIONS, LogEntry
from smmlib.drafting.signoff.standing import AccountSignOff, SignOff, State, Void
from smmlib.drafting.signoff.window import Window
from smmlib.language import Language, Message, mark
from smmlib.networks.findings import Listed

_TEXT = mark("Text")


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
