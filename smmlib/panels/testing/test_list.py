"""The list of tests: the workspace's own, or the many of a file, searched, filtered, sorted, in pages."""

from __future__ import annotations

import math
from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.language import percent
from smmlib.panels import kit
from smmlib.panels.chart_view import export_bar
from smmlib.panels.testing.test_batch import DECISIONS, ORDERS, TestBatch
from smmlib.panels.testing.test_model import PAGE, TestModel

_SIGNS = {"winner": "★", "association": "≈", "no decision": "·", "no difference": "=", "invalid": "✕"}
_OWN_WORDS = 44  # letters of a test's name in the list
_WORDS = 40  # letters of a variant in the list


class TestList(w.VBox):
    """List and filters. The list takes arrow keys; what is chosen opens.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        self._make_own()
        self._make_filters()
        self._list = kit.field(w.Select(description=panel.say("Tests"), rows=14), "smm-tests")
        self._count = kit.html("", "smm-note")
        self._back, self._on = (
            panel.button("‹", lambda: self._turn(-1), look="small", tip=panel.say("Previous page")),
            panel.button("›", lambda: self._turn(1), look="small", tip=panel.say("Next page")),
        )
        self._pages = kit.row(self._back, self._on)
        self._table = export_bar(panel, "tests", self._listed)
        super().__init__([self._own, self._filters, self._list, self._count, self._pages, self._table])
        self.add_class("smm-stack")
        self._list.observe(self._chosen, "value")
        model.observe(self._offer_filters, names=["batch"])
        shown = ["source", "tests", "test", "batch", "query", "decision", "period", "order", "page", "chosen"]
        model.observe(self.show, names=shown)
        self._offer_filters()
        self.show()

    def _make_own(self) -> None:
        say, panel, model = self.panel.say, self.panel, self.model
        new = panel.button(say("New test"), lambda: model.new(say("New test")), look="primary")
        new.add_class("smm-new-test")
        self._remove = panel.button(say("Remove"), model.remove, tip=say("Takes the open test off the list"))
        self._bring_back = panel.button(say("Bring back"), model.bring_back, look="small plain")
        self._own = kit.row(new, self._remove, self._bring_back)

    def _make_filters(self) -> None:
        say = self.panel.say
        self._query = kit.field(
            w.Text(description=say("Search tests"), placeholder=say("word in a headline")), "smm-test-search"
        )
        self._decision = kit.choice(say("Outcome"), [(say(text), id) for id, text in DECISIONS.items()])
        self._period = kit.choice(say("Period"), [(say("all"), "")])
        self._order = kit.choice(say("Sorted by"), [(say(text), id) for id, text in ORDERS.items()])
        self._decision.add_class("smm-test-decision")
        self._order.add_class("smm-test-order")
        self._filters = kit.stack(self._query, kit.row(self._decision, self._period), self._order)
        for name in ("query", "decision", "period", "order"):
            control = getattr(self, f"_{name}")
            control.observe(lambda c, name=name: self._filter(name, c["new"]), "value")

    def _listed(self) -> pd.DataFrame:
        """The tests that fit the filters, in their order, with what the leading variant says."""
        found, batch = self.model.found(), self.model.batch
        if batch is not None and batch.lettered:
            pairs = zip(found["test"], found["variant"], strict=True)
            found = found.assign(
                text=[batch.words(*pair) if isinstance(pair[1], str) else "" for pair in pairs]
            )
        return found

    def show(self, _change: object = None) -> None:
        """Bring the list up to date."""
        own = self.model.source == "own"
        kit.show_if(self._own, own)
        kit.show_if(self._table, not own and self.model.batch is not None)
        kit.show_if(self._filters, not own and self.model.batch is not None)
        kit.show_if(self._list, own or self.model.batch is not None)
        self._remove.disabled = self.model.test is None
        kit.show_if(self._bring_back, self.model.can_bring_back)
        self._filling = True
        for name in ("query", "decision", "period", "order"):
            kit.put(getattr(self, f"_{name}"), getattr(self.model, name))
        if own:
            self._show_own()
        else:
            self._show_batch()
        self._filling = False

    def _show_own(self) -> None:
        tests = self.model.tests
        self._fill(
            [(_cut(test.name, _OWN_WORDS), test.id) for test in tests],
            self.model.test.id if self.model.test else None,
        )
        self._count.value = self.panel.say_many("{count} test", "{count} tests", len(tests))
        kit.show_if(self._pages, False)

    def _show_batch(self) -> None:
        batch, found = self.model.batch, self.model.found()
        kit.show_if(self._pages, len(found) > PAGE)
        if batch is None:
            self._fill([], None)
            self._count.value = ""
            return
        first = self.model.page * PAGE
        page = found.iloc[first : first + PAGE]
        lines = [(self._line(batch, row), row["test"]) for row in page.to_dict("records")]
        self._fill(lines, self.model.chosen)
        self._back.disabled = self.model.page == 0
        self._on.disabled = first + PAGE >= len(found)
        say = self.panel.say
        where = say("{first} to {last} of {all}", first=first + 1, last=first + len(page), all=len(found))
        key = say("★ winner · ≈ association · ✕ not usable")
        self._count.value = f"{where if len(found) else say('No test fits.')}<br>{key}"

    def _fill(self, lines: list[tuple[str, Any]], chosen: Any) -> None:
        if list(self._list.options) != lines:
            self._list.options = lines
        values = [value for _, value in lines]
        self._list.value = chosen if chosen in values else None

    def _line(self, batch: TestBatch, row: dict[Any, Any]) -> str:
        name = str(row["test"])
        if isinstance(row["variant"], str):
            name = batch.words(row["test"], row["variant"]) if batch.lettered else name
        name = " ".join(name.split())
        lift = row["lift"]
        usable = row["decision"] != "invalid" and isinstance(lift, float) and math.isfinite(lift)
        ahead = f" +{percent(lift, self.panel.language, 0)} ·" if usable and lift > 0 else ""
        return f"{_SIGNS[row['decision']]}{ahead} {_cut(name, _WORDS)}"

    def _offer_filters(self, _change: object = None) -> None:
        batch, say = self.model.batch, self.panel.say
        self._filling = True
        options = [(say("all"), "")]
        if batch is not None and batch.periods is not None:
            values = sorted(pd.unique(batch.periods.dropna()), reverse=True)
            options += [(str(value), str(value)) for value in values]
        kit.offer(self._period, options, self.model.period)
        kit.show_if(self._period, len(options) > 1)
        self._filling = False

    def _filter(self, name: str, value: str) -> None:
        if not self._filling:
            setattr(self.model, name, value or "")

    def _turn(self, pages: int) -> None:
        self.model.page = max(0, self.model.page + pages)

    def _chosen(self, change: dict[str, Any]) -> None:
        if self._filling or change["new"] is None:
            return
        with self.panel.trying():
            self.panel.status.clear()
            if self.model.source == "own":
                self.model.open(change["new"])
            else:
                self.model.chosen = change["new"]


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
