"""The variants of a draft, side by side: texts, what differs, and whether they may enter a test."""

from __future__ import annotations

from functools import partial
from html import escape

import ipywidgets as w

from smmlib.draft import Variant
from smmlib.drafting import FACTORS, Readiness, factor_name, level_name
from smmlib.language import number
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.study_model import StudyModel
from smmlib.panels.drafting.variants_model import VariantsModel
from smmlib.panels.drafting.variants_study import VariantsStudy

_OWN = "\x00own"
_KINDS = {"error": "bad", "warning": "warn", "notice": "quiet"}


class VariantsGrid(w.VBox):
    """Two texts of one's own first; below, folded, a study that writes more of them."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = VariantsModel(model), panel
        self._filling = False
        self._study_about = ("", "", "")
        self._fields: list[w.Textarea] = []
        self._names: list[w.Text] = []
        self._counts: list[w.HTML] = []
        self._badges: list[w.HTML] = []
        self._make_head()
        self._row = kit.columns(name="smm-variants")
        self._ready = kit.html("", "smm-variants-ready")
        self.study = VariantsStudy(StudyModel(self.model), panel)
        folded = w.Accordion([self.study], selected_index=None)
        folded.set_title(0, panel.say("Study: drafts from the briefing"))
        super().__init__([kit.row(self._factor, self._own), self._row, self._buttons, self._ready, folded])
        self.add_class("smm-stack")

    def show(self) -> None:
        """Bring everything up to date with the model."""
        variants = self.model.variants
        if len(variants) != len(self._fields):
            self._build(len(variants))
        readiness = self.model.readiness
        self._filling = True
        self._show_factors()
        for index, variant in enumerate(variants):
            self._fields[index].description = self.panel.say("Variant {name}", name=variant.name)
            kit.put(self._fields[index], variant.text)
            kit.put(self._names[index], variant.name)
            kit.put(self._counts[index], self._lengths(variant.text))
            kit.put(self._badges[index], self._levels(variant, readiness))
        self._filling = False
        kit.put(self._ready, self._verdict(readiness))
        for part in (self._factor, self._ready):
            kit.show_if(part, bool(variants))
        kit.show_if(self._hint, not variants)
        self._show_study()

    def _show_study(self) -> None:
        """The study does not follow the text: it is drawn again for another draft or account only."""
        draft, account = self.model.model.draft, self.model.account
        about = (draft.id if draft else "", account.id if account else "", self.model.language)
        if about != self._study_about:
            self._study_about = about
            self.study.model.written = None
            self.study.show()

    def _make_head(self) -> None:
        say = self.panel.say
        options = [(say("not declared yet"), ""), *((say(text), name) for name, text in FACTORS.items())]
        self._factor = kit.choice(say("What differs"), [*options, (say("something else"), _OWN)])
        self._own = kit.field(
            w.Text(description=say("What it is"), continuous_update=False), "smm-own-factor"
        )
        self._add = self.panel.button(say("Add variant"), self.model.add, look="small")
        self._add.add_class("smm-add-variant")
        self._hint = kit.html(
            escape(
                say(
                    "Write a second text to test against the first. Change one thing only, then the test "
                    "can say why."
                )
            ),
            "smm-note",
        )
        self._buttons = kit.row(self._add, self._hint)
        self._factor.observe(self._declared, "value")
        self._own.observe(lambda change: self._named(change["new"]), "value")

    def _build(self, count: int) -> None:
        say = self.panel.say
        self._fields = [kit.field(w.Textarea(rows=6), "smm-variant") for _ in range(count)]
        self._names = [
            kit.field(w.Text(description=say("Name"), continuous_update=False)) for _ in range(count)
        ]
        self._counts = [kit.html("", "smm-note") for _ in range(count)]
        self._badges = [kit.html("", "smm-variant-levels") for _ in range(count)]
        parts = []
        for index, control in enumerate(self._fields):
            control.observe(partial(self._typed, index), "value")
            self._names[index].observe(partial(self._renamed, index), "value")
            remove = self.panel.button(
                say("Remove variant"), partial(self.model.drop, index), look="small plain"
            )
            lines = (control, self._badges[index], self._counts[index], kit.row(self._names[index], remove))
            parts.append(kit.stack(*lines))
        self._row.children = tuple(parts)

    def _show_factors(self) -> None:
        factors = self.model.factors
        one = factors[0] if len(factors) == 1 else ""
        own = bool(one) and one not in FACTORS
        kit.put(self._factor, _OWN if own else one)
        kit.put(self._own, one if own else "")
        kit.show_if(self._own, own)
        self._factor.disabled = len(factors) > 1

    def _lengths(self, text: str) -> str:
        lines = []
        for _, network, form in self.model.targets:
            first = network.measures(text, form)[0]
            over = first.remaining is not None and first.remaining < 0
            count, limit = number(first.count, self.panel.language), first.limit
            of = f"{count} / {number(limit, self.panel.language)}" if limit is not None else count
            lines.append(f'<span class="{"smm-bad" if over else ""}">{escape(f"{network.name} {of}")}</span>')
        return " · ".join(lines)

    def _levels(self, variant: Variant, readiness: Readiness) -> str:
        """A badge for each factor: its level, and whether the text has it."""
        found = readiness.of(variant.name)
        held = {str(f.values.get("level_of", "")) for f in found if f.severity == "error"}
        badges = []
        for name in self.model.factors:
            level = level_name(variant.levels.get(name, "–"), self.panel.language)
            good = name not in held and name in variant.levels
            label = f"{'✓' if good else '✗'} {factor_name(name, self.panel.language)}: {level}"
            badges.append(kit.badge(label, "good" if good else "bad"))
        return " ".join(badges)

    def _verdict(self, readiness: Readiness) -> str:
        say, language = self.panel.say, self.panel.language
        if not readiness.variants:
            return ""
        head = (
            kit.badge(say("ready for a test"), "good")
            if readiness.ready
            else kit.badge(say("not ready"), "bad")
        )
        names = {"error": say("error"), "warning": say("warning"), "notice": say("notice")}
        lines = [
            f"<li>{kit.badge(names[finding.severity], _KINDS[finding.severity])}"
            f"<span>{escape(finding.text(language))}</span></li>"
            for finding in readiness.findings
        ]
        return f'{head}<ul class="smm-findings">{"".join(lines)}</ul>'

    def _typed(self, index: int, change: dict[str, str]) -> None:
        if not self._filling:
            self.model.set_text(index, change["new"])

    def _renamed(self, index: int, change: dict[str, str]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.rename(index, change["new"])
            self.show()

    def _declared(self, change: dict[str, str]) -> None:
        if self._filling:
            return
        if change["new"] == _OWN:
            kit.show_if(self._own, True)
        else:
            self.model.declare(change["new"])

    def _named(self, name: str) -> None:
        if not self._filling:
            self.model.declare(name)
