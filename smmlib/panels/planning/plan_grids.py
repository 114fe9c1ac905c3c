"""The grids of the plan editor: phases, channels, targets, exchange rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from smmlib.language import Language, mark, say
from smmlib.metrics import load_metrics
from smmlib.networks import account_label
from smmlib.panels import kit
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.panels.record_grid import Cell, CellError, RecordGrid
from smmlib.planning import CHANNEL_KINDS, DIRECTIONS, ExchangeRate, Phase, Target
from smmlib.record import KeptRecord

Keep = Callable[[tuple[Any, ...]], None]


def choices(words: Mapping[Any, str], language: Language) -> list[tuple[str, str]]:
    """Values of a choice with what is shown for them."""
    return [(value, say(text, language)) for value, text in words.items()]


def phase_grid(panel: kit.Panel, keep: Keep) -> RecordGrid[Phase]:
    """Phases: name, first and last day."""
    say = panel.say
    cells = [
        Cell("name", say("Phase"), required=True, width=150, hint=say("e.g. teaser")),
        Cell("start", say("First day"), "day", required=True),
        Cell("end", say("Last day"), "day", required=True),
    ]
    return RecordGrid(panel, Phase, cells, keep, add=say("Add a phase"))


def channel_cells(model: PlanningModel, panel: kit.Panel) -> list[Cell]:
    """Columns of channels: name, kind, account."""
    say, networks = panel.say, model.workspace.load_networks()
    accounts = [(a.id, account_label(a, networks.get(a.network))) for a in model.workspace.accounts.list()]
    return [
        Cell("name", say("Channel"), required=True, width=140),
        Cell("kind", say("Kind"), "choice", options=choices(CHANNEL_KINDS, panel.language), width=150),
        Cell(
            "account",
            say("Account"),
            "choice",
            options=[("", "–"), *accounts],
            width=160,
            help=say("Its spend and figures are then read from the response."),
        ),
    ]


class TargetGrid(RecordGrid[Target]):
    """Targets; a share is typed in per cent.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
        keep: Stores the targets.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel, keep: Keep) -> None:
        super().__init__(panel, Target, target_cells(model, panel), keep, add=panel.say("Add a target"))

    def cells_of(self, record: Target) -> dict[str, str]:
        """What the cells of a target show."""
        factor = 100 if _is_share(record.metric) else 1
        shown = record.model_copy(
            update={
                "value": _trimmed(record.value * factor),
                "baseline": None if record.baseline is None else _trimmed(record.baseline * factor),
            }
        )
        return super().cells_of(shown)

    def fields_of(self, typed: Mapping[str, str], record: Target | None) -> dict[str, Any]:
        """Fields of a target as typed."""
        fields = super().fields_of(typed, record)
        if _is_share(fields["metric"]):
            for name in ("value", "baseline"):
                fields[name] = None if fields[name] is None else fields[name] / 100
        return fields


def target_cells(model: PlanningModel, panel: kit.Panel) -> list[Cell]:
    """Columns of targets."""
    say, language = panel.say, panel.language
    metrics = sorted(
        ((m.id, m.label(language)) for m in load_metrics().values() if m.id not in ("posts", "spend")),
        key=lambda pair: pair[1].casefold(),
    )
    channels = [(c.id, c.name) for c in model.plan.current.channels] if model.plan else []
    return [
        Cell("metric", say("Metric"), "choice", options=metrics, width=210),
        Cell("direction", say("Direction"), "choice", options=choices(DIRECTIONS, language), width=110),
        Cell("value", say("Target"), "amount", required=True, width=100),
        Cell("by", say("Until"), "day", required=True),
        Cell("channel", say("Channel"), "choice", options=[("", say("all channels")), *channels], width=150),
        Cell(
            "baseline",
            say("Baseline"),
            "amount",
            width=100,
            help=say("Where it stood before; levels such as followers start from it."),
        ),
        Cell("owner", say("Owner"), width=130),
    ]


class RateRow(ExchangeRate, KeptRecord):
    """An exchange rate as a row of a grid."""


class RateGrid(RecordGrid[RateRow]):
    """Exchange rates of the plan's currency.

    Args:
        panel: The panel it stands in.
        keep: Stores the rates.
    """

    def __init__(self, panel: kit.Panel, keep: Callable[[tuple[ExchangeRate, ...]], None]) -> None:
        say = panel.say
        cells = [
            Cell("day", say("Day"), "day", required=True),
            Cell("currency", say("Currency"), required=True, width=90, hint="USD"),
            Cell("rate", say("Exchange rate"), "amount", required=True, width=100, hint="1.085"),
        ]
        super().__init__(panel, RateRow, cells, lambda rows: keep(_bare(rows)), add=say("Add a rate"))

    def show_rates(self, rates: Sequence[ExchangeRate]) -> None:
        """Show these rates, unless they are shown already."""
        if _bare(self._shown) != tuple(rates):
            self.show([RateRow(**dict(rate)) for rate in rates])

    def fields_of(self, typed: Mapping[str, str], record: RateRow | None) -> dict[str, Any]:
        """Fields of a rate as typed; currencies in capitals."""
        fields = super().fields_of(typed, record)
        rate = fields["rate"]
        if rate is not None and rate <= 0:
            cell = next(cell for cell in self._cells if cell.field == "rate")
            raise CellError(
                cell, mark("The rate {rate} is not above 0; type how much one unit buys."), rate=rate
            )
        return {**fields, "currency": fields["currency"].upper()}


def _bare(rows: Sequence[RateRow]) -> tuple[ExchangeRate, ...]:
    return tuple(ExchangeRate(day=row.day, currency=row.currency, rate=row.rate) for row in rows)


def _is_share(metric: str) -> bool:
    passports = load_metrics()
    return metric in passports and passports[metric].unit == "share"


def _trimmed(value: Decimal) -> Decimal:
    """Without zeros behind the point."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
