"""What of an order is still open: each invoice on it releases as much, never more than was ordered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from smmlib.language import Message, mark
from smmlib.planning.booking import Booking, folded
from smmlib.planning.entry import LedgerRow
from smmlib.planning.money import ZERO

Booked = tuple[Booking, LedgerRow]


def releases(booked: Iterable[Booked], currency: str) -> tuple[list[LedgerRow], list[Message]]:
    """Rows that take off commitments what was billed on them, and what could not be matched.

    A release stands where the order stands (its line, channel, phase and month), so that open
    commitments add up in every grouping. A credit note opens the order again by as much. Documents are
    taken by day, number and id, so that the order of import makes no difference.

    Args:
        booked: All bookings with their rows.
        currency: Of the plan.
    """
    orders, bills = _orders_and_bills(booked)
    rows: list[LedgerRow] = []
    problems: list[Message] = []
    for key, billed in bills.items():
        by_line: dict[str, list[Booked]] = defaultdict(list)
        for bill in billed:
            line = _position_of(bill[0], orders.get(key, {}), problems)
            if line is not None:
                by_line[line].append(bill)
        for line, some in by_line.items():
            rows += (row._replace(currency=currency) for row in _released(orders[key][line], some))
    return rows, problems


def _orders_and_bills(
    booked: Iterable[Booked],
) -> tuple[Mapping[tuple[str, str], dict[str, list[Booked]]], Mapping[tuple[str, str], list[Booked]]]:
    orders: dict[tuple[str, str], dict[str, list[Booked]]] = defaultdict(lambda: defaultdict(list))
    bills: dict[tuple[str, str], list[Booked]] = defaultdict(list)
    for booking, row in booked:
        if booking.kind == "commitment":
            orders[row.plan, folded(booking.number)][booking.line].append((booking, row))
        elif booking.order:
            bills[row.plan, folded(booking.order)].append((booking, row))
    return orders, bills


def _position_of(bill: Booking, positions: Mapping[str, object], problems: list[Message]) -> str | None:
    """Line of the order that a bill belongs to; None, and a problem more, where that cannot be told."""
    if bill.line in positions:
        return bill.line
    if len(positions) == 1:
        return next(iter(positions))
    text = (
        mark(
            "{source}: order {order!r} has several budget lines, but not that of the invoice; it counts, but "
            "releases no commitment."
        )
        if positions
        else mark("{source}: order {order!r} is not known; the invoice counts, but releases no commitment.")
    )
    problems.append(Message(text, {"source": bill.source, "order": bill.order}))
    return None


def _released(ordered: Sequence[Booked], billed: Sequence[Booked]) -> list[LedgerRow]:
    """Each bill's share, taken off the positions of the order one after the other."""
    ordered = sorted(ordered, key=_in_order)
    whole = sum((row.cost for _, row in ordered), ZERO)
    rows, so_far, before, closed = [], ZERO, ZERO, False
    for booking, row in sorted(billed, key=_in_order):
        so_far += row.cost
        closed = closed or booking.closes
        until = whole if closed else min(max(so_far, ZERO), whole)
        rows += _between(ordered, before, until, (booking, row))
        before = until
    return rows


def _between(ordered: Sequence[Booked], before: Decimal, until: Decimal, bill: Booked) -> list[LedgerRow]:
    rows, start = [], ZERO
    for _, order in ordered:
        end = start + order.cost
        part = min(max(until, start), end) - min(max(before, start), end)
        if part:
            rows.append(_release(order, part, bill))
        start = end
    return rows


def _release(order: LedgerRow, part: Decimal, bill: Booked) -> LedgerRow:
    booking, row = bill
    return order._replace(
        cost=-part,
        tax=ZERO,
        amount=-part,
        booking=booking.id,
        number=booking.number,
        source=row.source,
    )


def _in_order(booked: Booked) -> tuple[object, ...]:
    booking = booked[0]
    return (booking.day, folded(booking.number), booking.position, booking.id)
