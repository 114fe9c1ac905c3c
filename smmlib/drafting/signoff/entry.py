"""An entry of the sign-off log and the seals that make tampering show.

Each entry holds the hash of the one before (a hash chain). What may have to be erased on request, such as
names and texts, is in the chain only by a seal: the SHA-256 of the word and a random salt of its own. When
word and salt are erased the seal stays, the chain stays whole, and nobody can test a guess against it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from smmlib.campaign import Role
from smmlib.drafting.signoff.content import Content, canonical, fingerprint_of
from smmlib.drafting.signoff.window import Window
from smmlib.language import mark

Action = Literal[
    "request", "approve", "return", "comment", "withdraw", "urgent release", "hand over", "posted", "erase"
]
Source = Literal["", "review sheet"]
WordName = Literal["actor", "draft", "account", "text", "content", "entered_by"]

ACTIONS: dict[Action, str] = {
    "request": mark("Review requested"),
    "approve": mark("Approved"),
    "return": mark("Returned"),
    "comment": mark("Comment"),
    "withdraw": mark("Withdrawn"),
    "urgent release": mark("Urgent release"),
    "hand over": mark("Handed over"),
    "posted": mark("Posted"),
    "erase": mark("Personal data erased"),
}
"""What can happen to a post on its way, and what a history calls it."""

WORDS: tuple[WordName, ...] = ("actor", "draft", "account", "text", "content", "entered_by")
"""What an entry holds under seals, so that it can be erased."""

START = "0" * 64
"""What the first entry holds in place of the hash before."""


ERASED = "[erased]"
"""What stands where a person stood who was erased."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something an entry says, under its seal.

    Attributes:
        value: What it says, or None once erased.
        salt: 32 random hexadecimal digits, or None once erased.
        seal: SHA-256 of both, hexadecimal.
    """

    value: str | None
    salt: str | None
    seal: str

    @classmethod
    def sealed(cls, name: str, value: str, salt: str) -> Word:
        """Put a word under a seal."""
        return cls(value, salt, _seal(name, value, salt))

    @property
    def erased(self) -> bool:
        """Whether word and salt are gone."""
        return self.value is None and self.salt is None

    def fits(self, name: str) -> bool:
        """Whether the word is still what was sealed under this name, or erased."""
        if self.value is None or self.salt is None:
            return self.erased
        return self.seal == _seal(name, self.value, self.salt)


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to a draft on one account, before it is in the log.

    Attributes:
        action: One of `ACTIONS`.
        actor: Who does it.
        draft: Id of the draft.
        account: Id of the account; "" for what is about the whole draft.
        role: In which role.
        text: Comment or reason.
        content: What was seen and decided on, as canonical JSON; "" for what binds no content.
        window: From when until when an approval holds.
        own: Whether it decides on the actor's own draft.
        source: Where the decision was made: "" in the workbench, or on a review sheet.
        entered_by: Who read the sheet in, or "".
    """

    action: Action
    actor: str
    draft: str
    account: str = ""
    role: Role | Literal[""] = ""
    text: str = ""
    content: str = ""
    window: Window = field(default_factory=Window)
    own: bool = False
    source: Source = ""
    entered_by: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the sign-off log.

    Attributes:
        number: 1 for the first, then counting up.
        at: When it was written, UTC.
        action: One of `ACTIONS`.
        role: In which role.
        window: From when until when an approval holds.
        own: Whether somebody decided on a draft of their own.
        source: "" or "review sheet".
        words: What it says under seals, one for each of `WORDS`.
        previous: Hash of the entry before, or `START`.
        hash: SHA-256 over everything above, with the seals in place of the words.
    """

    number: int
    at: datetime
    action: Action
    role: Role | Literal[""]
    window: Window
    own: bool
    source: Source
    words: Mapping[WordName, Word]
    previous: str
    hash: str = ""

    def word(self, name: WordName) -> str:
        """What it says there; "" once erased."""
        return self.words[name].value or ""

    def _told(self, name: WordName) -> str:
        return ERASED if self.words[name].erased else self.word(name)

    @property
    def actor(self) -> str:
        """Who did it, or `ERASED`."""
        return self._told("actor")

    @property
    def draft(self) -> str:
        """Id of the draft."""
        return self.word("draft")

    @property
    def account(self) -> str:
        """Id of the account, or ""."""
        return self.word("account")

    @property
    def text(self) -> str:
        """Comment or reason, or `ERASED`."""
        return self._told("text")

    @property
    def entered_by(self) -> str:
        """Who read it in from a review sheet, or `ERASED`."""
        return self._told("entered_by")

    @property
    def content(self) -> Content | None:
        """What was decided on; None where nothing was, or once erased."""
        return Content.read(self.word("content")) if self.word("content") else None

    @property
    def fingerprint(self) -> str:
        """Fingerprint of what was decided on, or ""."""
        return fingerprint_of(self.word("content")) if self.word("content") else ""

    @property
    def erased(self) -> tuple[WordName, ...]:
        """Names of the words that are gone."""
        return tuple(name for name in WORDS if self.words[name].erased)

    def due_hash(self) -> str:
        """The hash this entry has to have."""
        head = [self.number, _utc(self.at), self.action, self.role, self.own, self.source, self.previous]
        window = [_utc(self.window.opens), _utc(self.window.closes)]
        seals = {name: self.words[name].seal for name in WORDS}
        return hashlib.sha256(canonical([head, window, seals]).encode("ascii")).hexdigest()

    def faults(self) -> tuple[str, ...]:
        """What was changed since it was written: names of words, "entry" for all else; empty if nothing."""
        changed = tuple(name for name in WORDS if not self.words[name].fits(name))
        return changed if self.hash == self.due_hash() else (*changed, "entry")


def write_entry(
    deed: Deed, *, number: int, at: datetime, previous: str, new_salt: Callable[[], str]
) -> LogEntry:
    """The log entry for a deed, sealed and hashed.

    Args:
        deed: What was done.
        number: Its number.
        at: When, with time zone; kept to the microsecond, in UTC.
        previous: Hash of the entry before, or `START`.
        new_salt: Returns 32 fresh random hexadecimal digits each time.
    """
    # A lone surrogate cannot be stored; it becomes a question mark before it is sealed.
    said = {name: str(getattr(deed, name)).encode("utf-8", "replace").decode() for name in WORDS}
    words = {name: Word.sealed(name, said[name], new_salt()) for name in WORDS}
    entry = LogEntry(
        number=number,
        at=at.astimezone(UTC),
        action=deed.action,
        role=deed.role,
        window=deed.window,
        own=deed.own,
        source=deed.source,
        words=words,
        previous=previous,
    )
    return replace(entry, hash=entry.due_hash())


def _seal(name: str, value: str, salt: str) -> str:
    return hashlib.sha256(canonical([name, value, salt]).encode("ascii")).hexdigest()


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None
