"""The chosen media file: what was taken out, what has to be known to use it, where it is used."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from smmlib.asset import AI_ORIGINS, CONSENTS, Asset
from smmlib.panels import kit
from smmlib.panels.drafting.media_marks import badges, facts, small_picture
from smmlib.panels.drafting.media_model import MediaModel


class MediaDetails(w.VBox):
    """All that is known about one file, to be read and changed; every change is kept at once.

    Args:
        model: The files and the chosen one.
        panel: The panel it stands in.
    """

    def __init__(self, model: MediaModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._head, self._state = kit.html(), kit.html()
        self._hint = kit.html(
            kit.empty(say("No file chosen"), say("Choose one on the left to see and change what is known."))
        )
        self._controls = self._make_controls()
        self._filling = False
        for name, control in self._controls.items():
            control.add_class(f"smm-media-{name}")
            control.observe(lambda c, name=name: self._typed(name, c["new"]), "value")
        self._undo = panel.button(say("Undo"), self._step_back, look="small")
        self._sure = w.Checkbox(description=say("Yes, delete the file for good"), indent=False)
        self._sure.add_class("smm-check")
        self._delete = panel.button(say("Delete the file"), self._delete_file, look="small")
        self._sure.observe(lambda c: setattr(self._delete, "disabled", not c["new"]), "value")
        self._form = self._layout()
        super().__init__([self._hint, self._form])
        self.add_class("smm-stack")

    def _make_controls(self) -> dict[str, w.Widget]:
        say = self.panel.say
        controls = {
            "alt_text": w.Textarea(description=say("Alt text"), rows=2, continuous_update=False),
            "licence": w.Text(description=say("Licence or agreement"), continuous_update=False),
            "licence_until": w.DatePicker(description=say("May be used until (empty: without end)")),
            "source": w.Text(description=say("Source"), continuous_update=False),
            "consent": w.Dropdown(
                description=say("Persons shown"), options=[(say(text), id) for id, text in CONSENTS.items()]
            ),
            "persons": w.Text(description=say("Who is shown"), continuous_update=False),
            "ai_origin": w.Dropdown(
                description=say("AI"), options=[(say(text), id) for id, text in AI_ORIGINS.items()]
            ),
            "creator": w.Text(description=say("Creator"), continuous_update=False),
            "copyright": w.Text(description=say("Copyright notice"), continuous_update=False),
            "credit": w.Text(description=say("Credit line"), continuous_update=False),
        }
        return {name: kit.field(control) for name, control in controls.items()}

    def _layout(self) -> w.Widget:
        c, panel = self._controls, self.panel
        use = panel.button(panel.say("Use in the open draft"), self._use, look="primary")
        use.add_class("smm-media-use")
        remove = panel.button(panel.say("Take off the list"), self._remove, look="small")
        return kit.card(
            self._head,
            self._state,
            kit.row(use, self._undo, remove),
            c["alt_text"],
            kit.row(c["licence"], c["licence_until"]),
            kit.row(c["source"], c["ai_origin"]),
            kit.row(c["consent"], c["persons"]),
            kit.row(c["creator"], c["copyright"], c["credit"]),
            kit.row(self._sure, self._delete),
        )

    def show(self) -> None:
        """Bring every field up to date with the chosen file."""
        asset = self.model.asset
        kit.show_if(self._hint, asset is None)
        kit.show_if(self._form, asset is not None)
        if asset is None:
            return
        self._filling = True
        for name, control in self._controls.items():
            kit.put(control, getattr(asset, name))
        self._sure.value, self._delete.disabled = False, True
        self._filling = False
        self._undo.disabled = not self.model.can_undo
        kit.put(self._head, self._head_markup(asset))
        kit.put(self._state, self._state_markup(asset))

    def _head_markup(self, asset: Asset) -> str:
        told = f"<b>{escape(asset.name)}</b><div>{escape(facts(asset, self.panel))}</div>"
        return (
            f'<div class="smm-media-head">{small_picture(self.model.picture(asset), asset)}'
            f"<div>{told}{badges(self.model, asset, self.panel)}</div></div>"
        )

    def _state_markup(self, asset: Asset) -> str:
        say, language = self.panel.say, self.panel.language
        lines = [("bad", problem.text(language)) for problem in self.model.problems(asset)]
        lines += [("warn", say(remark)) for remark in asset.remarks]
        gone = ", ".join(say(word) for word in asset.removed)
        lines.append(
            ("quiet", say("Taken out: {removed}.", removed=gone) if gone else say("Nothing taken out."))
        )
        drafts = ", ".join(draft.name or draft.id for draft in self.model.used_in(asset))
        lines.append(
            ("quiet", say("Used in: {drafts}.", drafts=drafts) if drafts else say("Used nowhere yet."))
        )
        items = "".join(f'<li class="smm-{kind}">{escape(text)}</li>' for kind, text in lines)
        return f'<ul class="smm-media-state">{items}</ul>'

    def _typed(self, name: str, value: Any) -> None:
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            self.model.describe(**{name: value})

    def _use(self) -> None:
        self.model.use()
        self.panel.status.tell(self.panel.say("The file is in the open draft now."))

    def _step_back(self) -> None:
        self.model.undo()

    def _remove(self) -> None:
        self.model.remove()
        self.panel.status.tell(self.panel.say("Taken off the list. “Bring back” brings it back."))

    def _delete_file(self) -> None:
        if self._sure.value:
            self.model.delete()
            self.panel.status.tell(self.panel.say("The file is deleted; backups may still hold it."))
