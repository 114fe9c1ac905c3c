"""When phases and channels run, as planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from smmlib.language import Language, say
from smmlib.planning.entry import LedgerRow
from smmlib.planning.ledger import Ledger
from smmlib.planning.money import ZERO
from smmlib.planning.plan import PlanVersion, Target

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Flight:
    """A stretch of days.

    Attributes:
        kind: Whether it is a phase or a channel.
        name: Of the phase or channel.
        start: First day.
        end: Last day (included).
        plan: What is planned in it, in the currency of the ledger.
    """

    kind: Literal["phase", "channel"]
    name: str
    start: date
    end: date
    plan: Decimal


@dataclass(frozen=True, slots=True)
class Flights:
    """All phases and channels of a version.

    Attributes:
        flights: Phases by day, then channels by day; channels without a planned amount have none.
        targets: What is to be reached, by day.
        on: Today.
        currency: Of the amounts.
    """

    flights: tuple[Flight, ...]
    targets: tuple[Target, ...]
    on: date
    currency: str

    def to_frame(self) -> pd.DataFrame:
        """One row per flight: kind, name, start, end, plan (Decimal)."""
        import pandas as pd

        rows = [(f.kind, f.name, f.start, f.end, f.plan) for f in self.flights]
        return pd.DataFrame(rows, columns=["kind", "name", "start", "end", "plan"])

    def text(self, language: Language = "en") -> str:
        """One line per flight."""
        return "\n".join(
            say(
                "{name}: {start:date} to {end:date}",
                language,
                name=flight.name,
                start=flight.start,
                end=flight.end,
            )
            for flight in self.flights
        )


def flights_of(ledger: Ledger, decided: PlanVersion) -> Flights:
    """Find when phases and channels run.

    A channel runs from the first to the last day it has money planned for.

    Args:
        ledger: Ledger of one plan, built until the day of the board.
        decided: The version of the plan it was built with.
    """
    planned = [row for row in ledger.rows if row.measure == "plan" and row.cost]
    phases = [
        Flight("phase", phase.name, phase.start, phase.end, _cost(planned, "phase", phase.id))
        for phase in sorted(decided.phases, key=lambda phase: phase.start)
    ]
    channels = []
    for channel in decided.channels:
        own = [row for row in planned if row.channel == channel.id]
        if own:
            end = max(row.day + timedelta(days=row.days - 1) for row in own)
            start = min(row.day for row in own)
            channels.append(Flight("channel", channel.name, start, end, sum((row.cost for row in own), ZERO)))
    channels.sort(key=lambda flight: (flight.start, flight.end, flight.name))
    ends = [flight.end for flight in (*phases, *channels)]
    targets = tuple(sorted(decided.targets, key=lambda target: target.by))
    return Flights(
        (*phases, *channels), targets, ledger.until or max(ends, default=decided.on), ledger.currency
    )


def _cost(rows: list[LedgerRow], field: Literal["phase"], id: str) -> Decimal:
    return sum((row.cost for row in rows if getattr(row, field) == id), ZERO)
