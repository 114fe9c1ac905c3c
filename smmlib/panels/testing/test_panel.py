"""The test panel: plan a test of copy variants, follow it, judge it, learn from all of them."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.experiments.looking import WATCHED_DESIGNS
from smmlib.language import Language
from smmlib.panels import kit
from smmlib.panels.place_marks import place_marks
from smmlib.panels.rooms import Room, Rooms
from smmlib.panels.testing.peeking_page import PeekingPage
from smmlib.panels.testing.plan_model import PlanModel
from smmlib.panels.testing.plan_page import TestPlanPage
from smmlib.panels.testing.running_part import RunningPart
from smmlib.panels.testing.slot_result import SlotResult
from smmlib.panels.testing.test_editor import TestEditor
from smmlib.panels.testing.test_list import TestList
from smmlib.panels.testing.test_model import TestModel
from smmlib.panels.testing.test_result import BatchSummary, TestResult
from smmlib.panels.testing.test_source import FileSource, ResponseSource
from smmlib.panels.testing.test_terms import TestTerms
from smmlib.panels.testing.what_works_view import WhatWorksView
from smmlib.workspace import Workspace


class TestPanel(kit.Panel):
    """Find out which variant works better, and how sure that is.

    Args:
        workspace: Where everything is kept.
        language: Language of the panel; None takes the workspace's.
    """

    def __init__(self, workspace: Workspace, language: Language | None = None) -> None:
        super().__init__(language=language or workspace.settings.language, name="smm-test")
        self.model = TestModel(workspace)
        self._source = w.ToggleButtons(
            options=[
                (self.say("Own tests"), "own"),
                (self.say("From a file"), "file"),
                (self.say("From the response"), "response"),
            ],
            value=self.model.source,
        )
        self._source.add_class("smm-test-source")
        self._file, self._response = FileSource(self.model, self), ResponseSource(self.model, self)
        self._list = TestList(self.model, self)
        self._editor = kit.card(TestEditor(self.model, self), title=self.say("Counts"))
        self._terms = kit.card(TestTerms(self.model, self), title=self.say("How it was run"))
        self._summary = BatchSummary(self.model, self)
        self._all = kit.card(self._summary, title=self.say("All tests"))
        self._running = RunningPart(self.model, self)
        self._follow = kit.card(self._running, title=self.say("Plan and looks"))
        self._result, self._slots = TestResult(self.model, self), SlotResult(self.model, self)
        self._one, self._drawn = kit.card(self._result), kit.card(self._slots)
        self._empty = kit.html("", "smm-test-empty")
        nothing = kit.empty(
            self.say("No figures yet"),
            self.say(
                "Type above how often each variant was shown and answered; the verdict then stands here."
            ),
        )
        self._typed = kit.html(nothing, "smm-test-no-figures")
        beside = kit.stack(self._file, self._response, self._list)
        work = kit.stack(
            self._empty,
            self._all,
            self._editor,
            self._follow,
            self._terms,
            self._typed,
            self._one,
            self._drawn,
            self._running.daily,
        )
        results = kit.stack(self._source, kit.columns(beside, work, name="smm-testing"))
        self.rooms = Rooms(self._rooms(workspace, results))
        self.rooms.add_class("smm-test-rooms")
        self.fill(place_marks(self, workspace), self.rooms)
        self._source.observe(self._change_source, "value")
        self.model.observe(self._show, names=["source", "test", "batch", "chosen"])
        self.model.observe(self._news, names=["news"])
        self.model.observe(self.tell_unsaved, names=["unsaved"])
        self._show()
        self.rooms.enter("smm-test-results")

    def _rooms(self, workspace: Workspace, results: w.Widget) -> list[Room]:
        plan = PlanModel(workspace)

        def planning() -> TestPlanPage:
            return TestPlanPage(plan, self, self._open_started)

        return [
            Room(self.say("Plan a test"), "smm-test-plan", planning, lambda page: page.show()),
            Room(self.say("Results"), "smm-test-results", lambda: results),
            Room(
                self.say("What works for us"),
                "smm-test-works",
                lambda: WhatWorksView(self.model, self, unfolded=True),
                lambda view: view.show(),
            ),
            Room(self.say("If you had peeked"), "smm-test-peeking", lambda: PeekingPage(self)),
        ]

    def _open_started(self, test_id: str) -> None:
        self.model.source = self._source.value = "own"
        self.model.refresh()
        self.model.open(test_id)
        self.rooms.enter("smm-test-results")
        self.status.tell(self.say("The plan is registered; a later change would show."))

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        return self.model.code

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown: one per variant of the open test."""
        return self.model.data()

    def _change_source(self, change: dict[str, Any]) -> None:
        with self.trying():
            self.status.clear()
            if change["new"] == "own":
                self.model.refresh()
            elif change["new"] == "response":
                self._response.show()
            self.model.source = change["new"]

    def _show(self, _change: object = None) -> None:
        source, model = self.model.source, self.model
        kit.show_if(self._file, source == "file")
        kit.show_if(self._response, source == "response")
        there = model.test is not None if source == "own" else model.batch is not None
        kit.show_if(self._editor, source == "own" and there)
        kit.show_if(self._terms, there)
        kit.show_if(self._all, source != "own" and there)
        kit.show_if(self._empty, not there)
        if not there:
            kit.put(self._empty, self._invitation())
        elif source != "own":
            self._summary.show()
        with self.trying():
            slots = model.slots if there else None
            kit.show_if(self._drawn, slots is not None)
            kit.show_if(self._terms, there and slots is None)
            if slots is not None:
                self._slots.show(slots)
            own = model.test if source == "own" and slots is None else None
            kit.show_if(self._editor, own is not None)
            watched = own is not None and own.design in WATCHED_DESIGNS
            kit.show_if(self._follow, watched)
            kit.show_if(self._running.daily, watched)
            blank = own is not None and own.untouched
            kit.show_if(self._typed, blank)
            if own is not None:
                self._running.show(own)
            result = model.result if there and slots is None and not blank else None
            kit.show_if(self._one, result is not None)
            if result is not None:
                self._result.show(result)

    def _invitation(self) -> str:
        hints = {
            "own": (
                self.say("No test yet"),
                self.say(
                    "Start with “Plan a test”, or click “New test” and type how often each variant was "
                    "shown and answered."
                ),
            ),
            "file": (
                self.say("No file open"),
                self.say(
                    "Choose a CSV, XLSX or Parquet file with one row per variant: test, variant, counts."
                ),
            ),
            "response": (
                self.say("Nothing compared yet"),
                self.say("Choose two figures and what tells the posts apart, then click “Compare”."),
            ),
        }
        return kit.empty(*hints[self.model.source])

    def _news(self, change: dict[str, str]) -> None:
        news = change["new"]
        if news:
            self.status.fail(self.say(news))
            self.model.news = ""
