"""Where the counts of many tests come from: a file with its columns, or the stored response."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as w

from smmlib import response
from smmlib.experiments.from_response import VARIANT
from smmlib.language import mark
from smmlib.metrics import load_metrics
from smmlib.panels import kit
from smmlib.panels.testing.test_model import TestModel

_ROLES = {
    "test": mark("Test"),
    "variant": mark("Variant"),
    "trials": mark("Shown"),
    "successes": mark("Responses"),
    "period": mark("Period"),
}
_SHOWN = ("impressions", "reach", "views")


class FileSource(w.VBox):
    """Upload or path, and the columns that were guessed, to be corrected.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._upload = w.FileUpload(
            description=say("Choose a file"), accept=".csv,.tsv,.txt,.gz,.xlsx,.xls,.parquet", multiple=False
        )
        self._upload.add_class("smm-test-upload")
        self._path = kit.field(
            w.Text(description=say("or its path on this computer"), continuous_update=False), "smm-test-path"
        )
        self._path.value = model.path
        self._open = panel.button(say("Open"), self._read_path, look="primary")
        self._open.add_class("smm-test-open")
        self._columns = {role: kit.choice(say(name), []) for role, name in _ROLES.items()}
        for role, control in self._columns.items():
            control.add_class(f"smm-test-column-{role}")
            control.observe(lambda c, role=role: self._use(role, c["new"]), "value")
        self._box = w.Accordion([kit.stack(*self._columns.values())], selected_index=None)
        self._box.set_title(0, say("Columns"))
        self._filling = False
        super().__init__([kit.row(self._upload, self._open), self._path, self._box])
        self.add_class("smm-stack")
        self._upload.observe(self._uploaded, "value")
        self.show()

    def show(self) -> None:
        """Offer the columns of the file that is open."""
        names = self.model.headings
        kit.show_if(self._box, bool(names))
        self._filling = True
        for role, control in self._columns.items():
            kit.offer(
                control, [("–", ""), *((name, name) for name in names)], getattr(self.model.columns, role)
            )
        self._filling = False
        if self.model.columns.missing and names:
            self._box.selected_index = 0

    def _read_path(self) -> None:
        self._read(self._path.value)

    def _uploaded(self, change: dict[str, Any]) -> None:
        if change["new"]:
            file = change["new"][0]
            with self.panel.trying():
                self.panel.status.clear()
                self._read(bytes(file["content"]), file["name"])
            self._upload.value = ()

    def _read(self, source: str | bytes, name: str = "") -> None:
        self.panel.status.tell(self.panel.say("Reading …"))
        self.model.read_file(source, name)
        self.show()
        self._tell()

    def _use(self, role: str, column: str) -> None:
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            self.model.use_columns(replace(self.model.columns, **{role: column or ""}))
            self._tell()

    def _tell(self) -> None:
        batch = self.model.batch
        if batch is None:
            self.panel.status.fail(
                self.panel.say("Please choose the columns for test, variant and both counts below.")
            )
        else:
            self.panel.status.tell(
                self.panel.say_many("{count} test read.", "{count} tests read.", len(batch.comparison.tests))
            )


class ResponseSource(w.VBox):
    """Which two metrics of the stored response make the rate, and what tells the variants apart.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._trials = kit.choice(say("Shown"), [])
        self._successes = kit.choice(say("Responses"), [])
        self._by = kit.choice(say("Compare by"), [])
        self._note = kit.html("", "smm-note")
        compare = panel.button(say("Compare"), self._read, look="primary")
        compare.add_class("smm-test-from-response")
        super().__init__([self._trials, self._successes, self._by, compare, self._note])
        self.add_class("smm-stack")

    def show(self) -> None:
        """Offer the metrics and labels that are stored now."""
        say, language = self.panel.say, self.panel.language
        there = response.choices(self.model.workspace.response.table())
        known = load_metrics()
        stored = [m.id for m in there.metrics if m.id in known and known[m.id].combine != "rate"]
        shown = [(known[id].label(language), id) for id in _SHOWN if id in stored]
        counted = [(known[id].label(language), id) for id in stored if id not in _SHOWN and id != "posts"]
        kit.offer(self._trials, shown)
        kit.offer(self._successes, counted, self._successes.value or "link_clicks")
        labels = {"pillar": say("Content pillar"), "product": say("Product")}
        kinds = [(labels.get(kind, kind), kind) for kind in there.labels]
        kit.offer(self._by, [(say("Variant of the draft"), VARIANT), *kinds], self._by.value)
        hint = (
            say("Nothing can be compared yet: import figures and match the posts with their drafts.")
            if not shown or not counted
            else say("Sums over the posts of each campaign that have both figures.")
        )
        self._note.value = escape(hint)

    def _read(self) -> None:
        if not self._trials.value or not self._successes.value:
            return
        self.model.read_response(self._trials.value, self._successes.value, self._by.value)
        if self.model.batch is None:
            self.panel.status.fail(
                self.panel.say("No posts of a campaign have both figures and such a label or variant.")
            )
