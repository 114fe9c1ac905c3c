"""A chart of rows: a name on the left of each, a picture in the middle, figures on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import INK, QUIET, quiet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

WIDTH = 8.4  # inches
_HEAD, _FOOT = 0.68, 0.36  # inches above and below the rows
_LEFT, _GAP = 0.02, 0.013  # shares of the width


class RowFrame:
    """Axes whose height follows the number of rows; row 0 is the highest.

    Args:
        figure: An empty figure.
        middle: Left edge and width of the picture, as shares of the width.
        row: Height of a row in inches.
        longest: Letters of a name.
    """

    def __init__(
        self, figure: Figure, *, middle: tuple[float, float], row: float = 0.36, longest: int = 34
    ) -> None:
        figure.set_layout_engine("none")
        figure.set_size_inches(WIDTH, 2)
        self._figure, self._middle, self._row, self._longest = figure, middle, row, longest
        self.ax: Axes = figure.add_axes((middle[0], 0.2, middle[1], 0.6))
        quiet(self.ax, grid="x")
        self.ax.spines["left"].set_visible(False)
        self.ax.yaxis.set_visible(False)
        self.words = Words(figure, _LEFT)
        self._texts: list[tuple[Text, Text, Text]] = []

    def resize(self, count: int) -> None:
        """Make room for `count` rows."""
        height = _HEAD + self._row * max(count, 1) + _FOOT
        self._figure.set_size_inches(WIDTH, height)
        self.ax.set_position(
            (self._middle[0], _FOOT / height, self._middle[1], self._row * max(count, 1) / height)
        )
        self.ax.set_ylim(max(count, 1) - 0.5, -0.5)

    def write(self, rows: Sequence[tuple[str, str, str]], colours: Sequence[str] | None = None) -> None:
        """Write the name of each row, what stands small below it, and its figures.

        Args:
            rows: Name, small words or "", figures.
            colours: Of the figures; None: ink.
        """
        while len(self._texts) < len(rows):
            self._texts.append(self._new_texts())
        for at, (name, below, figures) in enumerate(rows):
            first, second, third = self._texts[at]
            raised = 0.17 if below else 0.0
            first.set(text=drawable(name, self._longest), y=at - raised)
            second.set(text=drawable(below, self._longest + 12), y=at + 0.22)
            third.set(text=drawable(figures, 60), y=at, color=colours[at] if colours else INK)
        for texts in self._texts:
            for text in texts:
                text.set_visible(texts in self._texts[: len(rows)])

    def _new_texts(self) -> tuple[Text, Text, Text]:
        left = (_LEFT - self._middle[0]) / self._middle[1]
        right = 1 + _GAP / self._middle[1]
        plain: Any = {
            "va": "center", "parse_math": False, "transform": self.ax.get_yaxis_transform()
        }  # fmt: skip
        return (
            self.ax.text(left, 0, "", color=INK, fontsize=9.5, **plain),
            self.ax.text(left, 0, "", color=QUIET, fontsize=8, **plain),
            self.ax.text(right, 0, "", color=INK, fontsize=9, **plain),
        )
