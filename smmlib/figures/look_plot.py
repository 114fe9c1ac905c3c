"""One running test, look by look: how far its leader is ahead, and the bounds it has to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.experiments.look_plan import Looks
from smmlib.experiments.look_report import LookReport
from smmlib.figures.arm_rows import signed
from smmlib.figures.forest import LEAD
from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import BLUE, INK, QUIET, RED, quiet
from smmlib.language import Language, mark, percent, say

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Floats = npt.NDArray[np.float64]

_TITLES = {
    "winner": mark("{lead} wins at look {look}"),
    "go on": mark("Not decided yet: no bound is passed"),
    "no decision": mark("No decision: no bound was passed"),
}
_HIGHEST = 6.0  # z beyond which a bound is not shown; early bounds lie far above


class LookPlot:
    """Draws a `LookReport` of one test: z of the leader against the bounds, seen and to come."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(7.4, 3.4)
        self.alt = ""
        self.ax: Axes = figure.add_axes((0.075, 0.16, 0.80, 0.64))
        quiet(self.ax, grid="y")
        self.ax.spines["left"].set_visible(False)
        self.ax.axhline(0, color=QUIET, linewidth=1)
        plain: Any = {"color": RED, "linewidth": 1.6, "marker": "_", "markersize": 9}
        self._bounds = [self.ax.plot([], [], **plain)[0] for _ in range(2)]
        (self._path,) = self.ax.plot([], [], "o-", color=INK, linewidth=1.9, markersize=5.5)
        (self._decided,) = self.ax.plot([], [], "o", color=BLUE, markersize=10, zorder=4)
        beside: Any = {"fontsize": 9, "fontweight": "bold", "va": "center", "parse_math": False}
        self._names = [self.ax.text(0, 0, "", color=color, **beside) for color in (RED, INK)]
        self._words = Words(figure, 0.02)

    def update(self, result: LookReport, language: Language) -> None:
        """Show the only (else the first) test of `result` on the same axes."""
        result = result.one()
        test = result.tests.iloc[0]
        self.alt = result.text(language)
        usable = test["decision"] in _TITLES
        self.ax.set_visible(usable)
        if not usable:
            self._words.say(say("Not usable", language), "", self.alt)
            return
        path = result.looks[result.looks["variant"] == test["variant"]]
        times, bounds = _bounds(result, path)
        self._draw(path, times, bounds)
        self._mark(path, test)
        self._scale(path, times, bounds, language)
        self._name(str(test["variant"]), path, bounds[-1], language)
        self._words.say(_title(test, language), _note(result, language))

    def _draw(self, path: pd.DataFrame, times: Floats, bounds: Floats) -> None:
        dots = "_" if len(times) <= 50 else ""
        for line, side in zip(self._bounds, (1, -1), strict=True):
            line.set_data(times, side * bounds)
            line.set_marker(dots)
        self._path.set_data(path["fraction"].to_numpy(), path["z"].to_numpy())

    def _mark(self, path: pd.DataFrame, test: pd.Series) -> None:
        at = path[path["look"] == test["decided_at"]] if test["decision"] == "winner" else path[:0]
        self._decided.set_data(at["fraction"].to_numpy(), at["z"].to_numpy())

    def _scale(self, path: pd.DataFrame, times: Floats, bounds: Floats, language: Language) -> None:
        largest = float(path["z"].abs().max())
        top = 1.18 * max(largest, min(_HIGHEST, float(bounds.max())), 3.0)
        self.ax.set_ylim(-top, top)
        step = 1 if top < 4.5 else 2 if top < 9 else round(top / 4)
        ticks = np.arange(-int(top // step) * step, top, step)
        self.ax.set_yticks(ticks, labels=[signed(float(tick), language, 0) for tick in ticks])
        end = max(1.0, float(times[-1]))
        self.ax.set_xlim(0, end * 1.02)
        across = np.linspace(0, 1, 5)
        self.ax.set_xticks(across, labels=[percent(float(share), language, 0) for share in across])
        self.ax.set_xlabel(say("share of the planned people · z of the leader", language), loc="left")

    def _name(self, lead: str, path: pd.DataFrame, bound: float, language: Language) -> None:
        right = self.ax.get_xlim()[1]
        last = path.iloc[-1]
        self._names[0].set(text=" " + say("bound", language), x=right, y=bound)
        above = 10 if abs(last["z"]) < self.ax.get_ylim()[1] * 0.8 else -15
        self._names[1].set(
            text=drawable(lead, 12),
            x=float(last["fraction"]),
            y=float(last["z"]) + above * self.ax.get_ylim()[1] / 90,
            ha="center" if last["fraction"] < 0.95 else "right",
        )


def _bounds(result: LookReport, path: pd.DataFrame) -> tuple[Floats, Floats]:
    """Times and bounds of |z|: of the looks so far and to come, or of the whole sequence."""
    level = (1 - result.confidence) / (result.looks["variant"].nunique() - 1)
    level = round(level, 12)
    seen = tuple(path["fraction"])
    if isinstance(result.plan, Looks):
        ahead = result.plan.at(seen[-1], seen[:-1]).ahead(level)
        times = np.array([*seen, *ahead.times])
        return times, np.array([*path["bound"], *ahead.z])
    times = np.linspace(0.02, max(1.0, seen[-1]), 200)
    return times, np.array([result.plan.at(float(time)).bound(level) for time in times])


def _title(test: pd.Series, language: Language) -> str:
    look = int(test["decided_at"]) if test["decision"] == "winner" else 0
    return say(_TITLES[test["decision"]], language, lead=drawable(test["variant"], LEAD), look=look)


def _note(result: LookReport, language: Language) -> str:
    error = 1 - result.confidence
    if isinstance(result.plan, Looks):
        return say(
            "{count} of {planned} looks · error over all of them {error:%0}",
            language,
            count=int(result.tests["looks"].iloc[0]),
            planned=len(result.plan.times),
            error=error,
        )
    return say("error over any number of looks {error:%0}", language, error=error)
