"""Pacing: plan and actual day by day, and the forecast with its band."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import BLUE, INK, QUIET, quiet
from smmlib.figures.scales import mark_days, mark_money
from smmlib.figures.timeline import spread
from smmlib.language import Language, say, say_many, short_day, whole_money

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from smmlib.planning import Pacing


class PacingCurve:
    """Draws a `Pacing`."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(8.4, 3.7)
        self.alt = ""
        self.ax: Axes = figure.add_axes((0.095, 0.1, 0.635, 0.71))
        quiet(self.ax, grid="y")
        self.ax.spines["left"].set_visible(False)
        self.ax.tick_params(axis="x", pad=7)
        round_: Any = {"solid_capstyle": "round"}
        (self._plan,) = self.ax.plot([], [], color=QUIET, linewidth=1.6, linestyle=(0, (4, 2)))
        (self._ahead,) = self.ax.plot([], [], color=BLUE, linewidth=1.8, linestyle=(0, (1, 1.3)))
        (self._actual,) = self.ax.plot([], [], color=BLUE, linewidth=2.4, **round_)
        self._band = self.ax.fill_between([0.0], [np.nan], [np.nan], color=BLUE, alpha=0.18, linewidth=0)
        self._today = self.ax.axvline(0, color=INK, linewidth=0.8)
        beside: Any = {"fontsize": 9, "fontweight": "bold", "va": "center", "parse_math": False}
        self._names = [self.ax.text(0, 0, "", color=c, **beside) for c in (QUIET, BLUE, BLUE)]
        self._on = self.ax.text(0, 1.0, "", color=INK, fontsize=8.5, va="bottom", ha="center")
        self._on.set_transform(self.ax.get_xaxis_transform())
        self._words = Words(figure, 0.02)

    def update(self, result: Pacing, language: Language) -> None:
        """Show `result` on the same axes."""
        name = drawable(result.name, 32) or say("Whole campaign", language)
        title = say(
            "{name}: {estimate} expected, {plan} planned",
            language,
            name=name,
            estimate=whole_money(result.estimate, result.currency, language),
            plan=whole_money(result.plan, result.currency, language),
        )
        self.alt = f"{title}. {result.text(language)}"
        self.ax.set_visible(bool(result.days))
        if not result.days:
            self._words.say(name, "", say("Nothing is planned or booked here.", language))
            return
        days = [day.toordinal() for day in result.days]
        self._plan.set_data(days, [float(v) for v in result.planned])
        self._actual.set_data(days[: len(result.actual)], [float(v) for v in result.actual])
        high = self._draw_ahead(result)
        top = 1.1 * max(high, float(result.plan), float(result.spent), 1.0)
        low = min(0.0, *(float(v) for v in result.actual), 0.0)
        self.ax.set_xlim(days[0] - 0.5, days[-1] + 0.5)
        self.ax.set_ylim(low * 1.1, top)
        mark_money(self.ax.yaxis, result.currency, language, low, top)
        mark_days(self.ax.xaxis, result.days, language)
        inside = result.days[0] <= result.on <= result.days[-1]
        self._today.set(xdata=[result.on.toordinal()] * 2, visible=inside)
        self._on.set(text=short_day(result.on, language), x=result.on.toordinal(), visible=inside)
        self._name(result, language)
        self._words.say(title, _note(result, language))

    def _draw_ahead(self, result: Pacing) -> float:
        """Draw the way to the estimate, with its band where it is forecast; returns its top."""
        told, last = result.forecast, result.days[-1]
        if told is not None and told.path:
            days = [date.fromordinal(told.last.toordinal() - i) for i in reversed(range(len(told.path)))]
            at = [told.today.toordinal(), *(day.toordinal() for day in days)]
            lines = np.array([[told.so_far] * 3, *told.path], dtype=float)
            self._ahead.set_data(at, lines[:, 0])
            self._band.set_data(at, lines[:, 1], lines[:, 2])
            self._band.set_visible(True)
            return float(lines.max())
        self._band.set_visible(False)
        ends = [min(max(result.on, result.days[0]), last).toordinal(), last.toordinal()]
        self._ahead.set_data(ends, [float(result.spent), float(result.estimate)])
        return float(result.estimate)

    def _name(self, result: Pacing, language: Language) -> None:
        """Write each line's name beside its end, without two of them overlapping."""

        def shown(amount: Any) -> str:
            return whole_money(amount, result.currency, language)

        told = result.forecast
        ahead = say("estimate {amount}", language, amount=shown(result.estimate))
        if told is not None and told.path:
            ahead += "\n " + say("({low} to {high})", language, low=shown(told.low), high=shown(told.high))
        words = (
            say("plan {amount}", language, amount=shown(result.plan)),
            ahead,
            say("spent {amount}", language, amount=shown(result.spent)),
        )
        ends = np.array([float(result.plan), float(result.estimate), float(result.spent)])
        bottom, top = self.ax.get_ylim()
        places = spread(ends, gap=0.12 * (top - bottom), floor=bottom)
        right = self.ax.get_xlim()[1]
        for artist, text, y in zip(self._names, words, places, strict=True):
            artist.set(text=" " + text, x=right, y=y)


def _note(result: Pacing, language: Language) -> str:
    n = say_many("n = {count} booking", "n = {count} bookings", result.bookings, language)
    if result.forecast is not None and result.forecast.path:
        band = say("band: {level:%0} interval", language, level=result.forecast.level)
        return f"{band} · {n}"
    return " · ".join((say("dotted: way to the estimate, no interval", language), n))
