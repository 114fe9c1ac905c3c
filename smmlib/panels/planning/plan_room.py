"""The plan editor: campaign, phases, channels, budget, targets, exchange rates, and all versions."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.chart_view import XLSX, ChartView
from smmlib.panels.planning.line_grid import VIEWS, LineGrid
from smmlib.panels.planning.plan_grids import RateGrid, TargetGrid, channel_cells, phase_grid, target_cells
from smmlib.panels.planning.planning_model import PlanningModel, version_name
from smmlib.panels.record_grid import RecordGrid
from smmlib.panels.tables import table
from smmlib.planning import MEDIA_BASES, Channel, flights_of, plan_sheet


class PlanRoom(w.VBox):
    """Everything that is decided before money is spent. Every change is stored at once.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        say = panel.say
        self.phases = phase_grid(panel, lambda phases: model.edit_version(phases=phases))
        self.channels: RecordGrid[Channel] = RecordGrid(
            panel,
            Channel,
            channel_cells(model, panel),
            lambda channels: model.edit_version(channels=channels),
            add=say("Add a channel"),
        )
        self.lines = LineGrid(model, panel)
        self.targets = TargetGrid(model, panel, lambda targets: model.edit_version(targets=targets))
        self.rates = RateGrid(panel, model.books.keep_rates)
        self._view = w.ToggleButtons(options=[(say(text), view) for view, text in VIEWS.items()])
        self._view.add_class("smm-line-view")
        self._view.observe(lambda c: self.lines.look(c["new"]), "value")
        self._chart = ChartView("gantt", panel)
        super().__init__([self._head(), *self._cards()])
        self.add_class("smm-stack")

    def _head(self) -> w.Widget:
        say = self.panel.say
        self._name = kit.field(
            w.Text(description=say("Plan"), continuous_update=False), "smm-plan-name", grow=2
        )
        self._owner = kit.field(w.Text(description=say("Owner"), continuous_update=False))
        self._currency = kit.field(w.Text(description=say("Currency"), continuous_update=False))
        self._basis = kit.choice(say("Media is controlled at"), [(say(t), v) for v, t in MEDIA_BASES.items()])
        self._deductible = w.Checkbox(description=say("Input tax is deducted: costs are net"), indent=False)
        self._deductible.add_class("smm-check")
        self._controls: dict[str, w.Widget] = {
            "name": self._name,
            "owner": self._owner,
            "currency": self._currency,
            "basis": self._basis,
            "deductible": self._deductible,
        }
        for field, control in self._controls.items():
            control.observe(lambda c, field=field: self._typed(field, c["new"]), "value")
        self._undo = self.panel.button(say("Undo"), self.model.undo, look="small")
        self._redo = self.panel.button(say("Redo"), self.model.redo, look="small")
        self._undo.add_class("smm-plan-undo")
        book = self.panel.button(say("Workbook with formulas (XLSX)"), self._book, look="small")
        remove = self.panel.button(say("Remove the plan"), self._remove, look="small")
        self._about = kit.html("", "smm-plan-about")
        fields = kit.row(self._name, self._owner, self._currency, self._basis)
        return kit.card(
            self._about, fields, kit.row(self._deductible), kit.row(self._undo, self._redo, book, remove)
        )

    def _cards(self) -> list[w.Widget]:
        say = self.panel.say
        self._versions = kit.html("", "smm-plan-versions")
        self._revision = kit.field(w.Text(description=say("Name of the revision")), "smm-revision-name")
        self._reason = kit.field(w.Text(description=say("Why")), grow=2)
        decide = self.panel.button(say("Keep as a new version"), self._revise)
        decide.add_class("smm-revise")
        self._source = kit.field(w.Text(description=say("Source of the rates"), continuous_update=False))
        self._source.observe(self._say_source, "value")
        when = kit.card(self.phases, title=say("Phases"))
        where = kit.card(self.channels, title=say("Channels"))
        pair = kit.columns(when, where, name="smm-plan-pair")
        note = say("Amounts are typed as the line states them: net or gross, in its own currency.")
        return [
            pair,
            kit.card(
                self._view, self.lines, kit.html(f'<div class="smm-note">{note}</div>'), title=say("Budget")
            ),
            kit.card(self.targets, title=say("Targets")),
            kit.card(self._chart, title=say("When what runs")),
            kit.card(
                self._versions,
                kit.row(self._revision, self._reason, decide),
                title=say("Versions of the plan"),
            ),
            self._rates_card(),
        ]

    def _rates_card(self) -> w.Widget:
        card = kit.card(self.rates, kit.row(self._source), title=self.panel.say("Exchange rates"))
        card.add_class("smm-plan-rates")
        return card

    def show(self, _change: object = None) -> None:
        """Bring everything up to date; what could not be kept stays in its grid."""
        plan = self.model.plan
        if plan is None:
            return
        self._filling = True
        for field, control in self._controls.items():
            kit.put(control, getattr(plan, field))
        kit.put(self._source, self.model.books.rates.source)
        self._filling = False
        self._undo.disabled, self._redo.disabled = not self.model.can_undo, not self.model.can_redo
        version = plan.current
        self.phases.refresh(version.phases)
        self.channels.refresh(version.channels)
        self.lines.show_plan()
        self.targets.follow(target_cells(self.model, self.panel), version.targets)
        self.rates.show_rates(self.model.books.rates.rates)
        self._show_versions()
        self._draw()

    def _show_versions(self) -> None:
        plan, say, language = self.model.need(), self.panel.say, self.panel.language
        campaigns = {c.id: c.name for c in self.model.workspace.campaigns.list()}
        kit.put(
            self._about,
            kit.badge(say("Campaign: {name}", name=campaigns.get(plan.campaign, plan.campaign)), "info")
            + " "
            + kit.badge(say("Version: {name}", name=version_name(plan.current.name, language)), "quiet"),
        )
        rows = pd.DataFrame(
            [(version_name(v.name, language), v.on, v.reason, len(v.lines)) for v in plan.versions],
            columns=["name", "on", "reason", "lines"],
        )
        headers = {
            "name": say("Version"),
            "on": say("Decided"),
            "reason": say("Why"),
            "lines": say("Budget lines"),
        }
        kit.put(self._versions, table(rows, language, headers=headers))

    def _draw(self) -> None:
        try:
            self._chart.show(flights_of(self.model.ledger, self.model.decided))
            kit.show_if(self._chart, True)
        except SmmError as problem:
            kit.show_if(self._chart, False)
            self.panel.status.fail(problem.text(self.panel.language))

    def _typed(self, field: str, value: Any) -> None:
        if self._filling or self.model.plan is None:
            return
        with self.panel.trying():
            self.panel.status.clear()
            self.model.edit(**{field: value.strip().upper() if field == "currency" else value})

    def _say_source(self, change: dict[str, str]) -> None:
        if not self._filling and self.model.plan is not None:
            with self.panel.trying():
                self.model.books.keep_rates(self.model.books.rates.rates, change["new"])

    def _revise(self) -> None:
        if not self._revision.value.strip():
            raise InvalidValueError(mark("The revision has no name; say in a word what changed."))
        self.model.revise(self._revision.value, reason=self._reason.value.strip())
        self._revision.value = self._reason.value = ""
        self.panel.status.tell(
            self.panel.say("Kept as a new version; what you change from now on is part of it.")
        )

    def _book(self) -> None:
        model = self.model
        content = plan_sheet(model.need(), self.panel.language, rates=model.books.rates)
        self.panel.download.save("plan.xlsx", content, XLSX)

    def _remove(self) -> None:
        self.model.remove()
        self.panel.status.tell(self.panel.say("The plan is off the list; its history is kept."))
