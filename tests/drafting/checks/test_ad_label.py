import pytest

from tests.drafting.checks.checking import ENGLISH, GERMAN, findings


def labels(text, account=GERMAN, sponsored=True):
    found = findings(text, account=account, campaign=None, sponsored=sponsored)
    return [f for f in found if f.rule == "ad_label"]


@pytest.mark.parametrize(
    "text",
    [
        "Anzeige | Ein Rad",
        "Werbung: Ein Rad",
        "#Werbung Ein Rad",
        "📣 [ANZEIGE] Ein Rad",
        "Bezahlte Partnerschaft mit Radwerk",
        "Enthält Werbung. Ein Rad",
    ],
)
def test_a_label_at_the_beginning_suffices(text):
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ein Rad #Werbung", "Werbung"),
        ("Ein Rad. Anzeige", "Anzeige"),
        ("#ad Ein Rad", "ad"),
        ("Sponsored: Ein Rad", "Sponsored"),
    ],
)
def test_a_label_at_the_end_or_in_english_does_not(text, word):
    (finding,) = labels(text)
    assert (finding.severity, text[slice(*finding.span)]) == ("error", word)
    assert "UWG § 5a Abs. 4" in finding.source
    assert finding.checked_on.year == 2026
    assert f"„{word}“ reicht an dieser Stelle nicht" in finding.text("de")


def test_no_label_at_all():
    (finding,) = labels("Werbungskosten: ein Rad")
    assert finding.span is None
    assert "mit „Anzeige“ beginnen" in finding.text("de")


@pytest.mark.parametrize(
    ("text", "number"), [("Ad: a bike", 0), ("#ad a bike", 0), ("Address book", 1), ("A bike. Anzeige", 1)]
)
def test_english_accounts_need_an_english_label(text, number):
    found = labels(text, ENGLISH)
    assert len(found) == number
    assert all("CAP Code" in f.source for f in found)


def test_only_sponsored_posts_need_one():
    assert labels("Ein Rad", sponsored=False) == []
    assert labels("   ") == []
