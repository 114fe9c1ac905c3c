"""Which slot got which variant, as chance decided it: kept before results exist, and checkable later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal, Self

from pydantic import Field, field_validator

from smmlib.draft import Draft, Version
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Message, mark
from smmlib.record import KeptRecord, Record

Mechanism = Literal["blocks", "switchback"]


class AssignedSlot(Record):
    """A slot, or a period of a switchback, and its variant.

    Attributes:
        block: Number of the block of like slots it belongs to, from 1.
        account: Id of the account, or "".
        group: What else the slots of the block have in common, or "".
        start: When it begins, with time zone.
        end: When a period ends, with time zone; None for a slot.
        variant: What chance gave it.
    """

    block: int = Field(ge=1)
    account: str = ""
    group: str = ""
    start: datetime
    end: datetime | None = None
    variant: str = Field(min_length=1)

    @field_validator("start", "end")
    @classmethod
    def _has_zone(cls, when: datetime | None) -> datetime | None:
        return when and _zoned(when)


class Assignment(KeptRecord):
    """A drawn assignment, to be stored before anything is posted; `verify` tells if it still is as drawn.

    Attributes:
        name: What the team calls the test.
        mechanism: "blocks": in each block of like slots chance orders the variants; "switchback": the same
            for periods of days or weeks.
        seed: Seed of the draw; see `draw_order`.
        variants: The variants, in the order given.
        slots: The slots with their variants.
        washout_hours: Hours kept between two slots of one account.
        burn_in_hours: Hours at the beginning of a period that do not count.
        created_at: When it was drawn, with time zone.
        fingerprint: SHA-256 over all of the above; made by `drawn`.
    """

    name: str = ""
    mechanism: Mechanism = "blocks"
    seed: int
    variants: tuple[str, ...] = Field(min_length=2)
    slots: tuple[AssignedSlot, ...] = Field(min_length=1)
    washout_hours: float = Field(default=0.0, ge=0)
    burn_in_hours: float = Field(default=0.0, ge=0)
    created_at: datetime
    fingerprint: str = ""

    @field_validator("created_at")
    @classmethod
    def _has_zone(cls, when: datetime) -> datetime:
        return _zoned(when)

    @classmethod
    def drawn(cls, slots: Sequence[AssignedSlot], **fields: Any) -> Self:
        """The record of a draw, with its fingerprint.

        Raises:
            InvalidValueError: A slot begins before the draw.
        """
        record = cls(slots=tuple(sorted(slots, key=_place)), **fields)
        begun = min(slot.start for slot in record.slots)
        if begun < record.created_at:
            raise InvalidValueError(
                mark(
                    "The first slot begins at {begun:datetime}, before the draw at {at:datetime}; leave out "
                    "what is past."
                ),
                begun=begun,
                at=record.created_at,
            )
        return record.replace(fingerprint=record.reckon_fingerprint())

    def reckon_fingerprint(self) -> str:
        """SHA-256 over name, mechanism, seed, variants, slots, hours and time, times in UTC."""
        content = self.model_dump(exclude={"id", "fingerprint", "slots", "created_at"})
        content["created_at"] = _utc(self.created_at)
        content["slots"] = [
            {**slot.model_dump(), "start": _utc(slot.start), "end": slot.end and _utc(slot.end)}
            for slot in sorted(self.slots, key=_place)
        ]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def verify(self) -> tuple[Message, ...]:
        """What is wrong with the record: empty when it is as drawn."""
        problems = []
        if self.fingerprint != self.reckon_fingerprint():
            text = mark("The assignment was changed after it was drawn: its fingerprint does not match.")
            problems.append(Message(text))
        for block, found in self.blocks().items():
            order = draw_order(self.seed, block, self.variants)
            if found != order:
                text = mark("Block {block}: seed {seed:plain} gives {order}, but {found} stands there.")
                values = {"block": block, "seed": self.seed, "order": ", ".join(order)}
                problems.append(Message(text, {**values, "found": ", ".join(found)}))
        return tuple(problems)

    def blocks(self) -> dict[int, tuple[str, ...]]:
        """Number of each block to its variants, in the order of their slots."""
        found: dict[int, tuple[str, ...]] = {}
        for slot in sorted(self.slots, key=_place):
            found[slot.block] = (*found.get(slot.block, ()), slot.variant)
        return found

    def planned_times(self) -> tuple[tuple[str, str, datetime], ...]:
        """Variant, account and time of every slot, in order of time."""
        ordered = sorted(self.slots, key=lambda slot: (slot.start, slot.account))
        return tuple((slot.variant, slot.account, slot.start) for slot in ordered)

    def drafts(self, draft: Draft) -> tuple[Draft, ...]:
        """One draft for each slot, with the text of its variant and the slot as planned time.

        Args:
            draft: The draft whose variants are tested; it stays as it is. Its version for an account, if
                there is one, lends format, fields and media.

        Raises:
            UnknownNameError: The draft has no variant of that name.
            InvalidValueError: The slots name no account, or the assignment is of periods.
        """
        if self.mechanism != "blocks" or not all(slot.account for slot in self.slots):
            raise InvalidValueError(
                mark("Drafts can be planned for slots that name an account; match them with account=….")
            )
        texts = {variant.name: variant.text for variant in draft.variants}
        for name in self.variants:
            if name not in texts:
                raise UnknownNameError(mark("Variant"), name, texts)
        return tuple(self._draft(draft, slot, texts[slot.variant]) for slot in self.slots)

    def _draft(self, draft: Draft, slot: AssignedSlot, text: str) -> Draft:
        known = {version.account: version for version in draft.versions}
        version = known.get(slot.account, Version(account=slot.account)).replace(
            text=None, adapted_from=None, thread=(), planned_at=slot.start, permalink="", posted_at=None
        )
        labels = {"test": self.name or self.id, "variant": slot.variant, "block": str(slot.block)}
        return draft.replace(
            # made of the slot, so that planning twice does not make the posts twice
            id=f"{self.id}-{slot.block}-{self.variants.index(slot.variant) + 1}",
            title=f"{draft.name} · {slot.block} · {slot.variant}",
            text=text,
            versions=(version,),
            variants=(),
            factors=(),
            labels={**draft.labels, **labels},
        )


def draw_order(seed: int, block: int, variants: Sequence[str]) -> tuple[str, ...]:
    """The order in which a block gets the variants: sorted by SHA-256 of "seed/block/variant".

    No generator of random numbers is used, whose stream may change with its version: anybody can repeat
    this draw with any program, at any time. All orders are equally likely.
    """
    key = {name: hashlib.sha256(f"{seed}/{block}/{name}".encode()).digest() for name in variants}
    return tuple(sorted(variants, key=key.__getitem__))


def _zoned(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise InvalidValueError(
            mark("The time {when:datetime} has no time zone; add the account's."), when=when
        )
    return when


def _place(slot: AssignedSlot) -> tuple[int, datetime, str, str]:
    return slot.block, slot.start, slot.account, slot.group


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
