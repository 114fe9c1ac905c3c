"""The draft panel: list, editor, accounts with live counts, findings, previews; brief and accounts beside."""

from __future__ import annotations

from html import escape

import ipywidgets as w
import pandas as pd

from smmlib import drafting
from smmlib.language import Language
from smmlib.panels import kit
from smmlib.panels.briefing_form import BriefingForm
from smmlib.panels.chart_view import export_bar
from smmlib.panels.checks_model import ChecksModel, dictionary_of_this_machine
from smmlib.panels.checks_settings import ChecksSettings
from smmlib.panels.draft_accounts import DraftAccounts
from smmlib.panels.draft_editor import DraftEditor
from smmlib.panels.draft_list import DraftList
from smmlib.panels.draft_model import DraftModel
from smmlib.panels.forms import account_form
from smmlib.panels.place_marks import place_marks
from smmlib.workspace import Workspace


class DraftPanel(kit.Panel):
    """Draft posts for several accounts at once.

    Args:
        workspace: Where everything is kept.
        language: Language of the panel; None takes the workspace's.
    """

    def __init__(self, workspace: Workspace, *, language: Language | None = None) -> None:
        super().__init__(language=language or workspace.settings.language, name="smm-draft")
        self.model = DraftModel(workspace)
        self._list = DraftList(self.model, self)
        self._editor = DraftEditor(self.model, self)
        self._accounts = DraftAccounts(self.model, self)
        self._findings = kit.html("", "smm-findings-cell")
        self._previews = kit.html("", "smm-previews")
        self._python = kit.html()
        self._device = w.ToggleButtons(
            options=[(self.say("Mobile"), "mobile"), (self.say("Desktop"), "desktop")]
        )
        self._empty = kit.html(
            kit.empty(
                self.say("No draft yet"),
                self.say("Start with “New draft”. Everything you type is kept at once."),
            )
        )
        self._device.observe(self._show, "value")
        self.model.observe(self._show, names=["draft"])
        self.model.observe(self._news, names=["news"])
        self.model.observe(self.tell_unsaved, names=["unsaved"])
        self.model.speller = dictionary_of_this_machine(self._show)
        self._tabs = self._make_tabs()
        self.fill(place_marks(self, workspace), self._tabs)
        self._editor.reload()
        self._show()

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        return self.model.code

    def data(self) -> pd.DataFrame:
        """One row per account of the open draft: count, limit, link, findings."""
        return self.model.data()

    def _make_tabs(self) -> w.Tab:
        workspace = self.model.workspace
        brief = BriefingForm(self, workspace)
        accounts = account_form(self, workspace, self.model.networks)
        brief.observe(self._reload, "changed")
        accounts.observe(self._reload, "changed")
        checks = ChecksModel(workspace)
        checks.observe(self._show, "options")
        tabs = w.Tab([self._write(), brief, accounts, ChecksSettings(checks, self)])
        titles = (self.say("Write"), self.say("Campaign brief"), self.say("Accounts"), self.say("Checks"))
        for index, title in enumerate(titles):
            tabs.set_title(index, title)
        return tabs

    def _write(self) -> w.Widget:
        self._work = kit.stack(
            kit.card(*self._editor.children),
            kit.card(self._accounts, title=self.say("Accounts")),
            kit.card(self._findings, title=self.say("Checks")),
            kit.card(self._editor.media, title=self.say("Pictures and films")),
            kit.card(self._editor.variants, title=self.say("Variants")),
        )
        self._beside = kit.stack(
            kit.row(kit.html(f"<h3>{escape(self.say('Preview'))}</h3>"), self._device),
            self._previews,
            export_bar(self, "draft", self.data),
            self._python,
        )
        return kit.columns(self._list, kit.stack(self._empty, self._work), self._beside, name="smm-write")

    def _reload(self, _change: object = None) -> None:
        self.model.refresh()
        self._list.reload()
        self._accounts.reload()
        self._editor.reload()
        self._show()

    def _show(self, _change: object = None) -> None:
        there = self.model.draft is not None
        kit.show_if(self._empty, not there)
        kit.show_if(self._work, there)
        kit.show_if(self._beside, there)
        if there:
            survey = self.model.result
            self._accounts.show({row.account.id: row for row in survey.rows})
            kit.put(self._findings, self._findings_markup(survey))
            kit.put(self._previews, self._previews_markup(survey))
            kit.put(self._python, kit.same_in_python(self.say("The same in Python"), self.model.code))

    def _news(self, change: dict[str, str]) -> None:
        if change["new"]:
            self.status.fail(self.say(change["new"]))
            self.model.news = ""

    def _findings_markup(self, survey: drafting.Survey) -> str:
        names = {"error": ("bad", self.say("error")), "warning": ("warn", self.say("warning"))}
        lines = []
        for finding, accounts in survey.findings():
            kind, name = names.get(finding.severity, ("quiet", self.say("notice")))
            who = ", ".join(f"{a.network} {a.handle}" for a in accounts)
            where = f'<span class="smm-note">{escape(who)}</span>'
            text = f"<span>{escape(finding.text(self.language))} {where}</span>"
            lines.append(f"<li>{kit.badge(name, kind)}{text}</li>")
        if not lines:
            return f'<span class="smm-good">{escape(self.say("Nothing found."))}</span>'
        return f'<ul class="smm-findings">{"".join(lines)}</ul>'

    def _previews_markup(self, survey: drafting.Survey) -> str:
        cards = [
            drafting.preview_html(row, device=self._device.value, language=self.language)
            for row in survey.rows
        ]
        if not cards:
            return kit.empty(self.say("No account chosen"), self.say("Tick an account to see its preview."))
        return "".join(cards)
