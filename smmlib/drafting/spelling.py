"""What the spelling check needs of a dictionary; whoever has one passes it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from smmlib.language import Language


class Speller(Protocol):
    """A dictionary that answers at once with what it knows so far, and looks up the rest meanwhile."""

    def unknown(self, words: Iterable[str], language: Language) -> Mapping[str, tuple[str, ...]]:
        """Words that are not in the dictionary, each with what it may have meant.

        Words that have not been looked up yet are left out, so that nobody waits.
        """
        ...
