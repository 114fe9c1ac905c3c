"""Budget lines: what is planned to be spent, on what, per week or month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.money import ZERO, Amount, Currency
from smmlib.planning.tax import MediaBasis, Tax, at_basis
from smmlib.record import KeptRecord, Record

CostKind = Literal["media", "production", "tools", "agency", "labour"]
Rhythm = Literal["week", "month"]
Counts = Literal["invoices", "spend"]

COST_KINDS: dict[CostKind, str] = {
    "media": mark("Media"),
    "production": mark("Production"),
    "tools": mark("Tools"),
    "agency": mark("Agency"),
    "labour": mark("Labour"),
}
RHYTHMS: dict[Rhythm, str] = {"week": mark("per week"), "month": mark("per month")}
COUNTS: dict[Counts, str] = {
    "invoices": mark("Invoices and bookings are what it cost"),
    "spend": mark("The spend of ads exports is what it cost; invoices only settle it"),
}

Percent = Annotated[Amount, Field(ge=0, lt=100)]


class PlannedAmount(Record):
    """What a line plans for one week or month.

    Attributes:
        start: Its Monday, or the first of the month.
        amount: Money, ≥ 0; of labour hours.
    """

    start: date
    amount: Amount = Field(ge=0)


class BudgetLine(KeptRecord):
    """One line of the budget.

    Attributes:
        name: What the team calls it.
        kind: What the money is for, one of `COST_KINDS`.
        channel: Id of the channel it is for, or "" for the campaign as a whole.
        phase: Id of its phase, or ""; without, each amount belongs to the phases its days lie in.
        rhythm: Whether amounts are per week or per month.
        entries: The amounts, each week or month once; of labour hours.
        rate: Money an hour, of labour; else None.
        currency: Of the amounts and of the rate.
        tax: Whether amounts are net, gross or under reverse charge.
        tax_rate: Per cent; hours of labour bear no tax.
        basis: What media amounts are: gross, net or net-net.
        discount: Per cent between gross and net media.
        commission: Per cent between net and net-net media.
        counts: What is counted as its actual, one of `COUNTS`; never both, since the invoice of a
            platform bills the spend its export states.
    """

    name: str = Field(min_length=1)
    kind: CostKind = "media"
    channel: str = ""
    phase: str = ""
    rhythm: Rhythm = "month"
    entries: tuple[PlannedAmount, ...] = ()
    rate: Amount | None = Field(default=None, ge=0)
    currency: Currency = "EUR"
    tax: Tax = "net"
    tax_rate: Percent = Decimal(19)
    basis: MediaBasis = "net"
    discount: Percent = ZERO
    commission: Percent = ZERO
    counts: Counts = "invoices"

    @model_validator(mode="after")
    def _rate_of_labour(self) -> BudgetLine:
        if (self.rate is not None) != (self.kind == "labour"):
            raise InvalidValueError(
                mark("Line {name!r}: only labour has a rate, and labour needs one; enter money an hour."),
                name=self.name,
            )
        return self

    @model_validator(mode="after")
    def _entries_fit(self) -> BudgetLine:
        seen = set()
        for entry in self.entries:
            if entry.start in seen:
                raise InvalidValueError(
                    mark("Line {name!r} plans {start:date} twice; put both amounts together."),
                    name=self.name,
                    start=entry.start,
                )
            seen.add(entry.start)
            if (entry.start.weekday() if self.rhythm == "week" else entry.start.day - 1) != 0:
                raise InvalidValueError(
                    mark(
                        "Line {name!r} has an amount from {start:date}; a week begins on Monday, a month on "
                        "the first. Move it there."
                    ),
                    name=self.name,
                    start=entry.start,
                )
        return self

    def stated(self, entry: PlannedAmount) -> Decimal:
        """Money of an entry as the line states it; of labour hours × rate."""
        return entry.amount if self.rate is None else entry.amount * self.rate

    def at_basis(self, amount: Decimal, wanted: MediaBasis, stated: MediaBasis | None = None) -> Decimal:
        """A media amount of this line at another basis; other kinds of cost have none and stay."""
        if self.kind != "media":
            return amount
        return at_basis(amount, stated or self.basis, wanted, self.discount, self.commission)

    def days(self, entry: PlannedAmount) -> int:
        """How many days an entry covers."""
        return 7 if self.rhythm == "week" else monthrange(entry.start.year, entry.start.month)[1]

    def last_day(self) -> date | None:
        """Last day of its last entry, or None without any."""
        ends = [entry.start + timedelta(days=self.days(entry) - 1) for entry in self.entries]
        return max(ends, default=None)
