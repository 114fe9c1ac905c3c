"""A metric over time: one line per series, cut at breaks, with gaps where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from smmlib.figures.lettering import Words, drawable, network_name
from smmlib.figures.palette import QUIET, SERIES, quiet
from smmlib.figures.scales import mark_days, mark_values
from smmlib.language import Language, mark, number, say, say_many
from smmlib.response.over_time import BASES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.collections import FillBetweenPolyCollection
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    from smmlib.response.over_time import Timeline as Result

MOST = len(SERIES)
STEPS = {
    "day": mark("per day"),
    "week": mark("per week, from Monday"),
    "month": mark("per month"),
}
ENTITIES = {"post": mark("posts"), "account": mark("whole accounts"), "ad": mark("ads")}
_CUTS = 6


@dataclass(frozen=True, slots=True)
class _Series:
    """The artists of one series."""

    line: Line2D
    band: FillBetweenPolyCollection
    name: Text


class Timeline:
    """Draws `smmlib.response.Timeline`; at most eight series, the largest ones."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(8.4, 3.5)
        self.alt = ""
        self.ax: Axes = figure.add_axes((0.085, 0.115, 0.765, 0.70))
        quiet(self.ax, grid="y")
        self.ax.spines["left"].set_visible(False)
        self.ax.tick_params(axis="x", pad=7, bottom=False)
        self.ax.tick_params(axis="y", left=False)
        self._words = Words(figure, 0.02)
        self._series = [self._new_series(color) for color in SERIES]
        self._cuts = [
            (
                self.ax.axvline(0, color=QUIET, linewidth=0.9, linestyle=(0, (3, 3)), visible=False),
                self.ax.text(0, 1.005, "", color=QUIET, fontsize=8, ha="center", va="bottom", visible=False),
            )
            for _ in range(_CUTS)
        ]
        for _, words in self._cuts:
            words.set_transform(self.ax.get_xaxis_transform())

    def _new_series(self, color: str) -> _Series:
        (line,) = self.ax.plot([], [], "o-", color=color, linewidth=1.9, solid_capstyle="round")
        band = self.ax.fill_between([0.0], [np.nan], [np.nan], color=color, alpha=0.16, linewidth=0)
        name = self.ax.text(
            1, 0, "", color=color, fontsize=9, fontweight="bold", va="center", parse_math=False
        )
        return _Series(line, band, name)

    def update(self, result: Result, language: Language) -> None:
        """Show `result` on the same axes."""
        title = result.metric.label(language)
        self.ax.set_visible(result.problem is None)
        if result.problem is not None:
            self.alt = result.problem.text(language)
            self._words.say(title, "", self.alt)
            return
        rows = result.rows
        shown = _largest(rows)
        self._words.say(title, _note(result, shown, language))
        self._frame(result, language)
        plain = _in_arrays(rows)
        apart = result.step == "day" and bool((rows["basis"] == "published").all())
        ends = [
            self._draw(artists, plain[:, rows["series"].to_numpy() == name], apart)
            for artists, name in zip(self._series, shown, strict=False)
        ]
        self._name([_shown(name, result) for name in shown], ends)
        for spare in self._series[len(shown) :]:
            _hide(spare)
        self._cut(result, language)
        self.alt = _alt(result, shown, language)

    def _frame(self, result: Result, language: Language) -> None:
        rows = result.rows
        first, last = rows["start"].min(), rows["start"].max()
        values = rows[["value", "low", "high"]].to_numpy(float)
        top, bottom = np.nanmax(values), min(0.0, float(np.nanmin(values)))
        top = top if top > bottom else bottom + 1
        pad = max(0.6, 0.015 * (last - first).days)
        self.ax.set_xlim(first.toordinal() - pad, last.toordinal() + pad)
        self.ax.set_ylim(bottom * 1.06, top * 1.08)
        mark_values(self.ax.yaxis, result.metric, language, bottom, top * 1.08)
        mark_days(self.ax.xaxis, sorted(set(rows["start"])), language)

    def _draw(self, artists: _Series, rows: npt.NDArray[np.float64], apart: bool) -> float:
        """Draw one series; returns the height at which it ends.

        Posts of single days stand `apart` as dots: a line from one post to the next would say nothing.
        """
        breaks = np.flatnonzero(np.diff(rows[4])) + 1
        days, value, low, high = (np.insert(line, breaks, np.nan) for line in rows[:4])
        banded = np.isfinite(low)
        artists.line.set_data(days, value)
        artists.line.set_markersize(5.5 if apart else 4 if len(days) <= 62 else 2.2)
        artists.line.set_linestyle("none" if apart else "-")
        if banded.any():
            artists.band.set_data(days, low, high)
        for artist, shown in ((artists.line, True), (artists.band, banded.any()), (artists.name, True)):
            artist.set_visible(bool(shown))
        places = np.where(np.isfinite(value), value, (low + high) / 2)
        known = places[np.isfinite(places)]
        return float(known[-1]) if len(known) else 0.0

    def _name(self, names: list[str], ends: list[float]) -> None:
        """Write each name beside the end of its line, without two of them overlapping."""
        bottom, top = self.ax.get_ylim()
        places = spread(np.array(ends), gap=0.066 * (top - bottom), floor=bottom)
        right = self.ax.get_xlim()[1]
        for artists, name, y in zip(self._series, names, places, strict=False):
            artists.name.set(text=" " + drawable(name, 18), x=right, y=y)

    def _cut(self, result: Result, language: Language) -> None:
        cuts = sorted({c.on for c in result.cuts})[:_CUTS]
        for (line, words), on in zip(self._cuts, cuts, strict=False):
            line.set(xdata=[on.toordinal() - 0.5] * 2, visible=True)
            words.set(text=say("counted anew", language), x=on.toordinal() - 0.5, visible=True)
        for line, words in self._cuts[len(cuts) :]:
            line.set_visible(False)
            words.set_visible(False)


