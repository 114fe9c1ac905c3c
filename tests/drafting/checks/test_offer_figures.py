from datetime import UTC, date, datetime

import pytest

from smmlib.message_house import KeyDate, Offer, Price
from tests.drafting.checks.checking import CAMPAIGN, ENGLISH, found, said


def test_the_briefings_own_figures_are_in_order():
    text = (
        "Der Kranich für 3.490 €, der Helm für 49,90 Euro, 20 % Rabatt vom 9. bis 11. Oktober, auch am 10.10."
    )
    assert [found(rule, text) for rule in ("price", "percentage", "offer_date")] == [[], [], []]


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
