"""Where the rate of each variant of one test probably lies."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smmlib.experiments.comparison import Comparison
from smmlib.figures.arm_rows import ArmRows
from smmlib.figures.forest import LEAD, highest, shown_of, strong_colour, unusable
from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import INK, QUIET
from smmlib.language import Language, number, percent, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_POINTS = 120  # of a curve
_HEIGHT = 0.78  # of a curve, in rows
_BASE = 0.42  # of a curve, below the middle of its row
_VISIBLE = 0.004  # of its peak; what is lower does not widen the scale


class Posterior:
    """Draws the posterior densities of a `Comparison` of one test, one row per variant."""

    def __init__(self, figure: Figure) -> None:
        from matplotlib.collections import PolyCollection

        self.alt = ""
        self._rows = ArmRows(figure)
        self.ax = self._rows.ax
        self._curves = PolyCollection([], linewidths=1.0)
        self.ax.add_collection(self._curves, autolim=False)
        self._points = self.ax.scatter([], [], s=20, zorder=3, color=INK)
        self._words = Words(figure, 0.02)

    def update(self, result: Comparison, language: Language) -> None:
        """Show the only (else the first) test of `result` on the same axes."""
        result = result.one()
        arms = highest(result)
        has_curves = bool(arms["p_best"].notna().any())
        self.ax.set_visible(has_curves)
        if not has_curves:
            self._rows.resize(2)
            self.alt = result.verdict(language)
            self._words.say(say("No curves to show", language), "", self.alt)
            return
        self._rows.resize(len(arms))
        low, high = self._draw(result, arms)
        best = int(arms["p_best"].argmax())
        fit = result.tests["decision"].iloc[0] != "invalid"
        words = [_words(arm, language) for arm in arms.to_dict("records")]
        self._rows.write(words, best if fit else -1)
        self._rows.scale(low, high, language, sign=False, unit=say("rate, per cent", language))
        self._words.say(_title(result, arms, language), _note(result, arms, language))
        self.alt = f"{self._words.title.get_text()}."

    def _draw(self, result: Comparison, arms: pd.DataFrame) -> tuple[float, float]:
        curves = result.densities(_POINTS)
        rates = 100 * curves["rate"].to_numpy().reshape(-1, _POINTS)[arms.index]
        heights = curves["density"].to_numpy().reshape(-1, _POINTS)[arms.index]
        outlines, ends = [], []
        for row, (x, height) in enumerate(zip(rates, heights, strict=True)):
            seen = height > _VISIBLE * height.max()
            ends.append(x[seen][[0, -1]])
            across = np.pad(x[seen], 1, mode="edge")
            up = np.pad(height[seen] / height.max(), 1)
            outlines.append(np.stack([across, row + _BASE - _HEIGHT * up], axis=1))
        strong = strong_colour(result.tests["decision"].iloc[0])
        best = int(arms["p_best"].argmax())
        colours = [strong if row == best else QUIET for row in range(len(arms))]
        self._curves.set_verts(outlines)
        self._curves.set_facecolor([(*_rgb(c), 0.30 if c == strong else 0.18) for c in colours])
        self._curves.set_edgecolor(colours)
        self._points.set_offsets(np.stack([100 * arms["rate"], np.arange(len(arms)) + _BASE], axis=1))
        return float(np.min(ends)), float(np.max(ends))


def _rgb(colour: str) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    red, green, blue = to_rgb(colour)
    return red, green, blue


def _title(result: Comparison, arms: pd.DataFrame, language: Language) -> str:
    if result.tests["decision"].iloc[0] == "invalid":
        return say(unusable(result), language)
    best = arms.iloc[int(arms["p_best"].argmax())]
    return say(
        "{lead} has the highest rate with {p} probability",
        language,
        lead=drawable(best["variant"], LEAD),
        p=chance(float(best["p_best"]), language),
    )


def _note(result: Comparison, arms: pd.DataFrame, language: Language) -> str:
    note = say("where each rate probably lies · dot: rate observed · loss in percentage points", language)
    return note + shown_of(result, arms, language)


def _words(arm: Mapping[Hashable, Any], language: Language) -> tuple[str, str, str]:
    shown = say(
        "best: {p}   loss: {loss}",
        language,
        p=chance(float(arm["p_best"]), language),
        loss=points_lost(float(arm["expected_loss"]), language),
    )
    return str(arm["variant"]), percent(float(arm["rate"]), language, 2), shown


def chance(p: float, language: Language) -> str:
    """A probability as a person reads it: never 0 % or 100 % when it is not."""
    if p < 0.001:
        return "< " + percent(0.001, language)
    if p > 0.999:
        return "> " + percent(0.999, language)
    return percent(p, language)


def points_lost(loss: float, language: Language) -> str:
    """An expected loss in percentage points; one too small to show is not shown as none."""
    shown = number(100 * loss, language, 3)
    least = number(0.001, language, 3)
    return f"< {least}" if loss > 0 and 100 * loss < 0.0005 else shown
