"""The grids to type bookings and figures of channels into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smmlib.metrics import load_metrics
from smmlib.panels import kit
from smmlib.panels.planning.plan_grids import choices
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.panels.record_grid import Cell, RecordGrid
from smmlib.planning import BOOKING_KINDS, TAXES, Booking, Result


class BookingGrid(RecordGrid[Booking]):
    """Bookings that are typed; what they belong to is chosen among the lines and channels of the plan.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model = model
        super().__init__(
            panel,
            Booking,
            booking_cells(model, panel),
            model.books.keep_typed,
            add=panel.say("Add a booking"),
        )

    def cells_of(self, record: Booking) -> dict[str, str]:
        """What the cells of a booking show; hours and money share a column."""
        if record.kind == "hours":
            record = record.model_copy(update={"amount": record.hours})
        return {**super().cells_of(record), "closes": "1" if record.closes else ""}

    def fields_of(self, typed: Mapping[str, str], record: Booking | None) -> dict[str, Any]:
        """Fields of a booking as typed."""
        fields = super().fields_of(typed, record)
        of_hours = fields["kind"] == "hours"
        fields["hours"] = fields["amount"] if of_hours else None
        fields["amount"] = None if of_hours else fields["amount"]
        fields["closes"] = bool(fields["closes"])
        fields["currency"] = fields["currency"].upper() or self.model.need().currency
        if fields["tax_rate"] is None:
            fields["tax_rate"] = Booking.model_fields["tax_rate"].default
        return fields


def booking_cells(model: PlanningModel, panel: kit.Panel) -> list[Cell]:
    """Columns of bookings."""
    say, language = panel.say, panel.language
    version = model.plan.current if model.plan else None
    lines = [
        ("", say("not planned")),
        *((line.id, line.name) for line in (version.lines if version else ())),
    ]
    channels = [("", say("of the line")), *((c.id, c.name) for c in (version.channels if version else ()))]
    closes = [("", say("no")), ("1", say("yes"))]
    return [
        Cell("day", say("Date"), "day", required=True, width=100),
        Cell("kind", say("Kind"), "choice", options=choices(BOOKING_KINDS, language), width=150),
        Cell("line", say("Budget line"), "choice", options=lines, width=160),
        Cell("amount", say("Amount or hours"), "amount", required=True, width=105),
        Cell("currency", say("Currency"), width=70),
        Cell("supplier", say("Supplier"), width=130),
        Cell("number", say("Number"), width=95),
        Cell("service_day", say("Day of service"), "day", width=100),
        Cell("order", say("Order"), width=80, help=say("Number of the order it bills.")),
        Cell("closes", say("Last on the order"), "choice", options=closes, width=90),
        Cell("tax", say("Tax"), "choice", options=choices(TAXES, language), width=150),
        Cell("tax_rate", say("Tax %"), "amount", width=60),
        Cell("channel", say("Channel"), "choice", options=channels, width=130),
        Cell("text", say("Text"), width=170),
    ]


def result_cells(model: PlanningModel, panel: kit.Panel) -> list[Cell]:
    """Columns of figures of channels."""
    say, language = panel.say, panel.language
    metrics = sorted(
        (
            (m.id, m.label(language))
            for m in load_metrics().values()
            if m.combine != "rate" and m.id not in ("posts", "spend")
        ),
        key=lambda pair: pair[1].casefold(),
    )
    version = model.plan.current if model.plan else None
    return [
        Cell("day", say("Day"), "day", required=True, width=100, help=say("Of a longer period its last.")),
        Cell(
            "channel",
            say("Channel"),
            "choice",
            required=True,
            options=[(c.id, c.name) for c in (version.channels if version else ())],
            width=150,
        ),
        Cell("metric", say("Metric"), "choice", options=metrics, width=170),
        Cell("value", say("Value"), "amount", required=True, width=100),
        Cell("source", say("Source"), required=True, width=210, hint=say("e.g. report of the agency")),
        Cell(
            "rule",
            say("Rule of attribution"),
            width=180,
            help=say("Results, conversions and revenue without one are not set against costs."),
        ),
        Cell("result_type", say("Kind of results"), width=130),
    ]


def result_grid(model: PlanningModel, panel: kit.Panel) -> RecordGrid[Result]:
    """Figures of channels that no export has."""
    cells = result_cells(model, panel)
    return RecordGrid(panel, Result, cells, model.books.keep_results, add=panel.say("Add a figure"))
