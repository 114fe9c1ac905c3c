"""One variant of a chart of days: its rates, its shares and its name beside both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from smmlib.figures.palette import SERIES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = len(SERIES)
_SHAPES = "osD^vPXh"  # so that variants can be told apart without their colours


class DaySeries:
    """The artists of one variant.

    Args:
        rates: Axes of the rates.
        shares: Axes of the shares.
        place: Which variant it is, counted from 0; it gives colour and shape.
    """

    def __init__(self, rates: Axes, shares: Axes, place: int) -> None:
        line: Any = {"color": SERIES[place], "marker": _SHAPES[place], "linewidth": 1.3}
        (self.rate,) = rates.plot([], [], zorder=3, **line)
        (self.share,) = shares.plot([], [], zorder=3, **line)
        (self.plan,) = shares.plot([], [], color=SERIES[place], linewidth=1, linestyle=(0, (4, 3)), alpha=0.8)
        self.intervals = rates.vlines([], [], [], color=SERIES[place], linewidth=1.1, alpha=0.7)
        plain: Any = {"color": SERIES[place], "fontsize": 9, "fontweight": "bold", "va": "center"}
        self._names = {ax: ax.text(1, 0, "", parse_math=False, **plain) for ax in (rates, shares)}

    def draw(self, rows: npt.NDArray[np.float64], aside: float, days: int) -> None:
        """Show the lines of `rows`: day, rate, low, high, share, expected (per cent).

        Args:
            rows: Six lines; missing on days without counts.
            aside: How far its intervals stand from the middle of the day, so that all can be seen.
            days: Days on the chart; many make small signs.
        """
        day, rate, low, high, share, expected = rows
        self.rate.set_data(day + aside, rate)
        self.share.set_data(day, share)
        self.plan.set_data(day, expected)
        known = np.isfinite(rate)
        ends = np.stack([low, high], axis=1)[known].tolist()
        at = (day + aside)[known].tolist()
        self.intervals.set_segments([[(x, a), (x, b)] for x, (a, b) in zip(at, ends, strict=True)])
        for artist in (self.rate, self.share):
            artist.set_markersize(4.5 if days <= 31 else 2.2)
        self._show(True)

    def name(self, ax: Axes, name: str, y: float) -> None:
        """Write the variant's name at the right edge of `ax`."""
        self._names[ax].set(text=" " + name, x=ax.get_xlim()[1], y=y)

    def hide(self) -> None:
        """Show nothing of it."""
        self._show(False)

    def _show(self, seen: bool) -> None:
        for artist in (self.rate, self.share, self.plan, self.intervals, *self._names.values()):
            artist.set_visible(seen)
