"""The page to type or paste figures on that no platform exports."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from smmlib.metrics import load_metrics
from smmlib.panels import kit
from smmlib.panels.response.typing_model import LINK, PUBLISHED, TypingModel

_ROWS = 4
_FIRST = ("impressions", "likes", "comments", "shares", "link_clicks")


class TypingPage(w.VBox):
    """A grid of cells and a field to paste into; both are stored as typed, with author and time.

    Args:
        model: The figures on their way.
        panel: The panel it stands in.
    """

    def __init__(self, model: TypingModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._make_head()
        self._metrics = [self._metric(i, name) for i, name in enumerate(_FIRST)]
        self._rows: list[list[w.Text]] = []
        self._grid = w.GridBox()
        self._grid.add_class("smm-grid")
        self._grid.layout.grid_template_columns = (
            f"minmax(124px, 1.6fr) minmax(132px, 1.3fr) repeat({len(_FIRST)}, minmax(96px, 1fr))"
        )
        for _ in range(_ROWS):
            self._add_row()
        self._report = kit.html("", "smm-typed-report")
        super().__init__([self._typing(), self._pasting(), self._report])
        self.add_class("smm-stack")

    def _typing(self) -> w.Widget:
        """The card with the grid."""
        panel, say = self.panel, self.panel.say
        more = panel.button(say("Another row"), self._add_row, look="plain small")
        store = panel.button(say("Store what was typed"), self._store_grid, look="primary")
        store.add_class("smm-store-typed")
        note = say(
            "A row with link, id or first words is a post; one without belongs to the whole account "
            "and its month. Leave a cell empty when the figure is not known: empty is not zero."
        )
        explained = kit.html(f'<div class="smm-note">{escape(note)}</div>')
        buttons = kit.row(store, more)
        return kit.card(kit.row(*self._head), explained, self._grid, buttons, title=say("Type figures"))

    def _pasting(self) -> w.Widget:
        """The card to paste into."""
        say = self.panel.say
        label = say("Copied cells, with their headings")
        self._paste = kit.field(w.Textarea(description=label, rows=6), "smm-paste")
        paste = self.panel.button(say("Store what was pasted"), self._store_pasted)
        paste.add_class("smm-store-pasted")
        return kit.card(self._paste, kit.row(paste), title=say("Paste from a spreadsheet"))

    def _make_head(self) -> None:
        say, networks = self.panel.say, self.model.workspace.load_networks()
        names = sorted(networks, key=str.casefold)
        controls = {
            "network": w.Combobox(description=say("Network or medium"), options=names, placeholder="xing"),
            "account": w.Text(description=say("Account"), continuous_update=False),
            "author": w.Text(description=say("Typed by"), continuous_update=False),
            "month": w.DatePicker(description=say("Month (any day of it)")),
        }
        self._head = [kit.field(control, f"smm-typed-{name}") for name, control in controls.items()]
        for name, control in controls.items():
            control.observe(lambda c, name=name: setattr(self.model, name, c["new"]), "value")

    def _metric(self, place: int, metric: str) -> w.Dropdown:
        language = self.panel.language
        known = [
            m
            for m in load_metrics().values()
            if m.combine != "rate" and m.unit != "money" and m.id != "posts"
        ]
        options = sorted(((m.label(language), m.id) for m in known), key=lambda pair: pair[0].casefold())
        label = self.panel.say("Column {number}", number=place + 1)
        return kit.choice(label, options, metric)

    def _add_row(self) -> None:
        say = self.panel.say
        number = len(self._rows) + 1
        places = [say("link, id or first words"), "2026-09-15 18:00", *[""] * len(_FIRST)]
        cells = [w.Text(placeholder=text) for text in places]
        for column, cell in enumerate(cells):
            cell.layout.width = "auto"
            kit.field(cell, "smm-cell")
            cell.tooltip = say("Row {row}, column {column}", row=number, column=column + 1)
        self._rows.append(cells)
        heads = [kit.html(f"<b>{escape(text)}</b>") for text in (say("Post"), say("Published"))]
        self._grid.children = (*heads, *self._metrics, *(cell for row in self._rows for cell in row))

    def _store_grid(self) -> None:
        columns = [LINK, PUBLISHED, *(metric.value for metric in self._metrics)]
        rows = [[cell.value for cell in row] for row in self._rows]
        self._store(self.model.read_cells(columns, rows))
        for row in self._rows:
            for cell in row:
                cell.value = ""

    def _store_pasted(self) -> None:
        self._store(self.model.read_pasted(self._paste.value))
        self._paste.value = ""

    def _store(self, rows: object) -> None:
        report = self.model.store(rows)  # type: ignore[arg-type]
        language = self.panel.language
        lines = escape(report.read.text(language))
        self._report.value = f'<div class="smm-verdict" style="white-space:pre-line">{lines}</div>'
        self.panel.status.tell(report.summary(language))
