"""The list of drafts: search it, open one, label many."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import ipywidgets as w

from smmlib.draft import Draft
from smmlib.language import short_day
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel, published, when

KINDS = ("pillar", "product")


class DraftList(w.VBox):
    """Search field, list and labels. One chosen draft opens; several can be labelled together."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._search = kit.field(
            w.Text(description=say("Search drafts"), placeholder=say("word, label, account"))
        )
        self._search.add_class("smm-search")
        self._campaign = kit.choice(say("Campaign"), self._campaigns())
        self._list = kit.field(w.SelectMultiple(description=say("Drafts"), rows=16), "smm-drafts")
        self._count = kit.html("", "smm-note")
        self._new = panel.button(say("New draft"), model.new, look="primary")
        self._new.add_class("smm-new")
        self._remove = panel.button(say("Remove"), model.remove, tip=say("Takes the open draft off the list"))
        self._back = panel.button(say("Bring back"), model.bring_back, look="small plain")
        super().__init__(
            [
                kit.row(self._new, self._remove, self._back),
                self._search,
                self._campaign,
                self._list,
                self._count,
                self._labels(),
            ]
        )
        self.add_class("smm-stack")
        self._filling = False
        self._search.observe(self._search_typed, "value")
        self._campaign.observe(self._campaign_chosen, "value")
        self._list.observe(self._chosen, "value")
        model.observe(self.show, names=["shown", "draft"])
        self.show()

    def show(self, _change: object = None) -> None:
        """Bring the list up to date."""
        self._filling = True
        drafts = self.model.shown
        zone = ZoneInfo(self.model.workspace.settings.time_zone)
        self._list.options = [(self._line(d, zone), d.id) for d in drafts]
        open_id = self.model.draft.id if self.model.draft else ""
        if any(d.id == open_id for d in drafts):
            self._list.value = (open_id,)
        self._filling = False
        count = self.panel.say_many("{count} draft", "{count} drafts", len(drafts))
        self._count.value = f"{count} · ✎ {self.panel.say('open')} · ✓ {self.panel.say('published')}"
        self._remove.disabled = self.model.draft is None
        kit.show_if(self._back, self.model.can_bring_back)

    def reload(self) -> None:
        """Offer the campaigns there are now."""
        chosen = self._campaign.value
        options = self._campaigns()
        self._campaign.options = options
        self._campaign.value = chosen if chosen in [v for _, v in options] else ""

    def _campaigns(self) -> list[tuple[str, str]]:
        return [(self.panel.say("All campaigns"), ""), *((c.name, c.id) for c in self.model.campaigns)]

    def _line(self, draft: Draft, zone: ZoneInfo) -> str:
        planned = when(draft)
        mark = "✓" if published(draft) else "✎"
        day = f"{short_day(planned.astimezone(zone), self.panel.language)} " if planned else ""
        return f"{mark} {day}{draft.name or self.panel.say('(empty draft)')}"

    def _labels(self) -> w.Widget:
        say = self.panel.say
        known = {"pillar": say("Content pillar"), "product": say("Product")}
        self._kind = kit.choice(say("Label"), [(known[k], k) for k in KINDS])
        self._value = kit.field(
            w.Combobox(description=say("Value"), ensure_option=False, continuous_update=False)
        )
        self._kind.observe(self._offer_values, "value")
        self._offer_values()
        give = self.panel.button(say("Label the chosen drafts"), self._label, look="small")
        hint = kit.html(
            say("Choose several drafts with Shift or Ctrl. An empty value takes the label away."), "smm-note"
        )
        box = w.Accordion([kit.stack(kit.row(self._kind, self._value), give, hint)], selected_index=None)
        box.set_title(0, say("Label many"))
        return box

    def _offer_values(self, _change: object = None) -> None:
        values = {d.labels.get(self._kind.value, "") for d in self.model.workspace.drafts.list()}
        self._value.options = tuple(sorted(values - {""}))

    def _label(self) -> None:
        changed = self.model.label(tuple(self._list.value), self._kind.value, self._value.value.strip())
        self._offer_values()
        self.panel.status.tell(
            self.panel.say_many("{count} draft labelled.", "{count} drafts labelled.", changed)
        )

    def _search_typed(self, change: dict[str, str]) -> None:
        self.model.query = change["new"]

    def _campaign_chosen(self, change: dict[str, str]) -> None:
        self.model.campaign_only = change["new"] or ""

    def _chosen(self, _change: object) -> None:
        chosen = self._list.value
        open_id = self.model.draft.id if self.model.draft else ""
        if not self._filling and len(chosen) == 1 and chosen[0] != open_id:
            with self.panel.trying():
                self.panel.status.clear()
                self.model.open(chosen[0])
