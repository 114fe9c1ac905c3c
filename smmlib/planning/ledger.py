"""Plan, commitment, actual and remaining of campaigns, each euro traceable to its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.errors import InvalidRecordError, InvalidValueError, SmmError, UnknownNameError
from smmlib.language import Language, Message, mark
from smmlib.planning.booking import Booking, check_bookings
from smmlib.planning.commitments import releases
from smmlib.planning.entry import LedgerRow, PlanRows
from smmlib.planning.money import ZERO
from smmlib.planning.plan import Plan
from smmlib.planning.rates import ExchangeRates
from smmlib.planning.totals import GROUPS, Totals, added_up

if TYPE_CHECKING:
    import pandas as pd

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows of some plans.

    Attributes:
        currency: Currency of `cost`.
        rows: The rows; which were imported first makes no difference to any sum.
        names: Id of a line, channel, phase or plan to its name.
        until: Last day of documents that count, None: all.
        problems: What should be looked at; nothing of it is left out of the sums.
    """

    currency: str
    rows: tuple[LedgerRow, ...]
    names: Mapping[str, str]
    until: date | None = None
    problems: tuple[Message, ...] = ()

    def by(self, *groups: str) -> Totals:
        """Plan, commitment, actual and remaining per group.

        Args:
            *groups: Any of `GROUPS`: "plan", "line", "kind", "channel", "phase", "month"; none: all together.

        Raises:
            UnknownNameError: There is no such group.
        """
        for group in groups:
            if group not in GROUPS:
                raise UnknownNameError(mark("Group"), group, GROUPS)
        return added_up(self.rows, groups, self.names, self.currency)

    def trace(self, **where: str) -> Ledger:
        """The rows behind a figure, e.g. `trace(channel="radio", measure="actual")`.

        Raises:
            UnknownNameError: Rows have no such field.
        """
        for field in where:
            if field not in LedgerRow._fields:
                raise UnknownNameError(mark("Field"), field, LedgerRow._fields)
        wanted = [(LedgerRow._fields.index(field), value) for field, value in where.items()]
        rows = tuple(row for row in self.rows if all(row[i] == value for i, value in wanted))
        return Ledger(self.currency, rows, self.names, self.until, self.problems)

    def total(self, measure: str) -> Decimal:
        """Sum of `cost` over the rows of a measure."""
        return sum((row.cost for row in self.rows if row.measure == measure), ZERO)

    def daily(self, *, first: date, last: date) -> tuple[Decimal, ...]:
        """Actual cost of each day from `first` to `last` (included), 0 where nothing is booked."""
        days = [ZERO] * ((last - first).days + 1)
        for row in self.rows:
            if row.measure == "actual" and first <= row.day <= last:
                days[(row.day - first).days] += row.cost
        return tuple(days)

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per ledger row, columns as `LedgerRow`; money as Decimal, the source in words."""
        import pandas as pd

        frame = pd.DataFrame(self.rows, columns=list(LedgerRow._fields))
        frame["source"] = [row.source.text(language) for row in self.rows]
        return frame


def build_ledger(
    plans: Plan | Sequence[Plan],
    bookings: Iterable[Booking] = (),
    *,
    rates: ExchangeRates | None = None,
    version: str = "",
    until: date | None = None,
) -> Ledger:
    """Put plans and bookings together.

    Args:
        plans: One, or several in the same currency.
        bookings: In any order; of all plans.
        rates: Rates of other currencies; None: there is no other currency.
        version: Name of the version planned figures come from; "" is the newest of each plan.
        until: Documents dated later do not count yet; None: all count.

    Raises:
        InvalidRecordError: Documents are there twice, a line or channel is not in the plan, a rate is
            missing; every row concerned is named (the first twenty).
        InvalidValueError: Plans differ in currency.
        UnknownNameError: There is no such version.
    """
    plans = (plans,) if isinstance(plans, Plan) else tuple(plans)
    rates = _same_currency(plans, rates)
    makers = {plan.id: PlanRows(plan, plan.version(version), rates) for plan in plans}
    bookings = tuple(bookings)
    check_bookings(bookings)
    counted = [booking for booking in bookings if until is None or booking.day <= until]
    rows = [row for maker in makers.values() for row in maker.planned()]
    kept, booked, problems = _booked(makers, counted)
    if problems:
        raise InvalidRecordError("Booking", problems[:_MOST_TOLD])
    released, unmatched = releases(kept, booked, rates.base)
    names = {id: name for maker in makers.values() for id, name in maker.names().items()}
    told = (*unmatched, *_told(makers, kept, booked))
    return Ledger(rates.base, (*rows, *booked, *released), names, until, told)


def _same_currency(plans: Sequence[Plan], rates: ExchangeRates | None) -> ExchangeRates:
    if not plans:
        raise InvalidValueError(mark("There is no plan; give at least one."))
    currencies = sorted({plan.currency for plan in plans})
    rates = rates or ExchangeRates(base=currencies[0])
    if currencies != [rates.base]:
        raise InvalidValueError(
            mark("Plans are in {currencies}, exchange rates in {base}; all must be in one currency."),
            currencies=", ".join(currencies),
            base=rates.base,
        )
    return rates


def _booked(
    makers: Mapping[str, PlanRows], bookings: Iterable[Booking]
) -> tuple[list[Booking], list[LedgerRow], list[Message | SmmError]]:
    """Bookings, the row of each, and what is wrong with others."""
    only = next(iter(makers.values())) if len(makers) == 1 else None
    kept: list[Booking] = []
    booked: list[LedgerRow] = []
    problems: list[Message | SmmError] = []
    for booking in bookings:
        maker = makers.get(booking.plan) or (only if not booking.plan else None)
        if maker is None:
            problems.append(_no_plan(booking, makers))
            continue
        try:
            booked.append(maker.booked(booking))
            kept.append(booking)
        except InvalidValueError as problem:
            problems.append(_at(booking, problem))
    return kept, booked, problems


def _told(
    makers: Mapping[str, PlanRows], bookings: Iterable[Booking], rows: Iterable[LedgerRow]
) -> list[Message]:
    """Lines with bookings that are not counted, and channels where something may count twice."""
    left_out: dict[str, int] = {}
    loose: dict[str, set[bool]] = {}
    for booking, row in zip(bookings, rows, strict=True):
        if row.measure == "not counted":
            left_out[row.line] = left_out.get(row.line, 0) + 1
        elif not row.line and booking.kind in ("spend", "invoice", "credit note"):
            loose.setdefault(row.channel, set()).add(booking.kind == "spend")
    names = {id: name for maker in makers.values() for id, name in maker.names().items()}
    told = [_left_out(names[line], count) for line, count in sorted(left_out.items())]
    return told + [
        _counted_both(names[channel]) for channel, kinds in sorted(loose.items()) if len(kinds) > 1
    ]


def _left_out(line: str, count: int) -> Message:
    return Message(
        mark("Line {line!r} is counted the other way; bookings not counted: {count}."),
        {"line": line, "count": count},
    )


def _counted_both(channel: str) -> Message:
    return Message(
        mark(
            "{channel}: spend and invoices without a budget line both count, perhaps twice; name the line "
            "they belong to."
        ),
        {"channel": channel},
    )


def _no_plan(booking: Booking, makers: Iterable[str]) -> Message:
    return Message(
        mark("{source}: plan {plan!r} is not here; there is: {known}. Say which plan it belongs to."),
        {"source": booking.source, "plan": booking.plan, "known": ", ".join(makers)},
    )


def _at(booking: Booking, problem: InvalidValueError) -> Message:
    return Message(mark("{source}: {problem}"), {"source": booking.source, "problem": problem})
