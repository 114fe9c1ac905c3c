"""The workbench: all panels in tabs on one workspace, in the language of the moment."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

import ipywidgets as w

from smmlib.errors import InvalidValueError
from smmlib.language import LANGUAGES, Language, as_language, mark
from smmlib.panels import kit
from smmlib.panels.drafting.draft_panel import DraftPanel
from smmlib.panels.networks_model import NetworksModel
from smmlib.panels.networks_page import NetworksPage
from smmlib.panels.place_marks import place_marks
from smmlib.panels.planning.planning_panel import PlanPanel
from smmlib.panels.response.response_panel import ResponsePanel
from smmlib.panels.testing.test_panel import TestPanel
from smmlib.workspace import Workspace, open_workspace
from smmlib.workspace.place import OWN_VARIABLE, settled

NAMES = {"de": "Deutsch", "en": "English"}


class Workbench(kit.Panel):
    """Draft, test, read the response, plan and control in one place.

    Args:
        workspace: Where everything is kept; None opens the one `open_workspace` finds.
        language: Language to begin with; None takes $SMM_LANGUAGE, else the workspace's.
    """

    def __init__(self, workspace: Workspace | None = None, *, language: Language | None = None) -> None:
        self.workspace = workspace or open_workspace()
        super().__init__(language=first_language(self.workspace, language), name="smm-workbench")
        self._head, self._marks = kit.html(), kit.stack()
        self._switch = w.ToggleButtons(
            options=[(NAMES[code], code) for code in LANGUAGES], value=self.language
        )
        self._switch.add_class("smm-language")
        self._switch.observe(self._speak, "value")
        self._offer = kit.stack()
        self.planning = w.Box()
        self._tabs = w.Tab()
        self._tabs.add_class("smm-rooms")
        self._tabs.observe(self._open_planning, "selected_index")
        self.fill(
            kit.columns(self._head, self._switch, name="smm-head"), self._marks, self._offer, self._tabs
        )
        self._build()

    def _speak(self, change: dict[str, str]) -> None:
        self.language = as_language(change["new"])
        with self.trying():
            self.draft.model.save()
            self.workspace.change_settings(language=self.language)
        self._build()

    def _build(self) -> None:
        chosen = self._tabs.selected_index or 0
        name = escape(self.workspace.name)
        self._head.value = (
            f"<h2>{escape(self.say('Campaign workbench'))}</h2><div class='smm-note'>{name}</div>"
        )
        self.networks = NetworksModel(self.workspace)
        self.networks.observe(self._rules_changed, names=["changed"])
        page = NetworksPage(self.networks, self)
        self._tabs.children = (*self._rooms(), page)
        first = (self.say("Drafts"), self.say("Copy tests"), self.say("Response"))
        titles = (*first, self.say("Plan and control"), self.say("Networks"))
        for index, title in enumerate(titles):
            self._tabs.set_title(index, title)
        self._tabs.selected_index = chosen
        self._open_planning()
        self._marks.children = (place_marks(self, self.workspace), *self._moving())
        self._offer.children = (self._own_workspace(),) if self.workspace.practice else ()

    def _rooms(self) -> tuple[w.Widget, ...]:
        """The panels, made anew; the board is drawn when its room is opened."""
        self.draft = DraftPanel(self.workspace, language=self.language)
        self.test = TestPanel(self.workspace, language=self.language)
        self.response = ResponsePanel(self.workspace, language=self.language)
        self.planning = w.Box()
        self.planning.add_class("smm-stack")
        return self.draft, self.test, self.response, self.planning

    def _open_planning(self, _change: object = None) -> None:
        """Make the planning panel when its room is opened: its forecasts and charts take a second."""
        opened = self._tabs.children[self._tabs.selected_index or 0] if self._tabs.children else self._tabs
        if opened is self.planning and not self.planning.children:
            self.planning.children = (PlanPanel(self.workspace, language=self.language),)

    def _rules_changed(self, _change: object) -> None:
        """Counts, checks and names follow the rules of networks; the open draft stays open."""
        opened = self.draft.model.draft
        self._tabs.children = (*self._rooms(), self._tabs.children[-1])
        if opened is not None:
            self.draft.model.open(opened.id)

    def _moving(self) -> tuple[w.Widget, ...]:
        """A button that takes one's own workspace from a folder that is not safe to the one offered."""
        offers = {
            str(warning.values["offer"]) for warning in self.workspace.warnings if "offer" in warning.values
        }
        if self.workspace.practice or not offers:
            return ()
        move = self.button(
            self.say("Copy it to the local folder and go on there"), lambda: self._move(min(offers))
        )
        move.add_class("smm-move")
        return (kit.row(move),)

    def _move(self, folder: str) -> None:
        copy = self.workspace.copy_to(folder)
        left = self.workspace.path
        self.workspace = open_workspace(copy)
        self._build()
        self.status.tell(
            self.say(
                "The workspace is in {path} from now on. The one in {left} is as it was; delete it when you "
                "no longer need it. If you set SMM_WORKSPACE, set it to the new folder.",
                path=str(copy),
                left=str(left),
            )
        )

    def _own_workspace(self) -> w.Widget:
        """A form to create a workspace of one's own, folded up."""
        home = settled(Path(os.environ.get(OWN_VARIABLE) or self.workspace.path.parent / "workspace"))
        self._home = w.Text(description=self.say("Folder"), value=str(home), continuous_update=False)
        self._company = w.Text(description=self.say("Company"), continuous_update=False)
        create = self.button(self.say("Create my workspace"), self._create, look="primary")
        create.add_class("smm-create")
        form = kit.row(kit.field(self._company), kit.field(self._home, grow=3), create)
        box = w.Accordion([form], selected_index=None)
        box.set_title(0, self.say("Create my own workspace"))
        return box

    def _create(self) -> None:
        if not self._home.value.strip():
            raise InvalidValueError(mark("No folder is named; name one for your workspace."))
        own = open_workspace(Path(self._home.value.strip()).expanduser())
        own.change_settings(name=self._company.value.strip() or own.name, language=self.language)
        self.workspace = own
        self._build()
        self.status.tell(self.say("Your workspace is ready: {path}", path=str(own.path)))


def first_language(workspace: Workspace, asked: Language | None) -> Language:
    """The language to begin with: what was asked for, $SMM_LANGUAGE, else the workspace's."""
    wanted = asked or os.environ.get("SMM_LANGUAGE") or workspace.settings.language
    return as_language(wanted)
