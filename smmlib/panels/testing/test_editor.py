"""Type a test: its name, its variants, how often each was shown and answered."""

from __future__ import annotations

import re
from typing import Any

import ipywidgets as w

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, number
from smmlib.metrics import load_metrics
from smmlib.panels import kit
from smmlib.panels.testing.test_model import TestModel

_COUNT = re.compile(r"-?\d+|-?\d{1,3}([.,'’\s\u00a0\u202f]\d{3})+")


class TestEditor(w.VBox):
    """Fields of the open test, one row per variant. What is typed is stored at once.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: TestModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        self._rows: list[_ArmRow] = []
        say = panel.say
        self._name = kit.field(
            w.Text(description=say("Name of the test"), continuous_update=False), "smm-test-name", grow=3
        )
        self._campaign = kit.choice(say("Campaign"), [])
        self._metric = kit.choice(say("Response counted"), self._metrics())
        for name in ("name", "campaign", "metric"):
            control = getattr(self, f"_{name}")
            control.observe(lambda c, name=name: self._edit(name, c["new"]), "value")
        self._arms = kit.stack()
        add = panel.button(say("Add variant"), model.add_arm, look="small")
        add.add_class("smm-add-arm")
        self._undo = panel.button(say("Undo"), model.undo, look="small")
        self._undo.add_class("smm-test-undo")
        super().__init__(
            [kit.row(self._name, self._campaign, self._metric), self._arms, kit.row(add, self._undo)]
        )
        self.add_class("smm-stack")
        model.observe(self.show, names=["test", "tests", "source"])
        self.show()

    def show(self, _change: object = None) -> None:
        """Bring the fields up to date."""
        test = self.model.test
        if test is None:
            return
        self._filling = True
        campaigns = [(c.name, c.id) for c in self.model.workspace.campaigns.list()]
        kit.offer(self._campaign, [("–", ""), *campaigns], test.campaign)
        kit.put(self._name, test.name)
        if test.metric in [value for _, value in self._metric.options]:
            kit.put(self._metric, test.metric)
        while len(self._rows) < len(test.arms):
            self._rows.append(_ArmRow(self, len(self._rows)))
        self._rows = self._rows[: len(test.arms)]
        if self._arms.children != tuple(self._rows):
            self._arms.children = tuple(self._rows)
        for row, arm in zip(self._rows, test.arms, strict=True):
            row.show(arm.variant, arm.text, arm.trials, arm.successes)
        self._undo.disabled = not self.model.can_undo
        self._filling = False

    def _metrics(self) -> list[tuple[str, str]]:
        language = self.panel.language
        shown = [m for m in load_metrics().values() if m.combine != "rate"]
        return sorted(((m.label(language), m.id) for m in shown), key=lambda pair: pair[0].casefold())

    def _edit(self, name: str, value: Any) -> None:
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            self.model.edit(**{name: value or ""})

    def edit_arm(self, index: int, name: str, value: str) -> None:
        """Store what was typed into one field of a variant."""
        if self._filling:
            return
        with self.panel.trying():
            self.panel.status.clear()
            typed = value if name in ("variant", "text") else read_count(value)
            self.model.edit_arm(index, **{name: typed})


class _ArmRow(w.Box):
    """Fields of one variant."""

    def __init__(self, editor: TestEditor, index: int) -> None:
        say, language = editor.panel.say, editor.panel.language
        self._language: Language = language
        self._fields = {
            "variant": w.Text(description=say("Variant"), continuous_update=False),
            "text": w.Text(description=say("What it says"), continuous_update=False),
            "trials": w.Text(description=say("Shown"), continuous_update=False),
            "successes": w.Text(description=say("Responses"), continuous_update=False),
        }
        for name, control in self._fields.items():
            kit.field(control, f"smm-arm-{name}")
            control.observe(lambda c, name=name: editor.edit_arm(index, name, c["new"]), "value")
        drop = editor.panel.button(
            "×", lambda: editor.model.drop_arm(index), look="small", tip=say("Remove this variant")
        )
        super().__init__([*self._fields.values(), drop])
        self.add_class("smm-arm")

    def show(self, variant: str, text: str, trials: int | None, successes: int | None) -> None:
        """Show what is stored; a count as the language writes it."""
        kit.put(self._fields["variant"], variant)
        kit.put(self._fields["text"], text)
        for name, count in (("trials", trials), ("successes", successes)):
            kit.put(self._fields[name], "" if count is None else number(count, self._language))


def read_count(text: str) -> int | None:
    """A typed count; None for an empty field. Separators between thousands may be there.

    Raises:
        InvalidValueError: It is not a whole number.
    """
    typed = text.strip()
    if not typed:
        return None
    if not _COUNT.fullmatch(typed):
        raise InvalidValueError(
            mark("{typed!r} is not a count; type a whole number such as 1234."), typed=typed
        )
    return int(re.sub(r"[^\d-]", "", typed))
