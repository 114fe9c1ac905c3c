"""What if you had peeked? Simulated tests that are looked at again and again, for workshops."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.errors import InvalidValueError, SmmError
from smmlib.experiments.peeks import Peeking, peeking
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.chart_view import ChartView, export_bar
from smmlib.panels.entry import Entry
from smmlib.panels.typed_numbers import check_within, read_figure, show_figure

_LIMITS = {
    "looks": (1, 50),
    "trials": (500, 10_000_000),
    "rate": (0.01, 50),
    "lift": (-90, 90),
    "runs": (100, 200_000),
    "seed": (0, 1_000_000),
}  # of what is typed, per cent as per cent


class PeekingPage(w.VBox):
    """Fields, a picture of how many runs name a winner by each look, and what it means.

    Args:
        panel: The panel it stands in.
    """

    def __init__(self, panel: kit.Panel) -> None:
        self.panel = panel
        self._found: Peeking | None = None
        say = panel.say
        self._fields = {
            "looks": self._field(say("Looks"), 10),
            "trials": self._field(say("People of each variant"), 10_000),
            "rate": self._field(say("Rate (%)"), 1.5),
            "lift": self._field(say("True lift (%)"), 0),
            "runs": self._field(say("Simulated tests"), 10_000),
            "seed": self._field(say("Seed"), 1),
        }
        self._chart = ChartView("peeking", panel)
        self._words = kit.html("", "smm-peeking-words")
        self._code = kit.html()
        hint = say(
            "With a true lift of 0 both variants are alike, so every winner is a false one. How many are "
            "there if somebody looks again and again and stops at the first “significant” difference?"
        )
        super().__init__(
            [
                kit.html(f'<div class="smm-note">{escape(hint)}</div>'),
                kit.row(*self._fields.values()),
                self._words,
                self._chart,
                export_bar(panel, "peeking", self._rows, self._chart),
                self._code,
            ]
        )
        self.add_class("smm-stack")
        self._run()

    def _field(self, label: str, value: float) -> Entry:
        control = w.Text(
            description=label, value=show_figure(value, self.panel.language), continuous_update=False
        )
        control.observe(self._changed, "value")
        return Entry(kit.field(control))

    def _changed(self, _change: dict[str, Any]) -> None:
        self.panel.status.clear()
        with self.panel.trying():
            if all(self._fits(name) for name in self._fields):
                self._run()

    def _fits(self, name: str) -> bool:
        """Whether a field can be read; it says what does not fit."""
        entry, language = self._fields[name], self.panel.language
        entry.tell((), language)
        try:
            figure = read_figure(entry.control.value, language)
            if figure is None:
                raise InvalidValueError(mark("This field is empty; type a number."))
            check_within(figure, *_LIMITS[name], language)
        except SmmError as problem:
            entry.refuse(problem.text(language))
            return False
        return True

    def _rows(self) -> pd.DataFrame:
        return pd.DataFrame() if self._found is None else self._found.to_frame()

    def _run(self) -> None:
        typed = {
            name: read_figure(entry.control.value, self.panel.language)
            for name, entry in self._fields.items()
        }
        words: dict[str, Any] = {name: figure for name, figure in typed.items() if figure is not None}
        words |= {name: words[name] / 100 for name in ("rate", "lift")}
        words |= {name: int(words[name]) for name in ("looks", "trials", "runs", "seed")}
        self._found = peeking(**words)
        self._chart.show(self._found)
        kit.put(
            self._words, f'<div class="smm-verdict">{escape(self._found.text(self.panel.language))}</div>'
        )
        given = ", ".join(f"{name}={value!r}" for name, value in words.items())
        code = (
            f"import smmlib as smm\n\nresult = smm.experiments.peeking({given})\n"
            f"result.plot(language={self.panel.language!r})"
        )
        kit.put(self._code, kit.same_in_python(self.panel.say("The same in Python"), code))
