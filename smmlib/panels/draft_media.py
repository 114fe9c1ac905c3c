"""Pictures, films and documents that go with a draft, and their alt texts."""

from __future__ import annotations

from functools import partial

import ipywidgets as w

from smmlib.draft import Media
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.draft_model import DraftModel

KINDS = {
    "image": mark("Image"),
    "video": mark("Video"),
    "gif": mark("GIF"),
    "document": mark("Document"),
}


class DraftMedia(w.VBox):
    """A row for each: kind, name, alt text. With no account chosen above, all accounts get the same."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._rows = kit.stack()
        self._lines: list[tuple[w.Widget, w.Widget, w.Widget]] = []
        add = panel.button(panel.say("Add picture or film"), self._add, look="small")
        super().__init__([self._rows, kit.row(add)])
        self.add_class("smm-stack")
        self._filling = False

    def show(self) -> None:
        """Bring the rows up to date with the model."""
        media = self.model.media
        if len(media) != len(self._lines):
            self._build(len(media))
        self._filling = True
        for (kind, name, alt), item in zip(self._lines, media, strict=True):
            kit.put(kind, item.kind)
            kit.put(name, item.name)
            kit.put(alt, item.alt_text)
        self._filling = False

    def _build(self, count: int) -> None:
        say = self.panel.say
        self._lines, rows = [], []
        for index in range(count):
            kind = kit.choice(say("Kind"), [(say(text), key) for key, text in KINDS.items()])
            name = kit.field(w.Text(description=say("File"), continuous_update=False))
            alt = kit.field(w.Text(description=say("Alt text"), continuous_update=False), grow=3)
            for control, trait in ((kind, "kind"), (name, "name"), (alt, "alt_text")):
                control.observe(partial(self._typed, index, trait), "value")
            drop = self.panel.button(say("Remove"), partial(self._drop, index), look="small plain")
            self._lines.append((kind, name, alt))
            rows.append(kit.row(kind, name, alt, drop))
        self._rows.children = tuple(rows)

    def _add(self) -> None:
        self.model.set_media((*self.model.media, Media()))

    def _drop(self, index: int) -> None:
        self.model.set_media(tuple(m for i, m in enumerate(self.model.media) if i != index))

    def _typed(self, index: int, trait: str, change: dict[str, str]) -> None:
        if not self._filling:
            media = list(self.model.media)
            media[index] = media[index].replace(**{trait: change["new"]})
            self.model.set_media(tuple(media))
