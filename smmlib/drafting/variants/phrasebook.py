"""Phrasebooks: phrases by slot and form of address, and the formulas that say in which order slots stand."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from smmlib.campaign import Address
from smmlib.drafting.variants.templates import read_template
from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import Language, mark
from smmlib.record import KeptRecord

Phrase = str | dict[Address, str]
"""A phrase that suits every form of address, or one for each."""

ADDRESSES: tuple[Address, ...] = ("du", "Sie", "ihr", "neutral")
HOOKS: tuple[str, ...] = ("question", "number", "quote", "story", "statement")
CALLS: tuple[str, ...] = ("direct", "soft")
KINDS: dict[str, tuple[str, ...]] = {"hook": HOOKS, "cta": CALLS}
"""Slots of a formula whose phrases are kept by kind, as "hook.question"."""


class Phrasebook(KeptRecord):
    """Phrases of one language.

    Attributes:
        name: What the team calls it.
        language: Language of its phrases.
        replaces: Whether its slots take the place of the same slots that come with smmlib; else they
            are added to them.
        formulas: Formula to its slots in order; a slot in parentheses may be left out. "hook" and "cta" stand
            for "hook.question", "cta.direct" and so on.
        slots: Slot to its phrases; see `smmlib.drafting.variants.templates` for what they may hold. The
            slot "emoji" holds pairs: one for the hook, one for the end.
    """

    name: str = Field(min_length=1)
    language: Language = "de"
    replaces: bool = False
    formulas: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    slots: dict[str, tuple[Phrase, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _phrases_fit(self) -> Phrasebook:
        for slot, phrase in self._texts():
            try:
                read_template(phrase)
            except SmmError as problem:
                raise PhraseError(self.name, slot, phrase, problem) from None
        _no_loop(self)
        return self

    def phrases(self, slot: str, address: Address) -> tuple[str, ...]:
        """The phrases of a slot that suit a form of address; none if there is no such slot."""
        forms = (p if isinstance(p, str) else p.get(address) for p in self.slots.get(slot, ()))
        return tuple(form for form in forms if form)

    def extended(self, own: Phrasebook) -> Phrasebook:
        """This phrasebook with another's slots and formulas put over it, or added to it."""
        slots = dict(self.slots)
        for slot, phrases in own.slots.items():
            slots[slot] = phrases if own.replaces else (*slots.get(slot, ()), *phrases)
        return self.replace(name=own.name, formulas={**self.formulas, **own.formulas}, slots=slots)

    def require_complete(self) -> None:
        """Make sure that every slot a formula or a phrase names has phrases.

        Raises:
            InvalidValueError: One has none.
        """
        for slot, where in self._named():
            if not self.slots.get(slot):
                raise InvalidValueError(
                    mark(
                        "Phrasebook {book!r}: slot {slot!r}, which {where!r} names, has no phrases. "
                        "Write some under this name, or take it out of {where!r}."
                    ),
                    book=self.name,
                    slot=slot,
                    where=where,
                )

    def _named(self) -> Iterator[tuple[str, str]]:
        """Slots that are named, and by which formula or slot."""
        for formula, slots in self.formulas.items():
            for slot in (written.strip("()") for written in slots):
                for kind in KINDS.get(slot, ("",)):
                    yield (f"{slot}.{kind}" if kind else slot), formula
        for slot, text in self._texts():
            for other in sorted(read_template(text).slots):
                yield other, slot

    def _texts(self) -> Iterator[tuple[str, str]]:
        for slot, phrases in self.slots.items():
            for phrase in phrases:
                for text in [phrase] if isinstance(phrase, str) else phrase.values():
                    yield slot, text


class PhraseError(InvalidValueError):
    """A phrase cannot be used; `problem` says why.

    Args:
        book: Name of its phrasebook.
        slot: Slot it stands in.
        phrase: The phrase.
        problem: What is wrong with it.
    """

    def __init__(self, book: str, slot: str, phrase: str, problem: SmmError) -> None:
        self.problem = problem
        super().__init__(
            mark("Phrasebook {book!r}, slot {slot!r}, phrase {phrase!r}:"),
            book=book,
            slot=slot,
            phrase=phrase[:80],
        )

    def text(self, language: Language = "en") -> str:
        """Where it stands, and what to do."""
        return f"{super().text(language)} {self.problem.text(language)}"


def _no_loop(book: Phrasebook) -> None:
    """Follow the references between slots; a way that comes back to itself has no end."""
    to = {slot: set[str]() for slot in book.slots}
    for slot, text in book._texts():
        to[slot] |= read_template(text).slots
    while ends := [slot for slot, others in to.items() if not others & to.keys()]:
        for slot in ends:
            del to[slot]
    if to:
        raise InvalidValueError(
            mark(
                "Phrasebook {book!r}: the slots {slots} refer to each other in a circle, so no text would "
                "ever "
                "end. Take one of the references out."
            ),
            book=book.name,
            slots=", ".join(map(repr, sorted(to))),
        )
