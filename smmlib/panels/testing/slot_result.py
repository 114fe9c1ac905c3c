"""The outcome of a test in matched slots or periods: verdict, picture, slots with what they brought."""

from __future__ import annotations

from html import escape

import ipywidgets as w
import pandas as pd

from smmlib.experiments import SlotComparison
from smmlib.language import number
from smmlib.panels import kit
from smmlib.panels.chart_view import ChartView, export_bar
from smmlib.panels.tables import table
from smmlib.panels.testing.page_export import page_buttons
from smmlib.panels.testing.slot_outcome import SlotOutcome
from smmlib.panels.testing.test_model import TestModel

_ROWS = 120


class SlotResult(w.VBox):
    """What the posts of a drawn assignment say.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._head = kit.html("", "smm-slot-head")
        self._verdict = kit.html("", "smm-slot-verdict")
        self._doubts = kit.html("", "smm-slot-doubts")
        self._pairs = ChartView("slot_pairs", panel)
        self._slots = kit.html("", "smm-test-slots")
        self._texts = kit.html("", "smm-plan-texts")
        self._full = kit.row(
            export_bar(panel, "test", model.data, self._pairs), page_buttons(panel, model, self._page)
        )
        self._rows = export_bar(panel, "test", model.data)
        self._code = kit.html()
        super().__init__(
            [
                self._head,
                self._texts,
                self._verdict,
                self._doubts,
                self._pairs,
                self._full,
                self._rows,
                self._slots,
                self._code,
            ]
        )
        self.add_class("smm-stack")

    def _page(self) -> tuple[str, SlotComparison] | None:
        outcome = self.model.slots
        if outcome is None or outcome.comparison is None:
            return None
        return outcome.test.name, outcome.comparison

    def show(self, outcome: SlotOutcome) -> None:
        """Show the outcome of the open test."""
        say, language, found = self.panel.say, self.panel.language, outcome.comparison
        won = found is not None and found.decision == "winner"
        badge = kit.badge(say("winner") if won else say("no decision"), "good" if won else "quiet")
        counted = say(
            "{posts} of {slots} slots have figures",
            posts=number(outcome.posts, language),
            slots=number(len(outcome.values), language),
        )
        kit.put(self._head, f"<h3>{escape(outcome.test.name)}</h3>{badge} {escape(counted)}")
        if found is not None:
            kit.put(self._verdict, f'<div class="smm-verdict">{escape(found.text(language))}</div>')
            self._pairs.show(found)
        elif outcome.problem is not None:
            words = (
                outcome.problem.text(language)
                if outcome.posts
                else say(
                    "No figures yet: they come from the response, once the posts are out and the network's "
                    "export is imported under “Read the response”."
                )
            )
            kit.put(self._verdict, f'<div class="smm-verdict">{escape(words)}</div>')
        kit.put(self._texts, _variants(outcome))
        kit.show_if(self._full, found is not None)
        kit.show_if(self._rows, found is None)
        kit.show_if(self._pairs, found is not None)
        kit.put(self._doubts, self._spoken_against(outcome))
        kit.put(self._slots, self._table(outcome))
        kit.put(self._code, kit.same_in_python(say("The same in Python"), self.model.code))

    def _spoken_against(self, outcome: SlotOutcome) -> str:
        mark = kit.badge(self.panel.say("careful"), "warn")
        lines = [f"<li>{mark}<span>{escape(m.text(self.panel.language))}</span></li>" for m in outcome.doubts]
        if not lines:
            words = self.panel.say(
                "Drawn on {at:date} with seed {seed:plain} and unchanged since (fingerprint {print}).",
                at=outcome.assignment.created_at.date(),
                seed=outcome.assignment.seed,
                print=outcome.assignment.fingerprint[:12],
            )
            return f'<div class="smm-note">{escape(words)}</div>'
        return f'<ul class="smm-findings">{"".join(lines)}</ul>'

    def _table(self, outcome: SlotOutcome) -> str:
        say, values = self.panel.say, outcome.values
        shown = values.assign(start=[pd.Timestamp(start).tz_localize(None) for start in values["start"]])
        headers = {"block": say("Block"), "start": say("Begins"), "variant": say("Variant")}
        if "trials" in values:
            headers |= {"trials": say("Shown"), "successes": say("Responses")}
        headers["value"] = say("Rate")
        formats = {"block": "plain", "value": "%2"}
        return table(shown, self.panel.language, headers=headers, formats=formats, limit=_ROWS)


def _variants(outcome: SlotOutcome) -> str:
    """Markup of the variants with their texts, where there are any."""
    lines = [f"<li><b>{escape(a.variant)}</b> {escape(a.text)}</li>" for a in outcome.test.arms if a.text]
    return f'<ul class="smm-plan-arms">{"".join(lines)}</ul>' if lines else ""
