"""The page of media: add files, see what was taken out of them, say whose they are, use them in a post."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.asset import Asset
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.media_details import MediaDetails
from smmlib.panels.drafting.media_marks import badges, small_picture
from smmlib.panels.drafting.media_model import MediaModel

_SHOWN = 60


class MediaPage(w.VBox):
    """Files on the left, the chosen one with all that is known about it on the right.

    Args:
        model: The open draft, which files can be used in.
        panel: The panel it stands in.
    """

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = MediaModel(model), panel
        say = panel.say
        self._upload = w.FileUpload(
            description=say("Add files"), accept="image/*,video/mp4,video/quicktime,.pdf", multiple=True
        )
        self._upload.add_class("smm-upload")
        self._path = kit.field(
            w.Text(description=say("or its path on this computer"), continuous_update=False), grow=3
        )
        add = panel.button(say("Add this file"), self._add_path, look="small")
        self._back = panel.button(say("Bring back"), self.model.bring_back, look="small plain")
        self._search = kit.field(
            w.Text(description=say("Search media"), placeholder=say("name, licence, person"))
        )
        self._cards = kit.columns(name="smm-media-grid")
        self._note = kit.html("", "smm-note")
        self._empty = kit.html(
            kit.empty(
                say("No media yet"),
                say(
                    "Add pictures, films or PDFs. Places and devices are taken out, authors stay; "
                    "every file is kept once."
                ),
            )
        )
        self._details = MediaDetails(self.model, panel)
        left = kit.stack(
            kit.row(self._upload, self._path, add, self._back),
            self._search,
            self._empty,
            self._cards,
            self._note,
        )
        super().__init__([kit.columns(left, self._details, name="smm-media-page")])
        self.add_class("smm-stack")
        self._upload.observe(self._uploaded, "value")
        self._search.observe(self._searched, "value")
        self.model.observe(self.show, names=["changed", "chosen", "query"])
        self.show()

    def show(self, _change: object = None) -> None:
        """Show the files and the chosen one as they are now."""
        assets = self.model.assets
        shown = assets[:_SHOWN]
        kit.put(self._search, self.model.query)
        kit.show_if(self._empty, not assets and not self.model.query)
        kit.show_if(self._back, self.model.can_bring_back)
        kit.show_if(self._search, bool(assets) or bool(self.model.query))
        self._cards.children = tuple(self._card(asset) for asset in shown)
        count = self.panel.say_many("{count} file", "{count} files", len(assets))
        more = self.panel.say("The {shown} newest are shown; search for others.", shown=_SHOWN)
        self._note.value = escape(count + (f" · {more}" if len(assets) > _SHOWN else "")) if assets else ""
        self._details.show()

    def _card(self, asset: Asset) -> w.Widget:
        """A file: small picture, state, and a button that chooses it."""
        choose = self.panel.button(asset.name[:40], partial(self._choose, asset.id), look="small plain")
        if asset.id == self.model.chosen:
            choose.add_class("smm-chosen")
        markup = small_picture(self.model.picture(asset), asset) + badges(self.model, asset, self.panel)
        return kit.stack(kit.html(markup), choose)

    def _choose(self, id: str) -> None:
        self.model.chosen = id

    def _searched(self, change: dict[str, str]) -> None:
        self.model.query = change["new"]

    def _uploaded(self, change: dict[str, Any]) -> None:
        files = change["new"]
        if not files:
            return
        self.panel.status.clear()
        for file in files:
            with self.panel.trying():
                self._tell(self.model.add(file["name"], bytes(file["content"])))
        self._upload.value = ()

    def _add_path(self) -> None:
        self._tell(self.model.add(self._path.value))
        self._path.value = ""

    def _tell(self, asset: Asset) -> None:
        say = self.panel.say
        gone = ", ".join(say(word) for word in asset.removed)
        told = say("“{name}” is kept.", name=asset.name)
        told += " " + (say("Taken out: {removed}.", removed=gone) if gone else say("Nothing taken out."))
        self.panel.status.tell(" ".join([told, *(say(remark) for remark in asset.remarks)]))
