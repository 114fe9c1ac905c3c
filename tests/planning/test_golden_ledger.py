"""The ledger of the made-up company, every figure reckoned by hand to the cent.

The company deducts input tax, so costs are net; media are controlled at net media (after discounts).
"""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from smmlib.planning import (
    build_ledger,
    control_board,
    media_costs,
    return_on_investment,
    unit_costs,
)
from tests.planning.conftest import END

TEASER, LAUNCH = "teaser", "launch"


@pytest.fixture
def ledger(plan, bookings, rates):
    return build_ledger(plan, bookings, rates=rates, until=END)


def figures(totals, measure):
    return {standing.key[0]: str(getattr(standing, measure)) for standing in totals.standings}


def test_plan_per_line_as_revised(ledger):
    assert figures(ledger.by("line"), "plan") == {
        "": "0",
        "ads": "6100.00",  # 3,100 + 3,000
        "face": "2447.92",  # CHF 2,350 ÷ 0.96 (rate of 10 March) = 2,447.916…
        "film": "5000.00",  # 5,950 ÷ 1.19
        "paper": "9000.00",  # list price 10,000 less 10 %
        "spot": "4000.00",
        "team": "5882.50",  # (30 + 25.5 + 20 + 15) h × 65 = 90.5 × 65
        "tool": "0.00",
    }
    # 6,100 + 2,447.92 + 5,000 + 9,000 + 4,000 + 5,882.50
    assert ledger.total("plan") == Decimal("32430.42")


def test_plan_per_month(ledger):
    assert figures(ledger.by("month"), "plan") == {
        # 3,100 ads + 9,000 paper + 5,000 film + 1,950 + 1,657.50 + 1,300 team, and of the week of
        # 30 March two of its seven days: 975 × 2 ÷ 7 = 278.571…
        "2026-03": "22286.07",
        # 3,000 ads + 2,447.92 influencer + 4,000 radio + 975 − 278.57 = 696.43 team
        "2026-04": "10144.35",
    }


def test_plan_per_phase_before_and_after_the_phase_change(plan, bookings, rates, ledger):
    baseline = build_ledger(plan, bookings, rates=rates, until=END, version="baseline")
    assert figures(baseline.by("phase"), "plan") == {
        # Until 15 March: ads 3,100 × 15 ÷ 31 = 1,500; film 5,000 × 15 ÷ 31 = 2,419.354…; team 1,950 +
        # 1,657.50
        TEASER: "7526.85",
        # 1,600 + 3,000 ads, 9,000 paper, 2,580.65 film, 1,300 + 975 team, 4,000 radio, and the influencer at
        # the rate of the baseline's day: CHF 2,350 ÷ 0.94 = 2,500
        LAUNCH: "24955.65",
    }
    assert figures(ledger.by("phase"), "plan") == {
        # Until 22 March: ads 3,100 × 22 ÷ 31 = 2,200; film 5,000 × 22 ÷ 31 = 3,548.387…; team + 1,300
        TEASER: "10655.89",
        # 900 + 3,000 ads, 9,000 paper, 1,451.61 film, 2,447.92 influencer, 975 team, 4,000 radio
        LAUNCH: "21774.53",
    }


def test_actual_per_line(ledger):
    assert figures(ledger.by("line"), "actual") == {
        "": "120.00",
        "ads": "451.61",  # 101.11 + 99.99 + 250.505 → 250.51; the platform's invoice of 201.10 is not counted
        "face": "2139.04",  # CHF 2,000 ÷ 0.935 = 2,139.037…
        "film": "5021.02",  # 2,975 ÷ 1.19 = 2,500; 3,000.01 ÷ 1.19 = 2,521.016…
        "paper": "4500.00",  # 5,000 − 500 credit
        "spot": "0",
        "team": "3937.50",  # 28 h × 65 = 1,820; 30.25 h × 70 = 2,117.50
        "tool": "50.00",  # 59.50 ÷ 1.19
    }
    # 120 + 451.61 + 2,139.04 + 5,021.02 + 4,500 + 3,937.50 + 50
    assert ledger.total("actual") == Decimal("16219.17")


