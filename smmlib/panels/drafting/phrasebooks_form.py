"""A team's own phrasebooks: bring in a YAML file, see what is there, take one out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import ipywidgets as w

from smmlib.drafting import Phrasebook, read_phrasebook, shipped_phrasebook
from smmlib.errors import UnreadableFileError
from smmlib.language import mark
from smmlib.panels import kit
from smmlib.workspace import Workspace


class PhrasebooksForm(w.VBox):
    """The list of phrasebooks with a button for each, and a way to bring one in.

    Args:
        workspace: Where they are kept.
        panel: Panel the form stands in.
        changed: Called after each change.
    """

    def __init__(self, workspace: Workspace, panel: kit.Panel, *, changed: Callable[[], None]) -> None:
        self.workspace, self.panel, self._changed = workspace, panel, changed
        say = panel.say
        self._upload = w.FileUpload(accept=".yaml,.yml", description=say("Add a phrasebook (YAML)"))
        self._upload.observe(self._uploaded, "value")
        hint = say(
            "A phrasebook adds phrases to those that come with the workbench, or replaces whole slots. "
            "Save the "
            "phrases that come with it to see the form."
        )
        saves = [
            panel.button(say(label), partial(self._save, language), look="small")
            for label, language in (
                (mark("Save the German phrases"), "de"),
                (mark("Save the English phrases"), "en"),
            )
        ]
        self._list = kit.stack()
        super().__init__([kit.html(escape(hint), "smm-note"), self._list, kit.row(self._upload, *saves)])
        self.add_class("smm-stack")
        self.show()

    def show(self) -> None:
        """List the phrasebooks there are."""
        self._list.children = tuple(self._line(book) for book in self.workspace.phrasebooks.list())

    def _line(self, book: Phrasebook) -> w.Widget:
        phrases = sum(map(len, book.slots.values()))
        about = self.panel.say_many("{count} phrase", "{count} phrases", phrases)
        name = kit.html(
            f"{escape(book.name)} <span class='smm-note'>{escape(book.language)} · {escape(about)}</span>"
        )
        remove = self.panel.button(
            self.panel.say("Remove"), partial(self._remove, book.id), look="small plain"
        )
        return kit.row(name, remove)

    def _uploaded(self, change: dict[str, object]) -> None:
        files = change["new"]
        if not isinstance(files, (list, tuple)) or not files:
            return
        with self.panel.trying():
            for file in files:
                self.add(str(file["name"]), bytes(file["content"]))
        self._upload.value = ()

    def add(self, name: str, content: bytes) -> None:
        """Keep a phrasebook; one of the same name is replaced.

        Raises:
            UnreadableFileError: It is not text, or no phrasebook.
        """
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableFileError(
                mark("{file} is no text in UTF-8; save it as UTF-8 and add it again."), file=name
            ) from None
        book = read_phrasebook(text, name=name)
        same = next((b.id for b in self.workspace.phrasebooks.list() if b.name == book.name), book.id)
        self.workspace.phrasebooks.keep(book.replace(id=same))
        self.show()
        self._changed()
        self.panel.status.tell(self.panel.say("Phrasebook {name} is kept.", name=book.name))

    def _remove(self, book_id: str) -> None:
        self.workspace.phrasebooks.remove(book_id)
        self.show()
        self._changed()

    def _save(self, language: str) -> None:
        import yaml

        book = shipped_phrasebook("de" if language == "de" else "en")
        fields = book.model_dump(mode="json", exclude={"id"})
        text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110)
        self.panel.download.save(f"{book.name}.yaml", text.encode(), "text/yaml")
