"""What happened to a draft, in one list: edits from its stored states, decisions from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from smmlib.campaign import Account
from smmlib.draft import Draft
from smmlib.drafting.signoff.changes import Change, diff
from smmlib.drafting.signoff.conflict import Past
from smmlib.drafting.signoff.entry import LogEntry
from smmlib.language import Language

PAUSE = timedelta(minutes=10)
"""Edits of one person with no longer pause between them, and nothing else meanwhile, are told as one."""


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One thing that happened to a draft.

    Attributes:
        at: When; of several edits the last.
        actor: Who, or "".
        entry: What the log says, or None for an edit.
        before: The draft before an edit; None when it was new, or had been removed.
        after: The draft after an edit; None when it was removed, or nothing was edited.
    """

    at: datetime
    actor: str
    entry: LogEntry | None = None
    before: Draft | None = None
    after: Draft | None = None

    def changes(
        self, accounts: Mapping[str, Account] | None = None, language: Language = "en"
    ) -> tuple[Change, ...]:
        """What an edit changed; of a new draft everything, of a decision nothing."""
        if self.after is None:
            return ()
        before = self.before or Draft(id=self.after.id)
        return diff(before, self.after, accounts=accounts, language=language)


def history_of(states: Iterable[Past], entries: Iterable[LogEntry]) -> tuple[HistoryItem, ...]:
    """Everything that happened to a draft, oldest first.

    Args:
        states: Its stored states, oldest first.
        entries: Its entries in the log.
    """
    stored = list(states)
    edits = [HistoryItem(s.at, s.author, None, None, s.record) for s in stored[:1]]
    edits += [HistoryItem(s.at, s.author, None, old.record, s.record) for old, s in pairwise(stored)]
    told = [HistoryItem(entry.at, entry.actor, entry) for entry in entries]
    joined: list[HistoryItem] = []
    for item in sorted([*edits, *told], key=lambda item: item.at):
        if joined and _goes_on(joined[-1], item):
            joined[-1] = HistoryItem(item.at, item.actor, None, joined[-1].before, item.after)
        else:
            joined.append(item)
    return tuple(joined)


def _goes_on(last: HistoryItem, item: HistoryItem) -> bool:
    edits = last.entry is None and item.entry is None
    there = last.after is not None and item.after is not None
    return edits and there and last.actor == item.actor and item.at - last.at <= PAUSE
