"""The grid of blackouts and embargoes: from one day to another, on the clock of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.panels.planning.plan_grids import choices
from smmlib.panels.record_grid import Cell, CellError, RecordGrid
from smmlib.panels.row_list import written
from smmlib.planning.calendar import PERIOD_KINDS, Period, midnight
from smmlib.timetable import zone


class PeriodGrid(RecordGrid[Period]):
    """Periods by whole days; one that begins or ends within a day keeps its time while its day stays.

    Args:
        model: What the room knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: CalendarModel, panel: kit.Panel) -> None:
        self.model, say = model, panel.say
        campaigns = [("", say("all")), *((c.id, c.name) for c in model.workspace.campaigns.list())]
        cells = [
            Cell("name", say("Why"), required=True, width=220, hint=say("e.g. election Sunday")),
            Cell("kind", say("Kind"), "choice", options=choices(PERIOD_KINDS, panel.language), width=120),
            Cell("first", say("First day"), "day", required=True),
            Cell("last", say("Last day"), "day", required=True),
            Cell("campaign", say("Campaign"), "choice", options=campaigns, width=180),
        ]
        super().__init__(panel, Period, cells, model.keep_periods, add=say("Add a period"))

    def cells_of(self, record: Period) -> dict[str, str]:
        """What the cells of a period show."""
        first, last = self._days(record)
        return {
            "name": record.name,
            "kind": record.kind,
            "first": written(first, self.language),
            "last": written(last, self.language),
            "campaign": record.campaigns[0] if record.campaigns else "",
        }

    def fields_of(self, typed: Mapping[str, str], record: Period | None) -> dict[str, Any]:
        """Fields of a period as typed."""
        cells = {cell.field: cell for cell in self._cells}
        read = {name: self.read(cell, typed.get(name, "")) for name, cell in cells.items()}
        first, last = read["first"], read["last"]
        if last < first:
            raise CellError(cells["last"], mark("It ends before it starts; swap the days."))
        fields: dict[str, Any] = {"name": read["name"], "kind": read["kind"]}
        if record is None or (first, last) != self._days(record):
            name = self.model.workspace.settings.time_zone
            fields["start"], fields["end"] = midnight(first, name), midnight(last + timedelta(days=1), name)
        if record is None or len(record.campaigns) < 2:
            fields["campaigns"] = (read["campaign"],) if read["campaign"] else ()
        return fields

    def _days(self, record: Period) -> tuple[Any, Any]:
        place = zone(self.model.workspace.settings.time_zone)
        end = record.end.astimezone(place) - timedelta(microseconds=1)
        return record.start.astimezone(place).date(), end.date()
