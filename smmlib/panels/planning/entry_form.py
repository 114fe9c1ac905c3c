"""The open entry of the calendar: what it is, when it appears, what does not go together with it."""

from __future__ import annotations

from datetime import time
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.networks import account_label
from smmlib.panels import kit
from smmlib.panels.entry import LOOKS
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.planning.calendar import ENTRY_KINDS
from smmlib.timetable import RepeatedTimeError


class EntryForm(w.VBox):
    """Fields of one entry. Of a post of a draft only day and time change here.

    Args:
        model: What the room knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: CalendarModel, panel: kit.Panel) -> None:
        self.model, self.panel, self._new = model, panel, False
        say = panel.say
        self.day = kit.field(w.DatePicker(description=say("Day")), "smm-entry-day")
        self.time = kit.field(
            w.Text(description=say("Time (empty: whole day)"), placeholder="17:00"), "smm-entry-time"
        )
        self.second = w.Checkbox(description=say("The second time the clock shows it"), indent=False)
        self.second.add_class("smm-check")
        self.fields: dict[str, w.Widget] = self._fields()
        self._note, self._empty = kit.html("", "smm-entry-note"), kit.html("")
        self._save = panel.button(say("Store"), self.save, look="primary")
        self._save.add_class("smm-entry-save")
        self._remove = panel.button(say("Remove"), self._drop, look="small")
        self._about = kit.stack(
            kit.row(self.fields["title"], self.fields["kind"]),
            kit.row(self.fields["channel"], self.fields["account"], self.fields["campaign"]),
            kit.row(self.fields["audience"], self.fields["owner"]),
            self.fields["text"],
            self.fields["notes"],
        )
        self._content = kit.stack(
            self._note,
            kit.row(self.day, self.time),
            self.second,
            self._about,
            kit.row(self._save, self._remove),
        )
        super().__init__([self._empty, self._content])
        self.add_class("smm-stack")

    def _fields(self) -> dict[str, w.Widget]:
        say, workspace = self.panel.say, self.model.workspace
        networks = workspace.load_networks()
        accounts = [(account_label(a, networks.get(a.network)), a.id) for a in workspace.accounts.list()]
        campaigns = [(campaign.name, campaign.id) for campaign in workspace.campaigns.list()]
        kinds = [(say(text), kind) for kind, text in ENTRY_KINDS.items() if kind != "post"]
        return {
            "title": kit.field(w.Text(description=say("Title")), "smm-entry-title", grow=2),
            "kind": kit.choice(say("Kind"), kinds),
            "channel": kit.field(w.Text(description=say("Medium, newsletter or place"))),
            "account": kit.choice(say("Account"), [("–", ""), *accounts]),
            "campaign": kit.choice(say("Campaign"), [("–", ""), *campaigns]),
            "audience": kit.field(w.Text(description=say("Whom it reaches"))),
            "owner": kit.field(w.Text(description=say("Owner"))),
            "text": kit.field(w.Textarea(description=say("Text"), rows=3)),
            "notes": kit.field(w.Textarea(description=say("Notes"), rows=2)),
        }

    def fresh(self) -> None:
        """Begin a new entry on the day of the view."""
        self.model.chosen = ""
        self._new = True
        for control in self.fields.values():
            control.value = control.options[0][1] if isinstance(control, w.Dropdown) else ""
        self.day.value, self.time.value, self.second.value = self.model.day, "", False
        self._arrange(post=False)
        kit.put(self._note, "")

    def show(self) -> None:
        """Show the open entry, its conflicts and its posting stop."""
        entry, say = self.model.entry, self.panel.say
        if entry is None:
            if not self._new:
                kit.show_if(self._content, False)
                kit.put(
                    self._empty,
                    kit.empty(
                        say("No entry is open"), say("Choose one in the calendar, or start a new one.")
                    ),
                )
            return
        self._new = False
        for name, control in self.fields.items():
            value = getattr(entry, name)
            if isinstance(control, w.Dropdown) and value not in [v for _, v in control.options]:
                control.options = [
                    *control.options,
                    (say(ENTRY_KINDS["post"]) if name == "kind" else value, value),
                ]
            kit.put(control, value)
        self.day.value, self.second.value = entry.local.date(), False
        self.time.value = "" if entry.all_day else f"{entry.local:%H:%M}"
        self._arrange(post=entry.is_post)
        kit.put(self._note, self._told())

    def _arrange(self, *, post: bool) -> None:
        kit.put(self._empty, "")
        kit.show_if(self._content, True)
        kit.show_if(self._about, not post)
        kit.show_if(self._remove, not post and not self._new)
        kit.show_if(self.second, False)

    def _told(self) -> str:
        entry, language = self.model.entry, self.panel.language
        assert entry is not None
        lines = [f"<b>{escape(entry.title)}</b>"]
        if entry.is_post:
            lines.append(escape(self.panel.say("A post of a draft: its text is changed in the room Drafts.")))
        hold = self.model.calendar.held.get(entry.id)
        if hold is not None:
            lines.append(f'<span class="smm-warn">❚❚ {escape(hold.message().text(language))}</span>')
        lines += [
            f'<span class="smm-{LOOKS[conflict.severity]}">{escape(conflict.text(language))}</span>'
            for conflict in self.model.conflicts.of(entry.id)
        ]
        return "".join(f"<div>{line}</div>" for line in lines)

    def save(self) -> None:
        """Store what is in the fields.

        Raises:
            InvalidValueError: Title, day or time do not do.
        """
        if self.day.value is None:
            raise InvalidValueError(mark("The entry has no day; choose one."))
        at, entry = read_time(self.time.value), self.model.entry
        second = self.second.value if self._asked else None
        try:
            if entry is not None and entry.is_post:
                self.model.reschedule(entry.id, self.day.value, at or time(), second=second)
            else:
                fields: dict[str, Any] = {name: control.value for name, control in self.fields.items()}
                if entry is not None:
                    fields["id"] = entry.id
                self._new = False
                self.model.keep(fields, self.day.value, at, second)
        except RepeatedTimeError:
            kit.show_if(self.second, True)
            raise
        self.panel.status.tell(self.panel.say("The entry is stored."))

    @property
    def _asked(self) -> bool:
        """Whether the user was asked which of two like times is meant."""
        return "smm-hidden" not in self.second._dom_classes

    def _drop(self) -> None:
        entry = self.model.entry
        if entry is not None:
            self.model.remove(entry.id)
            self.panel.status.tell(self.panel.say("The entry is off the calendar; its history is kept."))


def read_time(typed: str) -> time | None:
    """A time of day as typed: 17:00, 17.00 or 17; None for an empty field.

    Raises:
        InvalidValueError: It is none.
    """
    text = typed.strip().casefold().removesuffix("uhr").strip().replace(".", ":")
    if not text:
        return None
    hour, _, minute = text.partition(":")
    if not (hour.isdigit() and (minute or "00").isdigit() and int(hour) < 24 and int(minute or 0) < 60):
        raise InvalidValueError(mark("{typed!r} is no time of day; type one such as 17:00."), typed=typed)
    return time(int(hour), int(minute or 0))
