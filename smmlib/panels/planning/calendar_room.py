"""The editorial calendar: social, PR and traditional media in one place; month, week, list and sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import pandas as pd

from smmlib.language import Language, clock, day, weekday
from smmlib.panels import kit
from smmlib.panels.chart_view import XLSX, export_bar
from smmlib.panels.planning.calendar_files import CalendarFiles
from smmlib.panels.planning.calendar_grid import CalendarGrid
from smmlib.panels.planning.calendar_model import VIEWS, CalendarModel
from smmlib.panels.planning.entry_form import EntryForm
from smmlib.panels.planning.posting_stop import PostingStop
from smmlib.panels.tables import table
from smmlib.planning.calendar import ENTRY_KINDS, GERMAN_STATES

if TYPE_CHECKING:
    from smmlib.alignment import Conflicts
    from smmlib.planning.calendar import Calendar, CalendarDay, CalendarEntry

_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8A7A00", "#66727f")
_LOOKS = {"error": "bad", "warning": "warn", "notice": ""}
_MONTHS_FIRST = "%m/%Y"
ALL = "*"
"""Choice of a filter that leaves everything; a drop-down list cannot show None as chosen."""


class CalendarRoom(w.VBox):
    """Filters, the calendar in its view, the open entry, posting stops and calendar files.

    Args:
        model: What the room knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: CalendarModel, panel: kit.Panel) -> None:
        self.model, self.panel, self._filling = model, panel, False
        self.grid = CalendarGrid(self._open, self._move)
        self._title, self._table = kit.html("", "smm-calendar-title"), kit.html("", "smm-calendar-list")
        self.form = EntryForm(model, panel)
        self.stop = PostingStop(model, panel)
        self.files = CalendarFiles(model, panel)
        hint = panel.say("Arrow keys go from entry to entry; with Alt they move it by a day or a week.")
        self._hint = kit.html(f'<div class="smm-note">{escape(hint)}</div>')
        export = export_bar(panel, "calendar", lambda: model.shown.to_frame(panel.language))
        book = panel.button(panel.say("Everything with conflicts (XLSX)"), self._book, look="small")
        export.children = (*export.children, book)
        super().__init__(
            [
                self._head(),
                self._filters(),
                kit.card(self._title, self.grid, self._table, self._hint, export),
                kit.card(self.form, title=panel.say("Entry")),
                kit.card(self.stop, title=panel.say("Posting stop")),
                kit.card(self.files, title=panel.say("Calendar files")),
            ]
        )
        self.add_class("smm-stack")
        names = ["view", "day", "campaign", "channel", "kind", "words", "changed"]
        model.observe(self.show, names=names)
        model.observe(self._show_entry, names=["chosen"])

    def _head(self) -> w.Widget:
        say, panel = self.panel.say, self.panel
        self.view = w.ToggleButtons(options=[(say(text), name) for name, text in VIEWS.items()])
        self.view.add_class("smm-calendar-view")
        self.view.observe(lambda c: setattr(self.model, "view", c["new"]), "value")
        self._steps = kit.row(
            panel.button("‹", lambda: self.model.step(-1), look="small", tip=say("Back")),
            panel.button(say("Today"), self._today, look="small"),
            panel.button("›", lambda: self.model.step(1), look="small", tip=say("On")),
        )
        new = panel.button(say("New entry"), self.form.fresh, look="primary small")
        new.add_class("smm-entry-new")
        return kit.row(self.view, self._steps, new)

    def _filters(self) -> w.Widget:
        say = self.panel.say
        self._campaign, self._channel = kit.choice(say("Campaign"), []), kit.choice(say("Channel"), [])
        kinds = [(say(text), kind) for kind, text in ENTRY_KINDS.items()]
        self._kind = kit.choice(say("Kind"), [(say("all"), ALL), *kinds])
        self._words = kit.field(w.Text(description=say("Words"), continuous_update=False))
        states = sorted(((name, code) for code, name in GERMAN_STATES.items()))
        self._state = kit.choice(say("Holidays of"), [(say("no state"), ""), *states], self.model.state)
        filters = {"campaign": self._campaign, "channel": self._channel, "kind": self._kind}
        for name, control in {**filters, "words": self._words}.items():
            control.add_class(f"smm-calendar-{name}")
            control.observe(lambda c, name=name: self._filter(name, c["new"]), "value")
        self._state.observe(self._choose_state, "value")
        return kit.row(self._campaign, self._channel, self._kind, self._words, self._state)

    def show(self, _change: object = None) -> None:
        """Bring the calendar up to date."""
        with self.panel.trying():
            calendar = self.model.calendar
            self._offer(calendar)
            grid = self.model.view in ("month", "week")
            for widget, shown in (
                (self.grid, grid),
                (self._steps, grid),
                (self._hint, grid),
                (self._table, not grid),
            ):
                kit.show_if(widget, shown)
            if grid:
                self._draw(calendar)
            else:
                kit.put(self._title, "")
                kit.put(self._table, self._listed())
            self._show_entry()
            self.stop.show()

    def _offer(self, calendar: Calendar) -> None:
        say = self.panel.say
        self._filling = True
        campaigns = sorted({(calendar.campaign_name(e), e.campaign) for e in calendar.entries if e.campaign})
        kit.offer(self._campaign, [(say("all"), ALL), *campaigns], _or_all(self.model.campaign))
        channels = sorted({(calendar.channel_name(e), e.channel_key) for e in calendar.entries})
        kit.offer(self._channel, [(say("all"), ALL), *channels], _or_all(self.model.channel))
        self._filling = False

    def _draw(self, calendar: Calendar) -> None:
        model, language = self.model, self.panel.language
        days, conflicts = model.days, model.conflicts
        keys = sorted({entry.channel_key for entry in calendar.entries})
        colours = {key: _COLOURS[i % len(_COLOURS)] for i, key in enumerate(keys)}
        today = model.workspace.now().date()
        inside = [d.day for d in days.days if d.inside]
        title = model.day.strftime(_MONTHS_FIRST) if model.view == "month" else _span(inside, language)
        kit.put(self._title, f"<h3>{escape(title)}</h3>")
        with self.grid.hold_sync():
            self.grid.weekdays = [weekday(number, language, "wide") for number in range(1, 8)]
            self.grid.days = [self._told(one, today, colours, conflicts, calendar) for one in days.days]

    def _told(
        self,
        one: CalendarDay,
        today: date,
        colours: Mapping[str, str],
        conflicts: Conflicts,
        calendar: Calendar,
    ) -> dict[str, Any]:
        number = f"{one.day.day}." if self.panel.language == "de" else f"{one.day.day}"
        return {
            "label": number,
            "inside": one.inside,
            "today": one.day == today,
            "holidays": list(one.holidays),
            "periods": [period.name for period in one.periods],
            "entries": [
                {
                    **self._chip(entry, calendar, conflicts),
                    "colour": colours[entry.channel_key],
                    "mark": _LOOKS.get(conflicts.marked.get(entry.id, "notice"), ""),
                }
                for entry in one.entries
            ],
        }

    def _chip(self, entry: CalendarEntry, calendar: Calendar, conflicts: Conflicts) -> dict[str, Any]:
        say, language = self.panel.say, self.panel.language
        at = say("all day") if entry.all_day else clock(entry.local.time(), language)
        channel, held = calendar.channel_name(entry), entry.id in calendar.held
        parts = [day(entry.local.date(), language), at, say(ENTRY_KINDS[entry.kind]), channel, entry.title]
        parts += [say("on hold")] if held else []
        parts += [conflict.text(language) for conflict in conflicts.of(entry.id)]
        return {"id": entry.id, "time": at, "title": entry.title, "channel": channel, "held": held,
                "done": entry.done, "label": ", ".join(parts)}  # fmt: skip

    def _listed(self) -> str:
        say, language, shown = self.panel.say, self.panel.language, self.model.shown
        if not shown.entries:
            hint = say("Change the filters, or start with “New entry”.")
            return kit.empty(say("Nothing is planned here"), hint)
        if self.model.view == "list":
            frame = shown.to_frame(language)
            frame["time"] = [None if pd.isna(at) else clock(at, language) for at in frame["time"]]
            headers = {"day": say("Day"), "time": say("Time"), "kind": say("Kind"), "channel": say("Channel"),
                       "title": say("Title"), "campaign": say("Campaign"), "owner": say("Owner"),
                       "state": say("State"), "hold": say("Why on hold")}  # fmt: skip
            return table(frame, language, headers=headers)
        frame = shown.by_campaign() if self.model.view == "campaign" else shown.by_channel()
        frame["name"] = [name or say("none") for name in frame["name"]]
        headers = {"name": say(VIEWS[self.model.view]), "entries": say("Entries"), "planned": say("Planned"),
                   "on_hold": say("On hold"), "done": say("Appeared"), "first": say("First day"),
                   "last": say("Last day")}  # fmt: skip
        return table(frame, language, headers=headers)

    def _show_entry(self, _change: object = None) -> None:
        self.grid.chosen = self.model.chosen
        self.form.show()

    def _book(self) -> None:
        content = self.model.workspace.calendar.sheet(language=self.panel.language)
        self.panel.download.save("calendar-all.xlsx", content, XLSX)

    def _open(self, id: str) -> None:
        self.panel.status.clear()
        self.model.chosen = id

    def _move(self, id: str, days: int) -> None:
        with self.panel.trying():
            self.panel.status.clear()
            entry = self.model.move(id, days)
            self.panel.status.tell(
                self.panel.say("{title} is on {when:datetime} now.", title=entry.title, when=entry.local)
            )

    def _today(self) -> None:
        self.model.day = self.model.workspace.now().date()

    def _filter(self, name: str, value: Any) -> None:
        if not self._filling:
            setattr(self.model, name, None if value == ALL else value)

    def _choose_state(self, change: dict[str, str | None]) -> None:
        if not self._filling and change["new"] is not None:
            with self.panel.trying():
                self.model.use_state(change["new"])


def _or_all(chosen: str | None) -> str:
    return ALL if chosen is None else chosen


def _span(days: list[date], language: Language) -> str:
    return f"{day(days[0], language)} – {day(days[-1], language)}"