def test_commitments_per_line(ledger):
    assert {line: sum_ for line, sum_ in figures(ledger.by("line"), "commitment").items() if sum_ != "0"} == {
        # CHF 2,350 ÷ 0.95 = 2,473.684…; billed CHF 2,000 of 2,350: 2,473.68 × 2,000 ÷ 2,350 = 2,105.259…;
        # left 368.42, which is CHF 350 ÷ 0.95
        "face": "368.42",
        "paper": "4500.00",  # list price 10,000 less 10 % = 9,000; − 5,000 billed + 500 credited
        "spot": "4000.00",  # its invoice is of May
    }
    assert ledger.total("commitment") == Decimal("8868.42")


def test_remaining_and_tax(ledger):
    whole = ledger.by().whole
    assert whole.remaining == Decimal("7342.83")  # 32,430.42 − 16,219.17 − 8,868.42
    # 19 %: ads 19.21 + 19.00 + 47.60; paper 950 − 95; film 475 + 478.99; influencer CHF 380 ÷ 0.935 =
    # 406.417… owed under reverse charge; tool 9.50; unplanned 22.80; own hours none
    assert whole.tax == Decimal("2333.52")
    lines = ledger.by("line")
    assert lines["film"].remaining == Decimal("-21.02")  # 5,000 − 5,021.02
    assert lines["tool"].remaining == Decimal("-50.00")  # zero budget
    assert lines["spot"].remaining == Decimal(0)


def test_actual_per_month_phase_channel_and_kind(plan, bookings, rates, ledger):
    assert figures(ledger.by("month"), "actual") == {
        # 201.10 ads + 4,500 paper (service of 21 March) + 5,021.02 film (the late one too) + 3,937.50 + 50
        "2026-03": "13709.62",
        "2026-04": "2509.55",  # 250.51 + 2,139.04 + 120
    }
    assert figures(ledger.by("phase"), "actual") == {
        TEASER: "9209.62",  # 201.10 + 5,021.02 + 3,937.50 + 50
        LAUNCH: "7009.55",  # 4,500 + 250.51 + 2,139.04 + 120
    }
    baseline = build_ledger(plan, bookings, rates=rates, until=END, version="baseline")
    assert figures(baseline.by("phase"), "actual") == {
        TEASER: "6688.60",  # the film of 20 March (2,521.02) lies in the launch then
        LAUNCH: "9530.57",
    }
    assert figures(ledger.by("channel"), "actual") == {
        "": "9008.52",  # 5,021.02 + 3,937.50 + 50
        "daily": "4620.00",  # 4,500 + 120 unplanned
        "influ": "2139.04",
        "insta": "451.61",
        "radio": "0",
    }
    assert figures(ledger.by("kind"), "actual") == {
        "": "120.00",
        "labour": "3937.50",
        "media": "7090.65",  # 451.61 + 2,139.04 + 4,500
        "production": "5021.02",
        "tools": "50.00",
    }


def test_the_late_invoice_settles_and_closes_the_order(plan, bookings, rates):
    after = build_ledger(plan, bookings, rates=rates)
    spot = after.by("line")["spot"]
    assert (spot.actual, spot.commitment, spot.remaining) == (Decimal("3990.00"), 0, Decimal("10.00"))
    assert after.by("month")["2026-05"].actual == 0  # its service was in April
    assert after.by("month")["2026-04"].actual == Decimal("6499.55")  # 2,509.55 + 3,990


def test_who_cannot_deduct_tax_bears_it(plan, bookings, rates):
    ledger = build_ledger(plan.replace(deductible=False), bookings, rates=rates, until=END)
    lines = ledger.by("line")
    assert lines["film"].actual == Decimal("5975.01")  # 2,975.00 + 3,000.01 as they are
    assert lines["paper"].actual == Decimal("5355.00")  # 4,500 × 1.19
    assert lines["paper"].commitment == Decimal("5355.00")  # 10,710 − 5,950 + 595
    assert lines["face"].actual == Decimal("2545.45")  # CHF 2,000 + 380 owed = 2,380 ÷ 0.935 = 2,545.454…
    assert lines["team"].actual == Decimal("3937.50")  # nobody bills own hours
    assert lines["team"].plan == Decimal("5882.50")


