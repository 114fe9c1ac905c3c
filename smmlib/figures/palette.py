"""Colours and small habits all charts share. Nothing global is set: each drawing applies them.

Colours: Okabe and Ito (2008), told apart by people with any kind of colour vision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#1f2933"
QUIET = "#66727f"
RULE = "#d5dbe1"
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SERIES = (BLUE, ORANGE, GREEN, RED, "#CC79A7", "#56B4E9", "#8A7A00", "#444444")
SEQUENTIAL = "YlGnBu"  # from pale to dark, so that it still rises when a dark theme turns it over


def quiet(ax: Axes, *, grid: str = "") -> None:
    """Take away what is not data: two spines, tick marks; `grid` is "x", "y" or empty."""
    ax.set_facecolor("none")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(RULE)
    ax.tick_params(length=0, colors=QUIET, labelsize=9)
    ax.xaxis.label.set(color=QUIET, fontsize=9)
    ax.yaxis.label.set(color=QUIET, fontsize=9)
    if grid in ("x", "y"):
        ax.grid(visible=True, axis="x" if grid == "x" else "y", color=RULE, linewidth=0.6)
        ax.set_axisbelow(True)
