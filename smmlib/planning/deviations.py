"""From plan to estimate at completion: by how much each line will be above or below its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.language import Language, mark, money, say
from smmlib.planning.board import Board
from smmlib.planning.money import ZERO

if TYPE_CHECKING:
    import pandas as pd

NOT_PLANNED = mark("Not planned")


@dataclass(frozen=True, slots=True)
class Deviation:
    """One line.

    Attributes:
        line: Its id, "" for what was not planned.
        name: Its name, "" for what was not planned.
        plan: Planned.
        estimate: Estimate at completion.
    """

    line: str
    name: str
    plan: Decimal
    estimate: Decimal

    @property
    def more(self) -> Decimal:
        """Estimate less plan."""
        return self.estimate - self.plan


@dataclass(frozen=True, slots=True)
class Deviations:
    """All lines.

    Attributes:
        parts: One per line, the largest difference first.
        on: Day of the board.
        currency: Of all amounts.
    """

    parts: tuple[Deviation, ...]
    on: date
    currency: str

    @property
    def plan(self) -> Decimal:
        """Planned, all together."""
        return sum((part.plan for part in self.parts), ZERO)

    @property
    def estimate(self) -> Decimal:
        """Estimate at completion, all together."""
        return sum((part.estimate for part in self.parts), ZERO)

    def to_frame(self) -> pd.DataFrame:
        """One row per line: line, name, plan, estimate, more (Decimal)."""
        import pandas as pd

        rows = [(p.line, p.name, p.plan, p.estimate, p.more) for p in self.parts]
        return pd.DataFrame(rows, columns=["line", "name", "plan", "estimate", "more"])

    def text(self, language: Language = "en") -> str:
        """The whole in one sentence."""
        return say(
            "Plan {plan}, estimate at completion {estimate}, difference {more}.",
            language,
            plan=money(self.plan, self.currency, language),
            estimate=money(self.estimate, self.currency, language),
            more=money(self.estimate - self.plan, self.currency, language),
        )


def deviations_of(board: Board) -> Deviations:
    """Compare the estimate of each line with its plan; what was not planned counts as spent and ordered.

    Args:
        board: The board.
    """
    parts = []
    for standing in board.lines.standings:
        (line,) = standing.key
        told = board.estimates.get(line)
        name = board.lines.names.get(line, line)
        estimate = told.estimate if told else standing.actual + standing.commitment
        parts.append(Deviation(line, name, standing.plan, estimate))
    parts.sort(key=lambda part: (-abs(part.more), part.line))
    return Deviations(tuple(parts), board.on, board.ledger.currency)
