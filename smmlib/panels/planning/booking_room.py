"""Bookings and figures: tables read from files or pasted, typed rows, spend from the response."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w
import pandas as pd

from smmlib.language import money
from smmlib.panels import kit
from smmlib.panels.chart_view import export_bar
from smmlib.panels.planning.booking_grids import BookingGrid, booking_cells, result_cells, result_grid
from smmlib.panels.planning.booking_import import BookingImport
from smmlib.panels.planning.booking_reader import BookingReader
from smmlib.panels.planning.planning_model import PlanningModel
from smmlib.panels.tables import table
from smmlib.planning import BOOKING_KINDS


class BookingRoom(w.VBox):
    """Everything that was ordered, billed and brought.

    Args:
        model: What the panel knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self.reader = BookingReader(BookingImport(model), panel)
        self.typed = BookingGrid(model, panel)
        self.results = result_grid(model, panel)
        self._sheets = kit.html("", "smm-booking-sheets")
        self._sheet = kit.choice(say("Table"), [])
        take_back = panel.button(say("Take this table back"), self._take_back, look="small")
        self._back = kit.row(self._sheet, take_back)
        self._all = kit.html("", "smm-bookings")
        self._spend = _SpendPart(model, panel)
        super().__init__(
            [
                kit.card(self.reader, title=say("Read a table of bookings")),
                kit.card(self._sheets, self._back, title=say("Tables so far")),
                kit.card(self.typed, title=say("Typed bookings")),
                kit.card(self._spend, title=say("Spend from the response")),
                kit.card(
                    self._all,
                    export_bar(panel, "bookings", lambda: model.ledger.to_frame(panel.language)),
                    title=say("All bookings"),
                ),
                kit.card(self.results, title=say("What channels brought")),
            ]
        )
        self.add_class("smm-stack")

    def show(self, _change: object = None) -> None:
        """Bring everything up to date."""
        if self.model.plan is None:
            return
        self.typed.follow(booking_cells(self.model, self.panel), self.model.books.typed)
        self.results.follow(result_cells(self.model, self.panel), self.model.books.typed_results)
        self._show_sheets()
        self._show_all()
        self._spend.show()

    def _show_sheets(self) -> None:
        say, language = self.panel.say, self.panel.language
        sheets = [sheet for sheet in self.model.books.sheets if not sheet.id.startswith("typed:")]
        spend = say("spend from the response")
        rows = pd.DataFrame(
            [
                (
                    s.name or spend,
                    len(s.bookings),
                    min(b.day for b in s.bookings),
                    max(b.day for b in s.bookings),
                )
                for s in sheets
            ],
            columns=["name", "count", "first", "last"],
        )
        kit.show_if(self._back, bool(sheets))
        kit.offer(self._sheet, [(s.name or spend, s.id) for s in sheets])
        if not sheets:
            nothing = kit.empty(
                say("No tables yet"), say("Choose a file above, or paste rows from a spreadsheet.")
            )
            kit.put(self._sheets, nothing)
            return
        headers = {
            "name": say("Table"),
            "count": say("Bookings"),
            "first": say("First day"),
            "last": say("Last day"),
        }
        kit.put(self._sheets, table(rows, language, headers=headers))

    def _show_all(self) -> None:
        say, language = self.panel.say, self.panel.language
        names = self.model.need().current.names()
        rows = pd.DataFrame(
            [
                (
                    b.day,
                    say(BOOKING_KINDS[b.kind]),
                    names.get(b.line, b.line) or say("not planned"),
                    b.supplier,
                    b.number,
                    say("{hours} h", hours=b.hours)
                    if b.hours
                    else money(b.amount or 0, b.currency, language),
                    b.text,
                    b.source.text(language),
                )
                for b in sorted(self.model.books.bookings, key=lambda b: (b.day, b.number), reverse=True)[
                    :200
                ]
            ],
            columns=["day", "kind", "line", "supplier", "number", "amount", "text", "source"],
        )
        if rows.empty:
            kit.put(
                self._all, kit.empty(say("Nothing is booked yet"), say("Read a table above, or type a row."))
            )
            return
        rows["amount"] = [f'<div class="smm-right">{escape(text)}</div>' for text in rows["amount"]]
        headers = {
            "day": say("Date"),
            "kind": say("Kind"),
            "line": say("Budget line"),
            "supplier": say("Supplier"),
            "number": say("Number"),
            "amount": say("Amount"),
            "text": say("Text"),
            "source": say("Where it was read"),
        }
        count = self.panel.say_many("{count} booking", "{count} bookings", len(self.model.books.bookings))
        shown = table(rows, language, headers=headers, formats={"amount": "html"})
        kit.put(self._all, f'<div class="smm-note">{escape(count)}</div>{shown}')

    def _take_back(self) -> None:
        if self._sheet.value:
            self.model.books.remove_sheet(self._sheet.value)
            self.panel.status.tell(
                self.panel.say("The table was taken back; its bookings do not count any more.")
            )


class _SpendPart(w.VBox):
    """Which budget line the spend of each account belongs to, and a button to take it over."""

    def __init__(self, model: PlanningModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._choices: dict[str, w.Dropdown] = {}
        self._place, self._empty = kit.row(), kit.html("")
        take = panel.button(panel.say("Take the daily spend over"), self._take, look="small")
        self._button = kit.row(take)
        super().__init__([self._empty, self._place, self._button])
        self.add_class("smm-stack")

    def show(self) -> None:
        """One choice per account of the plan."""
        say, plan = self.panel.say, self.model.need()
        names, channels = plan.current.names(), set(self.model.books.accounts().values())
        known = {channel: control.value for channel, control in self._choices.items()}
        self._choices = {}
        for channel in sorted(channels & set(names)):
            lines = [(line.name, line.id) for line in plan.current.lines
                     if line.channel == channel and line.counts == "spend"]  # fmt: skip
            wanted = known.get(channel) or (lines[0][1] if lines else "")
            options: list[tuple[str, Any]] = [(say("not taken"), ""), *lines]
            self._choices[channel] = kit.choice(names[channel], options, wanted)
        self._place.children = tuple(self._choices.values())
        kit.show_if(self._button, bool(self._choices))
        hint = say(
            "Name the account of a channel in the plan; lines that count the spend of exports are offered."
        )
        text = "" if self._choices else hint
        kit.put(self._empty, f'<div class="smm-note">{escape(text)}</div>' if text else "")

    def _take(self) -> None:
        lines = {channel: control.value for channel, control in self._choices.items() if control.value}
        count = self.model.books.take_spend(lines)
        self.panel.status.tell(
            self.panel.say_many(
                "{count} day with spend taken over.", "{count} days with spend taken over.", count
            )
        )
