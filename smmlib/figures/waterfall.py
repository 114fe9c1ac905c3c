"""Waterfall from plan to estimate at completion: which lines will be above or below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmlib.figures.palette import BLUE, GREEN, INK, QUIET, RED
from smmlib.figures.row_frame import RowFrame
from smmlib.figures.scales import mark_money
from smmlib.language import Language, say, say_many, whole_money

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    from smmlib.planning import Deviations

MOST = 9  # lines shown by name
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class _Step:
    """One bar: from where to where."""

    name: str
    start: float
    end: float
    colour: str
    words: str


class Waterfall:
    """Draws `Deviations`; small differences beyond nine lines are put together."""

    def __init__(self, figure: Figure) -> None:
        self.alt = ""
        self._frame = RowFrame(figure, middle=(0.3, 0.5), row=0.33, longest=32)
        self.ax = self._frame.ax
        self._bars: list[Rectangle] = []
        self._joins = self.ax.vlines([], [], [], color=QUIET, linewidth=0.8)

    def update(self, result: Deviations, language: Language) -> None:
        """Show `result` on the same axes."""
        steps = _steps(result, language)
        self._frame.resize(len(steps))
        self._frame.write([(step.name, "", step.words) for step in steps], [step.colour for step in steps])
        self._draw(steps)
        ends = [value for step in steps for value in (step.start, step.end)]
        moving = [value for step in steps[1:-1] for value in (step.start, step.end)]
        low, high = _limits(ends, moving)
        self.ax.set_xlim(low, high)
        mark_money(self.ax.xaxis, result.currency, language, low, high)
        title = _title(result, language)
        cut = say("axis does not begin at 0", language) if low > 0 else ""
        self._frame.words.say(title, " · ".join(filter(None, (_note(result, language), cut))))
        told = [f"{step.name}: {step.words}" for step in steps]
        self.alt = f"{title}. {'; '.join(told)}."

    def _draw(self, steps: list[_Step]) -> None:
        from matplotlib.patches import Rectangle

        while len(self._bars) < len(steps):
            bar = Rectangle((0, 0), 0, 0.5, linewidth=0)
            self.ax.add_patch(bar)
            self._bars.append(bar)
        for at, bar in enumerate(self._bars):
            bar.set_visible(at < len(steps))
            if at < len(steps):
                step = steps[at]
                bar.set(
                    x=min(step.start, step.end), y=at - 0.27, width=abs(step.end - step.start), height=0.54
                )
                bar.set_color(step.colour if step.colour != INK else BLUE)
        self._joins.set_segments(
            [[(step.end, at + 0.27), (step.end, at + 0.73)] for at, step in enumerate(steps[:-1])]
        )


def _steps(result: Deviations, language: Language) -> list[_Step]:
    def shown(amount: object) -> str:
        return whole_money(amount, result.currency, language)  # type: ignore[arg-type]

    at = float(result.plan)
    steps = [_Step(say("Plan", language), 0.0, at, INK, shown(result.plan))]
    named = [part for part in result.parts if part.more]
    rest = named[MOST:] if len(named) > MOST + 1 else []
    changes = [(p.name or say("Not planned", language), p.more) for p in named[: len(named) - len(rest)]]
    if rest:
        words = say_many("{count} other line", "{count} other lines", len(rest), language)
        changes.append((words, sum((part.more for part in rest), start=rest[0].more * 0)))
    for name, more in changes:
        end = at + float(more)
        sign = "+" if more > 0 else _MINUS
        steps.append(_Step(name, at, end, RED if more > 0 else GREEN, f"{sign}{shown(abs(more))}"))
        at = end
    last = say("Estimate at completion", language)
    return [*steps, _Step(last, 0.0, float(result.estimate), INK, shown(result.estimate))]


def _limits(ends: list[float], moving: list[float]) -> tuple[float, float]:
    """From 0 where the differences can still be seen, else from below the lowest of them."""
    top = max(*ends, 1.0)
    if not moving or min(moving) <= 0 or max(moving) - min(moving) > 0.12 * top:
        return min(0.0, *ends), top * 1.03
    reach = max(max(moving) - min(moving), 0.01 * top)
    return max(0.0, min(moving) - 2 * reach), top + 0.3 * reach


def _title(result: Deviations, language: Language) -> str:
    more = result.estimate - result.plan
    amount = whole_money(abs(more), result.currency, language)
    if not more:
        return say("The estimate is what was planned", language)
    if more > 0:
        return say("{amount} more than planned are expected", language, amount=amount)
    return say("{amount} less than planned are expected", language, amount=amount)


def _note(result: Deviations, language: Language) -> str:
    lines = say_many("{count} budget line", "{count} budget lines", len(result.parts), language)
    return say("on {on:date} · {lines} · + above plan, − below plan", language, on=result.on, lines=lines)
