"""Words on a chart: headline, note, the sentence when there is nothing to draw, and safe foreign text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from smmlib.figures.palette import INK, QUIET
from smmlib.networks import load_networks

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TOP = 0.13  # inches between the edge and the headline
_STEP = 0.21  # inches from the headline to the note below it


class Words:
    """Headline and note above a chart, or one sentence in its place.

    Args:
        figure: Where they stand.
        left: Left edge as a share of the width.
    """

    def __init__(self, figure: Figure, left: float) -> None:
        self._figure = figure
        plain: Any = {"va": "top", "parse_math": False}
        self.title = figure.text(left, 1, "", color=INK, fontsize=11.5, fontweight="bold", **plain)
        self.note = figure.text(left, 1, "", color=QUIET, fontsize=9, **plain)
        self.instead = figure.text(left, 0.5, "", color=QUIET, fontsize=10, wrap=True, **plain)

    def say(self, title: str, note: str, instead: str = "") -> None:
        """Show these words; `instead` takes the place of the chart."""
        height = self._figure.get_figheight()
        self.title.set(text=drawable(title), y=1 - _TOP / height)
        self.note.set(text=drawable(note), y=1 - (_TOP + _STEP) / height)
        self.instead.set(text=drawable(instead))


def drawable(text: object, length: int = 400) -> str:
    """`text` on one line, without characters the chart's font cannot draw, cut to `length`.

    Texts come from the web: they may hold emoji, line breaks, control characters or lone surrogates.
    """
    words = " ".join(str(text)[: 4 * length + 400].split())
    known = _drawable_characters()
    clean = " ".join("".join(c for c in words if ord(c) in known).split())
    return clean if len(clean) <= length else clean[: length - 1].rstrip() + "…"


def network_name(network: str) -> str:
    """What people call a network; an id nobody knows stays as it is."""
    return _network_names().get(network, network)


@cache
def _network_names() -> dict[str, str]:
    return {n.id: n.name for n in load_networks().values()}


@cache
def _drawable_characters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())
