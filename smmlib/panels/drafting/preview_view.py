"""The previews of a draft, with a choice of device and of light or dark."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import ipywidgets as w

from smmlib import drafting
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel


class PreviewView(w.VBox):
    """A card for every account the draft goes to.

    Attributes:
        thumbnails: Asset id to a small picture as a data: URL; set it before `show`.
    """

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self.thumbnails: Mapping[str, str] = {}
        say = panel.say
        self._device = w.ToggleButtons(
            options=[(say("Mobile"), "mobile"), (say("Desktop"), "desktop")], tooltips=[say("Device")] * 2
        )
        self._theme = w.ToggleButtons(
            options=[(say("As the page"), "auto"), (say("Light"), "light"), (say("Dark"), "dark")],
            tooltips=[say("Brightness")] * 3,
        )
        self._cards = kit.html("", "smm-previews")
        self._survey: drafting.Survey | None = None
        heading = kit.html(f"<h3>{escape(say('Preview'))}</h3>")
        super().__init__([kit.row(heading, self._device, self._theme), self._cards])
        self.add_class("smm-stack")
        self.add_class("smm-preview-view")
        self._device.observe(self._again, "value")
        self._theme.observe(self._again, "value")

    def show(self, survey: drafting.Survey) -> None:
        """Bring the cards up to date."""
        self._survey = survey
        cards = [
            drafting.preview_html(
                row,
                device=self._device.value,
                theme=self._theme.value,
                language=self.panel.language,
                thumbnails=self.thumbnails,
            )
            for row in survey.rows
        ]
        say = self.panel.say
        empty = kit.empty(say("No account chosen"), say("Tick an account to see its preview."))
        kit.put(self._cards, "".join(cards) or empty)

    def _again(self, _change: object) -> None:
        if self._survey is not None:
            self.show(self._survey)
