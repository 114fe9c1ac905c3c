"""The variants of a draft, side by side."""

from __future__ import annotations

from functools import partial
from html import escape

import ipywidgets as w

from smmlib.language import number
from smmlib.panels import kit
from smmlib.panels.draft_model import DraftModel


class DraftVariants(w.VBox):
    """The variants side by side, each with its own text."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._add = panel.button(panel.say("Add variant"), model.add_variant, look="small")
        self._add.add_class("smm-add-variant")
        hint = panel.say(
            "Write a second text to test against the first. Change one thing only, then the test can say why."
        )
        self._hint = kit.html(escape(hint), "smm-note")
        self._fields: list[w.Textarea] = []
        self._counts: list[w.HTML] = []
        self._row = kit.columns(name="smm-variants")
        super().__init__([self._row, kit.row(self._add, self._hint)])
        self.add_class("smm-stack")
        self._filling = False

    def show(self) -> None:
        """Bring the fields up to date with the model."""
        variants = self.model.draft.variants if self.model.draft else ()
        if len(variants) != len(self._fields):
            self._build(len(variants))
        self._filling = True
        for control, counts, variant in zip(self._fields, self._counts, variants, strict=True):
            control.description = self.panel.say("Variant {name}", name=variant.name)
            kit.put(control, variant.text)
            kit.put(counts, self._lengths(variant.text))
        self._filling = False
        kit.show_if(self._hint, not variants)

    def _build(self, count: int) -> None:
        self._fields = [kit.field(w.Textarea(rows=5), "smm-variant") for _ in range(count)]
        self._counts = [kit.html("", "smm-note") for _ in range(count)]
        parts = []
        for index, control in enumerate(self._fields):
            control.observe(partial(self._typed, index), "value")
            drop = partial(self.model.drop_variant, index)
            remove = self.panel.button(self.panel.say("Remove variant"), drop, look="small plain")
            parts.append(kit.stack(control, self._counts[index], kit.row(remove)))
        self._row.children = tuple(parts)

    def _lengths(self, text: str) -> str:
        wanted = {v.account: v.format for v in self.model.draft.versions} if self.model.draft else {}
        lines = []
        for account in self.model.accounts:
            network = self.model.network_of(account)
            if account.id in wanted and network is not None:
                first = network.measures(text, wanted[account.id])[0]
                over = first.remaining is not None and first.remaining < 0
                count, limit = number(first.count, self.panel.language), first.limit
                of = f"{count} / {number(limit, self.panel.language)}" if limit is not None else count
                lines.append(
                    f'<span class="{"smm-bad" if over else ""}">{escape(f"{network.name} {of}")}</span>'
                )
        return " · ".join(lines)

    def _typed(self, index: int, change: dict[str, str]) -> None:
        if not self._filling:
            self.model.write_variant(index, change["new"])
