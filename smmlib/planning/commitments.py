"""What of an order is still open: each invoice on it releases as much, never more than was ordered."""

from __future__ import annotations

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
        ordered = orders.get(key, [])
        lines = {booking.line for booking, _ in ordered}
        if len(lines) == 1:  # whatever line the bills name
            released += _released(ordered, billed, currency)
            continue
        for line in sorted(lines):
            some = [bill for bill in billed if bill[0].line == line]
            released += _released([order for order in ordered if order[0].line == line], some, currency)
        problems += [_unmatched(bill[0], bool(ordered)) for bill in billed if bill[0].line not in lines]
    return released, problems


def _orders_and_bills(
    bookings: Sequence[Booking], rows: Sequence[LedgerRow], problems: list[Message]
) -> tuple[Mapping[Key, list[Booked]], Mapping[Key, list[Booked]]]:
    """Orders and what was billed on them, by plan and number."""
    orders: dict[Key, list[Booked]] = {}
    on_line: dict[Key, set[Key]] = {}
    bills: dict[Key, list[Booked]] = {}
    spent: dict[Key, list[Booked]] = {}
    for booked in zip(bookings, rows, strict=True):
        booking, row = booked
        if row.measure == "commitment":
            key = (row.plan, folded(booking.number) or booking.id)
            orders.setdefault(key, []).append(booked)
            on_line.setdefault((row.plan, booking.line), set()).add(key)
        elif row.measure == "actual" and booking.order:
            bills.setdefault((row.plan, folded(booking.order)), []).append(booked)
        elif row.measure == "actual" and booking.kind == "spend" and booking.line:
            spent.setdefault((row.plan, booking.line), []).append(booked)
    for line, some in spent.items():
        keys = on_line.get(line, set())
        if len(keys) == 1:
            bills.setdefault(next(iter(keys)), []).extend(some)
        elif keys:
            text = mark("{source}: its budget line has several orders; this spend releases none of them.")
            problems.append(Message(text, {"source": min(some, key=_in_order)[0].source}))
    return orders, bills


def _unmatched(bill: Booking, known: bool) -> Message:
    """Why a bill releases nothing: its order is not known, or has several lines and not that of the bill."""
    text = (
        mark(
            "{source}: order {order!r} has several budget lines, but not that of the invoice; it counts, but "
            "releases no commitment."
        )
        if known
        else mark("{source}: order {order!r} is not known; the invoice counts, but releases no commitment.")
    )
    return Message(text, {"source": bill.source, "order": bill.order})


def _released(ordered: Sequence[Booked], billed: Sequence[Booked], currency: str) -> list[LedgerRow]:
    """Each bill's share, taken off the positions of the order one after the other."""
    if len(ordered) == len(billed) == 1 and billed[0][1].currency == currency:
        return _released_once(ordered[0][1], billed[0], currency)
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


def _released_once(order: LedgerRow, bill: Booked, currency: str) -> list[LedgerRow]:
    """The only bill's share of the only position, which most orders have: as above, and quicker."""
    part = order.cost if bill[0].closes else min(max(bill[1].cost, ZERO), order.cost)
    return [_release(order, part, bill, currency)] if part else []


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
    return LedgerRow(
        order.measure,
        order.plan,
        order.line,
        order.kind,
        order.channel,
        order.phase,
        order.day,
        order.month,
        -part,
        ZERO,
        -part,
        currency,
        booking.id,
        booking.number,
        row.source,
    )


def _in_order(booked: Booked) -> tuple[object, ...]:
    booking = booked[0]
    return (booking.day, folded(booking.number), booking.position, booking.id)
