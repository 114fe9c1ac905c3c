from datetime import UTC, date, datetime

import pytest

from smmlib.message_house import KeyDate, Offer, Price
from tests.drafting.checks.checking import CAMPAIGN, ENGLISH, found, said


def test_the_briefings_own_figures_are_in_order():
    text = (
        "Der Kranich für 3.490 €, der Helm für 49,90 Euro, 20 % Rabatt vom 9. bis 11. Oktober, auch am 10.10."
    )
    assert [found(rule, text) for rule in ("price", "percentage", "offer_date")] == [[], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "Der Kranich kostet 3.490 Euro. Probe fahren könnt ihr ihn vom 9. bis 11. Oktober.",
        "20% Rabatt auf alle Helme, nur vom 9. bis zum 11.10.2026!",
        "Spart 20 Prozent – bei 49,90 Euro sind das fast 10 Euro.",
        "Ab heute, 1.10., bis 31.10. läuft unsere Herbstaktion mit 20 % auf Helme.",
        "93 % unserer Kundinnen fahren wieder. Der Kranich: 3.490,00 EUR.",
        "Mit 20-prozentigem Rabatt kostet der Helm nur noch 39,92 €.",
        "Am 10. Oktober ab 9.30 Uhr, Halle 3. Der Eintritt ist frei.",
        "Der Kranich trägt 200 kg, fährt 25 km/h und kostet 3.490,- Euro.",
        "100 % Ökostrom, 100 % Probefahrt: 9.–11. Oktober 2026.",
        "Für 3490,00€ bekommt ihr 3 Jahre Garantie und 2 Inspektionen.",
        "Seit 2019 haben wir 1.200 Räder gebaut. Ab 3.490 €.",
        "Noch 9 Tage! Am 9.10. geht es los. Helme minus 20 %.",
        "Kommt am Samstag (10.10.) vorbei, die Linie 10 hält vor der Tür. 20 % auf Helme.",
        "Helme: 49,90 €. Kinderhelme: auch 49,90 €. Ja, wirklich.",
        "Stellt euch vor: 3.490 Euro, und der Sprit für immer gespart. #Lastenrad",
    ],
)
def test_posts_with_the_briefings_figures_are_in_order(text):
    assert [found(rule, text) for rule in ("price", "percentage", "offer_date")] == [[], [], []]


@pytest.mark.parametrize(
    ("rule", "text", "figure"),
    [
        ("price", "Leasing: 99 Euro im Monat, Kaufpreis 3.490 Euro.", "99 Euro"),
        ("price", "Rund 60 Euro für den Helm", "60 Euro"),
        ("price", "50 Euro für den Helm", "50 Euro"),
        ("percentage", "Finanzierung ab 0 % möglich.", "0 %"),
        ("offer_date", "Testtage: 9., 10. und 11. Oktober. Anmeldung bis 8. Oktober.", "8. Oktober"),
    ],
)
def test_what_the_briefing_does_not_have_is_asked_about(rule, text, figure):
    assert found(rule, text) == [figure]


def test_a_price_that_differs_is_shown_with_the_nearest():
    text = "Der Helm jetzt für 49 €, das Rad für 3.590,- Euro"
    assert found("price", text) == ["49 €", "3.590,- Euro"]
    assert said("price", text).startswith(
        "The briefing does not have the price 49 €; it has 49.90 EUR (Helm)."
    )
    assert "49,90 EUR (Helm)" in said("price", text, "de")


def test_another_currency_is_another_price():
    assert found("price", "Der Helm für $49.90", account=ENGLISH) == ["$49.90"]


def test_the_difference_of_two_prices_is_known():
    assert found("price", "Gespart: 3.440,10 €") == []
    assert found("price", "Gespart: 3.440 €") == ["3.440 €"]


def test_what_a_proof_says_and_100_per_cent_are_known():
    assert found("percentage", "93 % fahren wieder, 100 % Ökostrom, 25 % Rabatt") == ["25 %"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Am 12.10. bei uns", ["12.10."]),
        ("Vom 8.–10. Oktober", ["8"]),
        ("Am 10. Oktober 2027", ["10. Oktober 2027"]),
        ("Vom 1.10. bis 31.10.", []),  # first and last day of the campaign
    ],
)
def test_days_that_differ(text, named):
    assert found("offer_date", text) == named


def test_the_planned_day_and_the_embargo_are_known():
    planned = {"planned_at": datetime(2026, 10, 14, 22, 30, tzinfo=UTC)}  # the 15th in Berlin
    embargo = CAMPAIGN.replace(embargo=datetime(2026, 10, 4, 23, tzinfo=UTC))  # the 5th
    assert found("offer_date", "Heute, 15. Oktober, seit dem 5.10.", version=planned, campaign=embargo) == []


def test_a_span_over_new_year_and_a_day_only_leap_years_have():
    dates = (KeyDate(day=date(2027, 12, 28), until=date(2028, 3, 2)),)
    campaign = CAMPAIGN.replace(offer=Offer(dates=dates))
    text = "Am 29. Februar, am 2. Januar und am 3. März"
    assert found("offer_date", text, campaign=campaign) == ["3. März"]


def test_a_kind_the_offer_does_not_have_is_not_judged():
    campaign = CAMPAIGN.replace(offer=Offer(prices=(Price(amount="5"),)))
    assert found("percentage", "30 % am 3.3.", campaign=campaign) == []
    assert found("offer_date", "30 % am 3.3.", campaign=campaign) == []
    assert found("price", "30 € am 3.3.", campaign=None) == []
    assert "(Herbst)" in said("price", "30 €", campaign=campaign)


def test_figures_in_links_are_not_read():
    assert found("price", "https://rad.example/50€/?p=30%20%25") == []
