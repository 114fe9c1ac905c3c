"""Conflicts: what in the calendar does not go together, why, and by which rules of the house."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.alignment import RULES
from smmlib.language import moment
from smmlib.networks.findings import SEVERITIES
from smmlib.panels import kit
from smmlib.panels.chart_view import export_bar
from smmlib.panels.entry import LOOKS
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.panels.planning.period_grid import PeriodGrid

_NUMBERS = ("cap_most", "cap_days", "silent_days", "signoff_days")


class ConflictsRoom(w.VBox):
    """All conflicts, worst first; blackouts and embargoes; how strict the house is.

    Args:
        model: What the room knows.
        panel: The panel it stands in.
        open: Opens an entry in the calendar.
    """

    def __init__(self, model: CalendarModel, panel: kit.Panel, open: Callable[[str], None]) -> None:
        self.model, self.panel, self._open, self._filling = model, panel, open, False
        say = panel.say
        rules = sorted((say(text), rule) for rule, text in RULES.items())
        self.rule = kit.choice(say("Rule"), [(say("all"), ""), *rules])
        self.rule.add_class("smm-conflict-rule")
        self.rule.observe(lambda _c: self.show(), "value")
        self._list = kit.html("", "smm-conflicts")
        self.which = kit.choice(say("Entry"), [])
        go = panel.button(say("Open in the calendar"), self._go, look="small")
        self._jump = kit.row(self.which, go)
        self.periods = PeriodGrid(model, panel)
        self.limits = {name: self._limit(name) for name in _NUMBERS}
        super().__init__(
            [
                kit.card(
                    self.rule,
                    self._list,
                    self._jump,
                    export_bar(panel, "conflicts", lambda: model.conflicts.to_frame(panel.language)),
                    title=say("Conflicts"),
                ),
                kit.card(self.periods, title=say("Blackouts and embargoes")),
                kit.card(kit.row(*self.limits.values()), title=say("Rules of the house")),
            ]
        )
        self.add_class("smm-stack")

    def _limit(self, name: str) -> w.Widget:
        say = self.panel.say
        words = {
            "cap_most": say("Same audience at most"),
            "cap_days": say("within days"),
            "silent_days": say("Days a channel may be silent (0: any)"),
            "signoff_days": say("Days before, signed off (0: off)"),
        }
        control = kit.field(w.BoundedIntText(description=words[name], min=0, max=400))
        control.observe(lambda c: self._set(name, c["new"]), "value")
        return control

    def show(self) -> None:
        """Bring everything up to date."""
        with self.panel.trying():
            say, language, conflicts = self.panel.say, self.panel.language, self.model.conflicts
            found = [c for c in conflicts if self.rule.value in ("", c.rule)]
            zone = self.model.workspace.now().tzinfo
            lines = [
                f"<li>{kit.badge(say(SEVERITIES[c.severity]), LOOKS[c.severity])}<span>"
                f"<b>{escape(say(RULES[c.rule]))}</b> "
                f'<span class="smm-note">{escape(moment(c.when.astimezone(zone), language))} · '
                f"{escape(', '.join(dict.fromkeys(conflicts.titles.get(id, id) for id in c.entries)))}</span>"
                f"<div>{escape(c.text(language))}</div></span></li>"
                for c in found
            ]
            count = self.panel.say_many("{count} conflict", "{count} conflicts", len(found))
            listed = (
                f'<div class="smm-note">{escape(count)}</div><ul class="smm-findings">{"".join(lines)}</ul>'
            )
            nothing = f'<span class="smm-good">{escape(say("No conflicts found."))}</span>'
            kit.put(self._list, listed if found else nothing)
            ids = dict.fromkeys(id for c in found for id in c.entries)
            kit.offer(self.which, [(conflicts.titles.get(id, id), id) for id in ids])
            kit.show_if(self._jump, bool(ids))
            self.periods.refresh(self.model.periods)
            self._filling = True
            for name, control in self.limits.items():
                kit.put(control, getattr(self.model.workspace.settings.alignment, name))
            self._filling = False

    def _set(self, name: str, value: Any) -> None:
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            workspace = self.model.workspace
            rules = workspace.settings.alignment.replace(**{name: value})
            workspace.change_settings(alignment=rules)
            self.model.changed += 1
            self.show()

    def _go(self) -> None:
        if self.which.value:
            self._open(self.which.value)
