"""One chart: a figure that is drawn once and then updated in place."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, Self

from smmlib.errors import UnknownNameError
from smmlib.language import Language, mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS = {
    "bullets": "smmlib.figures.bullets:Bullets",
    "days": "smmlib.figures.days:Days",
    "factors": "smmlib.figures.factors:Factors",
    "forest": "smmlib.figures.forest:Forest",
    "gantt": "smmlib.figures.gantt:Gantt",
    "heatmap": "smmlib.figures.heatmap:Heatmap",
    "look_plot": "smmlib.figures.look_plot:LookPlot",
    "pacing": "smmlib.figures.pacing_curve:PacingCurve",
    "peeking": "smmlib.figures.peeking:PeekingChart",
    "posterior": "smmlib.figures.posterior:Posterior",
    "slot_pairs": "smmlib.figures.slot_pairs:SlotPairs",
    "spending": "smmlib.figures.spending_bars:SpendingBars",
    "timeline": "smmlib.figures.timeline:Timeline",
    "top_posts": "smmlib.figures.top_posts:TopPosts",
    "waterfall": "smmlib.figures.waterfall:Waterfall",
}


SCREEN_DPI = 110.0
"""Resolution of pictures on the screen."""


@contextmanager
def _quick_letters() -> Iterator[None]:
    """Draw letters without fitting them to the pixel grid, which takes a third of the time of a redraw.

    matplotlib reads this from one place for all figures, so the value is put back at once.
    """
    from matplotlib import rcParams

    before = rcParams["text.hinting"]
    rcParams["text.hinting"] = "none"
    try:
        yield
    finally:
        rcParams["text.hinting"] = before


class Drawing(Protocol):
    """What a kind of chart is: made once on a figure, then shown result after result.

    `alt` says in words what the picture shows, in the language of the last `update`.
    """

    ax: Axes
    alt: str

    def __init__(self, figure: Figure) -> None: ...

    def update(self, result: Any, language: Language) -> None:
        """Show `result` on the same axes."""


class Chart:
    """A chart of one kind. A notebook shows it as a picture; a panel puts `png()` into an image widget.

    The background is transparent; `png(paper=True)` and `svg()` are on white, for documents.

    Args:
        kind: One of `KINDS`.
        language: Language of its words and numbers.

    Raises:
        UnknownNameError: There is no such kind.
    """

    def __init__(self, kind: str, *, language: Language = "en") -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        if kind not in KINDS:
            raise UnknownNameError(mark("Chart"), kind, KINDS)
        module, _, name = KINDS[kind].partition(":")
        self.kind, self.language = kind, language
        self.figure = Figure(layout="constrained", dpi=SCREEN_DPI)
        self.figure.set_facecolor("none")
        self._canvas = FigureCanvasAgg(self.figure)
        self._drawing: Drawing = getattr(importlib.import_module(module), name)(self.figure)

    @property
    def ax(self) -> Axes:
        """The main axes, to add to or to read from."""
        return self._drawing.ax

    @property
    def alt(self) -> str:
        """What the picture shows, in words."""
        return self._drawing.alt

    def update(self, result: object, *, language: Language | None = None) -> Self:
        """Show another result on the same axes."""
        self.language = language or self.language
        self._drawing.update(result, self.language)
        return self

    def png(self, *, paper: bool = False, dpi: float = SCREEN_DPI) -> bytes:
        """The picture as PNG; on the screen's resolution and ground as quickly as can be."""
        if paper or dpi != SCREEN_DPI:
            return self._save("png", paper=paper, dpi=dpi)
        from PIL import Image

        with _quick_letters():  # straight from the canvas: `savefig` would lay out every text a second time
            self._canvas.draw()  # type: ignore[no-untyped-call]
        buffer = io.BytesIO()
        size = self._canvas.get_width_height(physical=True)
        picture = Image.frombuffer("RGBA", size, self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        picture.save(buffer, "png", compress_level=1)
        return buffer.getvalue()

    def svg(self) -> bytes:
        """The picture as SVG on white, for documents; the same to the letter each time."""
        from matplotlib import rc_context

        with rc_context({"svg.hashsalt": self.kind}):  # names of its parts are random otherwise
            return self._save("svg", paper=True, metadata={"Date": None})

    def _save(self, kind: str, *, paper: bool, **options: Any) -> bytes:
        buffer = io.BytesIO()
        options |= {"facecolor": "white"} if paper else {}
        self.figure.savefig(buffer, format=kind, **options)
        return buffer.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png(paper=True)
