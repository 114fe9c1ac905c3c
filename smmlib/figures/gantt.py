"""Phases and channels on a line of time, with today and the days targets are due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from smmlib.figures.palette import BLUE, INK, ORANGE, SERIES
from smmlib.figures.row_frame import RowFrame
from smmlib.language import Language, day, say, say_many, short_day, whole_money

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    from smmlib.planning import Flights

MOST = 24  # rows


class Gantt:
    """Draws `Flights`; the first twenty-four rows if there are more."""

    def __init__(self, figure: Figure) -> None:
        self.alt = ""
        self._frame = RowFrame(figure, middle=(0.27, 0.45), row=0.3, longest=30)
        self.ax = self._frame.ax
        self._bars: list[Rectangle] = []
        self._today = self.ax.axvline(0, color=ORANGE, linewidth=1.6)
        self._on = self.ax.text(0, 1.0, "", color=INK, fontsize=8.5, va="bottom", ha="center")
        self._on.set_transform(self.ax.get_xaxis_transform())
        marks: Any = {"marker": "D", "s": 30, "color": INK, "zorder": 4, "linewidths": 0}
        self._targets = self.ax.scatter([], [], **marks)

    def update(self, result: Flights, language: Language) -> None:
        """Show `result` on the same axes."""
        flights = result.flights[:MOST]
        title = _title(result, language)
        self.ax.set_visible(bool(flights))
        if not flights:
            nothing = say("The plan has no phases and no channels with money yet.", language)
            self.alt = nothing
            self._frame.resize(1)
            self._frame.write([])
            self._frame.words.say(say("Phases and channels", language), "", nothing)
            return
        ends = sorted({target.by for target in result.targets})
        self._frame.resize(len(flights) + bool(ends))
        self._frame.write(_rows(result, language))
        self._draw(result)
        first = min(flight.start for flight in flights)
        last = max([*(flight.end for flight in flights), *ends])
        self.ax.set_xlim(first.toordinal() - 1, last.toordinal() + 2)
        ticks = _ticks(first, last)
        self.ax.set_xticks([t.toordinal() for t in ticks], labels=[short_day(t, language) for t in ticks])
        self._targets.set_offsets([(by.toordinal() + 0.5, len(flights)) for by in ends] or [(0, -9)])
        inside = first <= result.on <= last
        at = result.on.toordinal() + 0.5
        self._today.set(xdata=[at] * 2, visible=inside)
        self._on.set(text=day(result.on, language), x=at, visible=inside)
        self._frame.words.say(title, _note(result, language))
        self.alt = f"{title}. {'; '.join(result.text(language).splitlines())}."

    def _draw(self, result: Flights) -> None:
        from matplotlib.patches import Rectangle

        flights = result.flights[:MOST]
        while len(self._bars) < len(flights):
            bar = Rectangle((0, 0), 0, 0.5, linewidth=0)
            self.ax.add_patch(bar)
            self._bars.append(bar)
        for at, bar in enumerate(self._bars):
            bar.set_visible(at < len(flights))
            if at < len(flights):
                flight = flights[at]
                thick = 0.32 if flight.kind == "phase" else 0.2
                days = (flight.end - flight.start).days + 1
                bar.set(x=flight.start.toordinal(), y=at - thick, width=days, height=2 * thick)
                bar.set_color(BLUE if flight.kind == "phase" else SERIES[5])


def _rows(result: Flights, language: Language) -> list[tuple[str, str, str]]:
    rows = []
    for flight in result.flights[:MOST]:
        dates = f"{short_day(flight.start, language)} – {short_day(flight.end, language)}"
        rows.append((flight.name, "", f"{dates} · {whole_money(flight.plan, result.currency, language)}"))
    ends = sorted({target.by for target in result.targets})
    if ends:
        due = ", ".join(short_day(by, language) for by in ends[:3]) + (" …" if len(ends) > 3 else "")
        rows.append((say("Targets due", language), "", due))
    return rows


def _ticks(first: date, last: date) -> list[date]:
    """Mondays, or the first days of months where there are many."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    mondays = [day for day in days if day.weekday() == 0]
    if len(mondays) <= 10:
        return mondays[:: -(-len(mondays) // 5)] or [first]
    months = [day for day in days if day.day == 1]
    return months[:: -(-len(months) // 6)] or [first]


def _title(result: Flights, language: Language) -> str:
    phases = sum(flight.kind == "phase" for flight in result.flights)
    return say(
        "{phases} and {channels}",
        language,
        phases=say_many("{count} phase", "{count} phases", phases, language),
        channels=say_many("{count} channel", "{count} channels", len(result.flights) - phases, language),
    )


def _note(result: Flights, language: Language) -> str:
    told = say("dark: phases, light: channels · ◆ target due · planned money on the right", language)
    hidden = len(result.flights) - MOST
    if hidden > 0:
        told += " · " + say_many("{count} row not shown", "{count} rows not shown", hidden, language)
    return told