def spread(places: npt.NDArray[np.float64], *, gap: float, floor: float) -> npt.NDArray[np.float64]:
    """Move places apart, in their order, until neighbours are at least `gap` from each other.

    Args:
        places: Wished heights.
        gap: Least distance.
        floor: Nothing is moved below it.
    """
    order = np.argsort(places, kind="stable")
    moved = places[order].astype(float)
    for i in range(1, len(moved)):
        moved[i] = max(moved[i], moved[i - 1] + gap)
    surplus = moved - places[order]
    if len(moved):
        moved = np.maximum(moved - surplus.mean(), floor + gap * np.arange(len(moved)))
    out = np.empty_like(moved)
    out[order] = moved
    return out


def _in_arrays(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Ordinal day, value, low, high and piece, one a line."""
    days = np.array([d.toordinal() for d in rows["start"]], dtype=float)
    return np.vstack([days, *(rows[c].to_numpy(float) for c in ("value", "low", "high", "piece"))])


def _hide(artists: _Series) -> None:
    for artist in (artists.line, artists.band, artists.name):
        artist.set_visible(False)


def _largest(rows: pd.DataFrame) -> list[str]:
    size = rows["value"].fillna(rows["high"]).groupby(rows["series"]).sum()
    return [str(s) for s in size.sort_values(ascending=False, kind="stable").index[:MOST]]


def _shown(series: str, result: Result) -> str:
    if result.by != "network":
        return series
    network, _, currency = series.partition(" ")
    return f"{network_name(network)} {currency}".strip()


def _note(result: Result, shown: list[str], language: Language) -> str:
    posts = int(result.rows["known"].sum())
    parts = [say(STEPS[result.step], language)]
    if result.entity == "post" and (result.rows["basis"] == "published").all():
        parts.append(say_many("{count} post", "{count} posts", posts, language))
    bases = set(result.rows["basis"].dropna())
    basis = BASES[bases.pop() if len(bases) == 1 else "both"]
    parts.append(say(basis, language))
    if result.rows["bound"].any():
        parts.append(say("band: from the largest value to the sum", language))
    elif result.metric.proportion:
        parts.append(say("band: 95 % interval", language))
    hidden = result.rows["series"].nunique() - len(shown)
    if hidden:
        parts.append(
            say_many("{count} smaller series not shown", "{count} smaller series not shown", hidden, language)
        )
    return " · ".join(parts)


def _alt(result: Result, shown: list[str], language: Language) -> str:
    rows, metric = result.rows, result.metric
    parts = [
        say(
            "Line chart of {metric}, {first:date} to {last:date}, {series}.",
            language,
            metric=metric.label(language),
            first=rows["start"].min(),
            last=rows["end"].max(),
            series=", ".join(_shown(name, result) for name in shown),
        )
    ]
    if rows["value"].notna().any():
        best = rows.iloc[int(np.nanargmax(rows["value"].to_numpy(float)))]
        words = {"on": best["start"], "series": _shown(best["series"], result)}
        words["value"] = metric.show(best["value"], language, best["currency"])
        parts.append(say("Highest: {value} on {on:date} ({series}).", language, **words))
    gaps = int(rows["value"].isna().sum()) if not rows["bound"].any() else int((rows["known"] == 0).sum())
    if gaps:
        parts.append(say("Periods without data: {count}.", language, count=number(gaps, language)))
    parts += [say("Cut on {on:date}: {note}", language, on=c.on, note=c.note(language)) for c in result.cuts]
    return " ".join(parts)
