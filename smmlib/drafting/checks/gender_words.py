"""Words for persons in the masculine plural, where they stand for everybody.

A careful list: words everybody is called by (Gäste, Mitglieder, Eltern, Profis) are left out, and so are
those that are more often things (Rechner, Drucker). Compounds count ("Stammkunden").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smmlib.drafting.sentences import Stretch

# Singular and plural differ in the nominative.
_PLURALS = tuple(
    """
    kunden kollegen studenten praktikanten interessenten abonnenten patienten klienten experten journalisten touristen
    lieferanten produzenten konsumenten absolventen assistenten beamten polizisten juristen spezialisten dozenten
    referenten mandanten autoren moderatoren investoren direktoren mentoren ärzte ärzten anwälte anwälten köche köchen
    bauern landwirte landwirten chefs
    """.split()
)
# Singular and plural are the same: only a plural by what stands before, or by its n in the dative.
_SAME = tuple(
    """
    mitarbeiter teilnehmer besucher leser nutzer bürger lehrer schüler bewerber zuschauer hörer gründer fahrer händler
    handwerker käufer verbraucher einwohner anwohner arbeitnehmer arbeitgeber unternehmer mieter sportler wähler spieler
    künstler forscher wissenschaftler entwickler helfer spender gewinner anfänger einsteiger urlauber wanderer
    läufer politiker mechaniker techniker verkäufer erzieher pfleger betreuer berater bäcker meister züchter winzer
    """.split()
)
_DATIVES = tuple(f"{word}n" for word in _SAME)
_ONE = frozenset(
    """
    der ein unser dein euer ihr mein sein kein einem dem des eines einen den unserem deinem ihrem seinem unseres unseren
    deinen ihren seinen euren dieser diesem diesen als zum vom beim herr neuer neuen ehemaliger er ist
    """.split()
)


def generic_masculine(text: str, words: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Where the text speaks of persons in the masculine plural without naming the women beside them.

    Args:
        text: The text.
        words: Its words in order.
    """
    for place, word in enumerate(words):
        low = word.text.lower()
        if not word.text[0].isupper() or not low.endswith((*_PLURALS, *_SAME, *_DATIVES)):
            continue
        if low.endswith(_SAME) and not _is_plural(words, place):
            continue
        if not _beside_women(text, low, word):
            yield word.start, word.end


def _is_plural(words: Sequence[Stretch], place: int) -> bool:
    before = words[place - 1].text.lower() if place else ""
    return before == "jeder" or (before not in _ONE and not before.endswith(("er", "em")))


def _beside_women(text: str, low: str, word: Stretch) -> bool:
    """Whether the women are named close by: "Kundinnen und Kunden"."""
    around = text[max(0, word.start - 40) : word.end + 40].lower()
    return bool(re.search(rf"{re.escape(low[:4])}[a-zäöüß]*innen", around))
