import pytest

from smmlib.message_house import Offer
from tests.drafting.checks.checking import CAMPAIGN, found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("JETZT KAUFEN und sparen", "JETZT"),
        ("NUR HEUTE und NICHT mehr", None),
        ("Das ist ein GEWINNSPIEL für alle", "GEWINNSPIEL"),
        ("HEUTE gratis, GRATIS für alle, JETZT", "HEUTE"),
        ("ANMELDEN BIS MORGEN", "ANMELDEN"),
    ],
)
def test_shouting_is_found(text, word):
    assert found("shouting", text) == ([word] if word else [])


@pytest.mark.parametrize(
    "text",
    [
        "DSGVO, BAFA und UNESCO",
        "WICHTIG: morgen geschlossen",
        "Code ALBUM25 und HERBST",
        "#JETZTKAUFEN @RADWERKHERBST https://RAD.example/KAUFEN",
        "Beim RADWERK in Köln",  # the brand writes itself so
        "RADWERK HERBST",  # brand and campaign
    ],
)
def test_abbreviations_names_and_codes_may_be_loud(text):
    assert found("shouting", text) == []


def test_the_name_of_the_offer_may_be_loud():
    text = "Neu: LASTENRAD"
    assert found("shouting", text, campaign=None) == ["LASTENRAD"]
    assert found("shouting", text, campaign=CAMPAIGN.replace(offer=Offer(name="LASTENRAD 3"))) == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Los!!!", ["!!!"]),
        ("Echt???? Ja!?!", ["????", "!?!"]),
        ("Hm…… und .....", ["……", "....."]),
        ("Wie bitte?! Ja!! Na … und ...", []),
        ("a,, b", [",,"]),
        ("1...5 und .. und https://rad.example/a!!!b", []),
    ],
)
def test_rows_of_marks(text, marks):
    assert found("punctuation", text) == marks
