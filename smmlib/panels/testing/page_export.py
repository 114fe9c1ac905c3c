"""Buttons that save the result of a test as one page, to be printed or passed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import ipywidgets as w

from smmlib.figures import Chart
from smmlib.panels import kit
from smmlib.panels.testing.test_model import TestModel

if TYPE_CHECKING:
    from smmlib.experiments import Comparison, SlotComparison

Shown = Callable[[], "tuple[str, Comparison | SlotComparison] | None"]


def page_buttons(
    panel: kit.Panel, model: TestModel, shown: Shown, more: Callable[[], list[Chart]] = list
) -> w.Box:
    """Buttons “One page (HTML)” and “One page (PNG)”.

    Args:
        panel: Panel the buttons stand in.
        model: What the panel knows; gives code and time.
        shown: Gives title and result of what is shown, at the moment of the click; None: nothing.
        more: Further charts for the page.
    """

    def save(kind: str) -> None:
        from smmlib.figures.result_page import result_page

        found = shown()
        if found is None:
            return
        title, result = found
        page = result_page(
            result,
            language=panel.language,
            now=model.workspace.now(),
            title=title,
            extra=more(),
            code=model.code,
        )
        if kind == "html":
            panel.download.save("test.html", page.html().encode(), "text/html")
        else:
            panel.download.save("test.png", page.png(), "image/png")

    return kit.row(
        panel.button(panel.say("One page (HTML)"), lambda: save("html"), look="small"),
        panel.button(panel.say("One page (PNG)"), lambda: save("png"), look="small"),
    )
