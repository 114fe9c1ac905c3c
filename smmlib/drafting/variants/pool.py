"""The phrases that can be used for a campaign, filled in and measured."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from smmlib.campaign import Address
from smmlib.drafting.variants.briefing_words import WORD_NAMES
from smmlib.drafting.variants.choosing import Candidate
from smmlib.drafting.variants.phrasebook import Phrasebook
from smmlib.drafting.variants.templates import CASES, NOUNS, Template, read_template
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, say
from smmlib.networks.counting import graphemes

_PLACE = re.compile(r"\{\{.*?\}\}")
_LONGER = re.compile(r"\w{5,}")


class BriefingGapError(InvalidValueError):
    """The briefing lacks words that a slot cannot do without.

    Args:
        slot: The slot.
        words: The words, as in `WORD_NAMES`.
    """

    def __init__(self, slot: str, words: Iterable[str]) -> None:
        self.words = tuple(name for name in WORD_NAMES if name in set(words))
        super().__init__(
            mark(
                "The briefing lacks {words} in the language of the texts, and the slot {slot!r} needs it. "
                "Fill it "
                "in there, or choose another formula."
            ),
            slot=slot,
            words="",
        )

    def text(self, language: Language = "en") -> str:
        """What is missing, for which slot, and what to do."""
        words = ", ".join(say(WORD_NAMES[word], language) for word in self.words)
        return say(self.message.template, language, **{**self.message.values, "words": words})


@dataclass(frozen=True)
class Pool:
    """Fills phrases with the words of a briefing.

    Attributes:
        book: The phrases.
        address: Form of address.
        words: What the briefing has; see `briefing_words`.
        count: Length of a text as the network counts it.
        seed: Which phrase is taken where one refers to another slot.
    """

    book: Phrasebook
    address: Address
    words: Mapping[str, Any]
    count: Callable[[str], int]
    seed: str

    def of(self, slot: str) -> list[Candidate]:
        """All phrases of a slot for which the briefing has the words.

        A noun phrase with a clause of its own ("die Angst, etwas falsch zu machen") wants a comma when the
        sentence goes on behind it; phrases in which it does are left out as long as there are others.
        """
        found = [c for c in map(self.filled, self._phrases(slot)) if c is not None]
        return [c for c in found if not self._goes_on(c.text)] or found

    def filled(self, phrase: str) -> Candidate | None:
        """A phrase filled in, or None when the briefing lacks a word of it."""
        if not phrase:
            return self.measured("")
        template = read_template(phrase)
        others: dict[str, Any] = {}
        needs = set(template.needs)
        for slot in sorted(template.slots):
            others_of = self.of(slot)
            if not others_of:
                return None
            chosen = random.Random(f"{self.seed}|{slot}|{phrase}").choice(others_of)
            needs |= chosen.needs
            _put(others, slot.split("."), chosen.text)
        if not template.needs <= self.words.keys():
            return None
        found = self.measured(template.fill({**self.words, "slots": others}))
        return replace(
            found, needs=frozenset(needs), echoes=frozenset(_LONGER.findall(_PLACE.sub(" ", phrase)))
        )

    def measured(self, text: str) -> Candidate:
        """A text with its length."""
        return Candidate(text, frozenset(), graphemes(text), self.count(text))

    def require(self, slot: str) -> list[Candidate]:
        """The phrases of a slot.

        Raises:
            InvalidValueError: There is none; says which words the briefing lacks.
        """
        if found := self.of(slot):
            return found
        lacking = [self._lacking(read_template(phrase)) for phrase in self._phrases(slot)]
        if not lacking:
            raise InvalidValueError(
                mark(
                    "The phrasebook has no phrase for {slot!r} in the form of address {address!r}; write "
                    "one, or "
                    "choose another form of address."
                ),
                slot=slot,
                address=self.address,
            )
        order = list(WORD_NAMES)
        fewest = min(lacking, key=lambda words: (len(words), sorted(map(order.index, words))))
        raise BriefingGapError(slot, fewest)

    def gap(self, slot: str, phrase: str) -> BriefingGapError:
        """Which words the briefing lacks for a phrase, as an error to raise."""
        return BriefingGapError(slot, self._lacking(read_template(phrase)))

    @cached_property
    def _with_clauses(self) -> tuple[str, ...]:
        """Beginnings of sentences that go on behind a noun phrase with a comma in it, in small letters."""
        nouns = [self.words[noun] for noun in NOUNS if noun in self.words]
        phrases = {str(noun[case]) for noun in nouns for case in CASES}
        return tuple(f"{phrase} ".casefold() for phrase in phrases if "," in phrase)

    def _goes_on(self, text: str) -> bool:
        return any(phrase in text.casefold() for phrase in self._with_clauses)

    def _phrases(self, slot: str) -> tuple[str, ...]:
        return self.book.phrases(slot, self.address)

    def _lacking(self, template: Template) -> frozenset[str]:
        return template.needs - self.words.keys()


def _put(into: dict[str, Any], path: list[str], text: str) -> None:
    """Set a nested value, so that {{ slots.hook.question }} finds it."""
    for step in path[:-1]:
        into = into.setdefault(step, {})
    into[path[-1]] = text
