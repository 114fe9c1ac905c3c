"""The rows behind a figure of the board: each euro back to its file and row."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.language import money
from smmlib.panels import kit
from smmlib.panels.chart_view import export_bar
from smmlib.panels.planning.board_tables import GROUPS, group_name
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.panels.tables import table
from smmlib.planning import MEASURES, Ledger


class RowsBehind(w.VBox):
    """Choose a group, one of its rows and a measure; the rows of the ledger stand below.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.panel, self._group = model, panel, "line"
        say = panel.say
        measures = [(say(text), name) for name, text in MEASURES.items() if name != "remaining"]
        measures.append((say("not counted"), "not counted"))
        self.which = kit.choice(say(GROUPS["line"]), [])
        self.measure = kit.choice(say("Measure"), measures, "actual")
        for control, name in ((self.which, "which"), (self.measure, "measure")):
            control.add_class(f"smm-behind-{name}")
            control.observe(self._list, "value")
        self._rows = kit.html("", "smm-behind")
        super().__init__(
            [
                kit.row(self.which, self.measure),
                self._rows,
                export_bar(panel, "rows", lambda: self.traced.to_frame(panel.language)),
            ]
        )
        self.add_class("smm-stack")

    @property
    def traced(self) -> Ledger:
        """The rows that are shown."""
        where = {self._group: self.which.value or "", "measure": self.measure.value}
        return self.model.ledger.trace(**where)

    def show(self, group: str) -> None:
        """Offer the rows of a group of the board."""
        self._group = group
        board, language = self.model.board, self.panel.language
        options = [
            (group_name(board, group, s.key[0], language), s.key[0]) for s in board.ledger.by(group).standings
        ]
        self.which.description = self.panel.say(GROUPS[group])
        kit.offer(self.which, options)
        self._list()

    def _list(self, _change: Any = None) -> None:
        say, language = self.panel.say, self.panel.language
        traced = self.traced
        currency = traced.currency
        rows = pd.DataFrame(
            [
                (row.day, money(row.cost, currency, language), money(row.amount, row.currency, language),
                 traced.names.get(row.phase, ""), row.number, row.source.text(language))
                for row in sorted(traced.rows, key=lambda row: (row.day, row.number))[:300]
            ],
            columns=["day", "cost", "amount", "phase", "number", "source"],
        )  # fmt: skip
        if rows.empty:
            kit.put(self._rows, kit.empty(say("No rows"), say("Nothing of this figure lies in this group.")))
            return
        for name in ("cost", "amount"):
            rows[name] = [f'<div class="smm-right">{escape(value)}</div>' for value in rows[name]]
        headers = {"day": say("Day"), "cost": say("Cost"), "amount": say("As stated"), "phase": say("Phase"),
                   "number": say("Number"), "source": say("Where it was read")}  # fmt: skip
        total = say(
            "{rows} add up to {total}.",
            rows=self.panel.say_many("{count} row", "{count} rows", len(traced.rows)),
            total=money(
                sum((row.cost for row in traced.rows), start=traced.total("none")), currency, language
            ),
        )
        shown = table(rows, language, headers=headers, formats={"cost": "html", "amount": "html"}, limit=300)
        kit.put(self._rows, f'<div class="smm-note">{escape(total)}</div>{shown}')
