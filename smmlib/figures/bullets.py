"""Bullet chart: per target what is reached, what is due by now, and what is to be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmlib.figures.lettering import drawable
from smmlib.figures.palette import GREEN, INK, ORANGE, QUIET, RED, RULE
from smmlib.figures.row_frame import RowFrame
from smmlib.language import Language, percent, say, say_many, short_day
from smmlib.metrics import load_metrics
from smmlib.planning.lights import LIGHTS

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    from smmlib.planning import Board, TargetLight

MOST = 12  # targets shown
_LONGEST = 1.6  # of the target; what is more is cut
_COLOURS = {"green": GREEN, "amber": ORANGE, "red": RED, None: QUIET}
_SIGNS = {"green": "●", "amber": "▲", "red": "■", None: "○"}


@dataclass(frozen=True, slots=True)
class _Row:
    """The artists of one target."""

    ground: Rectangle
    bar: Rectangle
    due: Line2D
    target: Line2D
    instead: Text


class Bullets:
    """Draws the targets of a `Board`; the first twelve if there are more."""

    def __init__(self, figure: Figure) -> None:
        self.alt = ""
        self._frame = RowFrame(figure, middle=(0.37, 0.33), row=0.44)
        self.ax = self._frame.ax
        self._rows: list[_Row] = []

    def update(self, result: Board, language: Language) -> None:
        """Show `result` on the same axes."""
        lights = result.lights[:MOST]
        self.alt = " ".join(
            [_title(result, language) + ".", *(light.text(language) for light in result.lights)]
        )
        self.ax.set_visible(bool(lights))
        self._frame.resize(len(lights))
        self._frame.write(
            [_words(light, result, language) for light in lights],
            [INK if light.light else QUIET for light in lights],
        )
        while len(self._rows) < len(lights):
            self._rows.append(self._new_row())
        self.ax.set_xlim(0, 1.25)
        for at, (artists, light) in enumerate(zip(self._rows, lights, strict=False)):
            self._draw(artists, at, light, language)
        for spare in self._rows[len(lights) :]:
            for artist in (spare.ground, spare.bar, spare.due, spare.target, spare.instead):
                artist.set_visible(False)
        ticks = [0.0, 0.5, 1.0]
        self.ax.set_xticks(ticks, labels=[percent(tick, language, 0) for tick in ticks])
        nothing = "" if lights else say("The plan has no targets.", language)
        self._frame.words.say(_title(result, language), _note(result, language) if lights else "", nothing)

    def _draw(self, artists: _Row, at: int, light: TargetLight, language: Language) -> None:
        value, due = _share(light, light.value), _share(light, light.due)
        known = value is not None
        end = min(max(value or 0.0, 0.0), _LONGEST)
        sign = f"{_SIGNS[None]} {say('no light', language)}: "
        artists.ground.set(x=0, y=at - 0.26, width=1.0, height=0.52, visible=known)
        artists.bar.set(x=0, y=at - 0.12, width=min(end, 1.25), height=0.24, visible=known)
        artists.bar.set_color(_COLOURS[light.light])
        artists.target.set(xdata=[1, 1], ydata=[at - 0.3, at + 0.3], visible=known)
        artists.due.set(xdata=[due or 0] * 2, ydata=[at - 0.26, at + 0.26])
        artists.due.set_visible(due is not None and 0 < due < 1.25)
        reason = drawable(sign + light.reason.text(language), 90)
        artists.instead.set(text=reason, position=(0.01, at), visible=not known)

    def _new_row(self) -> _Row:
        from matplotlib.patches import Rectangle

        ground = Rectangle((0, 0), 0, 0, color=RULE, alpha=0.55, linewidth=0)
        bar = Rectangle((0, 0), 0, 0, linewidth=0)
        for patch in (ground, bar):
            self.ax.add_patch(patch)
        plain: Any = {"solid_capstyle": "butt"}
        (due,) = self.ax.plot([], [], color=INK, linewidth=1.4, linestyle=(0, (2, 1.2)))
        (target,) = self.ax.plot([], [], color=INK, linewidth=3, **plain)
        words = self.ax.text(0, 0, "", color=QUIET, fontsize=8.5, va="center", parse_math=False)
        return _Row(ground, bar, due, target, words)


def _share(light: TargetLight, value: Any) -> float | None:
    """A figure as a share of the way from the baseline to the target."""
    if value is None:
        return None
    target = light.target
    latest = load_metrics()[target.metric].combine == "latest"
    before = float(target.baseline or 0) if latest else 0.0
    way = float(target.value) - before
    return (float(value) - before) / way if way else None


def _words(light: TargetLight, board: Board, language: Language) -> tuple[str, str, str]:
    target, passport = light.target, load_metrics()[light.target.metric]
    currency = board.ledger.currency
    name = passport.label(language)
    if target.channel:
        name += f" · {board.ledger.names.get(target.channel, target.channel)}"
    goal = passport.show(float(target.value), language, currency)
    below = say("{direction} {value} by {day}", language, direction=say(target.direction, language),
                value=goal, day=short_day(target.by, language))  # fmt: skip
    if light.value is None:
        return name, below, ""
    shown = passport.show(float(light.value), language, currency)
    word = say(LIGHTS[light.light], language) if light.light else say("no light", language)
    return name, below, f"{_SIGNS[light.light]} {word}: {shown}"


def _title(board: Board, language: Language) -> str:
    counts = {light: sum(told.light == light for told in board.lights) for light in LIGHTS}
    return say(
        "Targets: {green} green, {amber} amber, {red} red",
        language,
        green=counts["green"],
        amber=counts["amber"],
        red=counts["red"],
    )


def _note(board: Board, language: Language) -> str:
    shown = say_many("{count} target", "{count} targets", len(board.lights), language)
    return say(
        "on {on:date} · share of the way to the target · thick line: target, dashed: due by now · {shown}",
        language,
        on=board.on,
        shown=shown,
    )
