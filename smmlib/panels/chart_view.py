"""A chart in a panel, with its caption and the ways to take it along."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w
import pandas as pd

from smmlib.figures import Chart
from smmlib.panels import kit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ChartView(w.VBox):
    """A chart that is drawn once and updated in place, above a caption.

    Args:
        kind: Kind of chart; see `smmlib.figures.Chart`.
        panel: The panel it stands in; gives the language.
    """

    def __init__(self, kind: str, panel: kit.Panel) -> None:
        self.chart = Chart(kind, language=panel.language)
        self._image = w.Image(format="png")
        self._caption = kit.html("", "smm-note")
        super().__init__([self._image, self._caption])
        self.add_class("smm-chart")
        self.add_class(f"smm-chart-{kind}")

    def show(self, result: object, caption: str = "") -> None:
        """Draw `result`; `caption` says period, filters and sample size (plain text)."""
        self.chart.update(result)
        self._image.value = self.chart.png()
        words = f'<span class="smm-sr" role="img" aria-label="{escape(self.chart.alt)}"></span>'
        self._caption.value = f"{words}<span>{escape(caption)}</span>"


def export_bar(
    panel: kit.Panel, stem: str, rows: Callable[[], pd.DataFrame], view: ChartView | None = None
) -> w.Box:
    """Buttons that save the rows as CSV and XLSX and, with a chart, the picture as PNG and SVG.

    Args:
        panel: Panel the buttons stand in.
        stem: File name without its ending.
        rows: Gives the rows behind what is shown, at the moment of the click.
        view: Chart to offer as a picture.
    """

    def csv() -> None:
        from smmlib.response.exporting import to_csv

        panel.download.save(f"{stem}.csv", to_csv(rows(), panel.language), "text/csv")

    def xlsx() -> None:
        from smmlib.response.exporting import to_xlsx

        panel.download.save(f"{stem}.xlsx", to_xlsx(rows()), XLSX)

    buttons = [panel.button("CSV", csv, look="small"), panel.button("XLSX", xlsx, look="small")]
    if view is not None:
        chart = view.chart
        buttons += [
            panel.button(
                "PNG",
                lambda: panel.download.save(f"{stem}.png", chart.png(paper=True, dpi=200), "image/png"),
                look="small",
            ),
            panel.button(
                "SVG", lambda: panel.download.save(f"{stem}.svg", chart.svg(), "image/svg+xml"), look="small"
            ),
        ]
    return kit.row(*buttons)
