"""What the sign-off bar knows: who is at the keyboard, where the open draft stands, what happened to it."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import traitlets as t

from smmlib.campaign import Account, Role
from smmlib.drafting.signoff import (
    AccountSignOff,
    HistoryItem,
    LogEntry,
    SignOff,
    Step,
    Verification,
    Window,
    days_around,
    state_of,
)
from smmlib.drafting.signoff.entry import Action
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.panels.drafting.draft_model import DraftModel

if TYPE_CHECKING:
    from smmlib.workspace import Workspace

VIEW = "sign-off"
"""Name under which the settings keep who is at the keyboard."""

ANY_TIME = -1
"""Choice of days that lets an approval hold at any time."""


class SignoffModel(t.HasTraits):
    """Sign-off of the open draft. Holds no widgets, so tests need no notebook.

    Where the draft stands is worked out from what is on the screen, so an edit shows at once what it voids.

    Args:
        drafts: The draft panel's model.
        person: Who uses this computer; names are kept for each. None: the name of the login.

    Attributes:
        name: Name decisions are logged under; kept in the settings of the workspace.
        role: Role they are logged in, or "".
        logged: Counts what was logged here or read anew; observe it to show the log again.
    """

    name = t.Unicode("")
    role = t.Unicode("")
    logged = t.Int(0)

    def __init__(self, drafts: DraftModel, *, person: str | None = None) -> None:
        super().__init__()
        self.drafts = drafts
        self._person = person if person is not None else _login()
        kept = self.workspace.settings.views.get(VIEW, {}).get(self._person, {})
        self.name, self.role = str(kept.get("name", "")), str(kept.get("role", ""))
        drafts.author = self.name
        self._read_for = ""
        self._entries: tuple[LogEntry, ...] = ()
        self._unlinked: frozenset[int] = frozenset()
        self.observe(self._keep_person, names=["name", "role"])

    @property
    def workspace(self) -> Workspace:
        """The workspace of the draft panel."""
        return self.drafts.workspace

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """What the log says about the open draft; read again by `refresh`."""
        draft = self.drafts.draft
        if draft is None:
            return ()
        if self._read_for != draft.id:
            log = self.workspace.signoff
            self._entries, self._unlinked = log.entries(draft.id), log.unlinked(draft.id)
            self._read_for = draft.id
        return self._entries

    @property
    def state(self) -> SignOff:
        """Where the open draft stands, as it is on the screen."""
        draft = self.drafts.draft
        if draft is None:
            return SignOff("")
        return state_of(
            draft,
            self.entries,
            accounts=self.accounts.values(),
            campaign=self.drafts.campaign,
            unlinked=self._unlinked,
        )

    @property
    def accounts(self) -> dict[str, Account]:
        """All accounts by id."""
        return {account.id: account for account in self.drafts.accounts}

    @property
    def code(self) -> str:
        """Python that leaves where the open draft stands in `result`, once the last key is stored."""
        draft_id = self.drafts.draft.id if self.drafts.draft else ""
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.workspace.path)!r})\n"
            f"result = workspace.signoff.state({draft_id!r})"
        )

    def refresh(self) -> None:
        """Read the log again, as somebody else may have decided meanwhile."""
        self._read_for = ""
        self.logged += 1

    def act(
        self, action: Action, *, account: str = "", text: str = "", days: int = 0
    ) -> tuple[LogEntry, ...]:
        """Log a decision about the open draft.

        Args:
            action: What is done.
            account: Account it is about; "": every account for which it makes sense.
            text: Comment or reason.
            days: Days before and after the planned one for which an approval holds, or `ANY_TIME`.

        Raises:
            SmmError: Something is missing, the draft does not stand there, or was changed meanwhile.
        """
        self.drafts.settle()
        draft = self.drafts.draft
        if draft is None:
            raise InvalidValueError(mark("No draft is open."))
        state = self.state
        wanted = (account,) if account else self._concerned(action, state)
        if action == "comment" and not account:
            wanted = ("",)
        steps = [self._step(action, id, state, text, days) for id in wanted]
        if not steps:
            raise InvalidValueError(mark("The draft goes to no account yet; tick one first."))
        try:
            return self.workspace.signoff.append(*steps)
        finally:
            self.refresh()

    def history(self) -> tuple[HistoryItem, ...]:
        """Everything that happened to the open draft, newest first."""
        draft = self.drafts.draft
        return self.workspace.signoff.history(draft.id)[::-1] if draft else ()

    def verification(self) -> Verification:
        """Whether the log of the whole workspace is as it was written."""
        return self.workspace.signoff.verify()

    def _step(self, action: Action, account: str, state: SignOff, text: str, days: int) -> Step:
        here = state.accounts.get(account)
        role: Role | Literal[""] = self.role  # type: ignore[assignment]
        return Step(
            action=action,
            draft=state.draft,
            actor=self.name,
            accounts=(account,) if account else (),
            role=role,
            text=text.strip(),
            window=self._window(here, days),
            seen={account: here.content.fingerprint} if here else None,
        )

    def _window(self, here: AccountSignOff | None, days: int) -> Window | None:
        if here is None or days == ANY_TIME:
            return Window()
        return days_around(here.planned_at, self.accounts[here.account].time_zone, days)

    def _concerned(self, action: Action, state: SignOff) -> tuple[str, ...]:
        """Accounts for which the action makes sense; all of them when there is none, so that one says why."""
        fitting = _STATES.get(action, ())
        found = tuple(id for id, here in state.accounts.items() if here.state in fitting)
        return found or tuple(state.accounts)

    def _keep_person(self, _change: object = None) -> None:
        self.drafts.author = self.name
        views = self.workspace.settings.views
        people = {**views.get(VIEW, {}), self._person: {"name": self.name, "role": self.role}}
        self.workspace.change_settings(views={**views, VIEW: people})


_STATES: dict[Action, tuple[str, ...]] = {
    "request": ("draft", "returned"),
    "approve": ("review",),
    "return": ("review", "approved"),
    "withdraw": ("review", "approved"),
    "urgent release": ("draft", "review", "returned"),
}


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def local(moment: datetime, time_zone: str) -> datetime:
    """A moment on the clock of a time zone."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(time_zone))
