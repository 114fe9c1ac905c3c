"""Weekday by hour: colour where there are enough posts, a ring where there are too few."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from smmlib.figures.lettering import Words
from smmlib.figures.palette import INK, QUIET, RULE, SEQUENTIAL, quiet
from smmlib.language import Language, clock, say, weekday

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from smmlib.response.by_hour import Heatmap as Result


Cells = npt.NDArray[Any]


class Heatmap:
    """Draws `smmlib.response.Heatmap`: 7 × 24 cells; the number in a cell is its number of posts."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(8.4, 3.3)
        self.alt = ""
        self.ax: Axes = figure.add_axes((0.075, 0.16, 0.79, 0.64))
        quiet(self.ax)
        self.ax.spines[:].set_visible(False)
        self.ax.tick_params(bottom=False, left=False)
        self._cells = self.ax.pcolormesh(
            np.arange(25) - 0.5,
            np.arange(8) + 0.5,
            np.full((7, 24), np.nan),
            cmap=SEQUENTIAL,
            edgecolors="white",
            linewidth=1.2,
        )
        (self._few,) = self.ax.plot([], [], "o", markersize=11, markerfacecolor="none", markeredgecolor=RULE)
        self.ax.set(xlim=(-0.5, 23.5), ylim=(7.5, 0.5), xticks=range(0, 24, 3), yticks=range(1, 8))
        self._counts: list[Text] = []
        self._key = figure.add_axes((0.895, 0.18, 0.018, 0.58))
        self._key.imshow(np.linspace(1, 0, 64)[:, None], aspect="auto", cmap=SEQUENTIAL)
        self._key.set_axis_off()
        side: Any = {"transform": self._key.transAxes, "color": QUIET, "fontsize": 8.5, "parse_math": False}
        self._ends = [self._key.text(1.35, y, "", va="center", **side) for y in (0.0, 1.0)]
        self._words = Words(figure, 0.02)
        self._days: Language | None = None

    def update(self, result: Result, language: Language) -> None:
        """Show `result` on the same axes."""
        title = result.metric.label(language)
        for axes in (self.ax, self._key):
            axes.set_visible(result.problem is None)
        if result.problem is not None:
            self.alt = result.problem.text(language)
            self._words.say(title, "", self.alt)
            return
        if self._days != language:
            self._days = language
            self.ax.set_yticks(range(1, 8), labels=[weekday(d, language) for d in range(1, 8)])
            self.ax.set_xlabel(say("hour of publication", language))
        value = result.rows["value"].to_numpy(float).reshape(7, 24)
        posts = result.rows["posts"].to_numpy().reshape(7, 24)
        few = result.rows["few"].to_numpy(bool).reshape(7, 24)
        self._colour(np.where(few, np.nan, value), result, language)
        days, hours = np.nonzero(few)
        self._few.set_data(hours, days + 1)
        self._count(posts, few, value)
        self._words.say(title, _note(result, language))
        self.alt = _alt(result, language)

    def _colour(self, value: Cells, result: Result, language: Language) -> None:
        solid = value[np.isfinite(value)]
        low, high = (float(solid.min()), float(solid.max())) if len(solid) else (0.0, 1.0)
        self._cells.set_array(value)
        self._cells.set_clim(low, high if high > low else low + 1)
        self._key.set_visible(len(solid) > 0)
        for words, end in zip(self._ends, (low, high), strict=True):
            words.set_text(result.metric.show(_rounded(end, high), language))

    def _count(self, posts: Cells, few: Cells, value: Cells) -> None:
        """Write the number of posts into each cell that has any."""
        filled = np.argwhere(posts > 0)
        while len(self._counts) < len(filled):
            words = self.ax.text(0, 0, "", fontsize=7.5, ha="center", va="center")
            self._counts.append(words)
        low, high = self._cells.get_clim()
        middle = (low or 0.0) + 0.55 * ((high or 1.0) - (low or 0.0))
        for words, (d, h) in zip(self._counts, filled, strict=False):
            dark = not few[d, h] and value[d, h] > middle
            words.set(text=str(posts[d, h]), position=(h, d + 1), visible=True)
            words.set_color(QUIET if few[d, h] else "white" if dark else INK)
        for spare in self._counts[len(filled) :]:
            spare.set_visible(False)


def _rounded(value: float, top: float) -> float:
    """Averages per post need no decimals once they are large."""
    return float(round(value)) if top >= 10 else value


def _note(result: Result, language: Language) -> str:
    kind = say("average per post", language) if result.per_post else say("rate from sums", language)
    return say(
        "{kind} · {posts} posts · in each cell: its number of posts · ring: fewer than {few}",
        language,
        kind=kind,
        posts=result.posts,
        few=result.few,
    )


def _alt(result: Result, language: Language) -> str:
    solid = result.rows[~result.rows["few"] & result.rows["value"].notna()]
    opening = say(
        "Heatmap of {metric} by weekday and hour, {posts} posts.",
        language,
        metric=result.metric.label(language),
        posts=result.posts,
    )
    if solid.empty:
        return opening + " " + say("No slot has enough posts to go by.", language)
    best = solid.nlargest(1, "value").iloc[0]
    highest = say(
        "Highest with enough posts: {day} {hour} with {value} ({posts} posts).",
        language,
        day=weekday(int(best["weekday"]), language, "wide"),
        hour=clock(time(int(best["hour"])), language),
        value=result.metric.show(_rounded(best["value"], best["value"]), language),
        posts=int(best["posts"]),
    )
    return f"{opening} {highest}"
