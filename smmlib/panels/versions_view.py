"""The common text and the version of every account side by side."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from smmlib.drafting import Survey
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.draft_model import DraftModel
from smmlib.panels.version_column import VersionColumn
from smmlib.panels.versions_model import VersionsModel

_CARD = {
    "title": mark("Page title (og:title)"),
    "description": mark("Description (og:description)"),
    "site": mark("Site name (og:site_name)"),
}


class VersionsView(w.VBox):
    """On the left the text all follow, beside it a column for each account the draft goes to."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = VersionsModel(model), panel
        self._common = CommonText(self.model, panel)
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
        super().__init__([kit.row(all_, kit.html(escape(help_text), "smm-note")), self._board])
        self.add_class("smm-stack")

    def show(self, survey: Survey) -> None:
        """Bring the text, the columns and their counts up to date; what is the same is left alone."""
        self._common.show()
        shown = [row.account for row in survey.rows]
        if shown != [column.account for column in self._columns.values()]:
            self._columns = {a.id: VersionColumn(a, self.model, self.panel) for a in shown}
            columns = tuple(self._columns.values()) or (self._empty,)
            self._board.children = (self._common, *columns)
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


class CommonText(w.VBox):
    """The text all follow, and what networks show of the linked page."""

    def __init__(self, model: VersionsModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        heading = kit.html(f"<h4>{escape(panel.say('Common text'))}</h4>")
        self._text = kit.field(w.Textarea(description=panel.say("Text"), rows=10), "smm-common")
        self._card = {
            name: kit.field(w.Text(description=panel.say(label)), f"smm-page-{name}")
            for name, label in _CARD.items()
        }
        card = w.Accordion([kit.stack(*self._card.values())])
        card.set_title(0, panel.say("Link card"))
        super().__init__([heading, self._text, card])
        self.add_class("smm-stack")
        self.add_class("smm-version")
        self._filling = False
        self._text.observe(lambda change: self._typed(change["new"]), "value")
        for name, control in self._card.items():
            control.observe(lambda change, name=name: self._carded(name, change["new"]), "value")

    def show(self) -> None:
        """Bring the fields up to date with the draft."""
        self._filling = True
        draft = self.model.draft
        kit.put(self._text, draft.text)
        for name, control in self._card.items():
            kit.put(control, getattr(draft.link_card, name))
        self._filling = False

    def _typed(self, text: str) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.model.edit(text=text)

    def _carded(self, name: str, text: str) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.set_link_card(**{name: text})
