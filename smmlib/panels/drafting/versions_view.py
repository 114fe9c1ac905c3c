"""The versions of all accounts side by side; the text they follow stands in the editor above them."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from smmlib.drafting import Survey
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.version_column import VersionColumn
from smmlib.panels.drafting.versions_model import VersionsModel

_CARD = {
    "title": mark("Page title (og:title)"),
    "description": mark("Description (og:description)"),
    "site": mark("Site name (og:site_name)"),
}


class VersionsView(w.VBox):
    """A column for each account the draft goes to, and what networks show of the linked page."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = VersionsModel(model), panel
        self._link_card = LinkCardForm(self.model, panel)
        self._columns: dict[str, VersionColumn] = {}
        self._board = kit.columns(name="smm-versions")
        help_text = panel.say(
            "Every account follows the common text until it gets its own. “Adapt” makes one that fits: "
            "whole, as a thread or shortened. When the common text changes later, what has drifted says so."
        )
        all_ = panel.button(panel.say("Adapt all"), self._adapt_all, look="primary small")
        all_.add_class("smm-adapt-all")
        empty = kit.empty(
            panel.say("No account chosen"), panel.say("Tick an account to see what goes there.")
        )
        self._empty = kit.html(empty)
        self._board.children = (self._empty,)
        super().__init__(
            [kit.row(all_, kit.html(escape(help_text), "smm-note")), self._board, self._link_card]
        )
        self.add_class("smm-stack")

    def show(self, survey: Survey) -> None:
        """Bring the columns and their counts up to date; what is the same is left alone."""
        self._link_card.show()
        shown = [row.account for row in survey.rows]
        if shown != [column.account for column in self._columns.values()]:
            self._columns = {a.id: VersionColumn(a, self.model, self.panel) for a in shown}
            self._board.children = tuple(self._columns.values()) or (self._empty,)
        for row in survey.rows:
            self._columns[row.account.id].show(row)

    def _adapt_all(self) -> None:
        wanted = len(self.model.draft.versions)
        done = self.model.adapt_all()
        self._show_notes()
        if done < wanted:
            self.panel.status.fail(
                self.panel.say(
                    "{done} of {wanted} adapted; the others say why not.", done=done, wanted=wanted
                )
            )
        elif wanted:
            self.panel.status.tell(
                self.panel.say_many("{count} version adapted.", "{count} versions adapted.", done)
            )

    def _show_notes(self) -> None:
        for column in self._columns.values():
            column.show_note()


class LinkCardForm(w.VBox):
    """What networks show of the linked page, folded away."""

    def __init__(self, model: VersionsModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._fields = {
            name: kit.field(w.Text(description=panel.say(label)), f"smm-page-{name}")
            for name, label in _CARD.items()
        }
        folded = w.Accordion([kit.stack(*self._fields.values())], selected_index=None)
        folded.set_title(0, panel.say("Link card"))
        super().__init__([folded])
        self._filling = False
        for name, control in self._fields.items():
            control.observe(lambda change, name=name: self._typed(name, change["new"]), "value")

    def show(self) -> None:
        """Bring the fields up to date with the draft."""
        self._filling = True
        for name, control in self._fields.items():
            kit.put(control, getattr(self.model.draft.link_card, name))
        self._filling = False

    def _typed(self, name: str, text: str) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.set_link_card(**{name: text})
