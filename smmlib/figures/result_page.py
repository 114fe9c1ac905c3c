"""The result of one test on one page, to print, to send round or to put on a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from smmlib.errors import InvalidValueError
from smmlib.experiments.comparison import Comparison
from smmlib.experiments.slots import SlotComparison
from smmlib.figures.chart import Chart
from smmlib.figures.result_html import page_html
from smmlib.figures.result_picture import page_png
from smmlib.figures.result_words import PageWords, page_words
from smmlib.language import Language, mark


@dataclass(frozen=True, eq=False)
class ResultPage:
    """One page; make it with `result_page`.

    Attributes:
        words: What stands on it.
        charts: What is drawn on it, the main chart first.
        code: Python that leads to the result, or empty.
        language: Language of the page.
    """

    words: PageWords
    charts: tuple[Chart, ...]
    code: str
    language: Language

    @property
    def alt(self) -> str:
        """The page in words, to go with its picture."""
        return self.words.alt

    def html(self) -> str:
        """A file of its own: it loads nothing, runs nothing, and prints on one sheet of A4."""
        return page_html(self.words, self.charts, self.code, self.language)

    def png(self, dpi: float = 200) -> bytes:
        """A picture of an A4 page, upright; charts there is no room for are left to the HTML."""
        return page_png(self.words, self.charts, dpi)


def result_page(  # noqa: PLR0913
    result: Comparison | SlotComparison,
    *,
    language: Language,
    now: datetime,
    title: str = "",
    design: str = "",
    plan_text: str = "",
    extra: Sequence[Chart] = (),
    code: str = "",
) -> ResultPage:
    """Put the result of one test on a page: verdict, chart, table of variants, what it rests on.

    Args:
        result: One test.
        language: Language of the page.
        now: When it is made, with its zone; the page says so.
        title: What the test is called; empty: its name.
        design: How it was run, in words; empty: those of its design.
        plan_text: What was planned, for example `TestPlan.text`.
        extra: More charts, already drawn in `language`.
        code: Python that leads to the result, for the HTML.

    Raises:
        InvalidValueError: `result` holds no test, or several.
    """
    if isinstance(result, Comparison) and len(result.tests) != 1:
        raise InvalidValueError(
            mark(
                "The result holds {count} tests, but a page shows one: choose it with result.only(name) and "
                "make a page of that."
            ),
            count=len(result.tests),
        )
    kind = "forest" if isinstance(result, Comparison) else "slot_pairs"
    main = Chart(kind, language=language).update(result)
    words = page_words(result, language, title=title, design=design, plan_text=plan_text, now=now)
    return ResultPage(words, (main, *extra), code, language)
