"""Review sheets of a workspace: sent out to people without it, read back, taken over into the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from smmlib.draft import Draft
from smmlib.drafting.signoff import (
    Head,
    LogEntry,
    Reviewed,
    ReviewPost,
    ReviewReport,
    ReviewSheet,
    judge,
    read_answers,
)
from smmlib.drafting.surveying import survey
from smmlib.errors import InvalidValueError
from smmlib.language import Message, mark
from smmlib.networks import account_label
from smmlib.workspace.signoff_log import Records, SignOffLog

if TYPE_CHECKING:
    from smmlib.networks import Network


class Reviews:
    """Review sheets: `workspace.reviews`.

    Args:
        log: The sign-off log.
        records: What is signed off.
        networks: Returns the networks as the workspace sees them.
        name: Returns what the team calls the workspace.
        clock: Returns the current time, with time zone.
    """

    def __init__(
        self,
        log: SignOffLog,
        records: Records,
        *,
        networks: Callable[[], Mapping[str, Network]],
        name: Callable[[], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._log, self._records = log, records
        self._networks, self._name, self._clock = networks, name, clock

    def sheet(
        self, draft_ids: Iterable[str], *, made_by: str = "", deadline: date | None = None
    ) -> ReviewSheet:
        """Every post of these drafts that is in review; `review_html` and `review_xlsx` write the sheet.

        Args:
            draft_ids: Drafts to be decided on.
            made_by: Who sends it.
            deadline: Day by which an answer is asked for.

        Raises:
            UnknownNameError: There is no such draft.
            InvalidValueError: Nothing of them is in review.
        """
        posts = tuple(post for id in draft_ids for post in self._posts(self._records.drafts.get(id)))
        head = self._log.head()
        if not posts or head is None:
            raise InvalidValueError(mark("None of these posts is in review; ask for a review first."))
        return ReviewSheet(posts, self._log.key(), self._name(), str(head), self._clock(), made_by, deadline)

    def read(self, data: bytes, name: str, *, entered_by: str = "") -> ReviewReport:
        """Read an answered sheet and say of each row whether it can be taken over. Nothing is stored.

        Args:
            data: Content of the file: XLSX, or what the HTML sheet saved.
            name: Its name.
            entered_by: Who reads it in.

        Raises:
            UnreadableFileError: It is no answered review sheet.
        """
        answers = read_answers(data, name)
        posts: dict[tuple[str, str], Reviewed] = {}
        for id in {answer.draft for answer in answers}:
            if id in self._records.drafts:
                posts |= self._reviewed(id)
        report = judge(answers, posts, workspace=self._log.key(), entered_by=entered_by)
        return replace(report, warnings=self._doubts({answer.log for answer in answers if answer.log}))

    def take_over(self, report: ReviewReport, *, partly: bool = False) -> tuple[LogEntry, ...]:
        """Log the answers that can be taken over, all of them or none.

        Args:
            report: What `read` said.
            partly: Take the good rows though others are refused.

        Raises:
            InvalidValueError: Rows are refused, and `partly` was not asked for.
            ConflictError: A post was changed since the sheet was read.
        """
        if report.refused and not partly:
            raise InvalidValueError(
                mark(
                    "Rows refused: {count}. Nothing was taken over; take over the others only, "
                    "or mend the sheet."
                ),
                count=len(report.refused),
            )
        return self._log.append(*report.steps)

    def _posts(self, draft: Draft) -> Iterator[ReviewPost]:
        """The posts of a draft that are in review, as a sheet shows them."""
        campaign, state = self._records.campaign(draft), self._log.state(draft.id)
        roles = tuple(campaign.reviewers) if campaign else ()
        rows = survey(
            draft, campaign=campaign, accounts=self._records.accounts.list(), networks=self._networks()
        ).rows
        for row in rows:
            here = state.accounts[row.account.id]
            if here.requested is not None and here.state in ("review", "approved"):
                said = [e for e in state.comments if e.account in ("", row.account.id)]
                told = tuple(f"{e.actor}: {e.text}" for e in (here.requested, *said) if e.text)
                yield ReviewPost(draft, row, here, roles, told)

    def _reviewed(self, draft_id: str) -> dict[tuple[str, str], Reviewed]:
        entries, networks = self._log.entries(draft_id), self._networks()
        found = {}
        for id, situation in self._log.situations(draft_id).items():
            account = self._records.accounts.get(id)
            label = account_label(account, networks.get(account.network))
            own = tuple(entry for entry in entries if entry.account == id)
            found[draft_id, id] = Reviewed(situation, label, account.time_zone, own)
        return found

    def _doubts(self, heads: Iterable[str]) -> tuple[Message, ...]:
        """What the states of the log that sheets name say about the log as it is."""
        found: list[Message] = []
        for text in sorted(heads):
            try:
                known = Head.read(text)
            except InvalidValueError as problem:
                found.append(problem.message)
            else:
                found += [breach.message for breach in self._log.verify(known).breaches]
        return tuple(found)
