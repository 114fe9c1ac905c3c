"""What holds of every ledger: parts add up to wholes, money is Decimal, order of import does not matter."""

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError
from smmlib.planning import (
    GROUPS,
    Booking,
    BudgetLine,
    ExchangeRate,
    ExchangeRates,
    Plan,
    PlanVersion,
    build_ledger,
)
from tests.planning.conftest import END, MARCH, make_plan, planned

DAYS = st.dates(date(2026, 2, 1), date(2026, 6, 30))
SUMS = st.decimals(Decimal("0.0001"), Decimal("99999.9999"), places=4)
CHF = ExchangeRates(
    rates=[
        ExchangeRate(
            day=date(2026, 2, 1) + timedelta(days=i), currency="CHF", rate=Decimal(9000 + 7 * i) / 10000
        )
        for i in range(150)
    ]
)


@st.composite
def documents(draw):
    """One booking of any kind; numbers come from its place in the list."""
    line = draw(st.sampled_from(["ads", "paper", "film", "face", "team", "spot", ""]))
    kind = draw(st.sampled_from(["invoice", "credit note", "commitment", "spend", "hours"]))
    fields = {
        "kind": kind,
        "line": line,
        "channel": "" if line else "daily",
        "day": draw(DAYS),
        "service_day": draw(st.none() | DAYS),
        "tax": draw(st.sampled_from(["net", "gross", "reverse charge"])),
        "order": draw(st.sampled_from(["", "0", "1", "2"])) if kind != "commitment" else "",
        "closes": draw(st.booleans()),
        "currency": draw(st.sampled_from(["EUR", "CHF"])),
    }
    if kind == "hours":
        return fields | {"hours": draw(SUMS), "rate": Decimal("61.37")}
    return fields | {"amount": draw(SUMS)}


def numbered(fields):
    return [Booking(id=f"b{i}", number=str(i), **f) for i, f in enumerate(fields)]


def _rates():
    baseline = ExchangeRate(day=date(2026, 1, 15), currency="CHF", rate="0.94")
    return CHF.replace(rates=(*CHF.rates, baseline))


@pytest.fixture(scope="module")
def company():
    """The plan of the made-up company, once for all examples."""
    return make_plan()


BOOKINGS = st.lists(documents(), max_size=12).map(numbered)


def standings(ledger, *groups):
    return [(s.key, s.plan, s.commitment, s.actual, s.remaining, s.tax) for s in ledger.by(*groups).standings]


@settings(max_examples=60)
@given(bookings=BOOKINGS, seed=st.integers(0, 2**16))
def test_parts_add_up_and_the_order_of_import_makes_no_difference(company, bookings, seed):
    ledger = build_ledger(company, bookings, rates=_rates())
    whole = ledger.by().whole
    assert whole.remaining == whole.plan - whole.actual - whole.commitment
    for groups in combinations(GROUPS, 2):
        assert ledger.by(*groups).whole[1:] == whole[1:]
    shuffled = random.Random(seed).sample(bookings, len(bookings))
    again = build_ledger(company, shuffled, rates=_rates())
    for group in GROUPS:
        assert standings(again, group) == standings(ledger, group)


@settings(max_examples=60)
@given(bookings=BOOKINGS)
def test_money_is_decimal_to_the_cent_and_every_row_has_a_source(company, bookings):
    ledger = build_ledger(company, bookings, rates=_rates())
    for row in ledger.rows:
        assert type(row.cost) is type(row.tax) is type(row.amount) is Decimal
        assert row.cost == row.cost.quantize(Decimal("0.01"))
        assert row.tax == row.tax.quantize(Decimal("0.01"))
        assert row.source
    for standing in ledger.by("line", "month").standings:
        assert not any(isinstance(figure, float) for figure in standing)


