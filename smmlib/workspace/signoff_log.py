"""Sign-off in a workspace: the log, and what follows from it for each draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft
from smmlib.drafting.signoff import (
    Deed,
    Head,
    HistoryItem,
    LogEntry,
    SignOff,
    Situation,
    Step,
    Verification,
    allow,
    allow_comment,
    days_around,
    history_of,
    state_of,
    verify_chain,
)
from smmlib.errors import ConflictError, InvalidValueError
from smmlib.language import mark
from smmlib.networks import account_label
from smmlib.workspace import log_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from smmlib.workspace.collection import Collection
    from smmlib.workspace.database import Database


@dataclass(frozen=True, slots=True)
class Records:
    """What is signed off, and who has to.

    Attributes:
        drafts: The drafts.
        accounts: The accounts they go to.
        campaigns: Their campaigns.
    """

    drafts: Collection[Draft]
    accounts: Collection[Account]
    campaigns: Collection[Campaign]

    def campaign(self, draft: Draft) -> Campaign | None:
        """The campaign of a draft, or None."""
        return next((c for c in self.campaigns.list() if c.id == draft.campaign), None)


class SignOffLog:
    """Who asked for, gave and refused approvals: `workspace.signoff`.

    Entries are only ever added, each in a transaction that shuts out other writers, and each holds the
    hash of the one before; `verify` shows what was changed behind the workbench's back. Where a draft
    stands is never stored: `state` works it out from the log and the draft as it is now.

    Args:
        database: Where the log is kept.
        records: What is signed off.
        clock: Returns the current time, with time zone.
    """

    def __init__(
        self,
        database: Database,
        records: Records,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._records, self._clock = database, records, clock

    def append(self, *steps: Step) -> tuple[LogEntry, ...]:
        """Log steps, all of them or none.

        Rules are checked against the draft and the log as they are at that moment, so two people may
        decide at once: the second one meets what the first one did.

        Raises:
            UnknownNameError: There is no such draft, action or role.
            InvalidValueError: Name, comment or reason is missing, or the draft does not stand there.
            ConflictError: The post was changed since the actor saw it.
            WorkspaceError: Nothing can be written.
        """
        with self._database.writing() as connection:
            entries: list[LogEntry] = []
            for step in steps:
                entries += self._append(connection, step)
        return tuple(entries)

    def entries(self, draft: str | None = None) -> tuple[LogEntry, ...]:
        """The whole log, oldest first, or what is about one draft."""
        with self._database.reading() as connection:
            return log_rows.read(connection, draft)

    def unlinked(self, draft: str) -> frozenset[int]:
        """Numbers of a draft's entries that do not follow the one before them; they do not count."""
        with self._database.reading() as connection:
            return log_rows.unlinked(connection, draft)

    def state(self, draft: str | Draft) -> SignOff:
        """Where a draft stands on each of its accounts: `.approved(account)`, `.reason(account)`.

        Entries that were changed afterwards, or do not follow the one before, are not counted.

        Args:
            draft: Its id, for the draft as it is stored; or the draft itself as somebody holds it, edited
                or not.

        Raises:
            UnknownNameError: There is no such draft.
        """
        if isinstance(draft, str):
            draft = self._records.drafts.get(draft)
        with self._database.reading() as connection:
            return self._state(connection, draft)

    def states(self, drafts: Iterable[Draft]) -> dict[str, SignOff]:
        """Where several drafts stand, by id, as `state` says it of one."""
        wanted = {draft.id: draft for draft in drafts}
        accounts = self._records.accounts.list()
        campaigns = {campaign.id: campaign for campaign in self._records.campaigns.list()}
        with self._database.reading() as connection:
            entries = log_rows.read_several(connection, list(wanted))
            unlinked = log_rows.unlinked(connection)
        return {
            id: state_of(
                draft,
                entries.get(id, ()),
                accounts=accounts,
                campaign=campaigns.get(draft.campaign),
                unlinked=unlinked,
            )
            for id, draft in wanted.items()
        }

    def history(self, draft_id: str) -> tuple[HistoryItem, ...]:
        """Everything that happened to a draft, edits and decisions, oldest first; also of a removed one.

        Raises:
            UnknownNameError: There has never been such a draft.
        """
        return history_of(self._records.drafts.history(draft_id), self.entries(draft_id))

    def verify(self, known: Head | None = None) -> Verification:
        """Check the whole log.

        Args:
            known: A state of the log known from elsewhere, e.g. a review sheet, a backup, a note on paper.
        """
        with self._database.reading() as connection:
            entries, last = log_rows.read(connection), log_rows.last_number(connection)
        return verify_chain(entries, known=known, last_number=last)

    def head(self) -> Head | None:
        """The end of the log, to be kept elsewhere; None while the log is empty."""
        with self._database.reading() as connection:
            return log_rows.head(connection)

    def key(self) -> str:
        """What sheets know this workspace by: the hash of its first log entry; "" while there is none."""
        with self._database.reading() as connection:
            return log_rows.first_hash(connection)

    def situations(self, draft_id: str) -> dict[str, Situation]:
        """What a deed about the draft would meet: account id to situation.

        Raises:
            UnknownNameError: There is no such draft.
        """
        draft = self._records.drafts.get(draft_id)
        with self._database.reading() as connection:
            return self._situations(connection, draft)

    def _append(self, connection: Connection, step: Step) -> list[LogEntry]:
        at = self._clock().astimezone(UTC)
        draft = self._records.drafts.get(step.draft)
        return [log_rows.append(connection, deed, at=at) for deed in self._deeds(connection, step, draft)]

    def _deeds(self, connection: Connection, step: Step, draft: Draft) -> Iterable[Deed]:
        deed = Deed(
            step.action,
            step.actor,
            step.draft,
            role=step.role,
            text=step.text,
            source=step.source,
            entered_by=step.entered_by,
        )
        if step.action == "comment" and not step.accounts:
            return [allow_comment(deed)]
        situations = self._situations(connection, draft)
        wanted = step.accounts or tuple(situations)
        if not wanted or set(wanted) - set(situations):
            raise InvalidValueError(
                mark("{draft!r} does not go to {accounts}; choose an account it goes to."),
                draft=draft.name,
                accounts=", ".join(sorted(set(wanted) - set(situations))) or "–",
            )
        return [self._deed(step, replace(deed, account=id), situations[id]) for id in wanted]

    def _deed(self, step: Step, deed: Deed, situation: Situation) -> Deed:
        sign_off = situation.sign_off
        if step.seen is not None and step.seen.get(deed.account) != sign_off.content.fingerprint:
            raise ConflictError(
                mark(
                    "{account}: the post was changed while you were looking at it; nothing was logged. "
                    "Read it again and decide anew."
                ),
                account=situation.label,
            )
        window = step.window
        if window is None:
            zone = self._records.accounts.get(deed.account).time_zone
            window = days_around(sign_off.planned_at, zone)
        return allow(replace(deed, window=window), situation)

    def _situations(self, connection: Connection, draft: Draft) -> dict[str, Situation]:
        entries = log_rows.read(connection, draft.id)
        state = self._state(connection, draft, entries)
        accounts = {account.id: account for account in self._records.accounts.list()}
        authors = {e.actor for e in entries if e.action == "request"}
        authors |= {revision.author for revision in self._records.drafts.history(draft.id)}
        campaign = self._records.campaign(draft)
        return {
            id: Situation(sign_off, account_label(accounts[id]), frozenset(authors - {""}), campaign)
            for id, sign_off in state.accounts.items()
        }

    def _state(
        self, connection: Connection, draft: Draft, entries: tuple[LogEntry, ...] | None = None
    ) -> SignOff:
        found = log_rows.read(connection, draft.id) if entries is None else entries
        return state_of(
            draft,
            found,
            accounts=self._records.accounts.list(),
            campaign=self._records.campaign(draft),
            unlinked=log_rows.unlinked(connection, draft.id),
        )
