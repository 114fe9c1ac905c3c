"""The page of checks: the house's rules on top, below them a box for each group of checks."""

from __future__ import annotations

from functools import partial
from html import escape

import ipywidgets as w

from smmlib.drafting import CHECKS, GROUPS, Check
from smmlib.drafting.checks.options import GENDER_RULES
from smmlib.panels import kit
from smmlib.panels.drafting.checks_model import ChecksModel


class ChecksSettings(w.VBox):
    """The rules of the house, and a box for each group of checks.

    Args:
        model: The settings.
        panel: The panel it stands in.
    """

    def __init__(self, model: ChecksModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        self._ticks = {check.id: self._tick(check) for check in CHECKS}
        say = panel.say
        rules = [(say(text), rule) for rule, text in GENDER_RULES.items()]
        self._gender = kit.field(kit.choice(say("Gendered German"), rules), "smm-gender-rule")
        self._words = kit.field(
            w.Textarea(description=say("Own words"), rows=4, continuous_update=False), "smm-own-words"
        )
        self._state = kit.html("", "smm-spelling-state")
        groups = w.Box([self._group(name) for name in GROUPS])
        groups.add_class("smm-checks")
        super().__init__([self._rules(), groups])
        self.add_class("smm-stack")
        self._gender.observe(self._gendered, "value")
        self._words.observe(self._taught, "value")
        model.observe(self.show, names=["options", "installed"])
        self.show()

    def _tick(self, check: Check) -> w.Checkbox:
        about = self.panel.say(check.about)
        tick = w.Checkbox(description=self.panel.say(check.name), indent=False, tooltip=about)
        tick.add_class("smm-check")
        tick.add_class(f"smm-check-{check.id}")
        tick.observe(partial(self._switched, check.id), "value")
        return tick

    def _group(self, name: str) -> w.Widget:
        rows = [
            kit.stack(self._ticks[check.id], kit.html(escape(self.panel.say(check.about)), "smm-note"))
            for check in CHECKS
            if check.group == name
        ]
        return kit.card(*rows, title=self.panel.say(GROUPS[name]))  # type: ignore[index]

    def _rules(self) -> w.Widget:
        say = self.panel.say
        help_words = kit.html(
            escape(say("Names and words of your trade, with blanks between. Spelling passes them over.")),
            "smm-note",
        )
        buttons = kit.row(
            self.panel.button(say("Look for dictionaries again"), self.model.refresh, look="small"),
            self.panel.button(say("All checks as they come"), self.model.as_they_come, look="small"),
        )
        note = kit.html(
            escape(say("Every check is advice. What is switched off here is off for the whole team.")),
            "smm-note",
        )
        words = kit.stack(self._words, help_words)
        spelling = kit.stack(self._gender, self._state, buttons)
        return kit.card(
            note, kit.columns(words, spelling, name="smm-house-rules"), title=say("Rules of the house")
        )

    def show(self, _change: object = None) -> None:
        """Bring every control up to date with the settings."""
        self._filling = True
        for check, tick in self._ticks.items():
            kit.put(tick, self.model.is_on(check))
        kit.put(self._gender, self.model.options.gender)
        kit.put(self._words, " ".join(self.model.options.own_words))
        kit.put(self._state, escape(self.model.spelling.text(self.panel.language)))
        self._filling = False

    def _switched(self, check: str, change: dict[str, bool]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.switch(check, change["new"])

    def _gendered(self, change: dict[str, str]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.set_gender(change["new"])  # type: ignore[arg-type]

    def _taught(self, change: dict[str, str]) -> None:
        if not self._filling:
            with self.panel.trying():
                self.model.set_own_words(change["new"])
