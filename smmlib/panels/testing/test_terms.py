"""How the test was run: design, control, confidence, dispersion, each with a word on what it means."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from smmlib.experiments import DESIGNS
from smmlib.language import mark, percent
from smmlib.panels import kit
from smmlib.panels.testing.test_model import TestModel

_MEANINGS = {
    "randomised": mark("A clear difference can be put down to the variant. The split is checked."),
    "platform": mark(
        "The network chose who saw what. A winner stands for creative and delivery together, and the split "
        "is not checked."
    ),
    "slots": mark(
        "Each post counts once, however many saw it. Rates are shown, but nothing is decided here: "
        "draw slots under “Plan a test”, then the pairs are compared."
    ),
    "history": mark(
        "Day, hour, topic and audience differed as well. A difference is an association; no variant wins."
    ),
}
_LEVELS = (0.9, 0.95, 0.99)


class TestTerms(w.VBox):
    """Fields for how the test was run.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        say = panel.say
        self._design = kit.choice(say("Design"), [(say(text), id) for id, text in DESIGNS.items()])
        self._design.add_class("smm-test-design")
        self._meaning = kit.html("", "smm-note")
        self._control = kit.choice(say("Control"), [])
        self._confidence = kit.choice(
            say("Confidence"), [(percent(level, panel.language, 0), level) for level in _LEVELS]
        )
        self._dispersion = kit.field(
            w.BoundedFloatText(
                description=say("Dispersion"), min=1, max=1000, step=0.1, value=1.0, continuous_update=False
            ),
            "smm-test-dispersion",
        )
        self._smallest = kit.field(
            w.BoundedFloatText(
                description=say("Smallest lift worth it (%)"),
                min=0,
                max=100,
                step=1,
                value=0,
                continuous_update=False,
                tooltip=say("0: any. Else a test may end without a relevant difference."),
            ),
            "smm-test-smallest",
        )
        self._smallest.observe(self._set_smallest, "value")
        for name in ("design", "control", "confidence", "dispersion"):
            control = getattr(self, f"_{name}")
            control.observe(lambda c, name=name: self._set(name, c["new"]), "value")
        self._design.layout.flex = "3 1 220px"
        for narrow in (self._control, self._confidence, self._dispersion, self._smallest):
            narrow.layout.flex = "1 1 105px"
        super().__init__(
            [
                kit.row(self._design, self._control, self._confidence, self._dispersion, self._smallest),
                self._meaning,
                self._make_estimate(),
            ]
        )
        self.add_class("smm-stack")
        model.observe(self.show, names=["source", "test", "batch"])
        self.show()

    def _make_estimate(self) -> w.Widget:
        say = self.panel.say
        hint = say(
            "Clicks are not coin flips: even identical variants differ more than chance alone allows. Where "
            "variants of a test were identical, choose the columns that show it (Ctrl adds a column)."
        )
        self._same = kit.field(w.SelectMultiple(description=say("Identical where these agree"), rows=5))
        self._same.add_class("smm-test-same")
        estimate = self.panel.button(say("Estimate the dispersion"), self._estimate)
        estimate.add_class("smm-test-estimate")
        self._estimated = kit.html("", "smm-note")
        box = w.Accordion(
            [kit.stack(kit.html(escape(hint), "smm-note"), self._same, kit.row(estimate), self._estimated)],
            selected_index=None,
        )
        box.set_title(0, say("Estimate the dispersion from identical variants"))
        self._estimate_box = box
        return box

    def show(self, _change: object = None) -> None:
        """Bring the fields up to date."""
        terms, say = self.model.terms, self.panel.say
        self._filling = True
        kit.put(self._design, terms.design)
        kit.offer(self._control, [(say("none: the best wins"), ""), *self._variants()], terms.control)
        kit.put(self._control, terms.control)
        levels = sorted({*_LEVELS, terms.confidence})
        kit.offer(
            self._confidence,
            [(percent(level, self.panel.language, 0), level) for level in levels],
            terms.confidence,
        )
        kit.put(self._dispersion, terms.dispersion)
        kit.put(self._smallest, round(100 * (terms.smallest_lift or 0), 6))
        kit.put(self._meaning, escape(say(_MEANINGS[terms.design])))
        of_file = self.model.source == "file" and self.model.batch is not None
        kit.show_if(self._estimate_box, of_file)
        if of_file and self._same.options != self.model.headings:
            self._same.options = self.model.headings
            self._same.value = ()
            self._estimated.value = ""
        self._filling = False

    def _variants(self) -> list[tuple[str, str]]:
        if self.model.source == "own":
            names = [arm.variant for arm in self.model.test.arms] if self.model.test else []
        elif self.model.batch is not None:
            batch = self.model.batch
            seen = batch.counts[batch.variant].value_counts()
            common = seen[seen == batch.comparison.tests.shape[0]]  # a control is in every test
            names = [str(name) for name in common.index]
        else:
            names = []
        return [(name, name) for name in sorted(set(names)) if name]

    def _set(self, name: str, value: Any) -> None:
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            self.model.set_terms(**{name: value})
        self.show()

    def _set_smallest(self, change: dict[str, float]) -> None:
        self._set("smallest_lift", change["new"] / 100 or None)

    def _estimate(self) -> None:
        batch = self.model.batch
        if batch is None:
            return
        found = batch.estimate_dispersion(tuple(self._same.value))
        self.model.set_terms(dispersion=round(found.factor, 2))
        self._estimated.value = escape(found.text(self.panel.language))
