"""What was spent per week or month, the channels on top of each other, beside the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import INK, SERIES, quiet
from smmlib.figures.scales import mark_money
from smmlib.figures.timeline import spread
from smmlib.language import Language, say, say_many, short_day, whole_money
from smmlib.planning.spending import NO_CHANNEL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    from smmlib.planning import Spending

MOST = 7  # channels with a colour of their own
_WIDTH = 0.72  # of a period


class SpendingBars:
    """Draws `Spending`; the seven dearest channels, the rest together."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(8.4, 3.8)
        self.alt = ""
        self.ax: Axes = figure.add_axes((0.095, 0.1, 0.585, 0.71))
        quiet(self.ax, grid="y")
        self.ax.spines["left"].set_visible(False)
        self.ax.tick_params(axis="x", pad=7)
        self._bars: list[Rectangle] = []
        self._plan = self.ax.hlines([], [], [], color=INK, linewidth=2)
        beside: Any = {"fontsize": 9, "fontweight": "bold", "va": "center", "parse_math": False}
        self._names = [self.ax.text(0, 0, "", **beside) for _ in range(MOST + 1)]
        self._words = Words(figure, 0.02)

    def update(self, result: Spending, language: Language) -> None:
        """Show `result` on the same axes."""
        title = say(
            "{total} spent, {plan} planned",
            language,
            total=whole_money(result.total, result.currency, language),
            plan=whole_money(sum(result.planned), result.currency, language),
        )
        self.ax.set_visible(bool(result.starts))
        self.alt = f"{title}. {'; '.join(result.text(language).splitlines())}."
        if not result.starts:
            self._words.say(
                say("Spending", language), "", say("Nothing is planned or booked here.", language)
            )
            return
        names, amounts = _put_together(result, language)
        self._draw(amounts)
        planned = [float(value) for value in result.planned]
        self._plan.set_segments(
            [[(x - _WIDTH / 2 - 0.06, y), (x + _WIDTH / 2 + 0.06, y)] for x, y in enumerate(planned)]
        )
        highest = np.where(amounts > 0, amounts, 0).sum(axis=0)
        lowest = np.where(amounts < 0, amounts, 0).sum(axis=0)
        top, low = 1.08 * max(*highest, *planned, 1.0), 1.08 * min(*lowest, 0.0)
        self.ax.set_xlim(-0.6, len(planned) - 0.4)
        self.ax.set_ylim(low, top)
        mark_money(self.ax.yaxis, result.currency, language, low, top)
        self._mark_periods(result, language)
        self._name(names, amounts, result.currency, language)
        self._words.say(title, _note(result, language))

    def _draw(self, amounts: npt.NDArray[np.float64]) -> None:
        from matplotlib.patches import Rectangle

        above, below = np.zeros(amounts.shape[1]), np.zeros(amounts.shape[1])
        count = amounts.size
        while len(self._bars) < count:
            bar = Rectangle((0, 0), _WIDTH, 0, linewidth=0.6, edgecolor="white")
            self.ax.add_patch(bar)
            self._bars.append(bar)
        for bar in self._bars[count:]:
            bar.set_visible(False)
        for at, (channel, period) in enumerate(np.ndindex(amounts.shape)):
            value = amounts[channel, period]
            base = above if value >= 0 else below  # a credit note may leave a channel below zero
            self._bars[at].set(x=period - _WIDTH / 2, y=base[period], height=value, visible=bool(value))
            self._bars[at].set_facecolor(SERIES[channel])
            base[period] += value

    def _mark_periods(self, result: Spending, language: Language) -> None:
        every = -(-len(result.starts) // 8)
        shown = range(0, len(result.starts), every)
        if result.step == "month":
            labels = [f"{result.starts[i]:%m/%Y}" for i in shown]
        else:
            labels = [short_day(result.starts[i], language) for i in shown]
        self.ax.set_xticks(list(shown), labels=labels)

    def _name(
        self, names: list[str], amounts: npt.NDArray[np.float64], currency: str, language: Language
    ) -> None:
        """Write each channel and its sum beside the bars, in the order they are stacked."""
        bottom, top = self.ax.get_ylim()
        sums = amounts.sum(axis=1)
        wished = bottom + (top - bottom) * (0.06 + 0.11 * np.arange(len(names), dtype=np.float64))
        places = spread(wished, gap=0.085 * (top - bottom), floor=bottom)
        right = self.ax.get_xlim()[1]
        for i, artist in enumerate(self._names):
            artist.set_visible(i < len(names))
            if i < len(names):
                amount = whole_money(float(sums[i]), currency, language)
                artist.set(
                    text=f" ■ {drawable(names[i], 17)} {amount}", x=right, y=places[i], color=SERIES[i]
                )


def _put_together(result: Spending, language: Language) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Names and amounts (channel × period), small channels in one row."""
    names = [name or say(NO_CHANNEL, language) for name in result.channels]
    periods = len(result.starts)
    amounts = np.array([[float(v) for v in values] for values in result.actual]).reshape(-1, periods)
    if len(names) > MOST + 1:
        rest = amounts[MOST:].sum(axis=0, keepdims=True)
        others = say_many("{count} other", "{count} others", len(names) - MOST, language)
        return [*names[:MOST], others], np.vstack([amounts[:MOST], rest])
    return names, amounts


def _note(result: Spending, language: Language) -> str:
    step = say("per week, from Monday", language) if result.step == "week" else say("per month", language)
    n = say_many("n = {count} booking", "n = {count} bookings", result.bookings, language)
    return " · ".join((step, say("black line: plan", language), n))
