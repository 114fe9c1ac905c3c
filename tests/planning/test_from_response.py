"""Spend and results of accounts: what counts of a response table, once."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.planning import ExchangeRate, ExchangeRates, build_ledger, results_of, spend_bookings
from tests.planning.conftest import END, MARCH

DAY = date(2026, 3, 5)
SPAN = {"first": MARCH, "last": END}


def table(*rows):
    """Rows of the response table; what is not given is an ad of Instagram on one day."""
    usual = {
        "network": "instagram",
        "account": "@lindrad",
        "entity": "ad",
        "metric": "spend",
        "value": float("nan"),
        "amount": None,
        "currency": "EUR",
        "segment": "unknown",
        "window": "day",
        "local_day": DAY,
        "import_id": "i1",
    }
    return pd.DataFrame([usual | row for row in rows])


def euro(text, **more):
    return {"amount": Decimal(text), **more}


def test_spend_of_a_day_is_one_booking_with_its_import(plan, rates):
    rows = table(euro("10.1234"), euro("5.10"), euro("2.00", local_day=date(2026, 3, 6)))
    first, second = spend_bookings(rows, {("instagram", "@lindrad"): "ads"}, **SPAN)
    assert (first.amount, first.day, first.line, first.kind) == (Decimal("15.2234"), DAY, "ads", "spend")
    assert (first.source.import_id, second.amount) == ("i1", 2)
    ledger = build_ledger(plan, [first, second], rates=rates)
    assert ledger.by("line")["ads"].actual == Decimal("17.22")
    assert ledger.trace(line="ads", measure="actual").rows[0].source.text() == "instagram @lindrad"


LEFT_OUT = {
    "before the campaign": euro("5", local_day=date(2026, 2, 28)),
    "after it": euro("5", local_day=date(2026, 5, 1)),
    "a lifetime figure": euro("5", window="lifetime"),
    "part of the audience": euro("5", segment="age 18-24"),
    "an account of the same name elsewhere": euro("5", network="facebook"),
    "another metric": euro("5", metric="revenue"),
    "no amount": {"amount": None},
    "not a number": {"amount": Decimal("NaN")},
}


@pytest.mark.parametrize("row", LEFT_OUT.values(), ids=list(LEFT_OUT))
def test_what_is_no_spend_of_the_campaign(row):
    assert spend_bookings(table(row), {("instagram", "@lindrad"): "ads"}, **SPAN) == ()


def test_a_day_that_is_there_as_a_whole_and_ad_by_ad_counts_once():
    rows = table(euro("5"), euro("6"), euro("11.5", entity="account"), euro("3", local_day=END))
    amounts = [b.amount for b in spend_bookings(rows, {("instagram", "@lindrad"): "ads"}, **SPAN)]
    assert amounts == [Decimal("11.5"), 3]


def test_spend_without_a_currency_is_refused():
    with pytest.raises(InvalidRecordError, match="Currency '' is unknown"):
        spend_bookings(table(euro("5", currency=None)), {("instagram", "@lindrad"): "ads"}, **SPAN)


def test_results_are_added_up_where_they_may_be_and_name_their_rule():
    rows = table(
        {"metric": "clicks", "value": 3.0},
        {"metric": "clicks", "value": 4.0},
        {"metric": "reach", "value": 10.0},
        {"metric": "reach", "value": 20.0},
        {"metric": "conversions", "value": 2.0},
        euro("9.99"),
    )
    found = results_of(
        rows, {("instagram", "@lindrad"): "insta"}, rules={"instagram": "7 days after click"}, **SPAN
    )
    assert sorted((r.metric, r.value, r.rule) for r in found) == [
        ("clicks", 7, ""),
        ("conversions", 2, "7 days after click"),
        ("reach", 10, ""),
        ("reach", 20, ""),
    ]
    assert {(r.channel, r.source) for r in found} == {("insta", "instagram")}


def test_revenue_in_another_currency_takes_the_rate_of_its_day():
    rows = table(euro("93.50", metric="revenue", currency="CHF"), euro("1.00", metric="revenue"))
    accounts = {("instagram", "@lindrad"): "insta"}
    rates = ExchangeRates(rates=[ExchangeRate(day=DAY, currency="CHF", rate="0.9350")])
    (sold,) = results_of(rows, accounts, rates=rates, **SPAN)
    assert sold.value == 101
    with pytest.raises(InvalidValueError, match="no exchange rate EUR/CHF for 5 Mar 2026"):
        results_of(rows, accounts, **SPAN)
