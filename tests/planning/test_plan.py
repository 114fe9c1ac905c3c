"""Plans and bookings: what they refuse, and that versions are kept."""

from datetime import date
from decimal import Decimal

import pytest

from smmlib.errors import InvalidRecordError, UnknownNameError
from smmlib.planning import (
    Booking,
    BudgetLine,
    Channel,
    Phase,
    Plan,
    PlanVersion,
    Result,
    Target,
    build_ledger,
)
from tests.planning.conftest import APRIL, MARCH, planned


def phase(name, start, end):
    return Phase(id=name, name=name, start=start, end=end)


BAD_PLANS = {
    "end before start": (
        lambda: phase("A", date(2026, 4, 1), date(2026, 3, 1)),
        "Phase 'A' ends on 1 Mar 2026, before it starts on 1 Apr 2026",
    ),
    "overlapping phases": (
        lambda: PlanVersion(
            on=MARCH,
            phases=[phase("B", date(2026, 3, 10), APRIL), phase("A", MARCH, date(2026, 3, 10))],
        ),
        r"Phases 'A' \(until 10 Mar 2026\) and 'B' \(from 10 Mar 2026\) overlap",
    ),
    "id twice": (
        lambda: PlanVersion(on=MARCH, channels=[Channel(id="x", name="X"), Channel(id="x", name="Y")]),
        "'x' is there twice in the plan",
    ),
    "channel that is not there": (
        lambda: PlanVersion(on=MARCH, lines=[BudgetLine(name="Ads", channel="tv")]),
        "'Ads' belongs to 'tv', which the plan does not have",
    ),
    "phase that is not there": (
        lambda: PlanVersion(on=MARCH, lines=[BudgetLine(name="Ads", phase="late")]),
        "'Ads' belongs to 'late'",
    ),
    "target of a channel that is not there": (
        lambda: PlanVersion(on=MARCH, targets=[Target(metric="clicks", value=5, by=APRIL, channel="tv")]),
        "'clicks' belongs to 'tv'",
    ),
    "labour without rate": (lambda: BudgetLine(name="Team", kind="labour"), "labour needs one"),
    "rate without labour": (lambda: BudgetLine(name="Ads", rate="5"), "only labour has a rate"),
    "month twice": (
        lambda: BudgetLine(name="Ads", entries=planned((MARCH, "1"), (MARCH, "2"))),
        "plans 1 Mar 2026 twice",
    ),
    "month from its second": (
        lambda: BudgetLine(name="Ads", entries=planned((date(2026, 3, 2), "1"))),
        "a month on the first",
    ),
    "week from Tuesday": (
        lambda: BudgetLine(name="Ads", rhythm="week", entries=planned((date(2026, 3, 3), "1"))),
        "a week begins on Monday",
    ),
    "negative budget": (lambda: BudgetLine(name="Ads", entries=planned((MARCH, "-1"))), "amount is -1: "),
    "budget in text": (
        lambda: BudgetLine(name="Ads", entries=[{"start": MARCH, "amount": "5 Tsd."}]),
        r"'5 Tsd\.' is no number",
    ),
    "discount of all": (lambda: BudgetLine(name="Ads", discount=100), "discount"),
    "unknown currency": (lambda: BudgetLine(name="Ads", currency="EURO"), "'EURO' is unknown"),
    "unknown kind of channel": (lambda: Channel(name="X", kind="fax"), "'fax'; it must be one of 'account'"),
    "figure without source": (
        lambda: Result(channel="radio", day=MARCH, metric="grp", value=120, source=" "),
        "grp of 1 Mar 2026 has no source",
    ),
    "negative figure": (
        lambda: Result(channel="radio", day=MARCH, metric="grp", value=-1, source="agency"),
        "value",
    ),
}


@pytest.mark.parametrize(("make", "told"), BAD_PLANS.values(), ids=list(BAD_PLANS))
def test_what_a_plan_refuses(make, told):
    with pytest.raises(InvalidRecordError, match=told):
        make()


BAD_BOOKINGS = {
    "negative without credit flag": (
        {"amount": "-5"},
        "-5.00 is negative, but the booking is no credit note",
    ),
    "no amount": ({}, "nothing but hours goes without an amount"),
    "hours of an invoice": ({"amount": "5", "hours": "2"}, "Only hours have hours"),
    "hours with amount": ({"kind": "hours", "hours": "2", "amount": "5"}, "Only hours have hours"),
    "no hours": ({"kind": "hours", "hours": "0"}, "hours"),
    "belongs nowhere": ({"amount": "5", "line": ""}, "no budget line and no channel"),
    "float": ({"amount": 5.5}, "5.5 is a binary number"),
    "currency": ({"amount": "5", "currency": "Euro"}, "'Euro' is unknown"),
    "no day": ({"amount": "5", "day": None}, "day"),
    "field there is not": ({"amount": "5", "colour": "red"}, "Field 'colour' is unknown"),
}


@pytest.mark.parametrize(("fields", "told"), BAD_BOOKINGS.values(), ids=list(BAD_BOOKINGS))
def test_what_a_booking_refuses(fields, told):
    with pytest.raises(InvalidRecordError, match=told):
        Booking(**{"line": "ads", "day": MARCH} | fields)


def test_late_is_a_document_of_a_later_month_than_its_service():
    def booking(day):
        return Booking(line="ads", amount="5", day=day, service_day=date(2025, 12, 30))

    assert booking(date(2026, 1, 2)).late
    assert not booking(date(2025, 12, 31)).late
    assert not Booking(line="ads", amount="5", day=APRIL).late
    assert not Booking(line="ads", amount="5", day=MARCH, service_day=APRIL).late  # paid in advance


def test_versions_are_kept_and_found(plan):
    assert (plan.baseline.name, plan.current.name) == ("baseline", "longer teaser")
    assert plan.version("baseline").phases[0].end == date(2026, 3, 15)
    assert plan.version().phases[0].end == date(2026, 3, 22)
    with pytest.raises(UnknownNameError, match="Did you mean 'baseline'"):
        plan.version("base line")
    with pytest.raises(InvalidRecordError, match="before the one it revises"):
        plan.revised("earlier", date(2026, 1, 1))
    with pytest.raises(InvalidRecordError, match="'baseline' is there twice"):
        plan.revised("baseline", date(2026, 4, 1))
    with pytest.raises(UnknownNameError, match="Budget line 'adds' is unknown"):
        plan.current.line("adds")


def test_a_plan_is_the_same_after_writing_and_reading(plan, bookings, rates):
    again = Plan.from_json(plan.model_dump_json())
    assert again == plan
    kept = [Booking.from_json(booking.model_dump_json()) for booking in bookings]
    assert kept == bookings
    assert build_ledger(again, kept, rates=rates).rows == build_ledger(plan, bookings, rates=rates).rows


def test_an_amount_outside_all_phases_is_planned_all_the_same():
    line = BudgetLine(id="l", name="Ads", entries=planned((date(2026, 2, 1), "28.00")))
    version = PlanVersion(on=MARCH, phases=[phase("A", MARCH, APRIL)], lines=[line])
    ledger = build_ledger(Plan(campaign="c", name="P", versions=[version]))
    assert [(row.phase, row.month, row.cost) for row in ledger.rows] == [("", "2026-02", Decimal("28.00"))]
