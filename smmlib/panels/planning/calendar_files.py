"""Calendar files: the calendar as ICS, and ICS files looked at before anything is stored."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from smmlib.panels import kit
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.panels.tables import table

if TYPE_CHECKING:
    from smmlib.planning.calendar import CalendarImport


class CalendarFiles(w.VBox):
    """Save what is shown as ICS; read a file, see what it would change, then take it.

    Args:
        model: What the room knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: CalendarModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self.read: CalendarImport | None = None
        say = panel.say
        save = panel.button(say("Save what is shown (ICS)"), self._save, look="small")
        self._upload = w.FileUpload(description=say("Read an ICS file"), accept=".ics", multiple=False)
        self._upload.observe(self._uploaded, "value")
        self._found = kit.html("", "smm-ics-found")
        self._take = panel.button(say("Take these entries"), self.take, look="primary")
        self._leave = panel.button(say("Leave it"), lambda: self._show(None), look="small")
        self._decide = kit.row(self._take, self._leave)
        super().__init__([kit.row(save, self._upload), self._found, self._decide])
        self.add_class("smm-stack")
        self._show(None)

    def look(self, name: str, content: bytes) -> None:
        """Show what a calendar file would change; nothing is stored.

        Raises:
            UnreadableFileError: It is no calendar file.
        """
        self._show(self.model.workspace.calendar.read_ics(content, name=name))

    def take(self) -> None:
        """Store what the file would change."""
        if self.read is not None:
            self.model.workspace.calendar.take(self.read)
            self._show(None)
            self.model.changed += 1
            self.panel.status.tell(self.panel.say("The entries are in the calendar."))

    def _save(self) -> None:
        content = self.model.workspace.calendar.ics(self.model.shown.entries, language=self.panel.language)
        self.panel.download.save("calendar.ics", content, "text/calendar")

    def _uploaded(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        with self.panel.trying():
            self.panel.status.clear()
            file = change["new"][0]
            self.look(file["name"], bytes(file["content"]))
        self._upload.value = ()

    def _show(self, read: CalendarImport | None) -> None:
        self.read = read
        kit.show_if(self._decide, read is not None)
        if read is None:
            kit.put(self._found, "")
            return
        say, language = self.panel.say, self.panel.language
        notes = "".join(f'<div class="smm-note">{escape(note.text(language))}</div>' for note in read.notes)
        frame = read.to_frame(language)
        headers = {"fate": say("What becomes of it"), "title": say("Title"), "why": say("Note")}
        listed = table(frame, language, headers={n: h for n, h in headers.items() if n in frame.columns})
        kit.put(self._found, f"<b>{escape(read.name)}</b>{notes}{listed}")
