"""Whether the sign-off log is as it was written, and where it is not.

What a chain of hashes shows: an entry that was changed, taken out, put in or moved by somebody who did not
write everything behind it anew. What it cannot show by itself: that everything from some entry on was
written anew, or that entries were cut off at the end. Both show when a head of the log (number and hash of
its last entry) is known from elsewhere: a backup, a review sheet, a note on paper.

Source: S. Haber and W. S. Stornetta, "How to time-stamp a digital document", J. Cryptology 3 (1991).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from smmlib.drafting.signoff.entry import START, LogEntry
from smmlib.errors import InvalidValueError
from smmlib.language import Language, Message, mark, say, say_many
from smmlib.networks.findings import Listed

BreachKind = Literal["changed", "blanked", "removed", "unlinked", "inserted", "moved", "cut off", "rewritten"]

_HEAD = re.compile(r"\s*(\d+)\s*:\s*([0-9a-fA-F]{12,64})\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log at some time: enough to tell later that nothing before it was changed or cut off.

    Attributes:
        number: Number of the last entry.
        hash: Its hash, or the first twelve digits of it or more.
    """

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash[:16]}"

    @classmethod
    def read(cls, text: str) -> Head:
        """Read a head as it is printed, e.g. "12:9f86d081884c7d65".

        Raises:
            InvalidValueError: It is not of that form.
        """
        found = _HEAD.fullmatch(text)
        if found is None:
            raise InvalidValueError(
                mark(
                    "{text!r} is no state of the log; it looks like 12:9f86d081884c7d65, the number of an "
                    "entry and at least twelve digits of its hash."
                ),
                text=text[:80],
            )
        return cls(int(found[1]), found[2].lower())


