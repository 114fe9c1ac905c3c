"""Rows of a chart with one row per block: values on the left, differences beside them, all together below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.figures.arm_rows import signed
from smmlib.figures.lettering import drawable
from smmlib.figures.palette import BLUE, INK, QUIET, RULE, quiet
from smmlib.figures.scales import decimals
from smmlib.language import Language, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    from smmlib.figures.leading_pair import Floats

MOST = 40  # blocks shown
WIDTH = 7.4  # inches

_TOP, _BOTTOM = 0.86, 0.52  # inches above and below the rows
_TALL, _LOW = 0.27, 0.165  # inches a row: of few blocks, of many
_VALUES, _DIFFS, _RIGHT = (0.135, 0.325), (0.50, 0.27), 0.785  # shares of the width
_TOGETHER = 1.2  # rows from the last block to the sum of all
_RATIOS = tuple(2.0**power for power in range(-10, 11))


class BlockRows:
    """Two axes side by side that share their rows, with words to both sides.

    Args:
        figure: An empty figure.
    """

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        self._figure = figure
        self.pairs: Axes = figure.add_axes((_VALUES[0], 0.2, _VALUES[1], 0.6))
        self.ax: Axes = figure.add_axes((_DIFFS[0], 0.2, _DIFFS[1], 0.6))
        for ax in (self.pairs, self.ax):
            quiet(ax, grid="x")
            ax.spines["left"].set_visible(False)
            ax.yaxis.set_visible(False)
        self._rule = self.ax.axhline(0, color=RULE, linewidth=0.8)
        self._head = [self._words(x, 8.5) for x in (0.02, _VALUES[0], _VALUES[0] + 0.17, _DIFFS[0])]
        self._head[0].set_color(QUIET)
        self._head[1].set(color=BLUE, fontweight="bold")
        self._names: list[Text] = []
        self._figures: list[Text] = []
        across: Any = {"transform": self.ax.get_yaxis_transform(), "parse_math": False}
        self._typical = self.ax.text(
            _beside(_RIGHT),
            0,
            "",
            color=INK,
            fontsize=9,
            fontweight="bold",
            va="center",
            linespacing=1.35,
            **across,
        )
        self._all = self.ax.text(
            _beside(0.02), 0, "", color=INK, fontsize=9, fontweight="bold", va="bottom", **across
        )
        self._what = self.ax.text(_beside(0.02), 0, "", color=QUIET, fontsize=8, va="top", **across)
        self.together = self._below = 0.0  # rows: of the sum of all blocks, of the line above it
        self._count = 0

    def resize(self, count: int) -> None:
        """Make room for `count` blocks; row 0 is the highest, `together` the row below all."""
        if count == self._count:
            return
        self._count = count
        row = float(np.interp(count, (12, MOST), (_TALL, _LOW)))
        self.together = count - 1 + max(_TOGETHER, 0.32 / row)
        rows = self.together + max(0.5, 0.2 / row) + 0.5
        height = _TOP + row * rows + _BOTTOM
        self._figure.set_size_inches(WIDTH, height)
        for ax, (left, width) in ((self.pairs, _VALUES), (self.ax, _DIFFS)):
            ax.set_position((left, _BOTTOM / height, width, row * rows / height))
            ax.set_ylim(rows - 0.5, -0.5)
        for words in self._head:
            words.set_y(1 - (_TOP - 0.1) / height)
        self._below = count - 0.4
        self._rule.set_ydata([self._below] * 2)
        self._typical.set_y(self.together)
        self._all.set_y(self.together - 0.02 / row)
        self._what.set_y(self.together + 0.02 / row)

    def head(self, block: str, better: str, worse: str, between: str) -> None:
        """Write what stands below: the two variants with their signs, and what the differences are."""
        for words, text in zip(self._head, (block, f"● {better}", f"○ {worse}", between), strict=True):
            words.set_text(text)

    def write(self, names: Sequence[object], figures: Sequence[str]) -> None:
        """Write the name of each block on the left and its difference on the right."""
        for row in range(len(self._names), len(names)):
            plain: Any = {"va": "center", "color": QUIET, "parse_math": False}
            plain["transform"] = self.ax.get_yaxis_transform()
            self._names.append(self.ax.text(_beside(0.02), row, "", **plain))
            self._figures.append(self.ax.text(_beside(_RIGHT), row, "", **plain))
        size = 8.5 if len(names) <= 20 else 7
        for column, texts in ((self._names, names), (self._figures, figures)):
            for words in column:
                words.set_visible(False)
            for words, text in zip(column, texts, strict=False):
                words.set(text=drawable(text, 13), fontsize=size, visible=True)

    def write_together(self, blocks: str, what: str, typical: str) -> None:
        """Write the row below all blocks."""
        self._all.set_text(blocks)
        self._what.set_text(what)
        self._typical.set_text(typical)

    def scale_values(self, values: Floats, language: Language, unit: str) -> None:
        """Round ticks for the values, the unit below them."""
        low, high = _roomy(float(values.min()), float(values.max()))
        ticks = _round(low, high)
        labels = [number(tick, language, decimals(ticks[1] - ticks[0])) for tick in ticks]
        self.pairs.set_xticks(ticks, labels=labels)
        self.pairs.set_xlim(low, high)
        bottom, top = self.pairs.get_ylim()
        for line in self.pairs.get_xgridlines():  # what is written below the last block stays free of them
            line.set_ydata([(bottom - self._below) / (bottom - top), 1])
        self.pairs.set_xlabel(unit, loc="left")

    def scale_differences(self, reach: Floats, language: Language, *, unit: str, ratio: bool) -> None:
        """Round ticks for the differences; of logs of ratios at steps people know."""
        low, high = _roomy(float(reach.min()), float(reach.max()))
        if ratio:
            shares = _relative(low, high)
            step = min(np.diff(shares)) if len(shares) > 1 else 1.0
            labels = [signed(100 * share, language, decimals(100 * step)) for share in shares]
            self.ax.set_xticks(np.log1p(shares).tolist(), labels=labels)
        else:
            ticks = _round(low, high)
            labels = [signed(tick, language, decimals(ticks[1] - ticks[0])) for tick in ticks]
            self.ax.set_xticks(ticks, labels=labels)
        self.ax.set_xlim(low, high)
        self.ax.set_xlabel(unit, loc="left")

    def _words(self, x: float, size: float) -> Text:
        return self._figure.text(x, 1, "", color=INK, fontsize=size, va="bottom", parse_math=False)


def _beside(x: float) -> float:
    """A share of the figure's width as a share of the axes of differences."""
    return (x - _DIFFS[0]) / _DIFFS[1]


def _roomy(low: float, high: float) -> tuple[float, float]:
    span = high - low or abs(high) or 1.0
    return low - 0.06 * span, high + 0.06 * span


def _round(low: float, high: float) -> list[float]:
    from matplotlib.ticker import MaxNLocator

    return [t for t in MaxNLocator(nbins=4, min_n_ticks=3).tick_values(low, high) if low <= t <= high]


def _relative(low: float, high: float) -> list[float]:
    """Round relative differences between two logs of ratios: evenly spaced, or halves and doubles if far."""
    if high - low < np.log(3):
        return _round(float(np.expm1(low)), float(np.expm1(high)))
    within = [ratio - 1 for ratio in _RATIOS if low <= np.log(ratio) <= high]
    steps = -(-len(within) // 5)
    start = within.index(0.0) % steps
    return within[start::steps]
