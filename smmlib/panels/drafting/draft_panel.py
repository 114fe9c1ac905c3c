"""The draft panel: list, editor with its rooms, findings and previews; briefing, media, hand-over beside."""

from __future__ import annotations

from collections.abc import Mapping

import ipywidgets as w
import pandas as pd

from smmlib.language import Language
from smmlib.panels import kit
from smmlib.panels.chart_view import export_bar
from smmlib.panels.drafting.assistant_page import AssistantPage
from smmlib.panels.drafting.briefing_form import BriefingForm
from smmlib.panels.drafting.checks_model import ChecksModel, dictionary_of_this_machine
from smmlib.panels.drafting.checks_settings import ChecksSettings
from smmlib.panels.drafting.draft_accounts import DraftAccounts
from smmlib.panels.drafting.draft_editor import DraftEditor
from smmlib.panels.drafting.draft_list import DraftList
from smmlib.panels.drafting.draft_media import DraftMedia
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.findings_list import FindingsList
from smmlib.panels.drafting.forms import account_form
from smmlib.panels.drafting.handover_page import HandoverPage
from smmlib.panels.drafting.media_model import MediaModel
from smmlib.panels.drafting.media_page import MediaPage
from smmlib.panels.drafting.preview_view import PreviewView
from smmlib.panels.drafting.signoff_bar import SignoffBar
from smmlib.panels.drafting.variants_grid import VariantsGrid
from smmlib.panels.drafting.versions_view import VersionsView
from smmlib.panels.place_marks import place_marks
from smmlib.panels.rooms import Room, Rooms
from smmlib.workspace import Workspace


class DraftPanel(kit.Panel):
    """Draft posts for several accounts at once.

    Args:
        workspace: Where everything is kept.
        language: Language of the panel; None takes the workspace's.

    Attributes:
        rooms: Briefing, media, hand-over and what else is not about the open draft alone.
        work: What can be done with the open draft.
    """

    def __init__(self, workspace: Workspace, *, language: Language | None = None) -> None:
        super().__init__(language=language or workspace.settings.language, name="smm-draft")
        self.model = DraftModel(workspace)
        self._list = DraftList(self.model, self)
        self._editor = DraftEditor(self.model, self)
        self._accounts = DraftAccounts(self.model, self)
        self._findings = FindingsList(language=self.language, field=".smm-text textarea")
        self._previews = PreviewView(self.model, self)
        self._media = MediaModel(self.model)
        self._python = kit.html()
        self._empty = kit.html()
        self.work = self._work_rooms()
        self.rooms = self._make_rooms()
        self.fill(place_marks(self, workspace), self.rooms)
        workspace.surveys.speller = dictionary_of_this_machine(self._show)
        self.model.observe(self._show, names=["draft", "target"])
        self.model.observe(self._news, names=["news"])
        self.work.observe(self._show_python, "selected_index")
        self.model.observe(self.tell_unsaved, names=["unsaved"])
        self._editor.reload()
        self.rooms.show()
        self._show()

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel."""
        return self.model.code

    def data(self) -> pd.DataFrame:
        """One row per account of the open draft: count, limit, link, findings."""
        return self.model.data()

    # --- rooms
    def _make_rooms(self) -> Rooms:
        say, model = self.say, self.model
        return Rooms(
            [
                Room(say("Write"), "smm-room-write", self._write),
                Room(say("Campaign brief"), "smm-room-brief", self._brief),
                Room(
                    say("Media"), "smm-room-media", lambda: MediaPage(model, self), lambda page: page.show()
                ),
                Room(
                    say("Hand-over"),
                    "smm-room-handover",
                    lambda: HandoverPage(model, self),
                    lambda page: page.show(),
                ),
                Room(say("Accounts"), "smm-room-accounts", self._account_form),
                Room(say("Checks"), "smm-room-checks", self._checks),
            ]
        )

    def _work_rooms(self) -> Rooms:
        """Rooms of the open draft. `show` follows every key, so it must be quick."""
        say, model = self.say, self.model
        return Rooms(
            [
                Room(say("Accounts"), "smm-work-accounts", lambda: self._accounts, self._show_accounts),
                Room(
                    say("Versions"),
                    "smm-work-versions",
                    lambda: VersionsView(model, self),
                    lambda view: view.show(self._survey),
                ),
                Room(
                    say("Variants"),
                    "smm-work-variants",
                    lambda: VariantsGrid(model, self),
                    lambda grid: grid.show(),
                ),
                Room(
                    say("Pictures and films"),
                    "smm-work-media",
                    lambda: DraftMedia(model, self),
                    lambda media: media.show(),
                ),
                Room(say("Sign-off"), "smm-work-signoff", lambda: SignoffBar(model, self)),
                Room(
                    say("Assistant"),
                    "smm-work-assistant",
                    lambda: AssistantPage(model, self),
                    lambda page: page.show(),
                ),
            ]
        )

    def _write(self) -> w.Widget:
        self._middle = kit.stack(kit.card(*self._editor.children), kit.card(self.work))
        self._middle.add_class("smm-middle")
        self._beside = kit.stack(
            kit.card(self._findings, title=self.say("Checks")),
            self._previews,
            export_bar(self, "draft", self.data),
            self._python,
        )
        return kit.columns(self._list, kit.stack(self._empty, self._middle), self._beside, name="smm-write")

    def _brief(self) -> w.Widget:
        form = BriefingForm(self, self.model.workspace)
        form.observe(self._reload, "changed")
        return form

    def _account_form(self) -> w.Widget:
        form = account_form(self, self.model.workspace, self.model.networks)
        form.observe(self._reload, "changed")
        return form

    def _checks(self) -> w.Widget:
        checks = ChecksModel(self.model.workspace)
        checks.observe(self._show, "options")
        return ChecksSettings(checks, self)

    # --- following the draft
    def _reload(self, _change: object = None) -> None:
        self.model.refresh()
        self._list.reload()
        self._accounts.reload()
        self._editor.reload()
        self._show()

    def _show(self, _change: object = None) -> None:
        there = self.model.draft is not None
        kit.show_if(self._empty, not there)
        kit.show_if(self._middle, there)
        kit.show_if(self._beside, there)
        if there:
            self._survey = self.model.result
            self._findings.show(self._survey, self.model.text)
            self._previews.thumbnails = self._thumbnails()
            self._previews.show(self._survey)
            self.work.show()
            self._show_python()
        else:
            kit.put(self._empty, self._nothing_yet())

    def _nothing_yet(self) -> str:
        hint = self.say("Start with “New draft”. Everything you type is kept at once.")
        if not self.model.accounts:
            hint = self.say("First add the accounts you post to in “Accounts”, then start with “New draft”.")
        return kit.empty(self.say("No draft yet"), hint)

    def _show_python(self, _change: object = None) -> None:
        """What stands in the open room, as Python."""
        model = getattr(self.work.content, "model", self.model)
        code = getattr(model, "code", self.model.code)
        kit.put(self._python, kit.same_in_python(self.say("The same in Python"), code))

    def _show_accounts(self, _accounts: w.Widget) -> None:
        self._accounts.show({row.account.id: row for row in self._survey.rows})

    def _thumbnails(self) -> Mapping[str, str]:
        """Small pictures of the media of the open draft."""
        wanted = {item.asset for row in self._survey.rows for item in row.version.media if item.asset}
        known = self.model.workspace.media.known() if wanted else {}
        return {id: self._media.picture(known[id]) for id in wanted & known.keys()}

    def _news(self, change: dict[str, str]) -> None:
        if change["new"]:
            self.status.fail(self.say(change["new"]))
            self.model.news = ""
