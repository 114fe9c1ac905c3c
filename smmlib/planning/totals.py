"""Sums of ledger rows per line, channel, phase, month: the parts add up to the whole by construction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from smmlib.language import Language, mark, money, say
from smmlib.planning.entry import LedgerRow
from smmlib.planning.money import ZERO

if TYPE_CHECKING:
    import pandas as pd

GROUPS: dict[str, str] = {
    "plan": mark("Campaign plan"),
    "line": mark("Budget line"),
    "kind": mark("Kind of cost"),
    "channel": mark("Channel"),
    "phase": mark("Phase"),
    "month": mark("Month"),
}
"""What rows can be grouped by."""

MEASURES: dict[str, str] = {
    "plan": mark("Plan"),
    "commitment": mark("Commitment"),
    "actual": mark("Actual"),
    "remaining": mark("Remaining"),
}


class Standing(NamedTuple):
    """Where one group stands, in the currency of the ledger.

    Attributes:
        key: Values of the groups, ids; "" where rows have none.
        plan: Planned.
        commitment: Ordered and not yet billed.
        actual: Spent.
        tax: Tax on the actual.
    """

    key: tuple[str, ...]
    plan: Decimal
    commitment: Decimal
    actual: Decimal
    tax: Decimal

    @property
    def remaining(self) -> Decimal:
        """Plan less actual less commitment; negative when overspent."""
        return self.plan - self.actual - self.commitment


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums per group.

    Attributes:
        groups: What was grouped by.
        standings: One per group, in order of the keys.
        names: Id to name.
        currency: Of all amounts.
    """

    groups: tuple[str, ...]
    standings: tuple[Standing, ...]
    names: Mapping[str, str]
    currency: str

    def __getitem__(self, key: str | tuple[str, ...]) -> Standing:
        """The standing of a group; all zero where nothing was planned or booked."""
        wanted = (key,) if isinstance(key, str) else key
        none = Standing(wanted, ZERO, ZERO, ZERO, ZERO)
        return next((standing for standing in self.standings if standing.key == wanted), none)

    @property
    def whole(self) -> Standing:
        """All groups together."""
        every = self.standings
        return Standing(
            (),
            sum((s.plan for s in every), ZERO),
            sum((s.commitment for s in every), ZERO),
            sum((s.actual for s in every), ZERO),
            sum((s.tax for s in every), ZERO),
        )

    def name(self, standing: Standing) -> str:
        """Names of a group, "–" for none."""
        return " · ".join(self.names.get(id, id) or "–" for id in standing.key)

    def to_frame(self) -> pd.DataFrame:
        """One row per group: the groups (ids), name, plan, commitment, actual, remaining, tax (Decimal)."""
        import pandas as pd

        rows = [
            (*s.key, self.name(s), s.plan, s.commitment, s.actual, s.remaining, s.tax) for s in self.standings
        ]
        return pd.DataFrame(rows, columns=[*self.groups, "name", *MEASURES, "tax"])

    def text(self, language: Language = "en") -> str:
        """One line per group and one for the whole."""
        lines = [self._line(self.name(standing), standing, language) for standing in self.standings]
        if self.groups:
            lines.append(self._line(say("Total", language), self.whole, language))
        return "\n".join(lines)

    def _line(self, name: str, standing: Standing, language: Language) -> str:
        return say(
            "{name}: plan {plan}, commitment {commitment}, actual {actual}, remaining {remaining}",
            language,
            name=name or say("Total", language),
            **{measure: money(getattr(standing, measure), self.currency, language) for measure in MEASURES},
        )


def added_up(
    rows: Iterable[LedgerRow], groups: Sequence[str], names: Mapping[str, str], currency: str
) -> Totals:
    """Add rows up per group; rows that are not counted are left out."""
    key_of = _key(groups)
    sums: dict[object, list[Decimal]] = {}
    place = {"plan": 0, "commitment": 1, "actual": 2}
    for row in rows:
        at = place.get(row.measure)
        if at is None:
            continue
        found = sums.setdefault(key_of(row), [ZERO, ZERO, ZERO, ZERO])
        found[at] += row.cost
        if at == 2:
            found[3] += row.tax
    keyed = [(key if isinstance(key, tuple) else (str(key),), values) for key, values in sums.items()]
    if not keyed and not groups:
        keyed = [((), [ZERO] * 4)]
    standings = sorted((Standing(key, *values) for key, values in keyed), key=lambda s: s.key)
    return Totals(tuple(groups), tuple(standings), names, currency)


def _key(groups: Sequence[str]) -> itemgetter[object]:
    if not groups:
        return itemgetter(slice(0, 0))
    return itemgetter(*(LedgerRow._fields.index(group) for group in groups))
