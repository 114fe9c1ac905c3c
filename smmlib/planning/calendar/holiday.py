"""Public holidays of the German states.

Source: the `holidays` library (vacanza, MIT licence), which cites the laws of the states.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from smmlib.errors import UnknownNameError
from smmlib.language import Language, mark

GERMAN_STATES: dict[str, str] = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
"""ISO 3166-2 code without "DE-" to name."""

_LOCALES: dict[Language, str] = {"de": "de", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday.

    Attributes:
        day: The day.
        name: What it is called.
        states: Codes of the states it is one in, of those asked for; in order of `GERMAN_STATES`.
    """

    day: date
    name: str
    states: tuple[str, ...]


def german_holidays(
    first: date, last: date, states: Iterable[str] = tuple(GERMAN_STATES), language: Language = "de"
) -> tuple[Holiday, ...]:
    """The public holidays from `first` to `last` (both included), in order.

    Args:
        first: First day.
        last: Last day.
        states: Codes of the states, see `GERMAN_STATES`; holidays of parts of a state only, such as
            Augsburg's, are left out.
        language: Language of the names.

    Raises:
        UnknownNameError: There is no state of that code.
    """
    wanted = set(states)
    for code in wanted:
        if code not in GERMAN_STATES:
            raise UnknownNameError(mark("German state"), code, GERMAN_STATES)
    found: dict[tuple[date, str], list[str]] = {}
    for code in (code for code in GERMAN_STATES if code in wanted):
        for year in range(first.year, last.year + 1):
            for day, name in _of_year(code, year, language):
                if first <= day <= last:
                    found.setdefault((day, name), []).append(code)
    return tuple(Holiday(day, name, tuple(codes)) for (day, name), codes in sorted(found.items()))


@lru_cache(maxsize=512)
def _of_year(state: str, year: int, language: Language) -> tuple[tuple[date, str], ...]:
    from holidays.countries.germany import Germany

    known = Germany(subdiv=state, years=year, language=_LOCALES[language], expand=False)
    return tuple(sorted(known.items()))
