"""Reading a table of bookings: choose or paste it, say what its columns and names mean, store it."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.panels import kit
from smmlib.panels.planning.booking_import import BookingImport
from smmlib.planning import BOOKING_FIELDS, BOOKING_KINDS

_NUMBERS = (("1,234.5", "en"), ("1.234,5", "de"))
_PREVIEW = 40


class BookingReader(w.VBox):
    """Upload, path or clipboard, then the meaning of each column.

    Args:
        model: The table on its way.
        panel: The panel it stands in.
    """

    def __init__(self, model: BookingImport, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        say = panel.say
        self._upload = w.FileUpload(
            description=say("Choose a file"), accept=".csv,.tsv,.txt,.xlsx,.xls", multiple=False
        )
        self._upload.add_class("smm-booking-upload")
        self._path = kit.field(
            w.Text(description=say("or its path on this computer"), continuous_update=False),
            "smm-booking-path",
            grow=3,
        )
        look = panel.button(say("Look into it"), lambda: self.model.look(self._path.value))
        look.add_class("smm-booking-look")
        self._pasted = kit.field(
            w.Textarea(
                description=say("or rows from a spreadsheet, with their headings"),
                rows=2,
                continuous_update=False,
            ),
            "smm-booking-paste",
        )
        read = panel.button(say("Look into what is pasted"), self._look_at_pasted)
        self._found, self._problems = kit.html("", "smm-found"), kit.html("", "smm-booking-problems")
        self._meanings, self._strangers = kit.stack(), kit.stack()
        self._options = self._make_options()
        self._store = panel.button(say("Import these bookings"), self._import, look="primary")
        self._store.add_class("smm-booking-store")
        leave = panel.button(say("Leave it"), model.drop, look="small")
        self._chosen = kit.stack(
            self._found,
            self._options,
            self._meanings,
            self._strangers,
            self._problems,
            kit.row(self._store, leave),
        )
        paste = kit.row(self._pasted, read)
        super().__init__([kit.row(self._upload, self._path, look), paste, self._chosen])
        self.add_class("smm-stack")
        self._upload.observe(self._uploaded, "value")
        model.observe(self._show, names=["table"])
        model.observe(self._show_meanings, names=["columns"])
        self._show()

    def _make_options(self) -> w.Box:
        say = self.panel.say
        kinds = [(say(text), kind) for kind, text in BOOKING_KINDS.items()]
        self._locale = kit.choice(say("Amounts are written"), [(say("as the rows tell"), ""), *_NUMBERS])
        self._kind = kit.choice(say("Kind, where no column says"), [(say("invoice, or hours"), ""), *kinds])
        self._line = kit.choice(say("Budget line, where no column says"), [("–", "")])
        self._locale.observe(lambda c: setattr(self.model, "locale", c["new"]), "value")
        for field, control in (("kind", self._kind), ("line", self._line)):
            control.observe(partial(self._fix, field), "value")
        return kit.row(self._locale, self._kind, self._line)

    def _fix(self, field: str, change: dict[str, str]) -> None:
        if not self._filling:
            self.model.fixed = {**self.model.fixed, field: change["new"]}

    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        with self.panel.trying():
            self.panel.status.clear()
            file = change["new"][0]
            self.model.look(file["name"], bytes(file["content"]))
        self._upload.value = ()

    def _look_at_pasted(self) -> None:
        self.model.look_at_pasted(self._pasted.value, self.panel.say("pasted table"))

    def _show(self, _change: object = None) -> None:
        model, say, found = self.model, self.panel.say, self.model.table
        kit.show_if(self._chosen, found is not None)
        self._problems.value = ""
        if found is None:
            self._pasted.value = ""
            return
        known = (
            say("The columns are set as you confirmed them last time.")
            if model.remembered
            else say("Please confirm what the columns mean; it is remembered for tables like this.")
        )
        count = self.panel.say_many("{count} row", "{count} rows", len(found.rows))
        self._found.value = f"<b>{escape(found.name)}</b> · {escape(count)}<div>{escape(known)}</div>"
        self._filling = True
        plan = model.model.plan
        lines = [(line.name, line.id) for line in (plan.current.lines if plan else ())]
        kit.offer(self._line, [("–", ""), *lines], model.fixed.get("line", ""))
        kit.put(self._kind, model.fixed.get("kind", ""))
        kit.put(self._locale, model.locale)
        self._filling = False
        self._show_meanings()

    def _show_meanings(self, _change: object = None) -> None:
        """One choice per column, and one per name the plan does not have."""
        model, say, found = self.model, self.panel.say, self.model.table
        if found is None:
            return
        fields = sorted(((say(text), field) for field, text in BOOKING_FIELDS.items()), key=_folded)
        choices = []
        for at, heading in enumerate(found.headings):
            example = str(found.rows[0][at])[:_PREVIEW]
            control = kit.choice(
                heading[:_PREVIEW] or "–", [(say("(leave out)"), ""), *fields], model.columns[heading]
            )
            control.observe(lambda c, heading=heading: model.mean(heading, c["new"]), "value")
            note = say("e.g. {example}", example=example) if example else say("empty")
            choices.append(kit.stack(control, kit.html(f'<div class="smm-note">{escape(note)}</div>')))
        grid = kit.columns(*choices, name="smm-meanings")
        grid.layout.grid_template_columns = "repeat(auto-fill, minmax(190px, 1fr))"
        self._meanings.children = (grid,)
        self._strangers.children = tuple(self._ask_names())

    def _ask_names(self) -> list[w.Widget]:
        """What a name in the table stands for that the plan does not have."""
        plan, say = self.model.model.plan, self.panel.say
        if plan is None:
            return []
        asked = []
        for field, written in self.model.strangers()[:20]:
            things = plan.current.lines if field == "line" else plan.current.channels
            options = [(say("(please choose)"), ""), *((thing.name, thing.id) for thing in things)]
            control = kit.choice(
                say("“{name}” stands for", name=written[:_PREVIEW]),
                options,
                self.model.names.get(field, {}).get(written, ""),
            )
            control.observe(
                lambda c, field=field, written=written: self.model.name(field, written, c["new"]), "value"
            )
            asked.append(control)
        return [kit.row(*asked)] if asked else []

    def _import(self) -> None:
        self._problems.value = ""
        sheet = self.model.store()
        self.panel.status.tell(
            self.panel.say_many(
                "{count} booking read from {name}.",
                "{count} bookings read from {name}.",
                len(sheet.bookings),
                name=sheet.name,
            )
        )


def _folded(pair: tuple[str, str]) -> str:
    return pair[0].casefold()
