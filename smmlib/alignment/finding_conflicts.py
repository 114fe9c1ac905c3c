"""Look for everything in a calendar that does not go together."""

from __future__ import annotations

from collections.abc import Iterable

from smmlib.alignment import readiness, rhythm, texts, times
from smmlib.alignment.conflict import Conflicts, in_order
from smmlib.alignment.surroundings import Surroundings
from smmlib.planning.calendar import CalendarEntry

_OF_ONE = (
    times.embargoes,
    times.blackouts,
    times.test_slots,
    texts.claims,
    texts.figures,
    readiness.signoffs,
    readiness.alt_texts,
    readiness.rights,
)
_OF_ALL = (rhythm.frequencies, rhythm.silences)


def find_conflicts(entries: Iterable[CalendarEntry], around: Surroundings) -> Conflicts:
    """Every conflict of a calendar, worst first.

    What has appeared, or whose time is over, is not judged any more; it counts for frequency and silence.

    Args:
        entries: All entries, in any order.
        around: What they are held against, and the house's rules.
    """
    every = sorted(entries, key=lambda entry: (entry.start, entry.id))
    coming = [entry for entry in every if around.coming(entry)]
    found = [conflict for look in _OF_ONE for conflict in look(coming, around)]
    found += [conflict for look_at_all in _OF_ALL for conflict in look_at_all(every, around)]
    kept = (conflict for conflict in found if conflict.rule not in around.rules.off)
    return Conflicts(tuple(sorted(kept, key=in_order)), {entry.id: entry.title for entry in every})
