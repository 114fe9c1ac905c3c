"""Rows of the ledger: what each planned amount and each booking is in the plan's money, month and phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from smmlib.errors import InvalidValueError
from smmlib.language import Message, mark
from smmlib.planning.booking import Booking, Source
from smmlib.planning.budget import BudgetLine, PlannedAmount
from smmlib.planning.money import ZERO, divided, rounded
from smmlib.planning.plan import Plan, PlanVersion
from smmlib.planning.rates import ExchangeRates
from smmlib.planning.tax import MEDIA_BASES, taxed

Measure = Literal["plan", "commitment", "actual", "not counted"]
TYPED = Source()
_BILLS = ("invoice", "credit note")


class LedgerRow(NamedTuple):
    """One row; `cost` in the currency of the plan is what is added up.

    Attributes:
        measure: What it is counted as; "not counted" is only kept to be found.
        plan: Id of the plan.
        line: Id of the budget line, "" when not planned.
        kind: Kind of cost; "" when not planned.
        channel: Id of the channel, or "".
        phase: Id of the phase, "" outside of all.
        day: Day of service; of a planned amount the first of its days.
        month: "2026-03".
        cost: What the company bears, in the currency of the plan.
        tax: Tax on it, in that currency.
        amount: As stated, of labour hours × rate.
        currency: Of `amount`.
        booking: Id of the booking; "" of planned amounts.
        number: Of its document.
        source: File and row, said by `.text(language)`; of planned amounts the version.
        late: Whether the document is of a later month than the service.
        days: Days a planned amount covers, else 1.
    """

    measure: Measure
    plan: str
    line: str
    kind: str
    channel: str
    phase: str
    day: date
    month: str
    cost: Decimal
    tax: Decimal
    amount: Decimal
    currency: str
    booking: str = ""
    number: str = ""
    source: Source = TYPED
    late: bool = False
    days: int = 1


class PlanRows:
    """Turns what one version of a plan holds, and its bookings, into rows.

    A booking on a line that this version does not have, but another one has, counts there, planned or not.

    Args:
        plan: The plan.
        version: The version of it.
        rates: For other currencies; its base is the plan's currency.
    """

    def __init__(self, plan: Plan, version: PlanVersion, rates: ExchangeRates) -> None:
        self.plan, self.version, self._rates = plan, version, rates
        self._phases: dict[date, str] = {}
        self._months: dict[date, str] = {}
        versions = (*plan.versions, version)  # a booking may lie on a line that only another version has
        self._lines = {line.id: line for one in versions for line in one.lines}
        self._channels = {channel.id for one in versions for channel in one.channels}
        self._phase_ids = {phase.id for phase in version.phases}
        self._pieces: dict[tuple[date, int, str], list[tuple[str, str, date, int]]] = {}

    def names(self) -> dict[str, str]:
        """Id of the plan and of each line, channel and phase to its name, of any version, this one's last."""
        found = {self.plan.id: self.plan.name}
        for version in (*self.plan.versions, self.version):
            found |= version.names()
        return found

    def planned(self) -> Iterator[LedgerRow]:
        """Rows of all planned amounts; one that spans phases or months is divided by days."""
        for line in self.version.lines:
            for entry in line.entries:
                yield from self._entry(line, entry)

    def booked(self, booking: Booking) -> LedgerRow:
        """The row of a booking.

        Raises:
            InvalidValueError: Its line or channel is in no version of the plan, hours have no rate, a media
                basis has no line, or there is no exchange rate for its day.
        """
        line = self._lines.get(booking.line)
        if (line is None and booking.line) or (booking.channel and booking.channel not in self._channels):
            raise self._not_in_plan(booking)
        amount, currency = _stated(booking, line)
        if booking.basis is not None:
            amount = rounded(self._at_basis(amount, booking, line), currency)
        cost, tax = self._cost(amount, currency, booking.day, booking)
        served = booking.service_day or booking.day
        measure = self._measure(booking, line)
        if measure == "commitment":  # tax is owed with the invoice
            tax = ZERO
        return LedgerRow(
            measure,
            self.plan.id,
            booking.line,
            line.kind if line else "labour" if booking.kind == "hours" else "",
            booking.channel or (line.channel if line else ""),
            line.phase if line and line.phase in self._phase_ids else self._phase(served),
            served,
            self._month(served),
            cost,
            tax,
            amount,
            currency,
            booking.id,
            booking.number,
            booking.source,
            booking.service_day is not None and booking.late,
        )

    @staticmethod
    def _measure(booking: Booking, line: BudgetLine | None) -> Measure:
        """What a booking counts as: of a line either its invoices or the spend of ads exports, never both.

        Without a line nobody has said which of the two it is, so both count.
        """
        if booking.kind == "commitment":
            return "commitment"
        if line is None:
            return "actual"
        twice = booking.kind in _BILLS if line.counts == "spend" else booking.kind == "spend"
        return "not counted" if twice else "actual"

    def _cost(
        self, amount: Decimal, currency: str, day: date, terms: Booking | BudgetLine
    ) -> tuple[Decimal, Decimal]:
        rate = ZERO if terms.kind in ("labour", "hours") else terms.tax_rate  # nobody bills own hours
        parts = taxed(amount, terms.tax, rate, currency, deductible=self.plan.deductible)
        if currency == self._rates.base:
            return parts.cost, parts.tax
        cost = self._rates.converted(parts.cost, currency, day)
        return cost, self._rates.converted(parts.tax, currency, day)

    def _entry(self, line: BudgetLine, entry: PlannedAmount) -> Iterator[LedgerRow]:
        stated = rounded(line.at_basis(line.stated(entry), self.plan.basis), line.currency)
        cost, tax = self._cost(stated, line.currency, self.version.on, line)
        pieces = self._divide(entry.start, line.days(entry), line.phase)
        weights = [days for *_, days in pieces]
        base, source = self._rates.base, Source(file=self.version.name)
        parts = zip(
            pieces,
            divided(cost, weights, base),
            divided(tax, weights, base),
            divided(stated, weights, line.currency),
            strict=True,
        )
        for (phase, month, first, days), cost_part, tax_part, stated_part in parts:
            yield LedgerRow(
                "plan",
                self.plan.id,
                line.id,
                line.kind,
                line.channel,
                phase,
                first,
                month,
                cost_part,
                tax_part,
                stated_part,
                line.currency,
                source=source,
                days=days,
            )

    def _divide(self, start: date, days: int, phase: str) -> list[tuple[str, str, date, int]]:
        """Phase, month, first day and days of each piece; days outside of phases only if all are."""
        key = (start, days, phase)
        if key not in self._pieces:
            span = [start + timedelta(days=i) for i in range(days)]
            inside = [day for day in span if self._phase(day)] if not phase else span
            groups = [(phase or self._phase(day), month_of(day)) for day in inside or span]
            first = dict(zip(reversed(groups), reversed(inside or span), strict=True))
            self._pieces[key] = [(*group, first[group], count) for group, count in Counter(groups).items()]
        return self._pieces[key]

    def _phase(self, day: date) -> str:
        if day not in self._phases:
            self._phases[day] = self.version.phase_on(day)
        return self._phases[day]

    def _at_basis(self, amount: Decimal, booking: Booking, line: BudgetLine | None) -> Decimal:
        if line is None and booking.basis != self.plan.basis:
            raise InvalidValueError(
                mark(
                    "{source}: no budget line says what discount and commission lie between {basis} and "
                    "{wanted}; name the line, or state the amount as {wanted}."
                ),
                source=booking.source.text(),
                basis=Message(MEDIA_BASES[booking.basis or self.plan.basis]),
                wanted=Message(MEDIA_BASES[self.plan.basis]),
            )
        return amount if line is None else line.at_basis(amount, self.plan.basis, booking.basis)

    def _month(self, day: date) -> str:
        if day not in self._months:
            self._months[day] = month_of(day)
        return self._months[day]

    def _not_in_plan(self, booking: Booking) -> InvalidValueError:
        unknown = booking.line and booking.line not in self._lines
        known = ", ".join(map(repr, sorted(self._lines if unknown else self._channels))) or "–"
        return InvalidValueError(
            mark(
                "{source}: {id!r} is not in the plan; there is: {known}. Correct it, or add it to the plan."
            ),
            source=booking.source.text(),
            id=booking.line if unknown else booking.channel,
            known=known[:300],
        )


def month_of(day: date) -> str:
    """The month of a day as rows name it: "2026-03"."""
    return f"{day.year:04}-{day.month:02}"


def _stated(booking: Booking, line: BudgetLine | None) -> tuple[Decimal, str]:
    if booking.hours is not None:
        if booking.rate is not None:
            return booking.hours * booking.rate, booking.currency
        if line is None or line.rate is None:
            raise InvalidValueError(
                mark("{source}: hours without a rate: {hours}; enter one, or book them on a line of labour."),
                source=booking.source.text(),
                hours=booking.hours,
            )
        return booking.hours * line.rate, line.currency
    amount = booking.amount or ZERO
    return (-abs(amount) if booking.kind == "credit note" else amount), booking.currency
