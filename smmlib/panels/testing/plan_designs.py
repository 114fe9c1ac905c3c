"""The plan itself: the design, what it asks for, what follows, and the button that registers it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pandas as pd

from smmlib.errors import SmmError
from smmlib.experiments.registration import LOOKING
from smmlib.language import mark, money, number, say_many, weekday
from smmlib.panels import kit
from smmlib.panels.tables import table
from smmlib.panels.testing.plan_fields import Fields
from smmlib.panels.testing.plan_model import PlanModel
from smmlib.panels.testing.wishes import PLANNED

if TYPE_CHECKING:
    from smmlib.experiments import TestPlan

_SLOTS_SHOWN = 60
_MEANINGS = {
    "randomised": mark("Chance decides who sees which variant. A clear difference can be put down to it."),
    "platform": mark(
        "The network splits the audience. A winner stands for creative and delivery together, not for the "
        "text alone."
    ),
    "slots": mark(
        "Each post counts once. Slots of the same weekday and hour make a block, and chance decides which "
        "variant gets which slot."
    ),
    "switchback": mark(
        "For what cannot differ from post to post, such as a tone: chance decides the order of the periods."
    ),
    "history": mark(
        "Day, hour, topic and audience differed as well. What comes out is an association; no variant wins. "
        "Open “From the response” under “Results”."
    ),
}


class DesignPart(w.VBox):
    """Choice of the design, the fields it needs, and the plan in words and figures.

    Args:
        model: The wishes and what follows from them.
        panel: The panel it stands in.
        fields: Makes the fields of the page.
        start: Registers the plan and starts the test.
    """

    def __init__(self, model: PlanModel, panel: kit.Panel, fields: Fields, start: Callable[[], None]) -> None:
        self.model, self.panel, self._fields = model, panel, fields
        say = panel.say
        designs = [(say("as advised"), ""), *((say(text), id) for id, text in PLANNED.items())]
        self._meaning = kit.html("", "smm-note")
        self._parts = {"split": self._split(), "slots": self._slots(), "switchback": self._switchback()}
        self._plan = kit.html("", "smm-plan-text")
        self._rows = kit.html("", "smm-plan-rows")
        self._start = panel.button(say("Register the plan and start"), start, look="primary")
        self._start.add_class("smm-plan-start")
        self._again = panel.button(say("Draw again"), model.draw_anew, look="small")
        self._again.add_class("smm-plan-again")
        super().__init__(
            [
                fields.choice("design", say("Design"), designs),
                self._meaning,
                *self._parts.values(),
                self._plan,
                self._rows,
                kit.row(self._start, self._again),
            ]
        )
        self.add_class("smm-stack")

    def _split(self) -> w.Widget:
        say, fields = self.panel.say, self._fields
        looking = [(say(text), id) for id, text in LOOKING.items()]
        self._looks = fields.whole("looks", say("Looks"))
        return kit.stack(
            kit.row(
                fields.text("shares", say("Split (%)"), hint=say("equal, or 10, 10, 80")),
                fields.figure("per_day", say("People a day")),
            ),
            kit.row(fields.choice("looking", say("When it may be judged"), looking), self._looks),
        )

    def _slots(self) -> w.Widget:
        say, fields, panel = self.panel.say, self._fields, self.panel
        days = [(weekday(day, panel.language, "wide"), day) for day in range(1, 8)]
        return kit.stack(
            kit.row(
                fields.text("hours", say("Times"), hint="09:00, 17:00"),
                fields.figure("washout_hours", say("Hours between two posts")),
            ),
            kit.row(
                fields.several("weekdays", say("Weekdays"), days),
                kit.stack(
                    fields.day("first_day", say("First day")), fields.whole("slot_weeks", say("Weeks"))
                ),
            ),
        )

    def _switchback(self) -> w.Widget:
        say, fields = self.panel.say, self._fields
        return kit.row(
            fields.whole("periods", say("Periods")),
            fields.whole("days", say("Days of a period")),
            fields.figure("burn_in_hours", say("Hours not counted at first")),
            fields.day("first_day", say("First day")),
        )

    def show(self) -> None:
        """Bring the plan up to date."""
        design, say = self.model.design, self.panel.say
        split = design in ("randomised", "platform")
        chosen = (
            ""
            if self.model.wishes.design or self.model.advised is None
            else say("As advised: {design}.", design=say(PLANNED[design])) + " "
        )
        kit.put(self._meaning, escape(chosen + say(_MEANINGS[design])))
        kit.show_if(self._parts["split"], split)
        kit.show_if(self._parts["slots"], design == "slots")
        kit.show_if(self._parts["switchback"], design == "switchback")
        kit.show_if(self._looks, self.model.wishes.looking in ("obrien-fleming", "pocock"))
        kit.show_if(self._again, design in ("slots", "switchback"))
        self._start.disabled = design == "history"
        try:
            words, rows = self._split_plan() if split else self._slot_plan()
        except SmmError as problem:
            self._start.disabled = True
            words, rows = kit.empty(say("No plan yet"), problem.text(self.panel.language)), ""
        kit.put(self._plan, words)
        kit.put(self._rows, rows)

    def _split_plan(self) -> tuple[str, str]:
        plan, say = self.model.plan, self.panel.say
        shown = (
            kit.tiles(self._tiles(plan))
            + f'<div class="smm-verdict">{escape(plan.text(self.panel.language))}</div>'
        )
        schedule = plan.look_schedule()
        if len(schedule) < 2:
            return shown, ""
        headers = {"look": say("Look"), "share": say("Share"), "trials": say("Shown until then")}
        headers |= {"day": say("Day")} if plan.per_day else {}
        headers |= {"z": say("Bound (z)"), "nominal_p": say("p has to be below")}
        formats = {"share": "%0", "z": ".3", "nominal_p": ".5"}
        return shown, table(schedule, self.panel.language, headers=headers, formats=formats)

    def _tiles(self, plan: TestPlan) -> list[str]:
        say, language = self.panel.say, self.panel.language
        by_arm = sorted(set(plan.trials_by_arm))
        each = (
            number(by_arm[0], language)
            if len(by_arm) == 1
            else " : ".join(number(count, language) for count in plan.trials_by_arm)
        )
        parts = [
            kit.tile(say("People in all"), number(plan.trials, language)),
            kit.tile(say("Each variant"), each),
        ]
        if plan.whole_weeks is not None and plan.days is not None:
            weeks = say_many("{count} whole week", "{count} whole weeks", plan.whole_weeks, language)
            parts.append(kit.tile(say("Days"), number(plan.days, language), weeks))
        if self.model.wishes.cpm:
            cost = money(round(plan.trials / 1000 * self.model.wishes.cpm, 2), "EUR", language)
            parts.append(kit.tile(say("Cost at your CPM"), cost))
        return parts

    def _slot_plan(self) -> tuple[str, str]:
        say, language = self.panel.say, self.panel.language
        if self.model.design == "history":
            return "", ""
        words = []
        need = self.model.need if self.model.design == "slots" else None
        if need is not None:
            words.append(need.text(language))
        plan = self.model.slot_plan
        words.append(plan.text(language))
        if need is not None and plan.blocks < need.blocks:
            words.append(
                say(
                    "These {blocks} blocks are fewer than needed: a lift of {lift:%0} may well be missed. "
                    "Add weeks, or take a design that can decide.",
                    blocks=plan.blocks, lift=need.relative_lift,
                )
            )  # fmt: skip
        markup = "".join(f"<p>{escape(part)}</p>" for part in words)
        return f'<div class="smm-verdict">{markup}</div>', self._slot_table(plan.to_frame())

    def _slot_table(self, frame: pd.DataFrame) -> str:
        say = self.panel.say
        headers: dict[str, Any] = {"block": say("Block"), "start": say("Begins"), "variant": say("Variant")}
        if frame["end"].notna().any():
            headers["end"] = say("Ends")
        frame = frame.sort_values("start")
        return table(
            frame, self.panel.language, headers=headers, formats={"block": "plain"}, limit=_SLOTS_SHOWN
        )
