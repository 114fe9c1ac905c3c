"""The books of a plan: what was ordered and billed, at what rates, and what channels brought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from smmlib import planning
from smmlib.panels.planning.kept import Kept
from smmlib.planning import Booking, BookingSheet, ExchangeRates, Result

if TYPE_CHECKING:
    from smmlib.panels.planning.planning_model import PlanningModel

_DAILY = (
    "select network, account, entity, metric, value, amount, currency, segment, local_day, import_id, "
    "\"window\" from response where \"window\" = 'day' and segment = 'unknown'"
)


class Books:
    """Bookings, figures and rates of the open plan, as the workspace keeps them.

    What comes in is tried on the plan first: nothing is stored that the ledger would refuse.

    Args:
        model: The model of the panel; it says which plan is open, and counts changes.
    """

    def __init__(self, model: PlanningModel) -> None:
        self._model, self._workspace = model, model.workspace
        self._kept = Kept()

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """Bookings of the open plan."""
        return self._kept.get(
            "bookings", (self._model.plan, self._workspace.bookings.version()), self._bookings
        )

    def _bookings(self) -> tuple[Booking, ...]:
        every = [booking for sheet in self._workspace.bookings.list() for booking in sheet.bookings]
        return planning.bookings_on(self._model.need(), every)

    @property
    def sheets(self) -> tuple[BookingSheet, ...]:
        """Sheets with bookings of the open plan, in the order they came."""
        plan = self._model.need()
        return tuple(s for s in self._workspace.bookings.list() if planning.bookings_on(plan, s.bookings))

    def add_sheet(self, sheet: BookingSheet) -> BookingSheet:
        """Store a sheet whose bookings belong to the open plan.

        Raises:
            InvalidValueError: It is there already.
            InvalidRecordError: It does not fit the plan; nothing is stored.
        """
        plan = self._model.need()
        own = sheet.replace(
            bookings=tuple(booking.model_copy(update={"plan": plan.id}) for booking in sheet.bookings)
        )
        planning.build_ledger(plan, (*self.bookings, *own.bookings), rates=self.rates)
        self._workspace.bookings.add(own)
        self._model.changed += 1
        return own

    def remove_sheet(self, sheet_id: str) -> None:
        """Take a sheet off the list; its history is kept."""
        self._workspace.bookings.remove(sheet_id)
        self._model.changed += 1

    @property
    def typed(self) -> tuple[Booking, ...]:
        """Bookings that were typed."""
        found = self._workspace.bookings
        return found.get(self._typed_id).bookings if self._typed_id in found else ()

    def keep_typed(self, bookings: tuple[Booking, ...]) -> None:
        """Store the typed bookings in place of those there were.

        Raises:
            InvalidRecordError: One does not fit the plan, or a document is there twice; nothing is stored.
        """
        plan = self._model.need()
        own = tuple(booking.replace(plan=plan.id) for booking in bookings)
        before = {booking.id for booking in self.typed}
        others = [booking for booking in self.bookings if booking.id not in before]
        planning.build_ledger(plan, (*others, *own), rates=self.rates)
        self._workspace.bookings.keep(BookingSheet(id=self._typed_id, bookings=own))
        self._model.changed += 1

    @property
    def _typed_id(self) -> str:
        return f"typed:{self._model.need().id}"

    def take_spend(self, lines: Mapping[str, str]) -> int:
        """Take the daily spend of accounts from the response, in place of what was taken before.

        Args:
            lines: Id of a channel to the id of its budget line.

        Returns:
            How many bookings there are now.

        Raises:
            InvalidRecordError: An amount has no currency, or its rate is missing; nothing changes.
        """
        plan = self._model.need()
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
        self._workspace.bookings.keep(BookingSheet(id=id, bookings=found))
        self._model.changed += 1
        return len(found)

    @property
    def typed_results(self) -> tuple[Result, ...]:
        """Typed figures of the plan's channels."""
        return planning.results_on(self._model.need(), self._workspace.results.list())

    def keep_results(self, results: tuple[Result, ...]) -> None:
        """Store typed figures in place of those there were."""
        before = {result.id: result for result in self.typed_results}
        for result in results:
            if before.pop(result.id, None) != result:
                self._workspace.results.keep(result)
        for gone in before:
            self._workspace.results.remove(gone)
        self._model.changed += 1

    @property
    def rates(self) -> ExchangeRates:
        """Exchange rates of the plan's currency; empty while there are none."""
        base = self._model.need().currency
        found = (table for table in self._workspace.exchange_rates.list() if table.base == base)
        return next(found, ExchangeRates(id=base, base=base))

    @property
    def results(self) -> tuple[Result, ...]:
        """What channels brought: typed figures, and those of the response table."""
        return self._kept.get("results", self.results_key, self._results)

    @property
    def results_key(self) -> tuple[object, ...]:
        """Changes when the figures may have changed."""
        stores = (self._workspace.results, self._workspace.response, self._workspace.exchange_rates)
        return (self._model.plan, *(store.version() for store in stores))

    def _results(self) -> tuple[Result, ...]:
        return planning.results_on(self._model.need(), self._workspace.results.list(), self.exported())

    def accounts(self) -> dict[tuple[str, str], str]:
        """Network and account to the id of the plan's channel."""
        known = {account.id: account for account in self._workspace.accounts.list()}
        return {
            (known[channel.account].network, channel.account): channel.id
            for version in self._model.need().versions
            for channel in version.channels
            if channel.account in known
        }

    def days(self) -> tuple[date, date]:
        """First and last day of the campaign: of its phases, else of its planned amounts, else today."""
        version = self._model.need().current
        starts = [phase.start for phase in version.phases]
        ends = [phase.end for phase in version.phases]
        if not starts:
            starts = [entry.start for line in version.lines for entry in line.entries]
            ends = [last for line in version.lines if (last := line.last_day())]
        return min(starts, default=self._model.on), max(ends, default=self._model.on)

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
        return self._workspace.response.sql(f"{_DAILY} and account in ({quoted})")

    def keep_rates(self, rates: tuple[planning.ExchangeRate, ...], source: str | None = None) -> None:
        """Store the rates of the plan's currency."""
        table = self.rates.replace(rates=rates)
        if source is not None:
            table = table.replace(source=source)
        self._workspace.exchange_rates.keep(table)
        self._model.changed += 1
