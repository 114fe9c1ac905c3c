"""What the planning panel knows: the open plan, what was booked on it, and the board of a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import traitlets as t

from smmlib import planning
from smmlib.errors import ConflictError, InvalidValueError
from smmlib.language import Language, mark, say
from smmlib.panels.planning.books import Books
from smmlib.panels.planning.kept import Kept
from smmlib.panels.planning.planning_code import SEED, code_of
from smmlib.planning import Pacing, Plan, PlanVersion

if TYPE_CHECKING:
    from smmlib.planning import Board, Ledger
    from smmlib.workspace import Workspace

SETTING = "planning"


class PlanningModel(t.HasTraits):
    """The open plan and what follows from it. Holds no widgets, so tests need no notebook.

    Every change is stored at once; `undo` walks back through what is stored. The ledger is kept until
    the plan, the bookings, the rates, the version or the day change.

    Attributes:
        plan: The open plan, or None while there is none.
        plans: All plans.
        version: Name of the version figures are compared with; "" is the newest.
        on: Day of the board.
        changed: Counts changes of bookings, figures and rates.
        books: What was booked on the open plan, and what channels brought.
    """

    plan = t.Instance(Plan, allow_none=True)
    plans = t.Tuple()
    version = t.Unicode("")
    on = t.Instance(date)
    changed = t.Int(0)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(on=workspace.now().date())
        self.workspace = workspace
        self.books = Books(self)
        self._kept = Kept()
        self._number = 0
        self._undone: list[int] = []
        self.refresh()
        view = workspace.settings.views.get(SETTING, {})
        wanted = view.get("plan", "")
        known = [plan.id for plan in self.plans]
        if known:
            self.open(wanted if wanted in known else known[0])
            self.on = self._usual_day()
        self.observe(self._remember, names=["plan"])

    # --- the plan
    def refresh(self) -> None:
        """Read the plans again, as another notebook may have changed them."""
        self.plans = self.workspace.plans.list()

    def open(self, plan_id: str) -> None:
        """Open a plan."""
        self._number = self.workspace.plans.revision(plan_id)
        self._undone = []
        self.version = ""
        self.plan = self.workspace.plans.get(plan_id)

    def start(self, campaign_id: str, name: str = "") -> Plan:
        """Begin the plan of a campaign, with one phase from its first to its last day.

        Args:
            campaign_id: The campaign.
            name: What reports call the plan; "" is the name of the campaign.
        """
        campaign = self.workspace.campaigns.get(campaign_id)
        on = self.workspace.now().date()
        phases: tuple[planning.Phase, ...] = ()
        if campaign.start and campaign.end:
            phases = (planning.Phase(name=campaign.name, start=campaign.start, end=campaign.end),)
        version = PlanVersion(on=on, phases=phases)
        title = name.strip() or campaign.name
        plan = Plan(campaign=campaign_id, name=title, owner=campaign.owner, versions=(version,))
        self.workspace.plans.add(plan)
        self.refresh()
        self.open(plan.id)
        return plan

    def remove(self) -> None:
        """Take the open plan off the list; it stays in the history."""
        plan = self.need()
        self.workspace.plans.remove(plan.id)
        self.refresh()
        self.plan = None
        if self.plans:
            self.open(self.plans[0].id)

    def need(self) -> Plan:
        """The open plan.

        Raises:
            InvalidValueError: None is open.
        """
        if self.plan is None:
            raise InvalidValueError(mark("There is no plan yet; start one for a campaign."))
        return self.plan

    def edit(self, **changes: Any) -> None:
        """Change fields of the plan and store it.

        Raises:
            InvalidRecordError: A value does not fit; nothing is stored.
            ConflictError: Another notebook changed the plan; it is read again and shown.
        """
        self._store(self.need().replace(**changes))

    def edit_version(self, **changes: Any) -> None:
        """Change phases, channels, lines or targets of the newest version and store it."""
        plan = self.need()
        newest = plan.current.replace(**changes)
        self._store(plan.replace(versions=(*plan.versions[:-1], newest)))

    def revise(self, name: str, *, reason: str = "", **changes: Any) -> None:
        """Add a version to the plan, decided today; the earlier ones stay as they are."""
        on = max(self.workspace.now().date(), self.need().current.on)
        self._store(self.need().revised(name.strip(), on, reason=reason, **changes))

    @property
    def can_undo(self) -> bool:
        """Whether the plan has an earlier state."""
        return bool(self._past())

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._undone)

    def undo(self) -> None:
        """Go back to the state before."""
        past = self._past()
        if past:
            self._undone.append(self._number)
            self._go_to(past[-1])

    def redo(self) -> None:
        """Take the last `undo` back."""
        if self._undone:
            self._go_to(self._undone.pop())

    def _past(self) -> list[int]:
        if self.plan is None:
            return []
        history = self.workspace.plans.history(self.plan.id)
        return [r.number for r in history if r.record is not None and r.number < self._number]

    def _go_to(self, number: int) -> None:
        plan = self.need()
        back = self.workspace.plans.revert(plan.id, number)
        self._number = number
        self._show(back)

    def _store(self, plan: Plan) -> None:
        if plan == self.plan:
            return
        try:
            self.workspace.plans.update(plan, expected=self.workspace.plans.revision(plan.id))
        except ConflictError:
            self.open(plan.id)
            raise
        self._number = self.workspace.plans.revision(plan.id)
        self._undone = []
        self._show(plan)

    def _show(self, plan: Plan) -> None:
        if self.version and self.version not in [version.name for version in plan.versions]:
            self.version = ""
        self.refresh()
        self.plan = plan

    def _remember(self, _change: object) -> None:
        views = self.workspace.settings.views
        state = {"plan": self.plan.id if self.plan else ""}
        if views.get(SETTING) != state and not self.workspace.read_only:
            self.workspace.change_settings(views={**views, SETTING: state})

    @property
    def decided(self) -> PlanVersion:
        """The version figures are compared with."""
        return self.need().version(self.version)

    # --- the board
    @property
    def ledger(self) -> Ledger:
        """All rows of the plan until the day of the board.

        Raises:
            InvalidRecordError: Bookings do not fit, or a rate is missing; each row is named.
        """
        stores = (self.workspace.bookings.version(), self.workspace.exchange_rates.version())
        return self._kept.get("ledger", (self.plan, self.version, self.on, *stores), self._ledger)

    def _ledger(self) -> Ledger:
        return planning.build_ledger(
            self.need(), self.books.bookings, rates=self.books.rates, version=self.version, until=self.on
        )

    @property
    def board(self) -> Board:
        """The campaign on the day chosen."""
        ledger, results = self.ledger, self.books.results
        key = (self._kept.key("ledger"), self.books.results_key)
        rng = np.random.default_rng(SEED)
        return self._kept.get("board", key, lambda: planning.board_of(ledger, self.decided, results, rng=rng))

    def pacing(self, line: str = "") -> Pacing:
        """How a line, or the whole campaign, goes day by day."""
        return planning.pacing_of(self.board, line, rng=np.random.default_rng(SEED))

    @property
    def code(self) -> str:
        """Python that leaves the board in `result`, without the panel."""
        return code_of(self)

    def data(self) -> pd.DataFrame:
        """The rows behind what is shown: one per line of the board."""
        return self.board.to_frame()

    def _usual_day(self) -> date:
        """Today; of the practice company, whose time stands still, the last day with a booking or figure."""
        today = self.workspace.now().date()
        if not self.workspace.practice:
            return today
        known = [booking.day for booking in self.books.bookings] + [
            result.day for result in self.books.results
        ]
        return max((day for day in known if day <= today), default=today)


def version_name(name: str, language: Language) -> str:
    """What a version is called; the first one is so by the program, others by the team."""
    return say("baseline", language) if name == "baseline" else name


def months_between(first: date, last: date) -> list[date]:
    """First days of the months from one day to another."""
    found = [first.replace(day=1)]
    while (following := (found[-1] + timedelta(days=31)).replace(day=1)) <= last:
        found.append(following)
    return found


def weeks_between(first: date, last: date) -> list[date]:
    """Mondays of the weeks from one day to another."""
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(weeks=i) for i in range((last - monday).days // 7 + 1)]
