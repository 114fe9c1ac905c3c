"""What may differ between variants: the standard factors with their levels, and a user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field, model_validator

from smmlib.drafting.variants.phrasebook import CALLS, HOOKS
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, mark, say
from smmlib.record import Record

FACTORS: dict[str, str] = {
    "hook": mark("hook"),
    "cta": mark("call to action"),
    "length": mark("length"),
    "emoji": mark("emoji"),
}
"""The standard factors, and what lists call them."""

LEVELS: dict[str, str] = {
    "question": mark("question"),
    "number": mark("number"),
    "quote": mark("quote"),
    "story": mark("story"),
    "statement": mark("statement"),
    "direct": mark("direct"),
    "soft": mark("soft"),
    "short": mark("short"),
    "long": mark("long"),
}
"""Levels of the standard factors, and what lists call them; emoji have numbers."""

KNOWN: dict[str, tuple[str, ...]] = {
    "hook": HOOKS,
    "cta": CALLS,
    "length": ("short", "long"),
    "emoji": ("0", "2"),
}
_DEFAULT: dict[str, tuple[str, str]] = {
    "hook": ("question", "number"),
    "cta": ("direct", "soft"),
    "length": ("short", "long"),
    "emoji": ("0", "2"),
}
SHORT, LONG = 100, 220
"""A short text has at most so many graphemes, a long one at least so many."""


class Factor(Record):
    """One thing that differs between variants.

    Attributes:
        name: "hook", "cta", "length", "emoji", or the user's own name.
        levels: At least two; empty: two of a standard factor. A mapping of level to phrase gives both.
        phrases: Of a factor of one's own: level to the phrase that stands for it; "" is no phrase. Needed to
            write texts, and to find the level in them.
        slot: Slot of the text such a phrase takes the place of.
    """

    name: str = Field(min_length=1)
    levels: tuple[str, ...] = ()
    phrases: dict[str, str] = Field(default_factory=dict)
    slot: str = "closing"

    @model_validator(mode="before")
    @classmethod
    def _fill_levels(cls, fields: Any) -> Any:
        if isinstance(fields, dict) and isinstance(fields.get("levels"), Mapping):
            fields = {**fields, "levels": (), "phrases": dict(fields["levels"])}
        if not isinstance(fields, dict) or fields.get("levels"):
            return fields
        phrases = fields.get("phrases")
        levels = tuple(phrases) if phrases else _DEFAULT.get(str(fields.get("name")), ())
        return {**fields, "levels": levels}

    @model_validator(mode="after")
    def _levels_fit(self) -> Factor:
        if len(set(self.levels)) < max(2, len(self.levels)):
            raise InvalidValueError(
                mark("Factor {factor!r} has the levels {levels}; it needs two or more that differ."),
                factor=self.name,
                levels=", ".join(map(repr, self.levels)) or "–",
            )
        if self.phrases and set(self.phrases) != set(self.levels):
            raise InvalidValueError(
                mark(
                    "Factor {factor!r} has the levels {levels}; each of them needs a phrase (it may be "
                    "empty)."
                ),
                factor=self.name,
                levels=", ".join(map(repr, self.levels)),
            )
        for level in () if self.own else self.levels:
            if level not in KNOWN[self.name] and not (self.name == "emoji" and level.isdecimal()):
                raise UnknownNameError(mark("Level"), level, KNOWN[self.name])
        return self

    @property
    def own(self) -> bool:
        """Whether it is the user's own, with phrases of its own."""
        return self.name not in FACTORS

    def shown(self, language: Language) -> str:
        """Its name in the interface."""
        return factor_name(self.name, language)


def as_factors(given: Iterable[str | Mapping[str, Any] | Factor]) -> tuple[Factor, ...]:
    """Factors from names, mappings of a `Factor`'s fields, or factors.

    Raises:
        InvalidValueError: There is none, or one is named twice.
        InvalidRecordError: A mapping does not fit.
    """
    factors = tuple(
        each if isinstance(each, Factor) else Factor(**({"name": each} if isinstance(each, str) else each))
        for each in ([given] if isinstance(given, str) else given)
    )
    names = [factor.name for factor in factors]
    if not names or len(set(names)) < len(names):
        raise InvalidValueError(
            mark("The factors are {names}; name at least one, and none twice. Standard factors: {known}."),
            names=", ".join(map(repr, names)) or "–",
            known=", ".join(FACTORS),
        )
    return factors


def factor_name(name: str, language: Language) -> str:
    """What the interface calls a factor; a user's own keeps its name."""
    return say(FACTORS[name], language) if name in FACTORS else name


def level_name(level: str, language: Language) -> str:
    """What the interface calls a level; a user's own keeps its name."""
    return say(LEVELS[level], language) if level in LEVELS else level
