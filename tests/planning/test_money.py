"""Amounts, division without loss, tax, media bases, exchange rates, amounts as tables write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.planning import ExchangeRate, ExchangeRates, PlannedAmount, taxed
from smmlib.planning.amounts import amount_of, bare, day_of, readable, settled
from smmlib.planning.money import divided, exact, known_currency, rounded, unit_of
from smmlib.planning.tax import at_basis

CENTS = st.decimals(-(10**9), 10**9, places=2)


@pytest.mark.parametrize(
    "value", [1.5, 1e3, True, "1,50", "1.234,56", "1e5", "NaN", "Infinity", "", "five", "1.23456", "٣", None]
)
def test_what_is_no_amount(value):
    with pytest.raises(InvalidRecordError):
        PlannedAmount(start=date(2026, 3, 1), amount=value)


@pytest.mark.parametrize(("value", "amount"), [("1234.50", "1234.5"), (7, "7"), (Decimal("1E+3"), "1000")])
def test_what_is_an_amount(value, amount):
    assert exact(value) == Decimal(amount)


def test_binary_numbers_are_refused_with_the_reason():
    with pytest.raises(InvalidValueError, match=r"1.1 is a binary number, which cannot hold cents"):
        exact(1.1)


@pytest.mark.parametrize("code", ["EURO", "eur", "XXQ", "", "€", 978, None])
def test_currencies_there_are_not(code):
    with pytest.raises(InvalidValueError, match="is unknown; write its ISO code"):
        known_currency(code)


def test_the_smallest_unit_and_halves():
    assert (unit_of("EUR"), unit_of("JPY")) == (Decimal("0.01"), 1)
    assert rounded(Decimal("0.005"), "EUR") == Decimal("0.01")
    assert rounded(Decimal("-0.005"), "EUR") == Decimal("-0.01")
    assert rounded(Decimal("2.5"), "JPY") == 3


@given(
    amount=CENTS | st.decimals(-100, 100, places=4),
    weights=st.lists(st.integers(1, 400), min_size=1, max_size=12),
)
def test_divided_parts_add_up_and_none_is_off_by_more_than_a_cent(amount, weights):
    parts = divided(amount, weights, "EUR")
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) <= Decimal("0.015")


def test_tax_by_hand():
    assert taxed(Decimal("119.00"), "gross", Decimal(19), "EUR") == (100, 19, 119, 100)
    assert taxed(Decimal("100.00"), "net", Decimal(7), "EUR") == (100, 7, 107, 100)
    assert taxed(Decimal("100.00"), "reverse charge", Decimal(19), "EUR") == (100, 19, 100, 100)
    assert taxed(Decimal("100.00"), "reverse charge", Decimal(19), "EUR", deductible=False).cost == 119
    assert taxed(Decimal("0.03"), "gross", Decimal(19), "EUR")[:2] == (Decimal("0.03"), 0)  # 0.025… → 0.03


@given(amount=CENTS, rate=st.decimals(0, 99, places=1))
def test_net_and_tax_make_gross(amount, rate):
    parts = taxed(amount, "gross", rate, "EUR")
    assert parts.net + parts.tax == parts.payable == amount


def test_media_bases_by_hand():
    # list price 10,000; 12 % discount: 8,800; 15 % agency commission: 7,480
    ten, off, commission = Decimal(10000), Decimal(12), Decimal(15)
    assert at_basis(ten, "gross", "net", off, commission) == 8800
    assert at_basis(ten, "gross", "net-net", off, commission) == 7480
    assert at_basis(Decimal(7480), "net-net", "gross", off, commission) == ten
    assert at_basis(ten, "net", "net", off, commission) == ten


def rate(day, currency="USD", value="1.0850"):
    return ExchangeRate(day=day, currency=currency, rate=value)


def test_rates_of_the_day():
    table = ExchangeRates(rates=[rate(date(2026, 3, 2))])
    assert table.converted(Decimal("108.50"), "USD", date(2026, 3, 2)) == 100
    assert table.converted(Decimal("5.005"), "EUR", date(2026, 3, 3)) == Decimal("5.01")
    with pytest.raises(
        InvalidValueError, match=r"no exchange rate EUR/USD for 3 Mar 2026; add it to the table"
    ):
        table.converted(Decimal(1), "USD", date(2026, 3, 3))


def test_bad_rates():
    day = date(2026, 3, 2)
    with pytest.raises(InvalidRecordError, match="two rates for USD on 2 Mar 2026"):
        ExchangeRates(rates=[rate(day), rate(day, value="1.09")])
    assert ExchangeRates(rates=[rate(day), rate(day)]).rates  # the same twice is no harm
    for value in (1.085, "0", "-1", "NaN", "one"):
        with pytest.raises(InvalidRecordError, match="rate"):
            rate(day, value=value)
    with pytest.raises(InvalidRecordError, match="'US' is unknown"):
        rate(day, currency="US")


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("1.234,56 €", "1.234,56", "EUR"),
        ("EUR 1.234,56", "1.234,56", "EUR"),
        ("CHF12'000.50", "12000.50", "CHF"),
        ("1 234,56", "1234,56", ""),
        ("1\u202f234\u00a0567", "1234567", ""),
        ("1.234,56-", "-1.234,56", ""),
        ("− 5,00", "-5,00", ""),
        ("-5,00 EUR", "-5,00", "EUR"),
        ("1 23", "1 23", ""),
    ],
)
def test_amounts_without_their_currency(text, number, currency):
    assert bare(text) == (number, currency)


@given(amount=st.decimals(-(10**9), 10**9, places=2), locale=st.sampled_from(["de", "en"]))
def test_what_a_locale_writes_is_read_again(amount, locale):
    from smmlib.language import money

    written, currency = bare(money(amount, "EUR", locale))
    assert (amount_of(written, locale), currency) == (amount, "EUR")


def test_how_a_table_writes_numbers():
    assert readable("1.234") == {"de", "en"}
    assert settled([(2, "1.234"), (3, "5,5")]) == "de"
    assert settled([(2, "1,234"), (3, "5.5")]) == "en"
    assert settled([(2, "410"), (3, "viel")]) == "en"
    with pytest.raises(InvalidValueError, match=r"'5,5' in row 2 is German, '5.5' in row 3 is English"):
        settled([(2, "5,5"), (3, "5.5")])
    with pytest.raises(InvalidValueError, match="Row 7: '1,234' may be thousands or a fraction"):
        settled([(7, "1,234")])
    with pytest.raises(
        InvalidValueError, match=r"'1.23,4' is no amount; write digits only, such as 1.234,56"
    ):
        amount_of("1.23,4", "de")


@pytest.mark.parametrize(
    "text", ["2026-03-31", "31.03.2026", "31.3.26", " 31.03.2026 ", "2026-03-31 00:00:00"]
)
def test_days(text):
    assert day_of(text) == date(2026, 3, 31)
