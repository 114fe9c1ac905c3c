"""What of an order is still open: each invoice on it releases as much, never more than was ordered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from smmlib.language import Message, mark
from smmlib.planning.booking import Booking, folded
from smmlib.planning.entry import LedgerRow
from smmlib.planning.money import ZERO, rounded
from smmlib.planning.tax import taxed

Booked = tuple[Booking, LedgerRow]
Key = tuple[str, str]
"""A plan, and a number or a line in it."""


def releases(
    bookings: Sequence[Booking], rows: Sequence[LedgerRow], currency: str
) -> tuple[list[LedgerRow], list[Message]]:
    """Rows that take off commitments what was billed on them, and what could not be matched.

    A release stands where the order stands (its line, channel, phase and month), so that open
    commitments add up in every grouping. Order and bills in one foreign currency are compared net in it,
    so that a rate that moved leaves nothing open; others by their costs. A credit note opens the order
    again by as much. Spend without the number of an order goes to the only order on its line. What does
    not count as actual releases nothing. Documents are taken by day, number and id, so that the order of
    import makes no difference.

    Args:
        bookings: All bookings.
        rows: The row of each.
        currency: Of the plan.
    """
    problems: list[Message] = []
    orders, bills = _orders_and_bills(bookings, rows, problems)
    released: list[LedgerRow] = []
    for key, billed in bills.items():
        by_line: dict[str, list[Booked]] = defaultdict(list)
        for bill in billed:
            line = _position_of(bill[0], orders.get(key, {}), problems)
            if line is not None:
                by_line[line].append(bill)
        for line, some in by_line.items():
            released += _released(orders[key][line], some, currency)
    return released, problems


def _orders_and_bills(
    bookings: Sequence[Booking], rows: Sequence[LedgerRow], problems: list[Message]
) -> tuple[Mapping[Key, dict[str, list[Booked]]], Mapping[Key, list[Booked]]]:
    orders: dict[Key, dict[str, list[Booked]]] = defaultdict(lambda: defaultdict(list))
    on_line: dict[Key, set[Key]] = defaultdict(set)
    bills: dict[Key, list[Booked]] = defaultdict(list)
    spent: dict[Key, list[Booked]] = defaultdict(list)
    for booking, row in zip(bookings, rows, strict=True):
        if row.measure == "commitment":
            key = (row.plan, folded(booking.number) or booking.id)
            orders[key][booking.line].append((booking, row))
            on_line[row.plan, booking.line].add(key)
    for booking, row in zip(bookings, rows, strict=True):
        if row.measure != "actual":
            continue
        if booking.order:
            bills[row.plan, folded(booking.order)].append((booking, row))
        elif booking.kind == "spend" and (row.plan, booking.line) in on_line:
            spent[row.plan, booking.line].append((booking, row))
    for line, some in spent.items():
        if len(on_line[line]) == 1:
            bills[next(iter(on_line[line]))] += some
        else:
            text = mark("{source}: its budget line has several orders; this spend releases none of them.")
            problems.append(Message(text, {"source": min(some, key=_in_order)[0].source}))
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


def _released(ordered: Sequence[Booked], billed: Sequence[Booked], currency: str) -> list[LedgerRow]:
    """Each bill's share, taken off the positions of the order one after the other."""
    ordered = sorted(ordered, key=_in_order)
    currencies = {row.currency for _, row in (*ordered, *billed)}
    foreign = len(currencies) == 1 and currency not in currencies
    sizes = [_size(order, foreign) for order in ordered]
    whole = sum(sizes, ZERO)
    rows, so_far, before, closed = [], ZERO, ZERO, False
    for bill in sorted(billed, key=_in_order):
        so_far += _size(bill, foreign)
        closed = closed or bill[0].closes
        until = whole if closed else min(max(so_far, ZERO), whole)
        start = ZERO
        for (_, order), size in zip(ordered, sizes, strict=True):
            parts = [_part(order.cost, size, at - start, currency) for at in (before, until)]
            if parts[0] != parts[1]:
                rows.append(_release(order, parts[1] - parts[0], bill, currency))
            start += size
        before = until
    return rows


def _size(booked: Booked, foreign: bool) -> Decimal:
    """What is compared: net in the foreign currency of all documents, else the cost in that of the plan."""
    booking, row = booked
    return taxed(row.amount, booking.tax, booking.tax_rate, row.currency).net if foreign else row.cost


def _part(cost: Decimal, size: Decimal, billed: Decimal, currency: str) -> Decimal:
    """The part of an order's cost that is billed; the whole of it to the last cent when all is."""
    if billed >= size:
        return cost
    return rounded(cost * billed / size, currency) if billed > 0 else ZERO


def _release(order: LedgerRow, part: Decimal, bill: Booked, currency: str) -> LedgerRow:
    booking, row = bill
    return order._replace(
        cost=-part,
        tax=ZERO,
        amount=-part,
        currency=currency,
        booking=booking.id,
        number=booking.number,
        source=row.source,
    )


def _in_order(booked: Booked) -> tuple[object, ...]:
    booking = booked[0]
    return (booking.day, folded(booking.number), booking.position, booking.id)
