"""A study: choose factors and a design, read what it can tell, have drafts written, take them over."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from smmlib.drafting import FACTORS, Design, VariantSet, explain, factor_name, level_name, notation
from smmlib.errors import SmmError
from smmlib.panels import kit
from smmlib.panels.drafting.phrasebooks_form import PhrasebooksForm
from smmlib.panels.drafting.study_model import StudyModel


class VariantsStudy(w.VBox):
    """Rough drafts from the briefing; nothing reaches the draft before it is taken over."""

    def __init__(self, model: StudyModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        self._make_controls()
        self._explained = kit.html("", "smm-note", "smm-study-explained")
        self._texts = kit.html("", "smm-study-texts")
        self._python = kit.html()
        self.phrasebooks = PhrasebooksForm(model.about.model.workspace, panel, changed=self.show)
        super().__init__(self._layout())
        self.add_class("smm-stack")
        self._listen()

    def show(self) -> None:
        """Bring everything up to date with the model."""
        self._filling = True
        self._formula.options = [(name, name) for name in self.model.formulas]
        self._formula.value = self.model.formula if self.model.formula in self.model.formulas else "AIDA"
        kit.put(self._seed, self.model.seed)
        self._show_designs()
        self._filling = False
        written = self.model.written
        kit.put(self._texts, self._texts_markup(written) if written else self._nothing_yet())
        kit.show_if(self._take, written is not None)
        kit.show_if(self._python, written is not None)
        if written:
            kit.put(self._python, kit.same_in_python(self.panel.say("The same in Python"), self.model.code))

    def _make_controls(self) -> None:
        say = self.panel.say
        self._ticks = {
            name: w.Checkbox(value=name in self.model.chosen, description=say(text), indent=False)
            for name, text in FACTORS.items()
        }
        for tick in self._ticks.values():
            tick.add_class("smm-check")
        self._factors = kit.row(*self._ticks.values())
        self._factors.add_class("smm-study-factors")
        self._own_name = kit.field(w.Text(description=say("A factor of your own"), continuous_update=False))
        self._own = [
            kit.field(w.Text(description=text, continuous_update=False), grow=2)
            for text in (say("Its first phrase"), say("Its second phrase (may be empty)"))
        ]
        self._formula = kit.choice(say("Formula"), [("AIDA", "AIDA")])
        self._seed = kit.field(
            w.BoundedIntText(description=say("Seed"), min=0, max=10**9, value=self.model.seed)
        )
        self._design = kit.choice(say("Study design"), [("–", None)])
        self._write = self.panel.button(say("Write drafts"), self._on_write, look="primary")
        self._other = self.panel.button(say("Other phrases"), self._on_other, look="small")
        self._take = self.panel.button(say("Take over into the draft"), self._on_take, look="small")

    def _layout(self) -> list[w.Widget]:
        hint = self.panel.say(
            "Each text is a rough draft from the phrases of the briefing: it differs in the factors and "
            "in nothing "
            "else. Read and edit it before it goes out."
        )
        books = w.Accordion([self.phrasebooks], selected_index=None)
        books.set_title(0, self.panel.say("Phrasebooks of your own"))
        return [
            kit.html(escape(hint), "smm-note"),
            self._factors,
            kit.row(self._own_name, *self._own),
            kit.row(self._formula, self._design, self._seed),
            self._explained,
            kit.row(self._write, self._other, self._take),
            self._texts,
            self._python,
            books,
        ]

    def _listen(self) -> None:
        for tick in self._ticks.values():
            tick.observe(self._ticked, "value")
        self._own_name.observe(self._own_changed, "value")
        for phrase in self._own:
            phrase.observe(self._own_changed, "value")
        for control, trait in ((self._formula, "formula"), (self._seed, "seed"), (self._design, "fraction")):
            control.observe(lambda change, trait=trait: self._set(trait, change["new"]), "value")
        self.model.observe(lambda _change: self.show(), names=["written"])

    def _show_designs(self) -> None:
        """The designs offered, and what the chosen one can tell."""
        try:
            designs = self.model.designs
        except SmmError as problem:
            kit.put(self._explained, escape(problem.text(self.panel.language)))
            return
        options = [(self._label(design), index or None) for index, design in enumerate(designs)]
        kit.offer(self._design, options or [("–", None)], self.model.fraction)
        self.model.fraction = self._design.value
        chosen = designs[self._design.value or 0] if designs else None
        sentences = explain(chosen, self.panel.language) if chosen else ()
        kit.put(self._explained, "<br>".join(map(escape, sentences)))

    def _label(self, design: Design) -> str:
        count = len(design.runs)
        return self.panel.say("{count} texts ({design})", count=count, design=notation(design))

    def _nothing_yet(self) -> str:
        say = self.panel.say
        return kit.empty(say("No drafts yet"), say("Choose what is to differ, then “Write drafts”."))

    def _texts_markup(self, written: VariantSet) -> str:
        language = self.panel.language
        findings = written.findings()
        cards = []
        for variant in written.variants:
            bad = {str(f.values.get("level_of")) for f in findings if f.values.get("variant") == variant.name}
            badges = " ".join(
                kit.badge(
                    f"{factor_name(name, language)}: {level_name(level, language)}",
                    "bad" if name in bad else "good",
                )
                for name, level in variant.levels.items()
            )
            text = escape(variant.text).replace("\n", "<br>")
            cards.append(
                f'<div class="smm-study-text"><b>{escape(variant.name)}</b> {badges}<p>{text}</p></div>'
            )
        return f'<div class="smm-study-grid">{"".join(cards)}</div>'

    def _ticked(self, _change: object) -> None:
        self.model.chosen = tuple(name for name, tick in self._ticks.items() if tick.value)
        self._settle()

    def _own_changed(self, _change: object) -> None:
        self.model.own_name = self._own_name.value
        self.model.own_phrases = tuple(phrase.value for phrase in self._own)
        self._settle()

    def _set(self, trait: str, value: object) -> None:
        if not self._filling:
            setattr(self.model, trait, value)
            self._settle()

    def _settle(self) -> None:
        """What was written no longer belongs to what is chosen."""
        self.model.written = None
        self.show()

    def _on_write(self) -> None:
        self.model.write()

    def _on_other(self) -> None:
        self.model.seed += 1
        self.model.write()
        self.show()

    def _on_take(self) -> None:
        self.model.take_over()
        self.panel.status.tell(
            self.panel.say(
                "The drafts are the variants of this draft now. “Undo” brings back what was there."
            )
        )
