"""The grids to type bookings and figures of channels into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smmlib.language import say
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
            panel, Booking, booking_cells(model, panel), model.keep_typed, add=panel.say("Add a booking")
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
    words, language = panel.say, panel.language
    version = model.plan.current if model.plan else None
    lines = [
        ("", words("not planned")),
        *((line.id, line.name) for line in (version.lines if version else ())),
    ]
    channels = [("", words("of the line")), *((c.id, c.name) for c in (version.channels if version else ()))]
    closes = [("", words("no")), ("1", words("yes"))]
    return [
        Cell("day", words("Date"), "day", required=True, width=100),
        Cell("kind", words("Kind"), "choice", options=choices(BOOKING_KINDS, language), width=150),
        Cell("line", words("Budget line"), "choice", options=lines, width=160),
        Cell("amount", words("Amount or hours"), "amount", required=True, width=105),
        Cell("currency", words("Currency"), width=70),
        Cell("supplier", words("Supplier"), width=130),
        Cell("number", words("Number"), width=95),
        Cell("service_day", words("Day of service"), "day", width=100),
        Cell("order", words("Order"), width=80, help=words("Number of the order it bills.")),
        Cell("closes", words("Last on the order"), "choice", options=closes, width=90),
        Cell("tax", words("Tax"), "choice", options=choices(TAXES, language), width=150),
        Cell("tax_rate", words("Tax %"), "amount", width=60),
        Cell("channel", words("Channel"), "choice", options=channels, width=130),
        Cell("text", words("Text"), width=170),
    ]


def result_cells(model: PlanningModel, panel: kit.Panel) -> list[Cell]:
    """Columns of figures of channels."""
    words, language = panel.say, panel.language
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
        Cell(
            "day", words("Day"), "day", required=True, width=100, help=words("Of a longer period its last.")
        ),
        Cell(
            "channel",
            words("Channel"),
            "choice",
            required=True,
            options=[(c.id, c.name) for c in (version.channels if version else ())],
            width=150,
        ),
        Cell("metric", words("Metric"), "choice", options=metrics, width=170),
        Cell("value", words("Figure"), "amount", required=True, width=100),
        Cell("source", words("Source"), required=True, width=210, hint=words("e.g. report of the agency")),
        Cell(
            "rule",
            words("Rule of attribution"),
            width=180,
            help=words("Results, conversions and revenue without one are not set against costs."),
        ),
        Cell("result_type", words("Kind of results"), width=130),
    ]


def result_grid(model: PlanningModel, panel: kit.Panel) -> RecordGrid[Result]:
    """Figures of channels that no export has."""
    add = say("Add a figure", panel.language)
    return RecordGrid(panel, Result, result_cells(model, panel), model.keep_results, add=add)
