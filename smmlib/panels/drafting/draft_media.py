"""Pictures, films and documents that go with a draft, and their alt texts."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

import ipywidgets as w

from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.drafting.media import media_problems
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.media_model import medium_of

KINDS = {
    "image": mark("Image"),
    "video": mark("Video"),
    "gif": mark("GIF"),
    "document": mark("Document"),
}


class DraftMedia(w.VBox):
    """A row for each: kept file, kind, name, alt text. Without an account chosen above, all get the same."""

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._rows = kit.stack()
        self._lines: list[tuple[w.Widget, w.Widget, w.Widget]] = []
        self._files: list[w.Dropdown] = []
        self._subtitles: list[w.Text] = []
        self._notes: list[w.HTML] = []
        add = panel.button(panel.say("Add picture or film"), self._add, look="small")
        self._empty = kit.html()
        super().__init__([self._rows, self._empty, kit.row(add)])
        self.add_class("smm-stack")
        self._filling = False

    def show(self) -> None:
        """Bring the rows up to date with the model."""
        media = self.model.media
        known = self.model.workspace.media.known() if media else {}
        if len(media) != len(self._lines):
            self._build(len(media))
        self._filling = True
        for i, ((kind, name, alt), item) in enumerate(zip(self._lines, media, strict=True)):
            kit.put(kind, item.kind)
            kit.put(name, item.name)
            kit.put(alt, item.alt_text)
            kit.put(self._subtitles[i], item.subtitles)
            kit.show_if(self._subtitles[i], item.kind == "video")
            kept = item.asset in known
            kind.disabled = name.disabled = kept
            self._offer(self._files[i], known, item.asset if kept else "")
            kit.put(self._notes[i], self._note(item, known.get(item.asset)))
        self._filling = False
        kit.put(self._empty, "" if media else self._nothing_yet())

    def _nothing_yet(self) -> str:
        say, draft = self.panel.say, self.model.draft
        if draft is None or not draft.versions:
            return kit.empty(say("No account chosen"), say("Tick an account to see what goes there."))
        return kit.empty(
            say("No picture and no film yet"),
            say("Add one by its name, or choose a kept file in “Media” and use it in the open draft."),
        )

    def _build(self, count: int) -> None:
        say = self.panel.say
        self._lines, self._files, self._subtitles, self._notes, rows = [], [], [], [], []
        for index in range(count):
            file = kit.choice(say("Kept file"), [(say("only the name is known"), "")])
            kind = kit.choice(say("Kind"), [(say(text), key) for key, text in KINDS.items()])
            name = kit.field(w.Text(description=say("File"), continuous_update=False))
            alt = kit.field(
                w.Textarea(description=say("Alt text"), rows=2, continuous_update=False), "smm-medium-alt"
            )
            subtitles = kit.field(
                w.Text(description=say("Subtitle file"), continuous_update=False), "smm-medium-subtitles"
            )
            pairs = ((kind, "kind"), (name, "name"), (alt, "alt_text"), (subtitles, "subtitles"))
            for control, trait in pairs:
                control.observe(partial(self._typed, index, trait), "value")
            file.observe(partial(self._chosen, index), "value")
            file.add_class("smm-media-kept")
            drop = self.panel.button(say("Remove"), partial(self._drop, index), look="small plain")
            self._lines.append((kind, name, alt))
            self._files.append(file)
            self._subtitles.append(subtitles)
            self._notes.append(kit.html("", "smm-note"))
            parts = (file, kind, name, drop, alt, subtitles, self._notes[-1])
            rows.append(kit.columns(*parts, name="smm-medium"))
        self._rows.children = tuple(rows)

    def _offer(self, file: w.Dropdown, known: dict[str, Asset], chosen: str) -> None:
        newest = reversed(known.values())
        options = [(self.panel.say("only the name is known"), ""), *((a.name, a.id) for a in newest)]
        if tuple(file.options) != tuple(options):
            file.options = options
        kit.put(file, chosen)

    def _note(self, item: Media, asset: Asset | None) -> str:
        """What stops the hand-over; seen while it can still be mended."""
        today = datetime.now(ZoneInfo(self.model.workspace.settings.time_zone)).date()
        problems = media_problems(item, asset, today)
        lines = [f'<div class="smm-bad">{escape(p.text(self.panel.language))}</div>' for p in problems]
        lines += [
            f'<div class="smm-warn">{escape(self.panel.say(remark))}</div>'
            for remark in (asset.remarks if asset else ())
        ]
        return "".join(lines)

    def _add(self) -> None:
        self.model.set_media((*self.model.media, Media()))

    def _drop(self, index: int) -> None:
        self.model.set_media(tuple(m for i, m in enumerate(self.model.media) if i != index))

    def _chosen(self, index: int, change: dict[str, str]) -> None:
        if self._filling:
            return
        with self.panel.trying():
            asset = self.model.workspace.media.known().get(change["new"] or "")
            old = self.model.media[index]
            new = medium_of(asset, old.alt_text) if asset else old.replace(asset="", size=None)
            self._put(index, new.replace(subtitles=old.subtitles))

    def _typed(self, index: int, trait: str, change: dict[str, str]) -> None:
        if not self._filling:
            self._put(index, self.model.media[index].replace(**{trait: change["new"]}))

    def _put(self, index: int, item: Media) -> None:
        media = list(self.model.media)
        media[index] = item
        self.model.set_media(tuple(media))
