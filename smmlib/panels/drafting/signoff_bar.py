"""The sign-off bar: who decides, where the draft stands on each account, and what can be done now."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as w

from smmlib.campaign import ROLES, Account
from smmlib.drafting.signoff import STATES, AccountSignOff, SignOff, Void, changes_html
from smmlib.drafting.signoff.entry import Action
from smmlib.language import mark, moment
from smmlib.panels import kit
from smmlib.panels.drafting.draft_model import DraftModel
from smmlib.panels.drafting.signoff_model import ANY_TIME, SignoffModel, local
from smmlib.panels.drafting.signoff_past import SignoffPast
from smmlib.panels.drafting.signoff_sheets import SignoffSheets

_LOOKS = {"draft": "quiet", "review": "info", "returned": "warn", "approved": "good"}
_DONE: dict[Action, str] = {
    "request": mark("Asked for a review."),
    "approve": mark("Approved and logged."),
    "return": mark("Returned; the author sees your comment."),
    "comment": mark("Comment kept."),
    "withdraw": mark("Withdrawn."),
    "urgent release": mark("Released; the reason is in the log."),
}


class SignoffBar(w.VBox):
    """Request, approve, return and comment; the log is behind it.

    Args:
        model: The draft panel's model.
        panel: The panel it stands in.
    """

    def __init__(self, model: DraftModel, panel: kit.Panel) -> None:
        self.model, self.panel = SignoffModel(model), panel
        self._standing = kit.html("", "smm-signoff")
        self._past = SignoffPast(self.model, panel)
        self._sheets = SignoffSheets(self.model, panel)
        more = w.Accordion([self._past, self._sheets])
        for index, title in enumerate((panel.say("History and comments"), panel.say("Review sheets"))):
            more.set_title(index, title)
        more.selected_index = None
        parts = (self._past.alarm, self._standing, self._person(), self._decision(), self._buttons())
        super().__init__([*parts, more])
        self.add_class("smm-stack")
        self.add_class("smm-signoff-bar")
        self._filling = False
        model.observe(self._opened, names=["draft"])
        self.model.observe(self._logged, names=["logged"])
        self.show()

    def show(self, _change: object = None) -> None:
        """Bring the bar up to date with the model; cheap enough for every key."""
        state, known, say = self.model.state, self.model.accounts, self.panel.say
        self._filling = True
        accounts = [(self.model.drafts.label_of(known[id]), id) for id in state.accounts]
        options = ((say("all accounts"), ""), *accounts)
        if self._account.options != options:
            kit.offer(self._account, options)
        self._filling = False
        kit.put(self._standing, self._markup(state, known))
        states = {here.state for here in state.accounts.values()}
        for action, button in self._actions.items():
            kit.show_if(button, action == "comment" or bool(states & set(_SHOWN[action])))

    # --- parts
    def _person(self) -> w.Widget:
        say, model = self.panel.say, self.model
        self._name = kit.field(
            w.Text(value=model.name, description=say("Your name"), continuous_update=False),
            "smm-signoff-name",
        )
        roles = [("–", ""), *((say(text), role) for role, text in ROLES.items())]
        self._role = kit.choice(say("Your role"), roles, model.role)
        self._role.add_class("smm-signoff-role")
        self._name.observe(lambda c: self._told(name=c["new"].strip()), "value")
        self._role.observe(lambda c: self._told(role=c["new"]), "value")
        return kit.row(self._name, self._role)

    def _decision(self) -> w.Widget:
        say = self.panel.say
        self._account = kit.choice(say("For"), [(say("all accounts"), "")])
        self._account.add_class("smm-signoff-account")
        days = [
            (say("on the planned day"), 0),
            (say("3 days around it"), 3),
            (say("7 days around it"), 7),
            (say("at any time"), ANY_TIME),
        ]
        self._days = kit.choice(say("Approval holds"), days)
        text = w.Textarea(description=say("Comment or reason"), rows=2)
        self._text = kit.field(text, "smm-signoff-text")
        return kit.stack(kit.row(self._account, self._days), self._text)

    def _buttons(self) -> w.Widget:
        labels: dict[Action, tuple[str, str]] = {
            "request": (self.panel.say("Ask for a review"), "primary small"),
            "approve": (self.panel.say("Approve"), "primary small"),
            "return": (self.panel.say("Return with comment"), "small"),
            "comment": (self.panel.say("Comment only"), "small"),
            "withdraw": (self.panel.say("Withdraw"), "small"),
            "urgent release": (self.panel.say("Urgent release with reason"), "small plain"),
        }
        self._actions: dict[Action, w.Button] = {}
        for action, (label, look) in labels.items():
            button = self.panel.button(label, lambda action=action: self._act(action), look=look)  # type: ignore[misc]
            button.add_class(f"smm-signoff-{action.split()[0]}")
            self._actions[action] = button
        again = self.panel.button(self.panel.say("Read again"), self.model.refresh, look="small plain")
        return kit.row(*self._actions.values(), again)

    # --- what happens
    def _act(self, action: Action) -> None:
        entries = self.model.act(
            action, account=self._account.value or "", text=self._text.value, days=self._days.value
        )
        self._text.value = ""
        own = any(entry.own for entry in entries)
        said = self.panel.say(_DONE[action])
        note = self.panel.say("It was a draft of your own; the log says so.") if own else ""
        self.panel.status.tell(f"{said} {note}".strip())

    def _told(self, **changes: str) -> None:
        if not self._filling:
            with self.panel.trying():
                for name, value in changes.items():
                    setattr(self.model, name, value)

    def _opened(self, change: dict[str, Any]) -> None:
        self.show()
        old, new = change["old"], change["new"]
        if (old and old.id) != (new and new.id):
            self._past.show()

    def _logged(self, _change: object = None) -> None:
        self.show()
        self._past.show()

    # --- what is shown
    def _markup(self, state: SignOff, known: dict[str, Account]) -> str:
        say = self.panel.say
        if not state.accounts:
            return kit.empty(say("Nothing to sign off yet"), say("Tick an account the draft goes to."))
        return "".join(self._account_markup(here, known[id]) for id, here in state.accounts.items())

    def _account_markup(self, here: AccountSignOff, account: Account) -> str:
        language = self.panel.language
        mark_up = kit.badge(self.panel.say(STATES[here.state]), _LOOKS[here.state])
        if here.urgent:
            mark_up += " " + kit.badge(self.panel.say("Urgent release"), "warn")
        if any(entry.own for entry in here.approvals):
            mark_up += " " + kit.badge(self.panel.say("own draft"), "warn")
        until = [entry.window.text(language, account.time_zone) for entry in here.approvals]
        holds = self.panel.say("Holds {window}.", window=until[0]) if until else ""
        name = self.model.drafts.label_of(account)
        lines = f"{escape(here.reason.text(language))} <span class='smm-note'>{escape(holds)}</span>"
        void = self._void_markup(here.void, account.time_zone) if here.state != "approved" else ""
        return (
            f'<div class="smm-standing smm-stands-{here.state}"><b>{escape(name)}</b> {mark_up}'
            f"<div>{lines}</div>"
            f'{void}<span class="smm-note" title="{here.content.fingerprint}">'
            f"{escape(self.panel.say('Fingerprint'))} {here.content.fingerprint[:12]}</span></div>"
        )

    def _void_markup(self, voids: tuple[Void, ...], time_zone: str) -> str:
        """What no longer holds and why; what changed since, once for all that decided on the same."""
        language, lines = self.panel.language, []
        for number, void in enumerate(voids):
            at = moment(local(void.entry.at, time_zone), language)
            said = self.panel.say("No longer holds: {name}, {at}", name=void.entry.actor, at=at)
            inside = f"<div>{escape(void.reason.text(language))}</div>"
            if void.entry.fingerprint not in {other.entry.fingerprint for other in voids[:number]}:
                inside += changes_html(void.changes(language), language)
            lines.append(f'<details class="smm-void"><summary>{escape(said)}</summary>{inside}</details>')
        return "".join(lines)


_SHOWN: dict[Action, tuple[str, ...]] = {
    "request": ("draft", "returned"),
    "approve": ("review", "approved"),
    "return": ("review", "approved"),
    "withdraw": ("review", "approved"),
    "urgent release": ("draft", "review", "returned"),
}
