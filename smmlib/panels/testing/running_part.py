"""A test that runs by a plan: how far it is, when it may be judged, what came in day by day."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w
import pandas as pd

from smmlib.experiments.registration import LOOKING
from smmlib.experiments.running import days_of, looks_of
from smmlib.language import money, number, percent
from smmlib.panels import kit
from smmlib.panels.chart_view import ChartView
from smmlib.panels.tables import table
from smmlib.panels.testing.test_model import TestModel

if TYPE_CHECKING:
    from smmlib.experiments import CopyTest, Registration


class RunningPart(w.VBox):
    """Progress and look schedule of the open test; the days apart, as they may be long.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.

    Attributes:
        daily: Day plot and notes, to be placed below the verdict.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._progress = kit.html("", "smm-test-progress")
        self._schedule = kit.html("", "smm-test-schedule")
        self._note = panel.button(say("Note today's figures"), model.note, look="small")
        self._note.add_class("smm-test-note")
        self._judge = panel.button(say("Look now"), self._look, look="primary small")
        self._judge.add_class("smm-test-look")
        self._drop = panel.button(say("Drop the last note"), model.drop_reading, look="small")
        self._hint = kit.html("", "smm-note")
        self._look_plot, self._days = ChartView("look_plot", panel), ChartView("days", panel)
        self._readings = kit.html("", "smm-test-readings")
        self.daily = kit.card(self._days, self._readings, title=say("Day by day"))
        super().__init__(
            [
                self._progress,
                self._schedule,
                self._hint,
                kit.row(self._note, self._judge, self._drop),
                self._look_plot,
            ]
        )
        self.add_class("smm-stack")

    def show(self, test: CopyTest) -> None:
        """Show how far the test is."""
        plan = test.plan
        planned = plan is not None and isinstance(getattr(plan.looks, "times", None), tuple)
        kit.put(self._progress, "" if plan is None else self._tiles(test, plan))
        kit.put(self._schedule, self._looks(test, plan) if plan is not None and planned else "")
        kit.put(self._hint, escape(self._what_now(test, plan)))
        kit.show_if(self._judge, planned)
        self._judge.disabled = not test.between_looks or not test.trials
        self._note.disabled = not test.trials
        kit.show_if(self._drop, bool(test.readings))
        report, days = looks_of(test), days_of(test)
        kit.show_if(self._look_plot, report is not None)
        if report is not None:
            self._look_plot.show(report, report.text(self.panel.language))
        kit.show_if(self._days, days is not None)
        if days is not None:
            self._days.show(days, days.text(self.panel.language))
        kit.put(self._readings, self._noted(test))
        kit.show_if(self.daily, bool(test.readings))

    def _tiles(self, test: CopyTest, plan: Registration) -> str:
        say, language = self.panel.say, self.panel.language
        share = test.trials / plan.trials
        parts = [
            kit.tile(
                say("Shown so far"),
                percent(share, language, 0),
                say(
                    "{seen} of {planned}",
                    seen=number(test.trials, language),
                    planned=number(plan.trials, language),
                ),
            ),
            kit.tile(
                say("To be found"),
                say("{lift:+%0}", lift=plan.relative_lift),
                say("on {rate:%2}, power {power:%0}", rate=plan.base_rate, power=plan.power),
            ),
            kit.tile(say("Planned"), say("{at:date}", at=plan.at.date()), say(LOOKING[plan.looking])),
        ]
        if plan.cpm:
            spent = money(round(test.trials / 1000 * plan.cpm, 2), "EUR", language)
            parts.append(kit.tile(say("Cost so far"), spent, say("at the planned CPM")))
        width = min(100, round(100 * share))
        return f'{kit.tiles(parts)}<div class="smm-meter smm-good"><i style="width:{width}%"></i></div>'

    def _looks(self, test: CopyTest, plan: Registration) -> str:
        say = self.panel.say
        taken = [reading for reading in test.readings if reading.look]
        bounds = plan.bounds(test.confidence)
        rows = bounds.assign(
            trials=[round(share * plan.trials) for share in bounds["share"]],
            state=[
                say("{at:date}", at=taken[index].at.date()) if index < len(taken) else ""
                for index in range(len(bounds))
            ],
        )
        headers = {"look": say("Look"), "share": say("Share"), "trials": say("Shown until then")}
        headers |= {"z": say("Bound (z)"), "nominal_p": say("p has to be below"), "state": say("Looked on")}
        formats = {"share": "%0", "z": ".3", "nominal_p": ".5", "look": "plain"}
        return table(rows, self.panel.language, headers=headers, formats=formats)

    def _what_now(self, test: CopyTest, plan: Registration | None) -> str:
        say = self.panel.say
        if not test.trials:
            return say("Type what was counted since the start; every day if you can.")
        if plan is None:
            return say("Note the sums since the start every day: days with a broken split then show.")
        if plan.looking == "any time":
            return say("You may look whenever you like: interval and p value allow for it.")
        if plan.looking == "once":
            return say("It is judged once, when everybody planned was reached.")
        if not test.between_looks:
            return say("These are the figures of a look. The next one comes when the next share is reached.")
        return say(
            "Between two looks nothing is decided. When the next share of the schedule is reached, click "
            "“Look now”: every look spends some of the error the plan allows."
        )

    def _noted(self, test: CopyTest) -> str:
        if not test.readings:
            return ""
        say = self.panel.say
        frame = pd.DataFrame(
            {
                "at": [reading.at.replace(tzinfo=None) for reading in test.readings],
                "what": [say("look") if reading.look else "" for reading in test.readings],
            }
        )
        language = self.panel.language
        for name in test.readings[0].counts:
            frame[f"arm {name}"] = [
                f"{number(r.counts[name].successes, language)} / {number(r.counts[name].trials, language)}"
                for r in test.readings
            ]
        headers = {"at": say("Noted"), "what": say("What")}
        headers |= {f"arm {name}": name for name in test.readings[0].counts}
        return table(frame.iloc[::-1], language, headers=headers)

    def _look(self) -> None:
        self.model.note(look=True)


def doubts_list(panel: kit.Panel, test: CopyTest) -> str:
    """Markup of what speaks against a test; empty if nothing does."""
    lines = []
    for caveat in test.doubts():
        mark = (
            kit.badge(panel.say("spoiled"), "bad")
            if caveat.spoils
            else kit.badge(panel.say("careful"), "warn")
        )
        lines.append(f"<li>{mark}<span>{escape(caveat.text(panel.language))}</span></li>")
    return f'<ul class="smm-findings">{"".join(lines)}</ul>' if lines else ""
