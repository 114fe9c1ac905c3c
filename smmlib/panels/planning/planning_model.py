"""What the planning panel knows: the open plan, what was booked on it, and the board of a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import traitlets as t

from smmlib import planning
from smmlib.errors import ConflictError, InvalidValueError
from smmlib.language import Language, mark, say
from smmlib.panels.planning.planning_code import SEED, code_of
from smmlib.planning import Booking, BookingSheet, ExchangeRates, Pacing, Plan, PlanVersion, Result

if TYPE_CHECKING:
    from smmlib.planning import Board, Ledger
    from smmlib.workspace import Workspace

SETTING = "planning"
_DAILY = (
    "select network, account, entity, metric, value, amount, currency, segment, local_day, import_id, "
    "\"window\" from response where \"window\" = 'day' and segment = 'unknown'"
)


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
    """

    plan = t.Instance(Plan, allow_none=True)
    plans = t.Tuple()
    version = t.Unicode("")
    on = t.Instance(date)
    changed = t.Int(0)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(on=workspace.now().date())
        self.workspace = workspace
        self._kept: dict[str, tuple[Any, Any]] = {}
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

    # --- what was booked, what channels brought
    @property
    def decided(self) -> PlanVersion:
        """The version figures are compared with."""
        return self.need().version(self.version)

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """Bookings of the open plan."""
        return self._once("bookings", (self.plan, self.workspace.bookings.version()), self._bookings)

    def _bookings(self) -> tuple[Booking, ...]:
        every = [booking for sheet in self.workspace.bookings.list() for booking in sheet.bookings]
        return planning.bookings_on(self.need(), every)

    # --- changing what was booked
    @property
    def sheets(self) -> tuple[BookingSheet, ...]:
        """Sheets with bookings of the open plan, in the order they came."""
        plan = self.need()
        return tuple(s for s in self.workspace.bookings.list() if planning.bookings_on(plan, s.bookings))

    def add_sheet(self, sheet: BookingSheet) -> BookingSheet:
        """Store a sheet whose bookings belong to the open plan.

        Raises:
            InvalidValueError: It is there already.
            InvalidRecordError: It does not fit the plan; nothing is stored.
        """
        plan = self.need()
        own = sheet.replace(
            bookings=tuple(booking.model_copy(update={"plan": plan.id}) for booking in sheet.bookings)
        )
        planning.build_ledger(plan, (*self.bookings, *own.bookings), rates=self.rates)
        self.workspace.bookings.add(own)
        self.changed += 1
        return own

    def remove_sheet(self, sheet_id: str) -> None:
        """Take a sheet off the list; its history is kept."""
        self.workspace.bookings.remove(sheet_id)
        self.changed += 1

    @property
    def typed(self) -> tuple[Booking, ...]:
        """Bookings that were typed."""
        found = self.workspace.bookings
        return found.get(self._typed_id).bookings if self._typed_id in found else ()

    def keep_typed(self, bookings: tuple[Booking, ...]) -> None:
        """Store the typed bookings in place of those there were.

        Raises:
            InvalidRecordError: One does not fit the plan, or a document is there twice; nothing is stored.
        """
        plan = self.need()
        own = tuple(booking.replace(plan=plan.id) for booking in bookings)
        before = {booking.id for booking in self.typed}
        others = [booking for booking in self.bookings if booking.id not in before]
        planning.build_ledger(plan, (*others, *own), rates=self.rates)
        self.workspace.bookings.keep(BookingSheet(id=self._typed_id, bookings=own))
        self.changed += 1

    @property
    def _typed_id(self) -> str:
        return f"typed:{self.need().id}"

    def take_spend(self, lines: Mapping[str, str]) -> int:
        """Take the daily spend of accounts from the response, in place of what was taken before.

        Args:
            lines: Id of a channel to the id of its budget line.

        Returns:
            How many bookings there are now.

        Raises:
            InvalidRecordError: An amount has no currency, or its rate is missing; nothing changes.
        """
        plan = self.need()
        wanted = {account: lines[c] for account, c in self.accounts().items() if lines.get(c)}
        first, last = self.days()
        table = self.daily_table() if wanted else None
        found = (
            ()
            if table is None
            else planning.spend_bookings(table, wanted, first=first, last=last, plan=plan.id)
        )
        id = f"spend:{plan.id}"
        before = {b.id for s in self.sheets if s.id == id for b in s.bookings}
        others = [booking for booking in self.bookings if booking.id not in before]
        planning.build_ledger(plan, (*others, *found), rates=self.rates)
        self.workspace.bookings.keep(BookingSheet(id=id, bookings=found))
        self.changed += 1
        return len(found)

    @property
    def typed_results(self) -> tuple[Result, ...]:
        """Typed figures of the plan's channels."""
        return planning.results_on(self.need(), self.workspace.results.list())

    def keep_results(self, results: tuple[Result, ...]) -> None:
        """Store typed figures in place of those there were."""
        before = {result.id: result for result in self.typed_results}
        for result in results:
            if before.pop(result.id, None) != result:
                self.workspace.results.keep(result)
        for gone in before:
            self.workspace.results.remove(gone)
        self.changed += 1

    @property
    def rates(self) -> ExchangeRates:
        """Exchange rates of the plan's currency; empty while there are none."""
        base = self.need().currency
        found = (table for table in self.workspace.exchange_rates.list() if table.base == base)
        return next(found, ExchangeRates(id=base, base=base))

    @property
    def results(self) -> tuple[Result, ...]:
        """What channels brought: typed figures, and those of the response table."""
        stores = (self.workspace.results.version(), self.workspace.response.version())
        return self._once("results", (self.plan, *stores), self._results)

    def _results(self) -> tuple[Result, ...]:
        return planning.results_on(self.need(), self.workspace.results.list(), self.exported())

    def accounts(self) -> dict[tuple[str, str], str]:
        """Network and account to the id of the plan's channel."""
        known = {account.id: account for account in self.workspace.accounts.list()}
        return {
            (known[channel.account].network, channel.account): channel.id
            for version in self.need().versions
            for channel in version.channels
            if channel.account in known
        }

    def days(self) -> tuple[date, date]:
        """First and last day of the campaign: of its phases, else of its planned amounts, else today."""
        version = self.need().current
        starts = [phase.start for phase in version.phases]
        ends = [phase.end for phase in version.phases]
        if not starts:
            starts = [entry.start for line in version.lines for entry in line.entries]
            ends = [last for line in version.lines if (last := line.last_day())]
        return min(starts, default=self.on), max(ends, default=self.on)

    def exported(self) -> tuple[Result, ...]:
        """Daily figures of the plan's accounts, from the response table."""
        accounts = self.accounts()
        if not accounts:
            return ()
        first, last = self.days()
        return planning.results_of(self.daily_table(), accounts, first=first, last=last, rates=self.rates)

    def daily_table(self) -> pd.DataFrame:
        """Whole days of the response table, of the plan's accounts."""
        names = sorted({account for _, account in self.accounts()})
        quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
        return self.workspace.response.sql(f"{_DAILY} and account in ({quoted})")

    def keep_rates(self, rates: tuple[planning.ExchangeRate, ...], source: str | None = None) -> None:
        """Store the rates of the plan's currency."""
        table = self.rates.replace(rates=rates)
        if source is not None:
            table = table.replace(source=source)
        self.workspace.exchange_rates.keep(table)
        self.changed += 1

    # --- the board
    @property
    def ledger(self) -> Ledger:
        """All rows of the plan until the day of the board.

        Raises:
            InvalidRecordError: Bookings do not fit, or a rate is missing; each row is named.
        """
        stores = (self.workspace.bookings.version(), self.workspace.exchange_rates.version())
        return self._once("ledger", (self.plan, self.version, self.on, *stores), self._ledger)

    def _ledger(self) -> Ledger:
        return planning.build_ledger(
            self.need(), self.bookings, rates=self.rates, version=self.version, until=self.on
        )

    @property
    def board(self) -> Board:
        """The campaign on the day chosen."""
        _ = self.ledger, self.results
        return self._once("board", (self._kept["ledger"][0], self._kept["results"][0]), self._board)

    def _board(self) -> Board:
        return planning.board_of(self.ledger, self.decided, self.results, rng=np.random.default_rng(SEED))

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
        known = [booking.day for booking in self.bookings] + [result.day for result in self.results]
        return max((day for day in known if day <= today), default=today)

    def _once(self, name: str, key: Any, make: Callable[[], Any]) -> Any:
        """What was made for this key, or make it."""
        if name not in self._kept or self._kept[name][0] != key:
            self._kept[name] = (key, make())
        return self._kept[name][1]


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