def test_every_euro_leads_to_its_row(ledger):
    film = ledger.trace(line="film", measure="actual")
    assert [(row.source.text(), row.number, row.cost, row.late) for row in film.rows] == [
        ("bookings.csv, row 5", "F-1", Decimal("2500.00"), False),
        ("bookings.csv, row 6", "F-2", Decimal("2521.02"), True),
    ]
    assert film.total("actual") == ledger.by("line")["film"].actual
    open_order = ledger.trace(line="face", measure="commitment").rows
    assert [(row.source.text(), row.cost) for row in open_order] == [
        ("bookings.csv, row 7", Decimal("2473.68")),
        ("bookings.csv, row 8", Decimal("-2105.26")),
    ]
    assert {row.tax for row in open_order} == {0}  # tax comes with the invoice
    (left_out,) = ledger.trace(measure="not counted").rows
    assert left_out.source.text() == "bookings.csv, row 15"
    assert [problem.text() for problem in ledger.problems] == [
        "Line 'Ads' is counted the other way; bookings not counted: 1."
    ]


def test_unit_costs_and_returns(ledger, results):
    assert media_costs(ledger, until=END) == {
        "insta": Decimal("451.61"),
        "daily": Decimal("4620.00"),
        "influ": Decimal("2139.04"),
    }
    costs = unit_costs(ledger, results, until=END)
    told = {(figure.channel, figure.metric): figure for figure in costs.figures}
    assert {key: figure.value for key, figure in told.items()} == {
        ("insta", "cpm"): Decimal("2.5"),  # 451.61 ÷ 180,644 × 1,000
        ("daily", "cpm_contacts"): Decimal("15"),  # 4,620 ÷ 308,000 × 1,000
        ("radio", "cost_per_grp"): None,  # nothing is booked yet
        ("influ", "cpa"): Decimal("33.4225"),  # 2,139.04 ÷ 64
        ("insta", "cpa"): None,  # zero results
        ("influ", "roas"): Decimal("4"),  # 8,556.16 ÷ 2,139.04
    }
    assert told["insta", "cpa"].reason.text() == "Results: none yet, so there is no cost of one."
    back = return_on_investment(ledger, results, until=END)
    assert (back.cost, back.labour) == (Decimal("16219.17"), Decimal("3937.50"))
    assert round(back.with_labour, 6) == Decimal("-0.472466")  # (8,556.16 − 16,219.17) ÷ 16,219.17
    assert round(back.without_labour, 6) == Decimal("-0.303339")  # (8,556.16 − 12,281.67) ÷ 12,281.67


def test_estimate_at_completion(plan, bookings, results, rates):
    board = control_board(plan, bookings, results, on=END, rng=np.random.default_rng(1), rates=rates)
    assert {line: str(told.estimate) for line, told in board.estimates.items()} == {
        "ads": "451.61",  # the flight has ended
        "paper": "9000.00",  # 4,500 + 4,500 ordered
        "film": "5021.02",
        "face": "2507.46",  # 2,139.04 + 368.42
        "team": "3937.50",
        "tool": "50.00",
        "spot": "4000.00",
    }
    assert board.estimate == Decimal("25087.59")  # with 120 unplanned; 16,219.17 + 8,868.42


def test_estimate_half_way_takes_what_is_still_planned(plan, bookings, rates):
    half = date(2026, 3, 31)
    board = control_board(plan, bookings, on=half, rng=np.random.default_rng(1), rates=rates)
    estimates = {line: str(told.estimate) for line, told in board.estimates.items()}
    assert estimates["team"] == "4633.93"  # 3,937.50 + 696.43 planned for April
    assert estimates["paper"] == "9000.00"  # 5,000 billed + 4,000 ordered for 28 March, not billed yet
    assert estimates["face"] == "2473.68"  # ordered 2,473.68, planned 2,447.92: what is ordered
    assert estimates["spot"] == "4000.00"  # ordered and planned alike, counted once
