"""Two people changed the same draft: both versions, side by side, and what each of them changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from smmlib.draft import Draft
from smmlib.drafting.signoff.changes import Change, diff
from smmlib.language import Language


class Past(Protocol):
    """A stored state of a draft, as a collection of the workspace has it."""

    @property
    def number(self) -> int:
        """1 for the first state, then counting up."""

    @property
    def at(self) -> datetime:
        """When it was stored."""

    @property
    def author(self) -> str:
        """Who stored it, or ""."""

    @property
    def record(self) -> Draft | None:
        """The draft as it was then; None when it was removed."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What met when somebody else stored a state first.

    Attributes:
        base: The state both started from; None if it is not there any more.
        mine: What was to be stored.
        theirs: What is stored.
        author: Who stored it, or "".
        at: When they did.
    """

    base: Draft | None
    mine: Draft
    theirs: Draft
    author: str
    at: datetime

    def between(self, language: Language = "en") -> tuple[Change, ...]:
        """What differs between theirs (old) and mine (new)."""
        return diff(self.theirs, self.mine, language=language)

    def mine_changed(self, language: Language = "en") -> tuple[Change, ...]:
        """What I changed since both began."""
        return diff(self.base, self.mine, language=language) if self.base else ()

    def theirs_changed(self, language: Language = "en") -> tuple[Change, ...]:
        """What they changed since both began."""
        return diff(self.base, self.theirs, language=language) if self.base else ()


def conflict(history: tuple[Past, ...], mine: Draft, expected: int) -> Conflict | None:
    """Both versions of a draft after a `ConflictError`.

    Args:
        history: Every state of the draft, oldest first (`workspace.drafts.history(id)`).
        mine: What was to be stored.
        expected: Number of the state it was made on.

    Returns:
        The conflict; None when the draft was removed meanwhile.
    """
    last = history[-1]
    if last.record is None:
        return None
    base = next((past.record for past in history if past.number == expected), None)
    return Conflict(base, mine, last.record, last.author, last.at)