@settings(max_examples=60)
@given(bookings=BOOKINGS)
def test_open_commitments_lie_between_nothing_and_what_was_ordered(company, bookings):
    ledger = build_ledger(company, bookings, rates=_rates())
    ordered = {
        b.id: row for b in bookings for row in ledger.rows if row.booking == b.id and b.kind == "commitment"
    }
    for group in ("line", "month", "phase"):
        for standing in ledger.by(group).standings:
            most = sum(row.cost for row in ordered.values() if getattr(row, group) == standing.key[0])
            assert 0 <= standing.commitment <= most


def euro(line="film", **fields):
    return Booking(line=line, **{"day": MARCH, "amount": "100.00"} | fields)


def test_a_booking_on_a_line_of_another_version_counts(plan, rates):
    more = BudgetLine(id="extra", name="Extra", channel="radio", entries=planned((MARCH, "50.00")))
    revised = plan.revised("more", date(2026, 3, 20), lines=(*plan.current.lines, more))
    rates = rates.replace(
        rates=(*rates.rates, ExchangeRate(day=date(2026, 3, 20), currency="CHF", rate="0.95"))
    )
    baseline = build_ledger(revised, [euro("extra")], rates=rates, version="baseline")
    standing = baseline.by("line")["extra"]
    assert (standing.plan, standing.actual) == (0, 100)
    assert baseline.by("line").name(standing) == "Extra"


def test_an_order_in_francs_is_closed_by_its_invoice_whatever_the_rate(plan):
    for rate in ("0.80", "1.20"):
        rates = _rates().replace(
            rates=[
                *(r for r in _rates().rates if r.day != date(2026, 4, 1)),
                ExchangeRate(day=date(2026, 4, 1), currency="CHF", rate=rate),
            ]
        )
        order = euro("face", kind="commitment", number="7", currency="CHF")
        bill = euro("face", order="7", currency="CHF", day=date(2026, 4, 1))
        assert build_ledger(plan, [order, bill], rates=rates).by("line")["face"].commitment == 0


def test_spend_of_a_line_releases_its_order_and_the_invoice_does_not(plan, rates):
    order = euro("ads", kind="commitment", number="IO", amount="1000.00")
    spend = euro("ads", kind="spend", amount="300.00")
    bill = euro("ads", order="IO", amount="300.00", day=date(2026, 4, 2))
    ads = build_ledger(plan, [order, spend, bill], rates=rates).by("line")["ads"]
    assert (ads.actual, ads.commitment) == (300, 700)


def test_an_invoice_on_an_unknown_order_counts_and_is_told(plan, rates):
    ledger = build_ledger(plan, [euro(order="PO-77")], rates=rates)
    assert ledger.total("actual") == 100
    assert ledger.problems[0].text("de") == (
        "erfasst: Bestellung 'PO-77' ist nicht bekannt; die Rechnung zählt, löst aber kein Obligo auf."
    )


def test_spend_and_invoices_without_a_line_are_told(plan, rates):
    loose = [euro("", channel="insta"), euro("", channel="insta", kind="spend")]
    ledger = build_ledger(plan, loose, rates=rates)
    assert ledger.total("actual") == 200
    assert "perhaps twice" in ledger.problems[0].text()


def test_several_plans_are_kept_apart(plan, rates):
    other = Plan(
        id="summer",
        campaign="c2",
        name="Summer",
        versions=[
            PlanVersion(
                on=MARCH, lines=[BudgetLine(id="x", name="X", entries=planned((MARCH, "10.00")))], channels=[]
            )
        ],
    )
    bookings = [euro(plan="spring"), euro("x", plan="summer", amount="7.00")]
    ledger = build_ledger([plan, other], bookings, rates=rates)
    assert [(s.key, s.actual) for s in ledger.by("plan").standings] == [(("spring",), 100), (("summer",), 7)]
    with pytest.raises(InvalidRecordError, match="plan '' is not here; there is: spring, summer"):
        build_ledger([plan, other], [euro()], rates=rates)


