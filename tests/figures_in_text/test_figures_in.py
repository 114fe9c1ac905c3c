from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.figures_in_text import Amount, Day, Share, figures_in
from smmlib.figures_in_text.amounts import read_number
from smmlib.language import money

ANY_TEXT = st.text(st.characters(blacklist_categories=()), max_size=80)


def amounts(text, language="de"):
    found = figures_in(text, language)
    return [(text[f.start : f.end], str(f.value), f.currency) for f in found if isinstance(f, Amount)]


def shares(text, language="de"):
    found = figures_in(text, language)
    return [(text[f.start : f.end], str(f.value)) for f in found if isinstance(f, Share)]


def days(text, language="de"):
    found = figures_in(text, language)
    return [(text[f.start : f.end], f.day, f.month, f.year) for f in found if isinstance(f, Day)]


@pytest.mark.parametrize(
    ("text", "language", "value", "currency"),
    [
        ("1.234,50 €", "de", "1234.50", "EUR"),
        ("€ 49", "de", "49", "EUR"),
        ("€49,90", "de", "49.90", "EUR"),
        ("49,- Euro", "de", "49", "EUR"),
        ("49,–", "de", "49", "EUR"),
        ("EUR 1,299.00", "de", "1299.00", "EUR"),
        ("1.299 Euro", "de", "1299", "EUR"),
        ("1,299 euros", "en", "1299", "EUR"),
        ("€1.299", "en", "1.299", "EUR"),  # what an English reader reads
        ("0,999 €", "de", "0.999", "EUR"),
        ("1\u202f234,50 €", "de", "1234.50", "EUR"),
        ("1'299.00 CHF", "de", "1299.00", "CHF"),
        ("CHF 49.–", "de", "49", "CHF"),
        ("99 Cent", "de", "0.99", "EUR"),
        ("99 cents", "en", "0.99", "USD"),
        ("$49.99", "en", "49.99", "USD"),
        ("£5m", "en", "5000000", "GBP"),
        ("2,5 Mio. Euro", "de", "2500000.0", "EUR"),
    ],
)
def test_an_amount_is_read_with_its_unit(text, language, value, currency):
    assert amounts(f"Nur {text} heute", language) == [(text, value, currency)]


def test_a_hyphen_and_a_span_of_amounts():
    assert amounts("Ein 20-Euro-Gutschein für 49–59 €") == [
        ("20-Euro", "20", "EUR"),
        ("49", "49", "EUR"),
        ("59 €", "59", "EUR"),
    ]


@pytest.mark.parametrize(
    "text",
    ["500 g und 2 Pfund", "Version 4.2", "340 g", "Linie 7", "10.000 Schritte", "A4,-5", "Europa 2026"],
)
def test_other_numbers_are_no_amounts(text):
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("20 %", "de", "20"),
        ("20%", "en", "20"),
        ("4,8 Prozent", "de", "4.8"),
        ("20-prozentig", "de", "20"),
        ("20\u00a0%", "de", "20"),
        ("2.5 percent", "en", "2.5"),
    ],
)
def test_a_percentage_is_read(text, language, value):
    assert shares(f"Noch {text} mehr", language) == [(text, value)]


def test_both_ends_of_a_span_of_percentages():
    assert shares("20–30 % oder 0,1 Prozentpunkte") == [("20", "20"), ("30 %", "30")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.03.", (12, 3, None)),
        ("12.3.2026", (12, 3, 2026)),
        ("12.03.26", (12, 3, 2026)),
        ("12. März 2026", (12, 3, 2026)),
        ("1. Mai", (1, 5, None)),
        ("2026-03-12", (12, 3, 2026)),
        ("31/12/2026", (31, 12, 2026)),
        ("13/12/2026", (13, 12, 2026)),
        ("12/13/2026", (13, 12, 2026)),
        ("24. Dez.", (24, 12, None)),
        ("29. Februar", (29, 2, None)),
    ],
)
def test_a_german_day_is_read(text, day):
    ((written, *rest),) = days(f"Am {text} ist Schluss")
    assert (text.startswith(written), tuple(rest)) == (True, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 12", (12, 3, None)),
        ("March 12th, 2026", (12, 3, 2026)),
        ("12 March 2026", (12, 3, 2026)),
        ("12th of March", (12, 3, None)),
        ("Sept. 4", (4, 9, None)),
    ],
)
def test_an_english_day_is_read(text, day):
    assert days(f"Until {text} only", "en") == [(text, *day)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("3.–5. Mai", "de", [("3", 3, 5, None), ("5. Mai", 5, 5, None)]),
        ("vom 12.–15.03.", "de", [("12", 12, 3, None), ("15.03.", 15, 3, None)]),
        ("May 3–5, 2026", "en", [("May 3", 3, 5, 2026), ("5, 2026", 5, 5, 2026)]),
    ],
)
def test_both_ends_of_a_span_of_days(text, language, found):
    assert days(text, language) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ab Montag", "de"),
        ("um 20.15 Uhr", "de"),
        ("am 10.10.10 Uhr", "de"),
        ("31.02.", "de"),
        ("im März 12 Termine", "de"),
        ("Kapitel 2.1", "de"),
        ("3/4/2026", "en"),  # which month?
        ("it costs 2.5. Then", "en"),
        ("You may 3 times", "en"),
        ("May 2026", "en"),
    ],
)
def test_what_is_no_day_or_two_is_left_out(text, language):
    assert days(text, language) == []


def test_a_day_without_year_fits_every_year():
    assert Day(0, 1, 12, 3).fits(date(2027, 3, 12))
    assert Day(0, 1, 12, 3, 2026).fits(date(2026, 3, 12))
    assert not Day(0, 1, 12, 3, 2026).fits(date(2027, 3, 12))
    assert not Day(0, 1, 12, 3).fits(date(2026, 3, 13))


@pytest.mark.parametrize(
    ("written", "german", "english"),
    [("1.299", "1299", "1.299"), ("1,299", "1.299", "1299"), ("1.234,5", "1234.5", "1234.5")],
)
def test_the_language_decides_what_a_separator_is(written, german, english):
    assert (read_number(written, "de"), read_number(written, "en")) == (Decimal(german), Decimal(english))


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(["EUR", "USD", "GBP", "CHF"]),
    st.sampled_from(["de", "en"]),
)
def test_amounts_as_we_write_them_are_read_back(amount, currency, language):
    text = f"Jetzt {money(amount, currency, language)}."
    assert [(f.value, f.currency) for f in figures_in(text, language)] == [(amount, currency)]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d.%m."]))
def test_dates_as_people_write_them_are_read_back(day, form):
    (found,) = figures_in(f"Am {day:{form}} geht es los", "de")
    assert found.fits(day)


@given(ANY_TEXT, st.sampled_from(["de", "en"]))
def test_any_text_can_be_read(text, language):
    for figure in figures_in(text, language):
        assert 0 <= figure.start < figure.end <= len(text)


@given(st.text("0123456789.,–- €%'bis\u202fMKär/", max_size=60))
def test_texts_full_of_digits_can_be_read(text):
    for figure in figures_in(text, "de"):
        assert 0 <= figure.start < figure.end <= len(text)
