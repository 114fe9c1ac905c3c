"""What does not go together in a calendar, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from smmlib.language import Language, mark, say
from smmlib.networks.findings import SEVERITIES, Finding, Severity
from smmlib.planning.calendar import CalendarEntry

if TYPE_CHECKING:
    import pandas as pd

RULES: dict[str, str] = {
    "embargo": mark("Embargo"),
    "blackout": mark("Blackout"),
    "test_slot": mark("Slot of a copy test"),
    "claim_uncleared": mark("Advertising claim not cleared"),
    "claim_expired": mark("Clearance of an advertising claim ended"),
    "price": mark("Prices"),
    "percentage": mark("Percentages"),
    "offer_date": mark("Days of the offer"),
    "signoff": mark("Sign-off"),
    "alt_text": mark("Alt text"),
    "licence_ended": mark("Licence ended"),
    "consent_missing": mark("Consent missing"),
    "frequency": mark("Same audience too often"),
    "silence": mark("Channel silent too long"),
}
"""Every rule there is, with what lists call it."""

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that does not go together.

    Attributes:
        finding: Rule, severity and sentence.
        entries: Ids of the entries it is about, in order; empty for a channel of which nothing is coming.
        when: The moment it is about.
    """

    finding: Finding
    entries: tuple[str, ...]
    when: datetime

    @property
    def rule(self) -> str:
        """Its rule, one of `RULES`."""
        return self.finding.rule

    @property
    def severity(self) -> Severity:
        """How bad it is: "error" keeps an entry from appearing, "warning" costs effect."""
        return self.finding.severity

    def text(self, language: Language = "en") -> str:
        """What does not go together and what to do now."""
        return self.finding.text(language)


@dataclass(frozen=True)
class Conflicts:
    """All conflicts of a calendar, worst first, then in order of time.

    Attributes:
        found: The conflicts.
        titles: Id of each entry that was judged to its title.
    """

    found: tuple[Conflict, ...]
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Conflict]:
        return iter(self.found)

    def __len__(self) -> int:
        """Number of conflicts."""
        return len(self.found)

    def of(self, entry: str) -> tuple[Conflict, ...]:
        """The conflicts of the entry with this id, worst first."""
        return self._by_entry.get(entry, ())

    @cached_property
    def marked(self) -> Mapping[str, Severity]:
        """Id of each entry in conflict to the worst severity."""
        return {entry: conflicts[0].severity for entry, conflicts in self._by_entry.items()}

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per conflict: rule and severity (in words), when (UTC), titles, entries (ids), text."""
        import pandas as pd

        rows = [
            (
                say(RULES[conflict.rule], language),
                say(SEVERITIES[conflict.severity], language),
                conflict.when,
                ", ".join(dict.fromkeys(self.titles.get(id, id) for id in conflict.entries)),
                conflict.entries,
                conflict.text(language),
            )
            for conflict in self.found
        ]
        frame = pd.DataFrame(rows, columns=["rule", "severity", "when", "titles", "entries", "text"])
        return frame.assign(when=pd.to_datetime(frame["when"], utc=True))

    @cached_property
    def _by_entry(self) -> dict[str, tuple[Conflict, ...]]:
        found: dict[str, tuple[Conflict, ...]] = {}
        for conflict in self.found:
            for entry in conflict.entries:
                found[entry] = (*found.get(entry, ()), conflict)
        return found


def about(entry: CalendarEntry, finding: Finding) -> Conflict:
    """A conflict of one entry."""
    return Conflict(finding, (entry.id,), entry.start)


def in_order(conflict: Conflict) -> tuple[int, datetime, str, tuple[str, ...]]:
    """Worst first, then by time."""
    return _ORDER[conflict.severity], conflict.when, conflict.rule, conflict.entries
