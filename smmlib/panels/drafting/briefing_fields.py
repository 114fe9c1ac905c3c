"""Controls of the briefing form that show more than one value: offer, phrases with cases, reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as w
import traitlets as t

from smmlib.campaign import ROLES
from smmlib.language import Language, mark
from smmlib.message_house import KeyDate, NounPhrase, Offer, Percentage, Price, Wording
from smmlib.panels import kit
from smmlib.panels.row_list import Column, RowList

CASES = {"nominative": mark("Nominative"), "accusative": mark("Accusative"), "dative": mark("Dative")}

PHRASES: dict[Language, dict[str, tuple[str, tuple[str, ...]]]] = {
    "de": {
        "offer": (mark("Offer"), ("das neue Lastenrad", "das neue Lastenrad", "dem neuen Lastenrad")),
        "benefit": (mark("Benefit"), ("ein trockener Weg", "einen trockenen Weg", "einem trockenen Weg")),
        "problem": (mark("Problem"), ("der tägliche Stau", "den täglichen Stau", "dem täglichen Stau")),
        "audience": (mark("Audience"), ("junge Familien", "junge Familien", "jungen Familien")),
    },
    "en": {
        "offer": (mark("Offer"), ("the new cargo bike",)),
        "benefit": (mark("Benefit"), ("a dry way to school",)),
        "problem": (mark("Problem"), ("the daily traffic jam",)),
        "audience": (mark("Audience"), ("young families",)),
    },
}
"""What each phrase is called, with an example in each case the language has."""

LANGUAGE_NAMES: dict[Language, str] = {"de": "Deutsch", "en": "English"}


class OfferField(w.VBox):
    """Name of the offer, and rows for its prices, days and percentages."""

    value = t.Instance(Offer)

    def __init__(self, panel: kit.Panel) -> None:
        say = panel.say
        label = Column("label", say("What it is"), grow=3)
        currency = Column("currency", say("Currency"), example="EUR", grow=0.5)
        amount = Column("amount", say("Price"), "amount", required=True)
        first = Column("day", say("Day"), "day", required=True)
        last = Column("until", say("Until (of a span)"), "day")
        share = Column("value", say("Per cent"), "amount", "20", required=True)
        self._parts: dict[str, w.Widget] = {
            "name": kit.field(
                w.Text(description=say("Name of the offer"), continuous_update=False), "smm-offer-name"
            ),
            "prices": RowList(panel, Price, (label, amount, currency), add=say("Add price")),
            "dates": RowList(panel, KeyDate, (label, first, last), add=say("Add day")),
            "percentages": RowList(panel, Percentage, (label, share), add=say("Add percentage")),
        }
        super().__init__(list(self._parts.values()), value=Offer())
        self.add_class("smm-stack")
        self._filling = False
        self.observe(self._show, "value")
        for name, part in self._parts.items():
            part.observe(lambda c, name=name: self._typed(name, c["new"]), "value")

    def forget(self) -> None:
        """Drop rows that were never complete."""
        for part in self._parts.values():
            if isinstance(part, RowList):
                part.forget()

    def _show(self, change: dict[str, Any]) -> None:
        self._filling = True
        for name, part in self._parts.items():
            part.value = getattr(change["new"], name)
        self._filling = False

    def _typed(self, name: str, value: object) -> None:
        if not self._filling:
            self.value = self.value.replace(**{name: value})


class PhraseLine(w.VBox):
    """A noun phrase in its cases, and whether verbs follow in the plural.

    Args:
        panel: Panel it stands in.
        label: What it is.
        examples: One for each case the language has.
    """

    value = t.Instance(NounPhrase, allow_none=True)

    def __init__(self, panel: kit.Panel, label: str, examples: tuple[str, ...]) -> None:
        self._panel = panel
        labels = [panel.say(case) for case in CASES.values()] if len(examples) > 1 else [panel.say("Phrase")]
        self._cells = {
            case: kit.field(
                w.Text(description=text, placeholder=example, continuous_update=False), f"smm-{case}"
            )
            for case, text, example in zip(CASES, labels, examples, strict=False)
        }
        self._plural = w.Checkbox(description=panel.say("plural"), indent=False)
        self._plural.add_class("smm-check")
        self._note = kit.html("", "smm-field-note")
        heading = kit.html(f"<b>{escape(label)}</b>", "smm-phrase-name")
        super().__init__([kit.row(heading, *self._cells.values(), self._plural), self._note])
        self.add_class("smm-phrase")
        self._filling = False
        self.observe(self._show, "value")
        for control in (*self._cells.values(), self._plural):
            control.observe(self._typed, "value")

    def _show(self, change: dict[str, Any]) -> None:
        phrase, self._filling = change["new"], True
        for case, cell in self._cells.items():
            cell.value = getattr(phrase, case) if phrase else ""
        self._plural.value = bool(phrase and phrase.plural)
        self._filling = False

    def _typed(self, _change: object) -> None:
        if self._filling:
            return
        cases = {case: cell.value.strip() for case, cell in self._cells.items()}
        self._note.value = ""
        if cases["nominative"]:
            self.value = NounPhrase(**cases, plural=self._plural.value)
        elif not any(cases.values()):
            self.value = None
        else:
            text = self._panel.say(
                "Not kept yet: {names} missing.", names=self._panel.say(CASES["nominative"])
            )
            self._note.value = f'<div class="smm-warn" role="status">{escape(text)}</div>'


class PhrasesField(w.VBox):
    """The phrases of every language; a language without any has no wording."""

    value = t.Dict()

    def __init__(self, panel: kit.Panel) -> None:
        self._lines = {
            language: {
                name: PhraseLine(panel, panel.say(label), examples)
                for name, (label, examples) in phrases.items()
            }
            for language, phrases in PHRASES.items()
        }
        parts: list[w.Widget] = []
        for language, lines in self._lines.items():
            parts += [kit.html(f"<h4>{LANGUAGE_NAMES[language]}</h4>"), *lines.values()]
        super().__init__(parts)
        self.add_class("smm-stack")
        self._filling = False
        self.observe(self._show, "value")
        for lines in self._lines.values():
            for line in lines.values():
                line.observe(self._typed, "value")

    def _show(self, change: dict[str, Any]) -> None:
        self._filling = True
        for language, lines in self._lines.items():
            wording = change["new"].get(language, Wording())
            for name, line in lines.items():
                line.value = getattr(wording, name)
        self._filling = False

    def _typed(self, _change: object) -> None:
        if not self._filling:
            wordings = {
                language: Wording(**{name: line.value for name, line in lines.items()})
                for language, lines in self._lines.items()
            }
            self.value = {language: wording for language, wording in wordings.items() if wording != Wording()}


class ReviewersField(w.VBox):
    """Roles that have to approve, and who may do so; nobody named: anyone."""

    value = t.Dict()

    def __init__(self, panel: kit.Panel) -> None:
        anyone = panel.say("anyone, or names with commas between")
        self._ticks = {
            role: w.Checkbox(description=panel.say(name), indent=False) for role, name in ROLES.items()
        }
        self._names = {
            role: kit.field(w.Text(placeholder=anyone, continuous_update=False), grow=3) for role in ROLES
        }
        rows = []
        for role, tick in self._ticks.items():
            tick.add_class("smm-check")
            tick.add_class(f"smm-role-{role.casefold()}")
            self._names[role].tooltip = panel.say(ROLES[role])
            rows.append(kit.row(tick, self._names[role]))
        super().__init__(rows)
        self.add_class("smm-stack")
        self.add_class("smm-reviewers")
        self._filling = False
        self.observe(self._show, "value")
        for control in (*self._ticks.values(), *self._names.values()):
            control.observe(self._typed, "value")
        self._show({"new": {}})

    def _show(self, change: Mapping[str, Any]) -> None:
        self._filling = True
        for role, tick in self._ticks.items():
            tick.value = role in change["new"]
            self._names[role].value = ", ".join(change["new"].get(role, ()))
            kit.show_if(self._names[role], tick.value)
        self._filling = False

    def _typed(self, _change: object) -> None:
        if not self._filling:
            self.value = {
                role: tuple(name.strip() for name in self._names[role].value.split(",") if name.strip())
                for role, tick in self._ticks.items()
                if tick.value
            }
