from datetime import UTC, date, datetime

import pytest

from smmlib.asset import Asset
from smmlib.draft import Media
from tests.drafting.checks.checking import findings

ID = "a" * 64


def rights(text="Ein Rad", alt_text="Ein Rad", planned_at=None, **known):
    asset = Asset(id=ID, **{"licence": "eigen", **known})
    version = {"media": (Media(name="rad.jpg", asset=ID, alt_text=alt_text),), "planned_at": planned_at}
    return [(f.rule, f.severity) for f in findings(text, campaign=None, assets={ID: asset}, version=version)]


def test_a_licence_holds_through_its_last_day():
    assert rights(licence_until=date(2026, 10, 1)) == []
    assert rights(licence_until=date(2026, 9, 30)) == [("licence_ended", "error")]
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # 1 November in Berlin
    assert rights(licence_until=date(2026, 10, 31), planned_at=late) == [("licence_ended", "error")]


def test_consent_and_origin_have_to_be_known():
    assert rights(consent="missing") == [("consent_missing", "error")]
    assert rights(consent="given") == []
    assert rights(licence="") == [("rights_unknown", "warning")]
    assert rights(licence="", creator="Ina Beispiel") == [("rights_unknown", "warning")]


@pytest.mark.parametrize(("origin", "found"), [("generated", "warning"), ("edited", "notice")])
def test_what_ai_made_has_to_say_so(origin, found):
    assert rights(ai_origin=origin) == [("ai_label", found)]
    assert rights("Bild: mit KI erzeugt", ai_origin=origin) == []
    assert rights("A bike (made by AI)", ai_origin=origin) == []
    assert rights(alt_text="KI-Bild eines Rads", ai_origin=origin) == []
    assert rights("Kinder und Kirche", ai_origin=origin) == [("ai_label", found)]


def test_the_finding_names_the_law():
    asset = Asset(id=ID, licence="eigen", ai_origin="generated")
    version = {"media": (Media(name="rad.jpg", asset=ID, alt_text="Ein Rad"),)}
    (finding,) = findings("Ein Rad", assets={ID: asset}, version=version)
    assert "2024/1689, Article 50(4)" in finding.source
    assert finding.checked_on == date(2026, 11, 24)
    assert finding.text("de").startswith("rad.jpg wurde mit KI erzeugt")
