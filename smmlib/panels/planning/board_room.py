"""The control board: where the campaign stands on a day, where it leads, and why."""

from __future__ import annotations

from datetime import date
from html import escape

import ipywidgets as w
import pandas as pd

from smmlib.errors import SmmError
from smmlib.figures.status_page import status_page
from smmlib.panels import kit
from smmlib.panels.chart_view import XLSX, ChartView, export_bar
from smmlib.panels.planning import board_tables as tables
from smmlib.panels.planning.planning_model import PlanningModel, version_name
from smmlib.panels.planning.rows_behind import RowsBehind
from smmlib.panels.planning.what_if_part import WhatIfPart
from smmlib.planning import Spending, control_sheet, deviations_of, spending_of


class BoardRoom(w.VBox):
    """Figures, charts, alerts and what-if of the open plan.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.panel, self._filling = model, panel, False
        self._tiles, self._alerts = kit.html("", "smm-board-tiles"), kit.html("", "smm-board-alerts")
        self._sums, self._targets = kit.html("", "smm-board-sums"), kit.html("", "smm-board-targets")
        self._costs, self._roi = kit.html("", "smm-board-costs"), kit.html("", "smm-board-roi")
        self._code = kit.html("", "smm-board-code")
        self._problem = kit.html("", "smm-board-problem")
        self._bullets, self._waterfall = ChartView("bullets", panel), ChartView("waterfall", panel)
        self._pacing, self._spending = ChartView("pacing", panel), ChartView("spending", panel)
        self.behind, self.what_if = RowsBehind(model, panel), WhatIfPart(model, panel)
        self._content = kit.stack(*self._cards())
        super().__init__([self._head(), self._problem, self._content])
        self.add_class("smm-stack")
        self.group.observe(self._show_sums, "value")
        self.line.observe(self._draw_pacing, "value")
        self.step.observe(self._draw_spending, "value")

    def _head(self) -> w.Widget:
        say = self.panel.say
        self.day = kit.field(w.DatePicker(description=say("Day")), "smm-board-day")
        self.version = kit.choice(say("Compared with"), [])
        self.version.add_class("smm-board-version")
        self.day.observe(self._choose_day, "value")
        self.version.observe(self._choose_version, "value")
        page = self.panel.button(say("One page (HTML)"), lambda: self._page("html"), look="small")
        picture = self.panel.button(say("One page (PNG)"), lambda: self._page("png"), look="small")
        page.add_class("smm-status-page")
        return kit.row(self.day, self.version, page, picture)

    def _cards(self) -> list[w.Widget]:
        say, panel = self.panel.say, self.panel
        groups = [(say(text), name) for name, text in tables.GROUPS.items()]
        self.group = w.ToggleButtons(options=groups, value="line")
        self.group.add_class("smm-board-group")
        self.line = kit.choice(say("Budget line"), [])
        self.line.add_class("smm-pacing-line")
        self.step = w.ToggleButtons(options=[(say("per week"), "week"), (say("per month"), "month")])
        rows = export_bar(panel, "board", lambda: self.model.board.to_frame(panel.language))
        book = panel.button(say("Workbook with formulas (XLSX)"), self._book, look="small")
        rows.children = (*rows.children, book)
        behind = w.Accordion([self.behind], selected_index=None)
        behind.set_title(0, say("The rows behind a figure"))
        pace = kit.card(
            self.line, self._pacing, export_bar(panel, "pacing", self._pacing_rows, self._pacing),
            title=say("Pacing"),
        )  # fmt: skip
        fall = kit.card(
            self._waterfall,
            export_bar(
                panel, "waterfall", lambda: deviations_of(self.model.board).to_frame(), self._waterfall
            ),
            title=say("From plan to estimate"),
        )
        spent = kit.card(
            self.step,
            self._spending,
            export_bar(panel, "spending", lambda: self._spending_of().to_frame(), self._spending),
            title=say("Spending by channel"),
        )
        goals = kit.card(
            kit.columns(self._targets, self._bullets, name="smm-board-goals"),
            export_bar(panel, "targets", lambda: self.model.board.to_frame(panel.language), self._bullets),
            title=say("Targets"),
        )
        return [
            self._tiles,
            kit.card(self._alerts, title=say("To know at once")),
            kit.card(self.group, self._sums, rows, behind, title=say("Budget and costs")),
            goals,
            kit.columns(pace, fall, spent, name="smm-board-pair"),
            kit.card(self._costs, self._roi, title=say("What it costs, what comes back")),
            kit.card(self.what_if, title=say("What if")),
            self._code,
        ]

    def show(self, _change: object = None) -> None:
        """Bring everything up to date, or say what keeps the board from being drawn."""
        if self.model.plan is None:
            return
        self._filling = True
        kit.put(self.day, self.model.on)
        names = [version.name for version in self.model.plan.versions]
        language = self.panel.language
        newest = self.panel.say("newest: {name}", name=version_name(names[-1], language))
        older = [(version_name(name, language), name) for name in names[:-1]]
        kit.offer(self.version, [(newest, ""), *older], self.model.version)
        self._filling = False
        try:
            self._show_board()
            self._problem.value = ""
        except SmmError as problem:
            title = self.panel.say("The board cannot be drawn yet")
            self._problem.value = kit.empty(title, problem.text(self.panel.language))
        kit.show_if(self._content, not self._problem.value)

    def _show_board(self) -> None:
        board, language = self.model.board, self.panel.language
        kit.put(self._tiles, tables.tiles(board, language))
        kit.put(self._alerts, tables.alerts(board, language))
        kit.put(self._targets, tables.targets(board, language))
        kit.put(self._costs, tables.unit_costs(board, language))
        kit.put(self._roi, f'<div class="smm-verdict">{escape(board.roi.text(language))}</div>')
        kit.put(self._code, kit.same_in_python(self.panel.say("The same in Python"), self.model.code))
        kit.show_if(self._bullets, bool(board.lights))
        if board.lights:
            self._bullets.show(board)
        self._waterfall.show(deviations_of(board), self._caption())
        self._filling = True
        lines = [(line.name, line.id) for line in self.model.decided.lines]
        paced = [id for id, told in board.estimates.items() if told.forecast]
        kept = self.line.value or (paced[0] if paced else "")
        kit.offer(self.line, [(self.panel.say("Whole campaign"), ""), *lines], kept)
        self._filling = False
        self._show_sums()
        self._draw_pacing()
        self._draw_spending()
        self.what_if.show()

    def _show_sums(self, _change: object = None) -> None:
        kit.put(self._sums, tables.sums(self.model.board, self.group.value, self.panel.language))
        self.behind.show(self.group.value)

    def _draw_pacing(self, _change: object = None) -> None:
        if not self._filling:
            told = self.model.pacing(self.line.value or "")
            self._pacing.show(told, told.reason.text(self.panel.language))

    def _pacing_rows(self) -> pd.DataFrame:
        return self.model.pacing(self.line.value or "").to_frame()

    def _spending_of(self) -> Spending:
        return spending_of(self.model.ledger, self.step.value)

    def _draw_spending(self, _change: object = None) -> None:
        self._spending.show(self._spending_of(), self._caption())

    def _caption(self) -> str:
        plan = self.model.need()
        costs = (
            self.panel.say("net, as input tax is deducted")
            if plan.deductible
            else self.panel.say("with tax, as input tax is not deducted")
        )
        return self.panel.say("Costs in {currency}, {costs}.", currency=plan.currency, costs=costs)

    def _choose_day(self, change: dict[str, date | None]) -> None:
        if not self._filling and change["new"] is not None:
            with self.panel.trying():
                self.panel.status.clear()
                self.model.on = change["new"]

    def _choose_version(self, change: dict[str, str | None]) -> None:
        if not self._filling and change["new"] is not None:
            self.model.version = change["new"]

    def _book(self) -> None:
        content = control_sheet(self.model.board, self.panel.language)
        self.panel.download.save("control.xlsx", content, XLSX)

    def _page(self, kind: str) -> None:
        model = self.model
        page = status_page(
            model.board, model.need(), language=self.panel.language, now=model.workspace.now(),
            extra=(self._pacing.chart,), code=model.code,
        )  # fmt: skip
        if kind == "html":
            self.panel.download.save("status.html", page.html().encode(), "text/html")
        else:
            self.panel.download.save("status.png", page.png(), "image/png")
