"""A made-up company, small enough to be reckoned by hand: a bicycle maker that brings out a new model."""

from datetime import date
from decimal import Decimal

import pytest

from smmlib.planning import (
    Booking,
    BudgetLine,
    Channel,
    ExchangeRate,
    ExchangeRates,
    Phase,
    Plan,
    PlannedAmount,
    PlanVersion,
    Result,
    Source,
    Target,
)

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
END = date(2026, 4, 30)


def planned(*entries):
    return tuple(PlannedAmount(start=start, amount=amount) for start, amount in entries)


@pytest.fixture
def rates():
    """Rates of the company."""
    return make_rates()


def make_rates():
    """Swiss francs for one euro on each day there is a document in francs."""
    days = {
        date(2026, 1, 15): "0.9400",
        date(2026, 3, 10): "0.9600",
        date(2026, 3, 16): "0.9500",
        date(2026, 4, 20): "0.9350",
    }
    return ExchangeRates(
        source="made up",
        rates=[ExchangeRate(day=day, currency="CHF", rate=rate) for day, rate in days.items()],
    )


@pytest.fixture
def plan():
    """The plan of the company."""
    return make_plan()


def make_plan():
    """A baseline of 15 January, and a revision of 10 March that makes the first phase a week longer."""
    baseline = PlanVersion(
        on=date(2026, 1, 15),
        phases=[
            Phase(id="teaser", name="Teaser", start=MARCH, end=date(2026, 3, 15)),
            Phase(id="launch", name="Launch", start=date(2026, 3, 16), end=END),
        ],
        channels=[
            Channel(id="insta", name="@lindrad", account="a1"),
            Channel(id="daily", name="Morgenblatt", kind="newspaper"),
            Channel(id="radio", name="Radio Tal", kind="radio"),
            Channel(id="influ", name="Velo-Vroni", kind="influencer"),
        ],
        lines=_lines(),
        targets=[Target(metric="results", value=Decimal(100), by=END)],
    )
    plan = Plan(id="spring", campaign="c1", name="Spring", owner="Ada", versions=[baseline])
    later = [
        Phase(id="teaser", name="Teaser", start=MARCH, end=date(2026, 3, 22)),
        Phase(id="launch", name="Launch", start=date(2026, 3, 23), end=END),
    ]
    return plan.revised("longer teaser", date(2026, 3, 10), reason="The film is late.", phases=later)


def _lines():
    return [
        BudgetLine(
            id="ads",
            name="Ads",
            channel="insta",
            counts="spend",
            entries=planned((MARCH, "3100.00"), (APRIL, "3000.00")),
        ),
        BudgetLine(
            id="paper",
            name="Insertions",
            channel="daily",
            phase="launch",
            basis="gross",
            discount=10,
            commission=15,
            entries=planned((MARCH, "10000.00")),
        ),
        BudgetLine(
            id="film", name="Film", kind="production", tax="gross", entries=planned((MARCH, "5950.00"))
        ),
        BudgetLine(
            id="face",
            name="Influencer",
            channel="influ",
            currency="CHF",
            tax="reverse charge",
            entries=planned((APRIL, "2350.00")),
        ),
        BudgetLine(
            id="team",
            name="Own team",
            kind="labour",
            rhythm="week",
            rate="65.00",
            entries=planned(
                (date(2026, 3, 2), "30"),
                (date(2026, 3, 9), "25.5"),
                (date(2026, 3, 16), "20"),
                (date(2026, 3, 30), "15"),
            ),
        ),
        BudgetLine(id="tool", name="Cutting tool", kind="tools", entries=planned((MARCH, "0.00"))),
        BudgetLine(id="spot", name="Spots", channel="radio", entries=planned((APRIL, "4000.00"))),
    ]


def booked(row, **fields):
    return Booking(id=f"b{row}", source=Source(file="bookings.csv", row=row), **fields)


@pytest.fixture
def bookings():
    """Bookings of the company."""
    return make_bookings()


def make_bookings():
    """Orders, invoices, a credit note, late ones, hours, spend; in the order of their file."""
    paper = {"line": "paper", "supplier": "Morgenblatt GmbH", "order": "PO-1"}
    face = {"line": "face", "supplier": "Vroni AG", "currency": "CHF", "tax": "reverse charge"}
    film = {"line": "film", "supplier": "Bildwerk", "tax": "gross"}
    served = {"service_day": date(2026, 3, 21)}
    return [
        booked(
            2,
            kind="commitment",
            number="PO-1",
            line="paper",
            day=date(2026, 2, 20),
            service_day=date(2026, 3, 28),
            amount="10000.00",
            basis="gross",
        ),
        booked(3, number="R-100", day=date(2026, 3, 31), amount="5000.00", **served, **paper),
        booked(
            4, kind="credit note", number="G-7", day=date(2026, 4, 10), amount="500.00", **served, **paper
        ),
        booked(5, number="F-1", day=date(2026, 3, 12), amount="2975.00", **film),
        booked(
            6, number="F-2", day=date(2026, 4, 8), service_day=date(2026, 3, 20), amount="3000.01", **film
        ),
        booked(
            7,
            kind="commitment",
            number="PO-2",
            day=date(2026, 3, 16),
            service_day=date(2026, 4, 15),
            amount="2350.00",
            **face,
        ),
        booked(
            8,
            number="I-9",
            order="po-2",
            day=date(2026, 4, 20),
            service_day=date(2026, 4, 15),
            amount="2000.00",
            **face,
        ),
        booked(9, kind="hours", line="team", day=date(2026, 3, 6), hours="28"),
        booked(10, kind="hours", line="team", day=date(2026, 3, 13), hours="30.25", rate="70.00"),
        booked(11, number="T-1", line="tool", day=date(2026, 3, 5), amount="59.50", tax="gross"),
        booked(12, kind="spend", line="ads", day=date(2026, 3, 2), amount="101.11"),
        booked(13, kind="spend", line="ads", day=date(2026, 3, 3), amount="99.99"),
        booked(14, kind="spend", line="ads", day=date(2026, 4, 1), amount="250.505"),
        booked(15, number="M-3", line="ads", supplier="Platform", day=date(2026, 3, 31), amount="201.10"),
        booked(
            16,
            kind="commitment",
            number="PO-3",
            line="spot",
            day=MARCH,
            service_day=date(2026, 4, 27),
            amount="4000.00",
        ),
        booked(17, number="U-1", channel="daily", day=date(2026, 4, 2), amount="120.00"),
        booked(
            18,
            number="R-200",
            line="spot",
            supplier="Radio Tal",
            order="PO-3",
            closes=True,
            day=date(2026, 5, 4),
            service_day=date(2026, 4, 27),
            amount="3990.00",
        ),
    ]


@pytest.fixture
def results():
    """What the channels brought; Instagram no results at all, radio only rating points."""

    def brought(channel, metric, value, rule="", source="export"):
        return Result(
            channel=channel, day=date(2026, 4, 28), metric=metric, value=value, rule=rule, source=source
        )

    return [
        brought("insta", "impressions", "180644"),
        brought("insta", "results", "0", rule="7 days after click"),
        brought("daily", "contacts", "308000", source="media agency, 5 May"),
        brought("radio", "grp", "120", source="media agency, 5 May"),
        brought("influ", "results", "64", rule="voucher code"),
        brought("influ", "revenue", "8556.16", rule="voucher code"),
    ]
