"""The forms of address in a text, each with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smmlib.drafting.address.calls import calls_to_action
from smmlib.drafting.address.polite import polite_words
from smmlib.drafting.address.reading import Reading
from smmlib.drafting.address.several import words_to_several
from smmlib.drafting.address.single import words_to_one

if TYPE_CHECKING:
    import pandas as pd

Form = Literal["du", "ihr", "Sie"]


@dataclass(frozen=True, slots=True)
class AddressSignal:
    """A word that speaks to the reader.

    Attributes:
        form: The form of address it shows.
        start: Index of its first character.
        end: Index behind its last.
        text: The word.
    """

    form: Form
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Addressing:
    """Outcome of `forms_of_address`.

    Attributes:
        signals: The words that speak to the reader, in order.
    """

    signals: tuple[AddressSignal, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms there are, in the order they appear; empty when nobody is addressed."""
        return tuple(dict.fromkeys(signal.form for signal in self.signals))

    @property
    def mixed(self) -> bool:
        """Whether Sie stands beside du or ihr. Du beside ihr is consistent: one reader, then all of them."""
        return "Sie" in self.forms and len(self.forms) > 1

    def of(self, form: Form) -> tuple[AddressSignal, ...]:
        """The words that show one form."""
        return tuple(signal for signal in self.signals if signal.form == form)

    def to_frame(self) -> pd.DataFrame:
        """One row per word: form, start, end (indices in the text), text."""
        import pandas as pd

        rows = [(signal.form, signal.start, signal.end, signal.text) for signal in self.signals]
        return pd.DataFrame(rows, columns=["form", "start", "end", "text"])


def forms_of_address(text: str) -> Addressing:
    """Find how a German text speaks to its reader.

    Pronouns, possessives and calls to action count ("Schau", "Schaut", "Schauen Sie"); quoted speech does
    not. "Sie" and "Ihr" at the beginning of a sentence may mean she or they; verb form, tense, and what the
    sentences around say decide. Made for posts: a text that plays with its address can mislead it.

    Args:
        text: A German text; blank links and hashtags first if they are not to count.
    """
    reading = Reading(text)
    found: dict[int, Form] = {}
    for index in words_to_one(reading):
        found[index] = "du"
    for index in words_to_several(reading):
        found[index] = "ihr"
    for index, form in calls_to_action(reading):
        found.setdefault(index, form)
    familiar = bool(found)
    for index in polite_words(reading, familiar=familiar, taken=found):
        found[index] = "Sie"
    words = reading.words
    return Addressing(
        tuple(
            AddressSignal(found[index], words[index].start, words[index].end, words[index].text)
            for index in sorted(found)
        )
    )
