"""The workbench: all panels in tabs on one workspace, in the language of the moment."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

import ipywidgets as w

from smmlib.language import LANGUAGES, Language, as_language
from smmlib.panels import kit
from smmlib.panels.draft_panel import DraftPanel
from smmlib.panels.response_panel import ResponsePanel
from smmlib.panels.test_panel import TestPanel
from smmlib.workspace import Workspace, open_workspace
from smmlib.workspace.place import OWN_VARIABLE

NAMES = {"de": "Deutsch", "en": "English"}


class Workbench(kit.Panel):
    """Draft, test and read the response in one place.

    Args:
        workspace: Where everything is kept; None opens the one `open_workspace` finds.
        language: Language to begin with; None takes $SMM_LANGUAGE, else the workspace's.
    """

    def __init__(self, workspace: Workspace | None = None, *, language: Language | None = None) -> None:
        self.workspace = workspace or open_workspace()
        super().__init__(language=first_language(self.workspace, language), name="smm-workbench")
        self._head, self._place = kit.html(), kit.stack()
        self._switch = w.ToggleButtons(
            options=[(NAMES[code], code) for code in LANGUAGES], value=self.language
        )
        self._switch.add_class("smm-language")
        self._switch.observe(self._speak, "value")
        self._offer = kit.stack()
        self._tabs = w.Tab()
        self._tabs.add_class("smm-rooms")
        self.fill(
            kit.columns(self._head, self._switch, name="smm-head"), self._place, self._offer, self._tabs
        )
        self._build()

    def _speak(self, change: dict[str, str]) -> None:
        self.language = as_language(change["new"])
        self.workspace.change_settings(language=self.language)
        self._build()

    def _build(self) -> None:
        chosen = self._tabs.selected_index or 0
        name = escape(self.workspace.name)
        self._head.value = (
            f"<h2>{escape(self.say('Campaign workbench'))}</h2><div class='smm-note'>{name}</div>"
        )
        self.draft = DraftPanel(self.workspace, language=self.language)
        self.test = TestPanel(self.workspace, language=self.language)
        self.response = ResponsePanel(self.workspace, language=self.language)
        self._tabs.children = (self.draft, self.test, self.response)
        for index, title in enumerate((self.say("Drafts"), self.say("Copy tests"), self.say("Response"))):
            self._tabs.set_title(index, title)
        self._tabs.selected_index = chosen
        self._place.children = tuple(
            kit.html(f'<div class="smm-practice">{escape(warning.text(self.language))}</div>')
            for warning in self.workspace.warnings
        )
        self._offer.children = self._practice_mark() if self.workspace.practice else ()

    def _practice_mark(self) -> tuple[w.Widget, ...]:
        text = self.say(
            "Practice company: everything here is made up. Try what you like; "
            "your own work goes into a workspace of its own."
        )
        home = Path(os.environ.get(OWN_VARIABLE) or self.workspace.path.parent / "workspace")
        self._home = w.Text(description=self.say("Folder"), value=str(home), continuous_update=False)
        self._company = w.Text(description=self.say("Company"), continuous_update=False)
        create = self.button(self.say("Create my workspace"), self._create, look="primary")
        create.add_class("smm-create")
        form = kit.row(kit.field(self._company), kit.field(self._home, grow=3), create)
        box = w.Accordion([form], selected_index=None)
        box.set_title(0, self.say("Create my own workspace"))
        return (kit.html(f'<div class="smm-practice">{escape(text)}</div>'), box)

    def _create(self) -> None:
        own = open_workspace(Path(self._home.value).expanduser())
        own.change_settings(name=self._company.value.strip() or own.name, language=self.language)
        self.workspace = own
        self._build()
        self.status.tell(self.say("Your workspace is ready: {path}", path=str(own.path)))


def first_language(workspace: Workspace, asked: Language | None) -> Language:
    """The language to begin with: what was asked for, $SMM_LANGUAGE, else the workspace's."""
    wanted = asked or os.environ.get("SMM_LANGUAGE") or workspace.settings.language
    return as_language(wanted)
