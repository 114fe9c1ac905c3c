"""Review sheets for people without the workbench: send them out, read the answers in."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from smmlib.panels import kit
from smmlib.panels.drafting.review_model import ReviewModel, SheetKind
from smmlib.panels.drafting.signoff_model import SignoffModel
from smmlib.panels.tables import table


class SignoffSheets(w.VBox):
    """Two cards: a sheet to send, an answer to read.

    Args:
        model: The sign-off of the open draft.
        panel: The panel it stands in.
    """

    def __init__(self, model: SignoffModel, panel: kit.Panel) -> None:
        self.model, self.panel = ReviewModel(model), panel
        super().__init__([self._out(), self._in()])
        self.add_class("smm-stack")
        self.model.observe(self.show, names=["report"])
        self.show()

    def show(self, _change: object = None) -> None:
        """Show what the sheet that was read says."""
        report = self.model.report
        kit.show_if(self._answers, report is not None)
        if report is None:
            return
        text = escape(report.text(self.panel.language)).replace("\n", "<br>")
        look = "smm-verdict smm-bad" if report.refused or report.warnings else "smm-verdict"
        say = self.panel.say
        headers = {"row": say("Row"), "post": say("Post"), "name": say("Name"), "decision": say("Decision")}
        headers |= {"comment": say("Comment"), "outcome": say("Outcome"), "why": say("Why")}
        rows = table(report.to_frame(self.panel.language), self.panel.language, headers=headers)
        self._report.value = f'<div class="{look}">{text}</div>{rows}'
        kit.show_if(self._all, bool(report.steps) and not report.refused)
        kit.show_if(self._some, bool(report.steps) and bool(report.refused))

    def _out(self) -> w.Widget:
        panel, say = self.panel, self.panel.say
        self._which = kit.choice(
            say("Posts"), [(say("this draft"), False), (say("everything in review"), True)]
        )
        self._deadline = kit.field(w.DatePicker(description=say("Answer by")))
        page = panel.button(say("Sheet as a page (HTML)"), lambda: self._save("html"), look="small")
        rows = panel.button(say("Sheet as a table (XLSX)"), lambda: self._save("xlsx"), look="small")
        page.add_class("smm-sheet-html")
        rows.add_class("smm-sheet-xlsx")
        note = say(
            "Reviewers open it in a browser or a spreadsheet program and send the answer back by mail."
        )
        hint = kit.html(f'<span class="smm-note">{escape(note)}</span>')
        parts = (kit.row(self._which, self._deadline), kit.row(page, rows), hint)
        return kit.card(*parts, title=say("Send to reviewers"))

    def _in(self) -> w.Widget:
        panel, say = self.panel, self.panel.say
        self._upload = w.FileUpload(
            description=say("Choose the answer"), accept=".xlsx,.json,.txt", multiple=False
        )
        self._upload.add_class("smm-answer-upload")
        self._upload.observe(self._uploaded, "value")
        self._report = kit.html("", "smm-review-report")
        self._all = panel.button(
            say("Take over into the log"), lambda: self._take_over(False), look="primary small"
        )
        self._some = panel.button(
            say("Take over the good rows only"), lambda: self._take_over(True), look="small"
        )
        drop = panel.button(say("Leave it"), self._drop, look="small plain")
        self._answers = kit.stack(self._report, kit.row(self._all, self._some, drop))
        return kit.card(kit.row(self._upload), self._answers, title=say("Read an answer in"))

    def _save(self, kind: SheetKind) -> None:
        name, content, mime = self.model.sheet(
            kind,
            everything=self._which.value,
            deadline=self._deadline.value,
            language=self.panel.language,
        )
        self.panel.download.save(name, content, mime)
        self.panel.status.tell(self.panel.say("{name} is in your downloads.", name=name))

    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        with self.panel.trying():
            self.panel.status.clear()
            file = change["new"][0]
            self.model.read(file["name"], bytes(file["content"]))
        self._upload.value = ()

    def _take_over(self, partly: bool) -> None:
        count = self.model.take_over(partly=partly)
        said = self.panel.say_many("1 answer was logged.", "{count} answers were logged.", count)
        self.panel.status.tell(said)

    def _drop(self) -> None:
        self.model.report = None
