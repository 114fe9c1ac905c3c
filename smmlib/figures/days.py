"""A test day by day: the rate of each variant above, its share of the trials against the plan below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from smmlib.experiments.daily import DayByDay
from smmlib.figures.day_series import MOST, DaySeries
from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import INK, QUIET, RULE, quiet
from smmlib.figures.scales import decimals, mark_days
from smmlib.figures.timeline import spread
from smmlib.language import Language, number, percent, say, say_many

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SIZE = (8.4, 4.6)  # inches
_UPPER, _LOWER = (0.06, 0.425, 0.81, 0.40), (0.06, 0.075, 0.81, 0.235)
_APART = 0.5  # of a day, over which the intervals of all variants are spread


class Days:
    """Draws a `DayByDay` of one test; the eight variants with the most trials if there are more."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(*_SIZE)
        self.alt = ""
        self.ax: Axes = figure.add_axes(_UPPER)
        self.shares: Axes = figure.add_axes(_LOWER)
        for ax in (self.ax, self.shares):
            quiet(ax, grid="y")
            ax.spines["left"].set_visible(False)
        self.ax.xaxis.set_visible(False)
        self.shares.tick_params(axis="x", pad=5)
        self._heads = [self._head(ax) for ax in (self.ax, self.shares)]
        self._series = [DaySeries(self.ax, self.shares, place) for place in range(MOST)]
        self._broken: list[tuple[Any, ...]] = []
        line: Any = {"color": QUIET, "linewidth": 0.9, "linestyle": (0, (3, 3)), "visible": False}
        self._half = self.ax.axvline(0, **line)
        self._later = self.ax.text(0, 1, "", color=QUIET, fontsize=8, va="top", visible=False)
        self._later.set_transform(self.ax.get_xaxis_transform())
        self._words = Words(figure, 0.02)

    def update(self, result: DayByDay, language: Language) -> None:
        """Show the only (else the first) test of `result` on the same axes."""
        result = result.one()
        days = result.days
        names = _largest(days)
        first, last = min(days["day"]), max(days["day"])
        pad = 0.6 + 0.01 * (last - first).days
        for ax in (self.ax, self.shares):
            ax.set_xlim(first.toordinal() - pad, last.toordinal() + pad)
        mark_days(self.shares.xaxis, sorted(set(days["day"])), language)
        self._draw(days, names)
        self._scale(days[days["variant"].isin(names)], language)
        self._name(days, names)
        self._mark_broken([on.toordinal() for on in result.broken_days()["day"]])
        self._mark_half(result, language)
        self._write(result, names, language)
        self.alt = f"{self._words.title.get_text()}. {result.text(language)}"

    def _head(self, ax: Axes) -> Any:
        words = ax.text(0, 1.06, "", color=QUIET, fontsize=8.5, va="bottom", transform=ax.transAxes)
        words.set_parse_math(False)
        return words

    def _draw(self, days: pd.DataFrame, names: Sequence[object]) -> None:
        count = days["day"].nunique()
        aside = np.linspace(-_APART / 2, _APART / 2, len(names)) if len(names) > 1 else [0.0]
        for series, name, x in zip(self._series, names, aside, strict=False):
            series.draw(_without_gaps(days[days["variant"] == name]), float(x), count)
        for spare in self._series[len(names) :]:
            spare.hide()

    def _scale(self, days: pd.DataFrame, language: Language) -> None:
        top = 100 * float(days["high"].max())
        bottom = 100 * float(days["low"].min())
        _ticks(self.ax, max(0.0, bottom - 0.08 * (top - bottom)), top + 0.08 * (top - bottom), language)
        shares = 100 * days[["share", "expected"]].to_numpy(np.float64)
        room = max(2.0, 0.25 * float(np.ptp(shares)))
        _ticks(self.shares, max(0.0, shares.min() - room), min(100.0, shares.max() + room), language)

    def _name(self, days: pd.DataFrame, names: Sequence[object]) -> None:
        """Write each name beside the end of its lines, without two of them overlapping."""
        last = days.groupby("variant", sort=False)[["rate", "share"]].last().loc[list(names)]
        shown = [drawable(name, 18) for name in names]
        for ax, column, gap in ((self.ax, "rate", 0.085), (self.shares, "share", 0.155)):
            bottom, top = ax.get_ylim()
            ends = 100 * last[column].to_numpy(np.float64)
            places = spread(ends, gap=gap * (top - bottom), floor=bottom)
            for series, name, y in zip(self._series, shown, places.tolist(), strict=False):
                series.name(ax, name, y)

    def _mark_broken(self, days: Sequence[int]) -> None:
        """A shade through both axes and a sign to read on each broken day."""
        while len(self._broken) < len(days):
            band: Any = {"color": RULE, "alpha": 0.55, "linewidth": 0, "zorder": 0}
            middle: Any = {"ha": "center", "va": "top", "zorder": 4}
            mark = self.shares.text(0, 0.97, "!", color=INK, fontsize=11, fontweight="bold", **middle)
            mark.set_transform(self.shares.get_xaxis_transform())
            self._broken.append((self.ax.axvspan(0, 1, **band), self.shares.axvspan(0, 1, **band), mark))
        for place, (upper, lower, mark) in enumerate(self._broken):
            seen = place < len(days)
            for artist in (upper, lower, mark):
                artist.set_visible(seen)
            if seen:
                for band in (upper, lower):
                    band.set(x=days[place] - 0.5, width=1.0)
                mark.set_x(days[place])

    def _mark_half(self, result: DayByDay, language: Language) -> None:
        days = sorted({on.toordinal() for on in result.days["day"]})
        middle = -(-len(days) // 2)
        for artist in (self._half, self._later):
            artist.set_visible(bool(result.novelty))
        if result.novelty:
            x = (days[middle - 1] + days[middle]) / 2
            self._half.set_xdata([x, x])
            self._later.set(x=x, text=" " + say("second half", language))

    def _write(self, result: DayByDay, names: Sequence[object], language: Language) -> None:
        level = percent(result.confidence, language, 0)
        self._heads[0].set_text(say("rate per day and its {level} interval, per cent", language, level=level))
        shares = say("share of the trials per day, per cent · dashed: as planned", language)
        broken = say("!: split broken", language)
        self._heads[1].set_text(f"{shares} · {broken}" if result.days["broken"].any() else shares)
        self._words.say(_title(result, language), _note(result, names, language))


def _largest(days: pd.DataFrame) -> list[object]:
    """The variants shown, in the order in which they stand in the table."""
    most = days.groupby("variant", sort=False)["trials"].sum().nlargest(MOST)
    return [name for name in days["variant"].unique() if name in most.index]


def _without_gaps(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Day, rate, low, high, share, expected (per cent), one a line; missing on days that are not there."""
    at = rows["day"].map(date.toordinal).to_numpy()
    filled = np.full((6, int(at[-1] - at[0]) + 1), np.nan)
    filled[0] = np.arange(at[0], at[-1] + 1)
    columns = ["rate", "low", "high", "share", "expected"]
    filled[1:, at - at[0]] = 100 * rows[columns].to_numpy(np.float64).T
    return filled


def _ticks(ax: Axes, low: float, high: float, language: Language) -> None:
    from matplotlib.ticker import MaxNLocator

    ticks = [t for t in MaxNLocator(nbins=4).tick_values(low, high) if low <= t <= high]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    ax.set_ylim(low, high if high > low else low + 1)
    ax.set_yticks(ticks, labels=[number(t, language, decimals(step)) for t in ticks])


def _title(result: DayByDay, language: Language) -> str:
    days, broken = int(result.tests["segments"].iloc[0]), len(result.broken_days())
    if broken:
        return say("The split is broken on {broken} of {days} days", language, broken=broken, days=days)
    if result.tests["broken"].iloc[0]:
        return say("The split is broken over all days together", language)
    if result.novelty:
        return say("The difference changed from the first half to the second", language)
    return say("Split as planned on every day, no clear change over time", language)


def _note(result: DayByDay, names: Sequence[object], language: Language) -> str:
    total = int(result.days["trials"].sum())
    parts = [drawable(result.tests["test"].iloc[0], 40), say("n = {n}", language, n=total)]
    if result.dispersion > 1:
        parts.append(say("dispersion {factor:.2}", language, factor=result.dispersion))
    every = result.days["variant"].nunique()
    if len(names) < every:
        parts.append(say("{shown} of {all} variants", language, shown=len(names), all=every))
    if len(result.problems):
        parts.append(
            say_many("{count} row not usable", "{count} rows not usable", len(result.problems), language)
        )
    return " · ".join(parts)
