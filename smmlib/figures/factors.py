"""Forest of factors: what each did to the rate, with the interval of its mean and that of the next test."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smmlib.experiments.learning import WhatWorks, effect_name, metric_name
from smmlib.figures.arm_rows import MINUS, MOST, ArmRows
from smmlib.figures.lettering import Words
from smmlib.figures.palette import BLUE, QUIET, RULE
from smmlib.language import Language, percent, say, say_many

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDEST = 100.0  # per cent; what lies beyond is cut, so that one vague factor does not flatten the others


class Factors:
    """Draws a `WhatWorks`; the fourteen clearest rows if there are more."""

    def __init__(self, figure: Figure) -> None:
        self.alt = ""
        self._rows = ArmRows(figure)
        self.ax = self._rows.ax
        self._zero = self.ax.axvline(0, color=QUIET, linewidth=1)
        self._next = self.ax.hlines([], [], [], linewidth=1.2, colors=RULE)
        self._intervals = self.ax.hlines([], [], [], linewidth=2.6, capstyle="round")
        self._points = self.ax.scatter([], [], s=44, zorder=3, linewidths=1.2)
        self._words = Words(figure, 0.02)

    def update(self, result: WhatWorks, language: Language) -> None:
        """Show `result` on the same axes."""
        rows = result.effects.head(MOST)
        self.alt = result.text(language)
        self.ax.set_visible(len(rows) > 0)
        title = say("What works for us", language)
        if rows.empty:
            self._rows.resize(2)
            self._words.say(title, "", self.alt)
            return
        self._rows.resize(len(rows))
        self._draw(rows, rows.index.isin(result.clear().index))
        self._rows.write([_words(row, language) for row in rows.to_dict("records")], -1)
        note = say_many("From {count} test.", "From {count} tests.", result.tests, language)
        thin = say("Thin line: where the next test lies. Grey: not clear after correction.", language)
        self._words.say(title, f"{note} {thin}")
        limits = np.clip(100 * rows[["predict_low", "predict_high"]].to_numpy(np.float64), -_WIDEST, _WIDEST)
        unit = say("change of the rate, per cent", language)
        low, high = min(0.0, float(limits.min())), max(0.0, float(limits.max()))
        self._rows.scale(low, high, language, sign=True, unit=unit)

    def _draw(self, rows: pd.DataFrame, clear: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
        at = np.arange(len(rows)).tolist()
        colours = [BLUE if each else QUIET for each in clear]
        for line, names in (
            (self._next, ("predict_low", "predict_high")),
            (self._intervals, ("low", "high")),
        ):
            ends = np.clip(100 * rows[list(names)].to_numpy(np.float64), -_WIDEST, _WIDEST).tolist()
            line.set_segments([[(a, row), (b, row)] for (a, b), row in zip(ends, at, strict=True)])
        self._intervals.set_color(colours)
        lift = np.clip(100 * rows["lift"].to_numpy(np.float64), -_WIDEST, _WIDEST)
        self._points.set_offsets(np.stack([lift, at], axis=1))
        self._points.set_facecolor(colours)
        self._points.set_edgecolor("white")


def _words(row: Mapping[Hashable, Any], language: Language) -> tuple[str, str, str]:
    lift, low, high = (_signed(float(row[name]), language) for name in ("lift", "low", "high"))
    limits = say("({low} to {high})", language, low=low, high=high)
    count = int(row["tests"])
    below = say_many(
        "{metric} · {count} test",
        "{metric} · {count} tests",
        count,
        language,
        metric=metric_name(str(row["metric"]), language),
    )
    return effect_name(row, language), below, f"{lift}  {limits}"


def _signed(lift: float, language: Language) -> str:
    shown = percent(abs(lift), language, 1)
    return shown if shown == percent(0, language, 1) else ("+" if lift > 0 else MINUS) + shown
