"""One chart: a figure that is drawn once and then updated in place."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any, Protocol, Self

from smmlib.errors import UnknownNameError
from smmlib.language import Language, mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KINDS = {
    "forest": "smmlib.figures.forest:Forest",
    "heatmap": "smmlib.figures.heatmap:Heatmap",
    "posterior": "smmlib.figures.posterior:Posterior",
    "timeline": "smmlib.figures.timeline:Timeline",
    "top_posts": "smmlib.figures.top_posts:TopPosts",
}


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
        self.figure = Figure(layout="constrained")
        self.figure.patch.set_alpha(0)
        FigureCanvasAgg(self.figure)
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

    def png(self, *, paper: bool = False, dpi: float = 110) -> bytes:
        """The picture as PNG, compressed little because speed matters more than size here."""
        return self._save("png", paper=paper, dpi=dpi, pil_kwargs={"compress_level": 1})

    def svg(self) -> bytes:
        """The picture as SVG on white, for documents."""
        return self._save("svg", paper=True, metadata={"Date": None})

    def _save(self, kind: str, *, paper: bool, **options: Any) -> bytes:
        buffer = io.BytesIO()
        background = {"facecolor": "white"} if paper else {}
        self.figure.savefig(buffer, format=kind, **background, **options)
        return buffer.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png(paper=True)
