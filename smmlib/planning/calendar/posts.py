"""Posts of drafts as entries of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from smmlib.campaign import Account
from smmlib.draft import Draft
from smmlib.planning.calendar.calendar_entry import CalendarEntry

AUDIENCE = "audience"
"""Kind of label by which a draft says whom it reaches."""


def post_entries(
    drafts: Iterable[Draft], accounts: Iterable[Account], *, undated: datetime | None = None
) -> tuple[CalendarEntry, ...]:
    """An entry for each version of a draft that has a planned time or has appeared at a known one.

    Args:
        drafts: The drafts.
        accounts: Accounts of the workspace; a version for one that is gone is passed over.
        undated: Where versions without a time are put; None: they are left out.
    """
    known = {account.id: account for account in accounts}
    return tuple(_entries(drafts, known, undated))


def post_id(draft: str, account: str) -> str:
    """Id of the entry of a draft on an account, the same as the key of the post that is handed over."""
    return f"{draft}-{account}"


def _entries(
    drafts: Iterable[Draft], accounts: dict[str, Account], undated: datetime | None
) -> Iterator[CalendarEntry]:
    for draft in drafts:
        for version in draft.versions:
            account = accounts.get(version.account)
            when = version.posted_at or version.planned_at or undated
            if account is None or when is None:
                continue
            yield CalendarEntry(
                id=post_id(draft.id, account.id),
                kind="post",
                title=draft.name or draft.id,
                start=when,
                time_zone=account.time_zone,
                account=account.id,
                campaign=draft.campaign,
                audience=draft.labels.get(AUDIENCE, ""),
                text=draft.text_for(account.id),
                language=account.language,
                media=version.media,
                draft=draft.id,
                done=version.published,
            )
