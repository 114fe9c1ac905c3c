"""The campaign brief as a form: from the goal to who signs off, with help, checks, copies and files."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from smmlib.campaign import Campaign
from smmlib.drafting import check_briefing, copy_of, from_yaml, slug, to_yaml
from smmlib.errors import InvalidValueError, UnreadableFileError
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.drafting.briefing_controls import controls, converters
from smmlib.panels.entry import Guidance
from smmlib.panels.record_form import RecordForm
from smmlib.panels.testing.what_works_view import WhatWorksView
from smmlib.workspace import Workspace

SECTIONS = (
    (mark("Goal and audience"), (("name", "goal"), ("audience",), ("age_from", "age_to", "tone"))),
    (mark("Period"), (("start", "end", "embargo"), ("owner",))),
    (mark("Message house"), (("core_message",), ("supporting",))),
    (mark("Offer"), (("offer",),)),
    (mark("Phrases for variants"), (("wording",),)),
    (mark("Link and hashtags"), (("link", "utm_campaign"), ("hashtags",))),
    (mark("Words"), (("words_to_use", "words_to_avoid"),)),
    (mark("Advertising claims"), (("claims",),)),
    (mark("Sign-off"), (("reviewers",),)),
    (mark("Notes"), (("notes",),)),
)
"""Headings of the form and the fields below them, those of one line together."""

HELP = {
    "audience": mark(
        "Whom it is for, as you would tell a colleague: “families in town, annoyed by parking”."
    ),
    "embargo": mark("Nothing appears before this moment, on the clock of the workspace."),
    "core_message": mark("The one sentence every channel says. If you need “and”, it is two."),
    "supporting": mark("Up to four sentences that carry it. A proof is something one can look up."),
    "offer": mark("Every figure a text may name. Texts with other figures are pointed out by the checks."),
    "wording": mark(
        "Variants are put together from these phrases, so write them as they stand in a sentence: with "
        "article, and in German in each case "
        "(“das neue Lastenrad / das neue Lastenrad / dem neuen Lastenrad”)."
    ),
    "link": mark(
        "Where posts lead, with https:// and without UTM parameters; these are added for each network."
    ),
    "hashtags": mark("Each with its #, commas or spaces between. Capital letters help screen readers."),
    "words_to_use": mark("Commas between."),
    "words_to_avoid": mark("Commas between. The checks find them in every post."),
    "claims": mark(
        "Statements that need proof. Without who cleared it, a claim holds up the posts that use it."
    ),
    "reviewers": mark(
        "Ticked roles have to approve each post. None ticked: one approval by anyone suffices."
    ),
}
"""What a user is told below a field."""

_LARGEST = 1_000_000  # bytes of an uploaded brief


class BriefingForm(RecordForm[Campaign]):
    """All campaigns at the left, the whole brief of the chosen one at the right."""

    def __init__(self, panel: kit.Panel, workspace: Workspace) -> None:
        self.workspace = workspace
        say = panel.say
        named = {
            name: kit.field(control, f"smm-campaign-{name.replace('_', '-')}")
            for name, control in controls(panel).items()
        }
        super().__init__(
            panel,
            workspace.campaigns,
            name_of=lambda c: c.name,
            fresh=lambda: Campaign(name=say("New campaign")),
            controls=named,
            converters=converters(workspace.settings.time_zone),
            guidance=Guidance(
                help={name: say(text) for name, text in HELP.items()},
                sections=[(say(title), lines) for title, lines in SECTIONS],
                judge=check_briefing,
            ),
        )
        self.add_class("smm-briefing")
        self._python = kit.html()
        self._learned = WhatWorksView(self, panel)
        self._beside.children = (*self._beside.children, self._file_bar(), self._learned, self._python)
        self.observe(self._tell_code, "changed")
        self._list.observe(self._tell_code, "value")
        self._tell_code()

    @property
    def code(self) -> str:
        """Python that leaves in `result` what the checks say about the chosen brief."""
        chosen = self.record.id if self.record else ""
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.workspace.path)!r})\n"
            f"campaign = workspace.campaigns.get({chosen!r})\n"
            "result = smm.drafting.check_briefing(campaign)"
        )

    def _file_bar(self) -> w.Widget:
        panel, say = self.panel, self.panel.say
        copy = panel.button(say("Copy"), self._copy, look="small")
        copy.add_class("smm-campaign-copy")
        export = panel.button(say("Export YAML"), self._export, look="small")
        export.add_class("smm-campaign-export")
        self._upload = w.FileUpload(description=say("Import YAML"), accept=".yaml,.yml", multiple=False)
        self._upload.add_class("smm-campaign-import")
        self._upload.observe(self._uploaded, "value")
        return kit.row(copy, export, self._upload)

    def _chosen_record(self) -> Campaign:
        if self.record is None:
            raise InvalidValueError(mark("No campaign is chosen; choose one or start with “New”."))
        return self.record

    def _copy(self) -> None:
        original = self._chosen_record()
        self.put(copy_of(original, self.panel.say("{name} (copy)", name=original.name)))
        text = mark(
            "Copied without period, embargo, days of the offer and utm_campaign. Claims keep their clearance."
        )
        self.panel.status.tell(self.panel.say(text))

    def _export(self) -> None:
        campaign = self._chosen_record()
        content = to_yaml(campaign, language=self.panel.language).encode()
        name = f"{slug(campaign.name) or campaign.id}.yaml"
        self.panel.download.save(name, content, "application/yaml")

    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        with self.panel.trying():
            self.panel.status.clear()
            file = change["new"][0]
            self.take_in(file["name"], bytes(file["content"]))
        self._upload.value = ()

    def take_in(self, name: str, content: bytes) -> None:
        """Store a brief from a YAML file: changed if its id is there, else added.

        Raises:
            SmmError: It is no brief; nothing is stored.
        """
        if len(content) > _LARGEST:
            raise UnreadableFileError(mark("{path} is too large for a brief."), path=name)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableFileError(
                mark("{path} is not text in UTF-8; save it as UTF-8."), path=name
            ) from None
        campaign = from_yaml(text, name=name)
        there = campaign.id in self.workspace.campaigns
        self.put(campaign)
        said = mark("Changed: {name}. “Undo” takes it back.") if there else mark("Added: {name}")
        self.panel.status.tell(self.panel.say(said, name=campaign.name))

    def _tell_code(self, _change: object = None) -> None:
        shown = kit.same_in_python(self.panel.say("The same in Python"), self.code) if self.record else ""
        kit.put(self._python, shown)
