"""What if you had peeked: share of simulated tests in which a winner was named, look by look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.experiments.peeking import WAYS, Peeking
from smmlib.figures.lettering import Words
from smmlib.figures.palette import BLUE, GREEN, ORANGE, QUIET, RED, SERIES, quiet
from smmlib.figures.scales import decimals
from smmlib.figures.timeline import spread
from smmlib.language import Language, percent, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLOURS = dict(zip(WAYS, (RED, ORANGE, BLUE, GREEN, SERIES[4]), strict=True))


class PeekingChart:
    """Draws a `Peeking`: one line per way of looking, and the error that was promised."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(8.4, 3.6)
        self.alt = ""
        self.ax: Axes = figure.add_axes((0.07, 0.15, 0.66, 0.66))
        quiet(self.ax, grid="y")
        self.ax.spines["left"].set_visible(False)
        plain: Any = {"linewidth": 1.9, "markersize": 4, "clip_on": False}
        self._lines = {way: self.ax.plot([], [], "o-", color=c, **plain)[0] for way, c in _COLOURS.items()}
        beside: Any = {"fontsize": 9, "fontweight": "bold", "va": "center", "parse_math": False}
        self._names = {way: self.ax.text(0, 0, "", color=c, **beside) for way, c in _COLOURS.items()}
        self._promised = self.ax.axhline(0, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
        self._words = Words(figure, 0.02)

    def update(self, result: Peeking, language: Language) -> None:
        """Show `result` on the same axes."""
        shares = result.shares
        for way, line in self._lines.items():
            line.set_data(shares["look"], shares[way])
        self._promised.set(ydata=[1 - result.confidence] * 2, visible=result.lift == 0)
        self._scale(result, language)
        self._name(result, language)
        self._words.say(_title(result, language), _note(result, language))
        self.alt = result.text(language)

    def _scale(self, result: Peeking, language: Language) -> None:
        from matplotlib.ticker import MaxNLocator

        looks = len(result.shares)
        top = 1.08 * max(float(result.shares[list(WAYS)].to_numpy().max()), 1.5 * (1 - result.confidence))
        self.ax.set_xlim(0.7, looks + 0.3)
        self.ax.set_ylim(0, top)
        numbers = np.unique(np.linspace(1, looks, min(looks, 10)).astype(int))
        self.ax.set_xticks(numbers, labels=[str(number) for number in numbers])
        self.ax.set_xlabel(say("looks so far", language), loc="left")
        ticks = [tick for tick in MaxNLocator(nbins=5).tick_values(0, top) if tick <= top]
        places = decimals(100 * (ticks[1] - ticks[0]))
        self.ax.set_yticks(ticks, labels=[percent(tick, language, places) for tick in ticks])

    def _name(self, result: Peeking, language: Language) -> None:
        """Write each way and its share beside the end of its line, without two of them overlapping."""
        last = result.shares.iloc[-1]
        right, top = self.ax.get_xlim()[1], self.ax.get_ylim()[1]
        ends = np.array([float(last[way]) for way in WAYS])
        for (way, name), end, y in zip(
            WAYS.items(), ends, spread(ends, gap=0.075 * top, floor=0), strict=True
        ):
            words = say("{way}: {share:%1}", language, way=say(name, language), share=float(end))
            self._names[way].set(text=" " + words, x=right, y=y)


def _title(result: Peeking, language: Language) -> str:
    share = float(result.shares["z"].iloc[-1])
    if result.lift == 0:
        return say(
            "Peeking at plain p values names a false winner in {share:%0} of tests", language, share=share
        )
    return say("How soon the better variant is named", language)


def _note(result: Peeking, language: Language) -> str:
    if result.lift == 0:
        return say(
            "{runs} simulated tests without any difference · dashed: the error promised, {error:%0}",
            language,
            runs=result.runs,
            error=1 - result.confidence,
        )
    return say(
        "{runs} simulated tests · one variant is better by {lift:%0}",
        language,
        runs=result.runs,
        lift=result.lift,
    )
