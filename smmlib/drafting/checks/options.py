"""Which checks are on, and what a house sets for them."""

from __future__ import annotations

from typing import Literal

from smmlib.language import mark
from smmlib.record import Record

GenderRule = Literal["any", "colon", "star", "underscore", "pairs", "neutral"]

GENDER_RULES: dict[GenderRule, str] = {
    "any": mark("Any form"),
    "colon": mark("Colon: Kund:innen"),
    "star": mark("Asterisk: Kund*innen"),
    "underscore": mark("Underscore: Kund_innen"),
    "pairs": mark("Both forms: Kundinnen und Kunden"),
    "neutral": mark("Neutral words only: Kundschaft"),
}


class CheckOptions(Record):
    """What a team sets for the checks of its drafts.

    Attributes:
        off: Ids of checks that are switched off.
        on: Ids of checks switched on that are off by default.
        gender: The house's rule for gendered German, one of `GENDER_RULES`.
        own_words: Words the spelling check knows beside its dictionary.
    """

    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    gender: GenderRule = "any"
    own_words: tuple[str, ...] = ()
