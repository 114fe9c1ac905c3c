"""What the team's own tests say works: a folded box, worked out when it is opened."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any, Protocol

import ipywidgets as w
import pandas as pd

from smmlib.experiments import WhatWorks
from smmlib.experiments.learning import effect_name, metric_name, shown_lift
from smmlib.language import Language, mark
from smmlib.panels import kit
from smmlib.panels.chart_view import ChartView, export_bar
from smmlib.panels.tables import table
from smmlib.workspace import Workspace

NO_TESTS = mark(
    "Keep your tests in the workspace: from five tests on that differ in a hook, a call to action or a word, "
    "this says what they did to the rate."
)


class HasWorkspace(Protocol):
    """A model of a panel, or whatever else has a workspace."""

    workspace: Workspace


class WhatWorksView(w.VBox):
    """A folded box with the finding in words, the forest of factors and the table behind it.

    Args:
        model: Gives the workspace whose kept tests are learned from.
        panel: The panel it stands in.
        unfolded: Whether it stands open, without the box.

    Attributes:
        result: What was learned last; None before it was opened.
    """

    def __init__(self, model: HasWorkspace, panel: kit.Panel, *, unfolded: bool = False) -> None:
        self.model, self.panel = model, panel
        self.result: WhatWorks | None = None
        self._folded = not unfolded
        self._version = -1  # of the tests that `result` was learned from
        self._words, self._table = kit.html("", "smm-what-works-text"), kit.html("", "smm-what-works-table")
        self._chart = ChartView("factors", panel)
        self._export = export_bar(panel, "what-works", self.data, self._chart)
        self._python = kit.html(kit.same_in_python(panel.say("The same in Python"), self.code))
        inside = kit.stack(self._words, self._chart, self._export, self._table, self._python)
        self.box = w.Accordion([] if unfolded else [inside], selected_index=None)
        if not unfolded:
            self.box.set_title(0, panel.say("What works for us"))
        self.box.observe(self._opened, "selected_index")
        super().__init__([inside if unfolded else self.box])
        self.add_class("smm-what-works")

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        path, language = str(self.model.workspace.path), self.panel.language
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({path!r})\n"
            f"result = workspace.what_works({language!r})"
        )

    def show(self) -> None:
        """Learn from the tests as they are now; nothing while it is folded or no test has changed."""
        version = self.model.workspace.tests.version()
        if (self._folded and self.box.selected_index is None) or version == self._version:
            return
        self.result = self.model.workspace.what_works(self.panel.language)
        self._version = version
        found, language = self.result, self.panel.language
        there = not found.effects.empty
        kit.put(self._words, f"<p>{escape(found.text(language))}</p>" if there else self._nothing(found))
        for part in (self._chart, self._export, self._table):
            kit.show_if(part, there)
        if there:
            self._chart.show(found)
            kit.put(self._table, self._rows(found))

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown: one per metric and factor."""
        found = self.result or self.model.workspace.what_works(self.panel.language)
        return found.to_frame()

    def _opened(self, _change: object) -> None:
        with self.panel.trying():
            self.show()

    def _nothing(self, found: WhatWorks) -> str:
        say = self.panel.say
        return kit.empty(say("Nothing learned yet"), say(NO_TESTS)) + (
            f'<p class="smm-note">{escape(found.text(self.panel.language))}</p>' if len(found.aside) else ""
        )

    def _rows(self, found: WhatWorks) -> str:
        say, language = self.panel.say, self.panel.language
        sources = {"design": say("written so"), "text": say("found in the text")}
        rows = found.effects.to_dict("records")
        shown = pd.DataFrame(
            {
                "what": [effect_name(row, language) for row in rows],
                "metric": [metric_name(str(row["metric"]), language) for row in rows],
                "tests": found.effects["tests"].to_numpy(),
                "lift": [_lift(row, found.confidence, language) for row in rows],
                "source": [sources[str(row["source"])] for row in rows],
            }
        )
        headers = {"what": say("Factor"), "metric": say("Metric"), "tests": say("Tests")}
        headers |= {"lift": say("Effect on the rate"), "source": say("Known from")}
        return table(shown, language, headers=headers, formats={"lift": "html"})


def _lift(row: Mapping[Hashable, Any], confidence: float, language: Language) -> str:
    """Markup of an effect and its interval."""
    lift, low, high = (escape(words) for words in shown_lift(row, confidence, language))
    return f"{lift}<div class='smm-note'>{low} … {high}</div>"
