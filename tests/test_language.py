"""Text, numbers and dates as a German and an English reader expects them (CLDR through Babel)."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from smmlib.language import (
    LANGUAGES,
    Language,
    Message,
    as_language,
    clock,
    day,
    mark,
    moment,
    money,
    number,
    percent,
    say,
    say_many,
    short_day,
    translated,
    weekday,
)

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2026, 9, 3, 18, 5, tzinfo=BERLIN)
HARD = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "english", "german"),
    [
        (1234567, None, "1,234,567", "1.234.567"),
        (1234.5, None, "1,234.5", "1.234,5"),
        (1234.5, 2, "1,234.50", "1.234,50"),
        (1234.5, 0, "1,234", "1.234"),
        (-0.126, 2, "-0.13", "-0,13"),
        (Decimal("0.10"), 1, "0.1", "0,1"),
        (0, None, "0", "0"),
        (math.nan, 2, "–", "–"),
    ],
)
def test_numbers(value: float, decimals: int | None, english: str, german: str) -> None:
    assert number(value, "en", decimals) == english
    assert number(value, "de", decimals) == german


@pytest.mark.parametrize(
    ("share", "decimals", "english", "german"),
    [
        (0.123, 1, "12.3%", f"12,3{HARD}%"),
        (0.12349, 2, "12.35%", f"12,35{HARD}%"),
        (1, 0, "100%", f"100{HARD}%"),
        (0, 1, "0.0%", f"0,0{HARD}%"),
        (12.5, 0, "1,250%", f"1.250{HARD}%"),
        (math.nan, 1, "–", "–"),
    ],
)
def test_shares(share: float, decimals: int, english: str, german: str) -> None:
    assert percent(share, "en", decimals) == english
    assert percent(share, "de", decimals) == german


def test_money() -> None:
    assert money(Decimal("1234.5"), "EUR", "en") == "€1,234.50"
    assert money(Decimal("1234.5"), "EUR", "de") == f"1.234,50{HARD}€"
    assert money(5, "CHF", "de") == f"5,00{HARD}CHF"


def test_dates_and_times() -> None:
    assert day(date(2026, 9, 3), "de") == "03.09.2026"
    assert day(date(2026, 9, 3), "en") == "3 Sept 2026"
    assert short_day(date(2026, 9, 3), "de") == "03.09."
    assert short_day(date(2026, 9, 3), "en") == "3 Sept"
    assert moment(EVENING, "de") == "03.09.2026, 18:05 Uhr"
    assert moment(EVENING, "en") == "3 Sept 2026, 18:05"
    assert clock(time(7, 0), "de") == "07:00 Uhr"
    assert (
        moment(datetime(2026, 9, 3, 23, 30, tzinfo=UTC).astimezone(BERLIN), "de") == "04.09.2026, 01:30 Uhr"
    )


def test_weekdays_begin_with_monday() -> None:
    assert [weekday(i, "de") for i in range(1, 8)] == ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    assert weekday(1, "en", "wide") == "Monday"
    assert weekday(7, "de", "wide") == "Sonntag"


@pytest.mark.parametrize(
    ("template", "value", "english", "german"),
    [
        ("{x}", 1234.5, "1,234.5", "1.234,5"),
        ("{x:.2}", 1234.5, "1,234.50", "1.234,50"),
        ("{x:+.1}", 0.25, "+0.2", "+0,2"),
        ("{x:+.1}", -0.25, "-0.2", "-0,2"),
        ("{x:+.1}", 0, "0.0", "0,0"),
        ("{x:%1}", 0.123, "12.3%", f"12,3{HARD}%"),
        ("{x:%}", 0.123, "12%", f"12{HARD}%"),
        ("{x:+%1}", 0.123, "+12.3%", f"+12,3{HARD}%"),
        ("{x:.2}", math.nan, "–", "–"),
        ("{x:plain}", 2026, "2026", "2026"),
        ("{x}", True, "True", "True"),
        ("{x}", "<b>{x}</b>", "<b>{x}</b>", "<b>{x}</b>"),
        ("{x!r}", "Mo", "'Mo'", "'Mo'"),
        ("{x}", None, "None", "None"),
        ("{x:date}", EVENING, "3 Sept 2026", "03.09.2026"),
        ("{x:time}", EVENING, "18:05", "18:05 Uhr"),
        ("{x:datetime}", EVENING, "3 Sept 2026, 18:05", "03.09.2026, 18:05 Uhr"),
        ("{x}", date(2026, 9, 3), "3 Sept 2026", "03.09.2026"),
        ("{x}", time(18, 5), "18:05", "18:05 Uhr"),
        ("{{x}} {x}", 1, "{x} 1", "{x} 1"),
    ],
)
def test_placeholders_are_filled_in_the_language(
    template: str, value: object, english: str, german: str
) -> None:
    assert say(template, "en", x=value) == english
    assert say(template, "de", x=value) == german


def test_a_sentence_is_translated() -> None:
    message = Message(mark("{field} is missing; please give a value."), {"field": "name"})
    assert message.text() == "name is missing; please give a value."
    assert message.text("de") == "name fehlt; bitte einen Wert angeben."


def test_a_sentence_nobody_translated_is_said_in_english() -> None:
    assert say("Never seen {x}", "de", x=1) == "Never seen 1"


def test_singular_and_plural() -> None:
    assert say_many("{count} fish", "{count} fishes", 1, "en") == "1 fish"
    assert say_many("{count} fish", "{count} fishes", 0, "en") == "0 fishes"
    assert say_many("{count} fish in {place}", "{count} fishes in {place}", 2000, "en", place="it") == (
        "2,000 fishes in it"
    )


def test_a_placeholder_without_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        say("{name}", "en")


@pytest.mark.parametrize("name", ["fr", "DE", "", "de_DE"])
def test_only_these_languages(name: str) -> None:
    with pytest.raises(ValueError, match=f"language is '{name}'; it must be one of 'de', 'en'"):
        as_language(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_values_is_not_a_template(language: Language) -> None:
    assert say("{x}", language, x="{y} {0} %s") == "{y} {0} %s"


def test_what_stands_in_data_is_translated_or_left_as_it_is() -> None:
    assert translated("On a phone.", "de") == "Am Handy."
    assert translated("On a phone.", "en") == "On a phone."
    assert translated("{a note} of a user", "de") == "{a note} of a user"
    assert translated("", "de") == ""
