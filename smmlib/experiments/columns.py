"""Find out which columns of a table hold tests, variants and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from smmlib.errors import MissingColumnError

_NAMES = {
    "test": (
        "clickability_test_id test test_id test_name testname experiment experiment_id experiment_name "
        "versuch kampagnentest"
    ),
    "variant": (
        "variant variante variant_name arm version headline uberschrift titel title text anzeige ad "
        "ad_name anzeigenname creative motiv"
    ),
    "trials": (
        "trials shown ausgespielt impressions impressionen reach reichweite views aufrufe sends versendet "
        "gesendet delivered zugestellt users nutzer visitors besucher people personen sessions sitzungen"
    ),
    "successes": (
        "successes clicked geklickt link_clicks link_klicks klicks clicks opens offnungen conversions "
        "konversionen engagements interaktionen responses reaktionen erfolge kaufe purchases"
    ),
    "period": "test_week week woche kw kalenderwoche month monat period zeitraum",
}
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class CountColumns:
    """Columns of a table of counts; an empty name: not found.

    Attributes:
        test: Name of the test.
        variant: Name of the variant.
        trials: Counts of people, impressions or views.
        successes: Counts of responses.
        period: Week or month the test ran in, or empty.
    """

    test: str = ""
    variant: str = ""
    trials: str = ""
    successes: str = ""
    period: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What was not found, of the four that `compare` needs."""
        needed = ("test", "variant", "trials", "successes")
        return tuple(name for name in needed if not getattr(self, name))


def guess_columns(table: pd.DataFrame) -> CountColumns:
    """Guess which columns hold what, from their names in English or German.

    Args:
        table: Any table; only its column names are looked at.
    """
    plain = {_plain(str(name)): str(name) for name in reversed(list(table.columns))}
    found: dict[str, str] = {}
    for role, names in _NAMES.items():
        hit = next((name for name in names.split() if name in plain), None)
        found[role] = plain[hit] if hit else ""
    return CountColumns(**found)


def lettered(table: pd.DataFrame, columns: CountColumns, name: str = "arm") -> pd.DataFrame:
    """Name the variants A, B, C … within each test, where their own names repeat or are long texts.

    Args:
        table: Table of counts; it is not changed.
        columns: Where test and variant stand.
        name: Column for the letters; an existing one is replaced.

    Returns:
        A copy with the column `name` in front.

    Raises:
        MissingColumnError: The test column is not there.
    """
    if columns.test not in table.columns:
        raise MissingColumnError([columns.test], map(str, table.columns), source="lettered")
    place = table.groupby(columns.test, sort=False).cumcount()
    letters = place.map({i: _letters(i) for i in range(int(place.max()) + 1)} if len(place) else {})
    kept = table.drop(columns=name, errors="ignore")
    kept.insert(0, name, letters.astype("str"))
    return kept


def needs_letters(table: pd.DataFrame, columns: CountColumns) -> bool:
    """True where a variant's name occurs more than once within a test."""
    return bool(table.duplicated([columns.test, columns.variant]).any())


def _letters(place: int) -> str:
    """0 is A, 25 is Z, 26 is AA, as in a spreadsheet."""
    text = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        text = chr(65 + digit) + text
    return text


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower().translate(_PLAIN)).strip("_")
