"""The editor: title, campaign, text, link and labels of the open draft."""

from __future__ import annotations

from html import escape
from zoneinfo import ZoneInfo

import ipywidgets as w

from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel


class DraftEditor(w.VBox):
    """Fields of the open draft. What is typed goes to the model at once."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._title = kit.field(
            w.Text(description=say("Title"), placeholder=say("as the team calls it")), grow=2
        )
        self._campaign = kit.choice(say("Campaign"), self._campaigns())
        self._target = w.Dropdown(description=say("Text for"))
        self._text = w.Textarea(description=say("Text"), rows=8, continuous_update=True)
        self._link = w.Text(description=say("Link"), placeholder="https://")
        self._pillar = w.Combobox(description=say("Content pillar"), continuous_update=False)
        self._product = w.Combobox(description=say("Product"), continuous_update=False)
        self._undo = panel.button(say("Undo"), model.undo, look="small")
        self._redo = panel.button(say("Redo"), model.redo, look="small")
        self._own = panel.button(say("Own text for this account"), self._take_own, look="small")
        self._follow = panel.button(say("Follow the common text"), self._follow_again, look="small")
        self._saved = kit.html("", "smm-note", "smm-saved")
        self._sponsored = w.Checkbox(
            description=say("Advertising or paid for"),
            indent=False,
            tooltip=say("Then the post must say so; the checks look for the label."),
        )
        self._sponsored.add_class("smm-check")
        self._sponsored.add_class("smm-sponsored")
        super().__init__(self._layout())
        self.add_class("smm-stack")
        self._filling = False
        self._listen()
        self.show()

    def _layout(self) -> list[w.Widget]:
        for control in (self._target, self._link, self._pillar, self._product):
            kit.field(control)
        kit.field(self._text, "smm-text")
        return [
            kit.row(self._title, self._campaign),
            kit.row(self._target, self._own, self._follow),
            self._text,
            kit.row(self._undo, self._redo, self._saved),
            kit.row(self._link, self._pillar, self._product),
            self._sponsored,
        ]

    def _listen(self) -> None:
        pairs = {self._title: "title", self._campaign: "campaign", self._link: "link"}
        for control, name in pairs.items():
            control.observe(lambda c, name=name: self._typed(**{name: c["new"] or ""}), "value")
        self._sponsored.observe(lambda c: self._typed(sponsored=c["new"]), "value")
        self._text.observe(lambda c: self._written(c["new"]), "value")
        self._target.observe(lambda c: self._targeted(c["new"]), "value")
        self._pillar.observe(lambda c: self._labelled("pillar", c["new"]), "value")
        self._product.observe(lambda c: self._labelled("product", c["new"]), "value")
        self.model.observe(self.show, names=["draft", "target", "saved_at"])

    def show(self, _change: object = None) -> None:
        """Bring every field up to date with the model."""
        draft = self.model.draft
        if draft is None:
            return
        self._filling = True
        self._target.options = self._targets()
        self._target.value = self.model.target
        kit.put(self._title, draft.title)
        self._campaign.value = draft.campaign if draft.campaign in self._campaign_ids else ""
        own = next((v.text for v in draft.versions if v.account == self.model.target), None)
        kit.put(self._text, draft.text if own is None else own)
        kit.put(self._link, draft.link)
        kit.put(self._sponsored, draft.sponsored)
        kit.put(self._pillar, draft.labels.get("pillar", ""))
        kit.put(self._product, draft.labels.get("product", ""))
        self._filling = False
        follows = bool(self.model.target) and own is None
        self._text.disabled = follows
        kit.show_if(self._own, follows)
        kit.show_if(self._follow, own is not None)
        self._undo.disabled, self._redo.disabled = not self.model.can_undo, not self.model.can_redo
        self._say_saved()

    def reload(self) -> None:
        """Offer the campaigns and labels there are now."""
        self._filling = True
        self._campaign.options = self._campaigns()
        drafts = self.model.workspace.drafts.list()
        for kind, control in (("pillar", self._pillar), ("product", self._product)):
            control.options = tuple(sorted({d.labels.get(kind, "") for d in drafts} - {""}))
        self._filling = False
        self.show()

    def _campaigns(self) -> list[tuple[str, str]]:
        campaigns = self.model.campaigns
        self._campaign_ids = {c.id for c in campaigns}
        return [(self.panel.say("no campaign"), ""), *((c.name, c.id) for c in campaigns)]

    def _targets(self) -> list[tuple[str, str]]:
        wanted = {v.account for v in self.model.draft.versions} if self.model.draft else set()
        accounts = [(self.model.label_of(a), a.id) for a in self.model.accounts if a.id in wanted]
        return [(self.panel.say("all accounts"), ""), *accounts]

    def _say_saved(self) -> None:
        if self.model.saved_at:
            zone = ZoneInfo(self.model.workspace.settings.time_zone)
            when = self.model.saved_at.astimezone(zone).time()
            self._saved.value = escape(self.panel.say("Saved at {when:time}", when=when))

    def _typed(self, **changes: str | bool) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.edit(**changes)

    def _written(self, text: str) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.write(text)

    def _targeted(self, account: str) -> None:
        if not self._filling:
            self.model.target = account or ""

    def _labelled(self, kind: str, value: str) -> None:
        if self._filling or self.model.draft is None:
            return
        others = {k: v for k, v in self.model.draft.labels.items() if k != kind}
        self.model.edit(labels={**others, kind: value.strip()} if value.strip() else others)

    def _take_own(self) -> None:
        if self.model.draft:
            text = self.model.draft.text
            self.model.edit_version(self.model.target, text=text, adapted_from=text)

    def _follow_again(self) -> None:
        self.model.edit_version(self.model.target, text=None, thread=(), adapted_from=None)
