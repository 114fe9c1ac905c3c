from datetime import UTC, date, datetime

import pytest

from tests.drafting.checks.checking import CAMPAIGN, ENGLISH, findings, found, said


def test_a_claim_that_is_not_cleared_keeps_the_post_back():
    text = "Mit dem leisesten Motor seiner Klasse."
    (finding,) = [f for f in findings(text) if f.rule == "claim_uncleared"]
    assert (finding.severity, text[slice(*finding.span)]) == ("error", "leisesten Motor seiner Klasse")
    assert "Die Werbeaussage „der leiseste Motor seiner Klasse“ ist nicht freigegeben." in finding.text("de")


def test_a_claim_is_judged_by_the_planned_day():
    text = "Klimaneutral produziert in Warendorf."
    assert found("claim_expired", text) == ["Klimaneutral produziert"]
    assert "until 30 Sept 2026, not on 1 Oct 2026" in said("claim_expired", text)
    before = {"planned_at": datetime(2026, 9, 30, 20, tzinfo=UTC)}
    assert found("claim_expired", text, version=before) == []


def test_a_cleared_claim_is_silent_and_covers_its_superlative():
    text = "Das meistverkaufte Lastenrad Deutschlands."
    assert [f for f in findings(text) if f.rule.startswith("claim")] == []
    assert found("superlative", text) == []
    assert found("superlative", "Es ist d" + text[1:], campaign=None) == [
        "das meistverkaufte Lastenrad Deutschlands"
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "Nr. 1 in Deutschland",
        "100 %ig sicher",
        "garantiert günstig",
        "der beste Akku auf dem Markt",
        "das größte Lager Europas",
        "weltweit das einzige Rad mit Dach",
        "der Marktführer",
        "unschlagbar",
        "der beste Akku",
    ],
)
def test_statements_that_need_proof(statement):
    (finding,) = [f for f in findings(f"Wir sind {statement}.", campaign=None) if f.rule == "superlative"]
    assert (finding.severity, finding.checked_on) == ("notice", date(2026, 11, 24))
    assert "UWG § 5" in finding.source


@pytest.mark.parametrize(
    "text",
    [
        "Der beste Freund des Menschen",
        "Am besten heute",
        "Die besten Tipps für den Herbst",
        "Das Beste kommt zum Schluss",
        "Garantiert nicht langweilig",
        "Zimmer Nr. 1",
        "100 % Baumwolle",
        "Unser größtes Fest",
    ],
)
def test_plain_praise_is_left_alone(text):
    assert found("superlative", text, campaign=None) == []


def test_english_statements_in_any_case():
    text = "The World’s First Bike With A Roof, and the best lock on the market"
    assert found("superlative", text, campaign=None, account=ENGLISH) == [
        "The World’s First",
        "the best lock on the market",
    ]


def test_nothing_to_say_without_a_campaign():
    assert found("claim_uncleared", CAMPAIGN.claims[0].text, campaign=None) == []