_PLACES: dict[str, str] = {
    "actor": mark("actor"),
    "draft": mark("draft"),
    "account": mark("account"),
    "text": mark("comment"),
    "content": mark("content"),
    "entered_by": mark("entered by"),
    "entry": mark("entry"),
}
"""What a check of the log calls the words of an entry, and the entry as such."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where the log is not as it was written.

    Attributes:
        number: Number of the entry.
        kind: What was done to it.
        message: The same in words.
    """

    number: int
    kind: BreachKind
    message: Message

    def text(self, language: Language = "en") -> str:
        """What was found, in `language`."""
        return self.message.text(language)


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome of `verify_chain`.

    Attributes:
        entries: How many entries there are.
        erased: How many of them had words lawfully erased.
        head: The end of the log, to be kept elsewhere; None while it is empty.
        breaches: Where it is not as it was written; empty when all is well.
    """

    entries: int
    erased: int
    head: Head | None
    breaches: tuple[Breach, ...]

    @property
    def whole(self) -> bool:
        """True when nothing was found."""
        return not self.breaches

    def text(self, language: Language = "en") -> str:
        """The outcome in words, one line for each place."""
        lines = [breach.text(language) for breach in self.breaches]
        if self.whole:
            lines.append(
                say_many(
                    "The sign-off log is whole: 1 entry.",
                    "The sign-off log is whole: {count} entries.",
                    self.entries,
                    language,
                )
            )
        if self.erased:
            lines.append(
                say_many(
                    "In 1 entry personal data was erased on request; its seals are there.",
                    "In {count} entries personal data was erased on request; their seals are there.",
                    self.erased,
                    language,
                )
            )
        if self.head:
            lines.append(
                say(mark("State of the log, to be kept elsewhere: {head}"), language, head=str(self.head))
            )
        return "\n".join(lines)


def verify_chain(
    entries: Sequence[LogEntry], *, known: Head | None = None, last_number: int | None = None
) -> Verification:
    """Check every entry, every seal, and every link between two entries.

    Args:
        entries: The whole log, as it is stored, by number.
        known: A head of this log known from elsewhere.
        last_number: Highest number the database ever gave to an entry; None if unknown.
    """
    breaches = [*_faults(entries), *_links(entries), *_blanks(entries), *_end(entries, known, last_number)]
    head = Head(entries[-1].number, entries[-1].hash) if entries else None
    erased = sum(1 for entry in entries if entry.erased)
    return Verification(len(entries), erased, head, tuple(sorted(breaches, key=lambda b: b.number)))


def _faults(entries: Sequence[LogEntry]) -> list[Breach]:
    template = mark("Entry {number:plain} was changed afterwards ({what}).")
    return [
        Breach(e.number, "changed", Message(template, {"number": e.number, "what": _named(faults)}))
        for e in entries
        if (faults := e.faults())
    ]


def _links(entries: Sequence[LogEntry]) -> list[Breach]:
    by_hash = {entry.hash: i for i, entry in enumerate(entries)}
    found = []
    for i, entry in enumerate(entries):
        before = entries[i - 1] if i else None
        if entry.previous == (before.hash if before else START):
            continue
        found.append(_broken_link(entry, before, i, by_hash))
    return found


def _broken_link(entry: LogEntry, before: LogEntry | None, i: int, by_hash: dict[str, int]) -> Breach:
    last = before.number if before else 0
    values: dict[str, object] = {"number": entry.number, "first": last + 1, "last": entry.number - 1}
    if entry.number > last + 1:
        template = mark("Entries missing from the log: {first:plain} to {last:plain}. They were taken out.")
        return Breach(entry.number, "removed", Message(template, values))
    place = by_hash.get(entry.previous, -1 if entry.previous == START else None)
    if place is None:
        template = mark(
            "Entry {number:plain} does not follow the one before it; that one was put there or changed."
        )
        return Breach(entry.number, "unlinked", Message(template, values))
    if place < i - 1:
        values = {**values, "number": last}
        return Breach(last, "inserted", Message(mark("Entry {number:plain} was put in afterwards."), values))
    return Breach(
        entry.number, "moved", Message(mark("Entry {number:plain} was moved to another place."), values)
    )


def _blanks(entries: Sequence[LogEntry]) -> list[Breach]:
    """Words that are gone though no entry says that they were erased."""
    told: dict[int, set[str]] = {}
    for entry in entries:
        if entry.action == "erase":
            for number, names in read_erasures(entry.text).items():
                told.setdefault(number, set()).update(names)
    template = mark("From entry {number:plain} something was deleted without an erasure on record ({what}).")
    return [
        Breach(e.number, "blanked", Message(template, {"number": e.number, "what": _named(sorted(left))}))
        for e in entries
        if (left := set(e.erased) - told.get(e.number, set()))
    ]


def _named(places: Iterable[str]) -> Listed:
    """Places of an entry as people read them; `read_erasures` and the table know them by their keys."""
    return Listed(tuple(_PLACES.get(place, place) for place in places))


def write_erasures(erased: Mapping[int, Sequence[str]]) -> str:
    """Numbers of entries and names of the words erased from them, as an "erase" entry says it."""
    return "; ".join(f"{number}: {' '.join(names)}" for number, names in sorted(erased.items()))


def read_erasures(text: str) -> dict[int, list[str]]:
    """What `write_erasures` wrote; what does not look like it is passed over."""
    parts = re.findall(r"(\d+): ([a-z_ ]+)", text)
    return {int(number): names.split() for number, names in parts}


def _end(entries: Sequence[LogEntry], known: Head | None, last_number: int | None) -> list[Breach]:
    there = entries[-1].number if entries else 0
    ever = max(last_number or 0, known.number if known else 0)
    if ever > there:
        template = mark("Entries missing at the end: {first:plain} to {last:plain}. They were cut off.")
        if ever == there + 1:
            template = mark("Entry {last:plain} at the end is missing. It was cut off.")
        return [Breach(there + 1, "cut off", Message(template, {"first": there + 1, "last": ever}))]
    if known is None or known.number < 1:
        return []
    own = next((entry for entry in entries if entry.number == known.number), None)
    if own is not None and own.hash.startswith(known.hash):
        return []
    template = mark(
        "Entry {number:plain} is another one than the known state {head} says; the log was written anew."
    )
    return [
        Breach(known.number, "rewritten", Message(template, {"number": known.number, "head": str(known)}))
    ]
