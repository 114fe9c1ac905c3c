"""Posting stop: everything planned for an account, a campaign or the company waits, at one click."""

from __future__ import annotations

from html import escape

import ipywidgets as w
import pandas as pd

from smmlib.networks import account_label
from smmlib.panels import kit
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.panels.tables import table
from smmlib.planning.calendar import HOLD_ACTIONS, HOLD_SCOPES


class PostingStop(w.VBox):
    """Call a stop with its reason, release entries one by one or all, and read the log.

    Args:
        model: What the room knows.
        panel: The panel it stands in.
    """

    def __init__(self, model: CalendarModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        say = panel.say
        self.what = kit.choice(say("Stop everything of"), [])
        hint = say("everybody who meets it reads this")
        self.reason = kit.field(w.Text(description=say("Reason"), placeholder=hint), grow=3)
        self.author = kit.field(w.Text(description=say("Your name")), "smm-hold-author")
        self._call = panel.button(say("Stop posting"), self.call, look="primary")
        self._call.add_class("smm-hold-call")
        self.active = kit.choice(say("Active stop"), [])
        self.entry = kit.choice(say("Entry"), [])
        one = panel.button(say("Release this entry"), lambda: self.release(self.entry.value), look="small")
        every = panel.button(say("Lift the whole stop"), lambda: self.release(None), look="small")
        every.add_class("smm-hold-lift")
        self._release = kit.row(self.active, self.entry, one, every)
        self._log = kit.html("", "smm-hold-log")
        self.active.observe(self._offer_entries, "value")
        super().__init__([kit.row(self.what, self.reason, self.author, self._call), self._release, self._log])
        self.add_class("smm-stack")

    def show(self) -> None:
        """Offer what can be stopped and released, and show the log."""
        say, workspace = self.panel.say, self.model.workspace
        networks = workspace.load_networks()
        accounts = [
            (account_label(a, networks.get(a.network)), ("account", a.id)) for a in workspace.accounts.list()
        ]
        campaigns = [(c.name, ("campaign", c.id)) for c in workspace.campaigns.list()]
        kit.offer(self.what, [(say("the whole company"), ("company", "")), *campaigns, *accounts])
        self._names = {of: name for name, (_, of) in [*accounts, *campaigns]}
        active = [hold for hold in self.model.holds if hold.active]
        kit.offer(self.active, [(f"{self._named(h.scope, h.of)}: {h.reason}", h.id) for h in active])
        kit.show_if(self._release, bool(active))
        self._offer_entries()
        self._show_log()

    def _named(self, scope: str, of: str) -> str:
        name = self._names.get(of, of)
        kind = self.panel.say(HOLD_SCOPES[scope])  # type: ignore[index]
        return f"{kind} {name}".strip()

    def _offer_entries(self, _change: object = None) -> None:
        calendar = self.model.calendar
        held = [
            (f"{entry.local:%d.%m. %H:%M} {entry.title}", entry.id)
            for entry in calendar.entries
            if entry.id in calendar.held and calendar.held[entry.id].id == self.active.value
        ]
        kit.offer(self.entry, held)

    def _show_log(self) -> None:
        say, language = self.panel.say, self.panel.language
        calendar, zone = self.model.calendar, self.model.workspace.now().tzinfo
        rows = []
        for hold in self.model.holds:
            for step in reversed(hold.log):
                entry = calendar.get(step.entry) if step.entry else None
                what = entry.title if entry else self._named(hold.scope, hold.of)
                rows.append(
                    (step.at.astimezone(zone), say(HOLD_ACTIONS[step.action]), what, step.reason, step.by)
                )
        if not rows:
            nothing = say("Nothing is on hold. What is stopped cannot be handed over until it is released.")
            kit.put(self._log, f'<div class="smm-note">{escape(nothing)}</div>')
            return
        frame = pd.DataFrame(rows, columns=["at", "action", "what", "reason", "by"])
        headers = {"at": say("When"), "action": say("Action"), "what": say("What"), "reason": say("Reason"),
                   "by": say("By")}  # fmt: skip
        frame["at"] = frame["at"].astype(object)
        kit.put(self._log, table(frame, language, headers=headers))

    def call(self) -> None:
        """Put everything of what is chosen on hold."""
        scope, of = self.what.value
        self.model.hold(scope, of, reason=self.reason.value, author=self.author.value)
        self.reason.value = ""
        count = len(self.model.calendar.held)
        self.panel.status.tell(
            self.panel.say_many("{count} entry is on hold now.", "{count} entries are on hold now.", count)
        )

    def release(self, entry: str | None) -> None:
        """Release one entry, or all of them."""
        if self.active.value:
            self.model.release(
                self.active.value, entry=entry, reason=self.reason.value, author=self.author.value
            )
            self.panel.status.tell(self.panel.say("Released; the log says by whom."))
