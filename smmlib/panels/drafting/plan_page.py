"""Taking in a plan: choose a CSV file, read what becomes of each row, store it after a click."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from smmlib.drafting.handover import FATES, template
from smmlib.panels import kit
from smmlib.panels.drafting.handover_model import HandoverModel
from smmlib.panels.tables import table

_SHOWN = 300
_WORDS = 90


class PlanPage(w.VBox):
    """Upload, report row by row, and the button that stores it.

    Args:
        model: The plan on its way in.
        panel: The panel it stands in.
    """

    def __init__(self, model: HandoverModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self._upload = w.FileUpload(description=say("Choose a plan"), accept=".csv,.txt,.tsv", multiple=False)
        self._upload.add_class("smm-upload")
        empty = panel.button(say("Empty plan to fill in"), self._template, look="small")
        self._report = kit.html("", "smm-plan-report")
        self._store = panel.button(say("Store these drafts"), self._take, look="primary")
        self._store.add_class("smm-plan-store")
        self._drop = panel.button(say("Leave it"), self._leave, look="small")
        hint = say(
            "A table in CSV with columns such as network, account, date, time and text; the hand-over "
            "“CSV, all fields” can be changed and taken in again. Nothing is stored before you say so."
        )
        super().__init__(
            [
                kit.card(
                    kit.row(self._upload, empty),
                    kit.html(f'<div class="smm-note">{escape(hint)}</div>'),
                    self._report,
                    kit.row(self._store, self._drop),
                    title=say("Take in a plan"),
                )
            ]
        )
        self._upload.observe(self._uploaded, "value")
        model.observe(self.show, names=["plan"])
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what becomes of the rows of the plan."""
        plan = self.model.plan
        kit.show_if(self._store, plan is not None)
        kit.show_if(self._drop, plan is not None)
        if plan is None:
            kit.put(self._report, "")
            return
        self._store.disabled = not plan.drafts
        say, language = self.panel.say, self.panel.language
        counts = ", ".join(f"{plan.count(fate)} {say(name)}" for fate, name in FATES.items())
        head = self.panel.say_many(
            "{count} row: {fates}.", "{count} rows: {fates}.", len(plan.rows), fates=counts
        )
        rows = plan.to_frame(language)
        rows["text"] = [" ".join(text.split())[:_WORDS] for text in rows["text"]]
        headers = {"row": say("Row"), "fate": say("Becomes"), "account": say("Account")}
        headers |= {"planned_at": say("Planned"), "text": say("Text"), "told": say("To know")}
        listed = table(rows, language, headers=headers, formats={"row": "plain"}, limit=_SHOWN)
        kit.put(self._report, f"<b>{escape(head)}</b>{listed}")

    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        with self.panel.trying():
            self.panel.status.clear()
            file = change["new"][0]
            self.model.read_plan(file["name"], bytes(file["content"]))
        self._upload.value = ()

    def _template(self) -> None:
        language = self.panel.language
        self.panel.download.save("plan.csv", template(language), "text/csv")

    def _take(self) -> None:
        count = self.model.take()
        told = self.panel.say_many("{count} draft stored.", "{count} drafts stored.", count)
        self.panel.status.tell(told)

    def _leave(self) -> None:
        self.model.plan = None