BAD = {
    "line": (euro("films"), "'films' is not in the plan; there is: 'ads'"),
    "channel": (euro(channel="tv"), "'tv' is not in the plan"),
    "no rate for the day": (
        euro(currency="CHF", day=date(2026, 3, 17)),
        "no exchange rate EUR/CHF for 17 Mar 2026; add it to the table",
    ),
    "no rate for the currency": (euro(currency="USD"), "no exchange rate EUR/USD for 1 Mar 2026"),
    "hours without rate": (
        Booking(kind="hours", line="film", day=MARCH, hours="2"),
        "hours without a rate: 2",
    ),
    "gross media without line": (
        euro("", channel="daily", basis="gross"),
        "no budget line says what discount",
    ),
    "another plan": (euro(plan="autumn"), "plan 'autumn' is not here"),
}


@pytest.mark.parametrize(("booking", "told"), BAD.values(), ids=list(BAD))
def test_what_does_not_fit_is_told_with_its_row(booking, told, plan, rates):
    booking = booking.replace(source={"file": "a.csv", "row": 9})
    with pytest.raises(InvalidRecordError, match=f"a.csv, row 9: .*{told}"):
        build_ledger(plan, [booking], rates=rates)


def test_numbers_twice_are_refused_even_when_one_is_of_later(plan, rates):
    twice = [euro(number="R 1", supplier="B"), euro(number="r1", supplier="b", day=date(2026, 6, 1))]
    with pytest.raises(InvalidRecordError, match="'r1' of 'b' is there twice"):
        build_ledger(plan, twice, rates=rates, until=END)
    with pytest.raises(InvalidRecordError, match="twice"):  # orders have one number, whoever supplies
        build_ledger(plan, [euro(kind="commitment", number="1", supplier=s) for s in "ab"], rates=rates)
    apart = [euro(number="R1", supplier="B", position=p) for p in "12"]
    assert build_ledger(plan, [*apart, euro(number="R1", supplier="C")], rates=rates).total("actual") == 300


def test_names_there_are_not(plan, rates):
    ledger = build_ledger(plan, rates=rates)
    with pytest.raises(UnknownNameError, match="Group 'week' is unknown"):
        ledger.by("week")
    with pytest.raises(UnknownNameError, match="Field 'colour' is unknown"):
        ledger.trace(colour="red")
    with pytest.raises(UnknownNameError, match="Version 'v3' is unknown"):
        build_ledger(plan, rates=rates, version="v3")
    with pytest.raises(InvalidValueError, match="There is no plan"):
        build_ledger([])
    with pytest.raises(InvalidValueError, match="Plans are in CHF, EUR"):
        build_ledger([plan, plan.replace(id="p2", currency="CHF")])


def test_no_plan_amounts_and_no_bookings_are_zero():
    bare = Plan(campaign="c", name="Empty", versions=[PlanVersion(on=MARCH)])
    ledger = build_ledger(bare)
    assert ledger.by().whole[1:] == (0, 0, 0, 0)
    assert ledger.by("line").standings == ()
    assert ledger.by("line")["x"].remaining == 0


def test_frames_and_text(plan, bookings, rates):
    ledger = build_ledger(plan, bookings, rates=rates, until=END)
    frame = ledger.to_frame()
    assert len(frame) == len(ledger.rows)
    assert frame["cost"].map(type).eq(Decimal).all()
    totals = ledger.by("channel", "month").to_frame()
    assert totals.columns.tolist() == [
        "channel",
        "month",
        "name",
        "plan",
        "commitment",
        "actual",
        "remaining",
        "tax",
    ]
    assert totals["actual"].sum() == ledger.total("actual")
    assert ledger.by("line").text("de").splitlines()[-1] == (
        "Gesamt: Plan 32.430,42\u00a0€, Obligo 8.868,42\u00a0€, Ist 16.219,17\u00a0€, Rest 7.342,83\u00a0€"
    )
    assert "Ads: plan €6,100.00" in ledger.by("line").text()


def test_daily_actuals(plan, bookings, rates):
    ledger = build_ledger(plan, bookings, rates=rates, until=END).trace(line="ads")
    days = ledger.daily(first=date(2026, 3, 1), last=date(2026, 3, 3))
    assert days == (Decimal(0), Decimal("101.11"), Decimal("99.99"))
