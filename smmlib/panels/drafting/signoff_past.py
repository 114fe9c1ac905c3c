"""What happened to the open draft, newest first; both versions after a conflict; whether the log is whole."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from smmlib.campaign import ROLES, Account
from smmlib.drafting.signoff import ACTIONS, Conflict, HistoryItem, LogEntry, changes_html
from smmlib.language import moment
from smmlib.panels import kit
from smmlib.panels.drafting.signoff_model import SignoffModel, local

SHOWN_MOST = 60
"""Entries the list shows; the rest is only counted."""

CHECKED_MOST = 3000
"""Up to this many entries the log is checked whenever it is shown, which takes a fifth of a second."""


class SignoffPast(w.VBox):
    """History with differences, and the state of the log.

    Args:
        model: The sign-off of the open draft.
        panel: The panel it stands in.

    Attributes:
        alarm: What is wrong with the log; the bar shows it on top.
    """

    def __init__(self, model: SignoffModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._conflict = kit.html("", "smm-conflict")
        self._list = kit.html("", "smm-history")
        self._log = kit.html("", "smm-log")
        self.alarm = kit.html("", "smm-log-alarm")
        check = panel.button(panel.say("Check the log"), self._check, look="small")
        check.add_class("smm-check-log")
        super().__init__([self._conflict, self._list, kit.row(check), self._log])
        self.add_class("smm-stack")
        model.drafts.observe(self._show_conflict, names=["conflict"])
        self.show()

    def show(self) -> None:
        """Read the history again."""
        items, known = self.model.history(), self.model.accounts
        lines = "".join(self._line(item, known) for item in items[:SHOWN_MOST])
        if (left := len(items) - SHOWN_MOST) > 0:
            more = self.panel.say_many("… and 1 earlier change", "… and {count} earlier changes", left)
            lines += f'<li class="smm-note">{escape(more)}</li>'
        kit.put(self._list, f"<ul>{lines}</ul>" if lines else "")
        head = self.model.workspace.signoff.head()
        if head is not None and head.number <= CHECKED_MOST:
            self._check()

    def _check(self) -> None:
        found = self.model.verification()
        text = escape(found.text(self.panel.language)).replace("\n", "<br>")
        alarm = f'<div class="smm-verdict smm-bad" role="alert">{text}</div>'
        kit.put(self._log, f'<div class="smm-verdict" role="status">{text}</div>' if found.whole else alarm)
        kit.put(self.alarm, "" if found.whole else alarm)

    def _line(self, item: HistoryItem, known: dict[str, Account]) -> str:
        language, say = self.panel.language, self.panel.say
        when = moment(local(item.at, self.model.workspace.settings.time_zone), language)
        if item.entry is not None:
            what, body = self._decision(item.entry, known)
        else:
            changes = item.changes(known, language)
            what = say("Edited") if item.before else say("New draft")
            body = changes_html(changes, language) if item.after else escape(say("Removed"))
            if changes:
                body = f"<details><summary>{escape(say('What changed'))}</summary>{body}</details>"
        who = item.actor or say("not named")
        return (
            f'<li><span class="smm-note">{escape(when)}</span> <b>{escape(who)}</b> '
            f"{escape(what)}<div>{body}</div></li>"
        )

    def _decision(self, entry: LogEntry, known: dict[str, Account]) -> tuple[str, str]:
        say, account = self.panel.say, known.get(entry.account)
        role = say(ROLES[entry.role]) if entry.role in ROLES else ""
        marks = [say("own draft")] if entry.own else []
        if entry.source:
            marks.append(say("from a review sheet, read in by {name}", name=entry.entered_by or "–"))
        facts = [role, self.model.drafts.label_of(account) if account else entry.account, *marks]
        about = " · ".join(fact for fact in facts if fact)
        what = say(ACTIONS.get(entry.action, entry.action))
        what += f" · {say('entry {number:plain}', number=entry.number)}"
        if entry.faults():
            what += f" · {say('changed afterwards')}"
        return (
            what,
            f'<span class="smm-note">{escape(about)}</span><div class="smm-said">{escape(entry.text)}</div>',
        )

    def _show_conflict(self, _change: object = None) -> None:
        met = self.model.drafts.conflict
        kit.put(self._conflict, self._conflict_markup(met) if met else "")

    def _conflict_markup(self, met: Conflict) -> str:
        language, say = self.panel.language, self.panel.say
        heading = say("Two people changed this draft at once")
        who = say("{name} stored first.", name=met.author or say("Somebody else"))
        mine, theirs = met.mine_changed(language), met.theirs_changed(language)
        parts = [
            (say("They changed"), theirs),
            (say("You changed"), mine),
            (say("Theirs against yours"), met.between(language)),
        ]
        body = "".join(
            f"<div><b>{escape(title)}</b>{changes_html(changes, language)}</div>"
            for title, changes in parts
            if changes
        )
        return f'<div class="smm-verdict"><b>{escape(heading)}</b> {escape(who)}{body}</div>'
