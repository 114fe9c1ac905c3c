"""The page to import exports on: choose a file, confirm what its columns mean, read the report, undo."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from smmlib.language import mark, translated
from smmlib.metrics import load_metrics
from smmlib.networks import account_label
from smmlib.panels import kit
from smmlib.panels.response.import_model import ImportModel
from smmlib.panels.tables import table
from smmlib.response.formats import FIELDS

_PREVIEW = 40
_NUMBERS = (("1,234.5", "en"), ("1.234,5", "de"))
_ORDERS = {"": mark("leave such dates out"), "day": mark("day first"), "month": mark("month first")}
_FIRST = {"": None, "day": True, "month": False}


class ImportPage(w.VBox):
    """Upload or path, then the columns where the format is not known, then the report.

    Args:
        model: The file on its way.
        panel: The panel it stands in.
    """

    def __init__(self, model: ImportModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._make_options()
        super().__init__([self._new(), self._old()])
        self.add_class("smm-stack")
        self._upload.observe(self._uploaded, "value")
        model.observe(self._show_file, names=["name"])
        model.observe(self._show_past, names=["stored"])
        self._show_file()
        self._show_past()

    def _new(self) -> w.Widget:
        """The card for a file that is to be imported."""
        panel, say = self.panel, self.panel.say
        self._upload = w.FileUpload(
            description=say("Choose a file"), accept=".csv,.tsv,.txt,.xlsx,.xls", multiple=False
        )
        self._upload.add_class("smm-upload")
        self._path = kit.field(
            w.Text(description=say("or its path on this computer"), continuous_update=False),
            "smm-path",
            grow=3,
        )
        look = panel.button(say("Look into it"), self._look_at_path)
        look.add_class("smm-look")
        self._found = kit.html("", "smm-found")
        self._meanings = kit.stack()
        self._store = panel.button(say("Import this file"), self._import, look="primary")
        self._store.add_class("smm-import")
        self._report = kit.html("", "smm-report")
        self._chosen = kit.stack(self._found, self._options, self._meanings, kit.row(self._store))
        choose = kit.row(self._upload, self._path, look)
        return kit.card(choose, self._chosen, self._report, title=say("Import an export"))

    def _old(self) -> w.Widget:
        """The card with the imports so far."""
        say = self.panel.say
        self._past, self._past_table = kit.choice(say("Import"), []), kit.html("", "smm-imports")
        self._undo = self.panel.button(say("Take this import back"), self._take_back, look="small")
        return kit.card(self._past_table, kit.row(self._past, self._undo), title=say("Imports so far"))

    def _make_options(self) -> None:
        say, networks = self.panel.say, self.model.workspace.load_networks()
        names = sorted(((n.name, n.id) for n in networks.values()), key=lambda pair: pair[0].casefold())
        accounts = [
            (account_label(a, networks.get(a.network)), a.id) for a in self.model.workspace.accounts.list()
        ]
        self._network = kit.choice(say("Network"), [(say("as the file says"), ""), *names])
        self._account = kit.choice(say("Account"), [(say("as the file says"), ""), *accounts])
        self._locale = kit.choice(say("Numbers are written"), [(say("as the format does"), ""), *_NUMBERS])
        self._order = kit.choice(
            say("Dates such as 04/12"), [(say(text), value) for value, text in _ORDERS.items()]
        )
        self._order.add_class("smm-import-day-first")
        self._order.observe(lambda c: setattr(self.model, "day_first", _FIRST[c["new"]]), "value")
        self._options = kit.row(self._network, self._account, self._locale, self._order)
        for name, control in (
            ("network", self._network),
            ("account", self._account),
            ("locale", self._locale),
        ):
            control.add_class(f"smm-import-{name}")
            control.observe(lambda c, name=name: setattr(self.model, name, c["new"]), "value")

    # --- a file comes in
    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        with self.panel.trying():
            self.panel.status.clear()
            file = change["new"][0]
            self.model.look(file["name"], bytes(file["content"]))
        self._upload.value = ()

    def _look_at_path(self) -> None:
        self.model.look(self._path.value)

    def _show_file(self, _change: object = None) -> None:
        model, say = self.model, self.panel.say
        kit.show_if(self._chosen, bool(model.name) and model.suggestion is not None)
        self._report.value = ""
        if not model.name or model.suggestion is None:
            return
        if model.recognised:
            words = say(
                "Recognised as: {format}. Nothing needs to be set.",
                format=translated(model.recognised, self.panel.language),
            )
        elif model.remembered:
            words = say("A table of your own; the columns are set as you confirmed them last time.")
        else:
            words = say("A table that is not known yet. Please confirm what its columns mean.")
        self._found.value = f"<b>{escape(model.name)}</b><div>{escape(words)}</div>"
        for control, value in (
            (self._network, model.network),
            (self._account, model.account),
            (self._locale, model.locale),
        ):
            control.value = value if value in [v for _, v in control.options] else control.options[0][1]
        self._order.value = next(name for name, first in _FIRST.items() if first is model.day_first)
        unsaid = say("as the format does") if model.recognised else say("please choose")
        kit.offer(self._locale, [(unsaid, ""), *_NUMBERS], model.locale)
        self._meanings.children = () if model.recognised else tuple(self._columns())

    def _columns(self) -> list[w.Widget]:
        """One line per column: heading, an example, what it means."""
        say, language = self.panel.say, self.panel.language
        assert self.model.suggestion is not None
        metrics = [
            (m.label(language), m.id)
            for m in load_metrics().values()
            if m.combine != "rate" and m.id != "posts"
        ]
        fields = [(say(text), id) for id, text in FIELDS.items()]
        options = [(say("(leave out)"), ""), *fields, *sorted(metrics, key=lambda pair: pair[0].casefold())]
        lines: list[w.Widget] = []
        for heading, _, example in self.model.suggestion.to_frame().itertuples(index=False):
            meaning = self.model.columns.get(heading, "")
            own = options if meaning in [v for _, v in options] else [*options, (meaning, meaning)]
            choose = kit.choice(heading[:_PREVIEW], own, meaning)
            choose.observe(lambda c, heading=heading: self._mean(heading, c["new"]), "value")
            note = say("e.g. {example}", example=example[:_PREVIEW]) if example else say("empty")
            lines.append(kit.stack(choose, kit.html(f'<div class="smm-note">{escape(note)}</div>')))
        grid = kit.columns(*lines, name="smm-meanings")
        grid.layout.grid_template_columns = "repeat(auto-fill, minmax(210px, 1fr))"
        return [grid]

    def _mean(self, heading: str, meaning: str) -> None:
        self.model.columns = {**self.model.columns, heading: meaning}

    # --- and is stored
    def _import(self) -> None:
        self.panel.status.tell(self.panel.say("Reading …"))
        report = self.model.store()
        language = self.panel.language
        lines = escape(report.read.text(language))
        self._report.value = f'<div class="smm-verdict" style="white-space:pre-line">{lines}</div>'
        self.panel.status.tell(report.summary(language))

    def _show_past(self, _change: object = None) -> None:
        say, language = self.panel.say, self.panel.language
        rows = self.model.imports()
        kit.show_if(self._undo, bool(len(rows)))
        kit.show_if(self._past, bool(len(rows)))
        standing = self.model.standing(language)
        kit.offer(self._past, standing, standing[0][1] if standing else None)
        if rows.empty:
            self._past_table.value = kit.empty(
                say("Nothing imported yet"),
                say("Choose a file above. Nothing is stored before you click “Import this file”."),
            )
            return
        undone = rows["undone_at"].notna()
        typed = rows["source"] == "typed"
        shown = rows.assign(
            source=rows["source"].mask(typed, say("typed figures")),
            state=[say("taken back") if gone else say("counts") for gone in undone],
        )
        headers = {"source": say("File"), "at": say("When"), "author": say("By"), "added": say("New values")}
        headers |= {"corrected": say("Corrected"), "posts": say("Posts"), "state": say("State")}
        self._past_table.value = table(shown, language, headers=headers)

    def _take_back(self) -> None:
        if self._past.value:
            self.model.undo(self._past.value)
            self.panel.status.tell(self.panel.say("The import was taken back; its original file is kept."))
