"""The control board of a large campaign, from plan and bookings in memory, with the time it may take.

A plan of 5,000 planned amounts, 50,000 bookings and 2,000 figures of channels, made up; CPU time, the least
of several: `python -m benchmarks.planning`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from smmlib.planning import (
    Booking,
    BudgetLine,
    Channel,
    Phase,
    Plan,
    PlannedAmount,
    PlanVersion,
    Result,
    Target,
    board_of,
    build_ledger,
    control_board,
)
from smmlib.planning.booking import BookingKind

ROUNDS = 5
ALLOWED = 500
SEED = 2026
_START, _MONTHS, _LINES, _CHANNELS = date(2026, 1, 1), 10, 500, 40
_ON = date(2026, 6, 15)


def plan() -> Plan:
    """500 lines of ten months each on 40 channels; every tenth counts the spend of ads exports."""
    draw = random.Random(SEED)
    months = [date(2026, month, 1) for month in range(1, _MONTHS + 1)]
    lines = [
        BudgetLine(
            id=f"l{i}",
            name=f"Line {i}",
            channel=f"c{i % _CHANNELS}",
            counts="invoices" if i % 10 else "spend",
            entries=tuple(PlannedAmount(start=m, amount=_euro(draw, 5_000)) for m in months),
        )
        for i in range(_LINES)
    ]
    phases = [
        Phase(
            id=f"p{i}",
            name=f"Phase {i}",
            start=_START + timedelta(days=76 * i),
            end=_START + timedelta(days=76 * i + 75),
        )
        for i in range(4)
    ]
    targets = [
        Target(metric="link_clicks", value=Decimal(10_000), by=date(2026, 10, 31), channel=f"c{i}")
        for i in range(20)
    ]
    version = PlanVersion(
        on=date(2025, 12, 1),
        phases=tuple(phases),
        channels=tuple(Channel(id=f"c{i}", name=f"Channel {i}") for i in range(_CHANNELS)),
        lines=tuple(lines),
        targets=tuple(targets),
    )
    return Plan(id="plan", campaign="c", name="Large", versions=(version,))


def bookings() -> list[Booking]:
    """50,000: orders and invoices on them, hours aside, and daily spend of the lines that count it."""
    return list(_documents(random.Random(SEED)))


def _documents(draw: random.Random) -> Iterator[Booking]:
    days = (_ON - _START).days + 1
    for line in range(0, _LINES, 10):
        for day in range(days):
            when = _START + timedelta(days=day)
            yield Booking(
                id=f"s{line}-{day}", kind="spend", line=f"l{line}", day=when, amount=_euro(draw, 150)
            )
    for number in range(50_000 - 50 * days):
        line = draw.randrange(_LINES)
        line += line % 10 == 0
        kind: BookingKind = "commitment" if number % 4 == 0 else "invoice"
        yield Booking(
            id=f"b{number}",
            kind=kind,
            number=f"{kind}-{number}",
            line=f"l{line}",
            day=_START + timedelta(days=draw.randrange(days)),
            amount=_euro(draw, 900),
            order=f"commitment-{number - 1}" if number % 4 == 1 else "",
        )


def results() -> list[Result]:
    """2,000 daily figures of the channels."""
    return [
        Result(
            channel=f"c{i % _CHANNELS}",
            day=_ON - timedelta(days=i // _CHANNELS),
            metric="link_clicks",
            value=Decimal(i % 90),
            source="export",
        )
        for i in range(2_000)
    ]


def _euro(draw: random.Random, most: int) -> Decimal:
    return Decimal(draw.randrange(most * 100)) / 100


def main() -> int:
    """Print each piece of work with its time; the exit code tells whether the board was quick enough."""
    made, booked, figures = plan(), bookings(), results()
    entries = sum(len(line.entries) for line in made.current.lines)
    print(f"{entries:,} planned amounts, {len(booked):,} bookings, {len(figures):,} figures")
    ledger = build_ledger(made, booked, until=_ON)
    works: dict[str, Callable[[], object]] = {
        "ledger": lambda: build_ledger(made, booked, until=_ON),
        "sums by channel and month": lambda: ledger.by("channel", "month"),
        "rows behind one figure": lambda: ledger.trace(line="l7", measure="actual"),
        "board, ledger kept": lambda: board_of(
            ledger, made.current, figures, rng=np.random.default_rng(SEED)
        ),
        "board": lambda: control_board(made, booked, figures, on=_ON, rng=np.random.default_rng(SEED)),
    }
    for name, work in works.items():
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            work()
            times.append(1e3 * (time.process_time() - start))
        print(f"{name:28} {min(times):7.1f} ms" + (f"  (at most {ALLOWED} ms)" if name == "board" else ""))
    return int(min(times) > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
