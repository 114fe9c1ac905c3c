"""The best posts as bars, each under its own words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smmlib.figures.lettering import Words, drawable, network_name
from smmlib.figures.palette import BLUE, INK, QUIET, SERIES, quiet
from smmlib.language import Language, day, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    from smmlib.response.best_posts import TopPosts as Result

_HEAD, _ROW, _FOOT = 0.62, 0.44, 0.10  # inches


@dataclass(frozen=True, slots=True)
class _Row:
    """The artists of one post."""

    words: Text
    origin: Text
    bar: Rectangle
    value: Text
    interval: Line2D


class TopPosts:
    """Draws `smmlib.response.TopPosts`; the picture grows with the number of posts."""

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(8.4, 3.0)
        self._figure, self.alt = figure, ""
        self.ax: Axes = figure.add_axes((0.02, 0.05, 0.96, 0.75))
        quiet(self.ax)
        self.ax.spines[:].set_visible(False)
        self.ax.set(xticks=[], yticks=[], xlim=(0, 1))
        self._rows: list[_Row] = []
        self._words = Words(figure, 0.02)

    def update(self, result: Result, language: Language) -> None:
        """Show `result` on the same axes."""
        rows = result.rows
        height = _HEAD + _ROW * max(len(rows), 2) + _FOOT
        self._figure.set_figheight(height)
        self.ax.set_position((0.02, _FOOT / height, 0.96, 1 - (_HEAD + _FOOT) / height))
        self.ax.set_ylim(len(rows) + 0.02, 0)
        title = result.metric.label(language)
        self.ax.set_visible(result.problem is None)
        if result.problem is not None:
            self.alt = result.problem.text(language)
            self._words.say(title, "", self.alt)
            return
        while len(self._rows) < len(rows):
            self._rows.append(self._new_row())
        colours = {n: SERIES[i % len(SERIES)] for i, n in enumerate(sorted(set(rows["network"])))}
        scale = 0.80 / max(float(np.nanmax(rows[["value", "high"]].to_numpy(float), initial=0)), 1e-12)
        posts: list[dict[str, Any]] = [{str(k): v for k, v in p.items()} for p in rows.to_dict("records")]
        for i, (artists, post) in enumerate(zip(self._rows, posts, strict=False)):
            _show(artists, i, post, scale)
            artists.bar.set_color(colours[post["network"]] if len(colours) > 1 else BLUE)
            shown = result.metric.show(post["value"], language, post["currency"])
            artists.value.set_text(shown)
            artists.origin.set_text(_origin(post, language))
        for spare in self._rows[len(rows) :]:
            _visible(spare, False)
        self._words.say(title, _note(result, language))
        self.alt = _alt(result, language)

    def _new_row(self) -> _Row:
        from matplotlib.patches import Rectangle

        plain: Any = {"va": "center", "parse_math": False}
        bar = Rectangle((0, 0), 0, 0.24, linewidth=0)
        self.ax.add_patch(bar)
        (interval,) = self.ax.plot([], [], color=INK, linewidth=1.1, alpha=0.75, solid_capstyle="butt")
        return _Row(
            words=self.ax.text(0, 0, "", color=INK, fontsize=9.5, **plain),
            origin=self.ax.text(1, 0, "", color=QUIET, fontsize=8.5, ha="right", **plain),
            bar=bar,
            value=self.ax.text(0, 0, "", color=INK, fontsize=9, fontweight="bold", **plain),
            interval=interval,
        )


def _show(artists: _Row, i: int, post: dict[str, Any], scale: float) -> None:
    value, low, high = (float(post[c]) for c in ("value", "low", "high"))
    artists.words.set(text=f"{i + 1}  {_words(post)}", position=(0, i + 0.27))
    artists.origin.set_position((1, i + 0.27))
    artists.bar.set(x=0, y=i + 0.5, width=max(value, 0) * scale)
    artists.interval.set_data([low * scale, high * scale], [i + 0.62, i + 0.62])
    end = max(x for x in (value, high, 0.0) if not math.isnan(x)) * scale
    artists.value.set_position((end + 0.008, i + 0.62))
    _visible(artists, True)


def _visible(artists: _Row, shown: bool) -> None:
    for artist in (artists.words, artists.origin, artists.bar, artists.value, artists.interval):
        artist.set_visible(shown)


def _words(post: dict[str, Any]) -> str:
    return drawable(post["text"], 60) or drawable(post["entity_id"], 60)


def _origin(post: dict[str, Any], language: Language) -> str:
    when = post["published_on_local"]
    network = drawable(network_name(post["network"]), 20)
    return network if pd.isna(when) else f"{network} · {day(when, language)}"


def _note(result: Result, language: Language) -> str:
    parts = [say("best {shown} of {all} posts", language, shown=len(result.rows), all=result.posts)]
    if result.metric.proportion:
        parts.append(say("ranked by the lower end of the 95 % interval", language))
    return " · ".join(parts)


def _alt(result: Result, language: Language) -> str:
    first = result.rows.iloc[0].to_dict()
    return say(
        "Bar chart of the {shown} best posts by {metric}. First, with {value}: {words}",
        language,
        shown=len(result.rows),
        metric=result.metric.label(language),
        value=result.metric.show(first["value"], language, first["currency"]),
        words=drawable(first["text"], 120) or drawable(first["entity_id"], 60),
    )
