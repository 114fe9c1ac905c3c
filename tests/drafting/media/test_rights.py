"""Expired and missing rights are named, one sentence each."""

from __future__ import annotations

from datetime import date

from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.drafting.media import media_problems, rights_problems, thumbnail
from tests.drafting.media import made_up as files

GOOD = Asset(id="a" * 64, name="rad.jpg", licence="eigenes Foto", licence_until=date(2026, 12, 31))


def test_a_licence_holds_on_its_last_day_and_not_after() -> None:
    assert rights_problems(GOOD, date(2026, 12, 31)) == ()
    (problem,) = rights_problems(GOOD, date(2027, 1, 1))
    assert "31.12.2026" in problem.text("de")


def test_missing_licence_and_missing_consent_are_both_said() -> None:
    asset = GOOD.replace(licence=" ", consent="missing")
    texts = [problem.text() for problem in rights_problems(asset, date(2026, 1, 1))]
    assert len(texts) == 2
    assert "No licence" in texts[0]
    assert "not consented" in texts[1]


def test_a_medium_of_which_only_the_name_is_known_has_no_known_rights() -> None:
    (problem,) = media_problems(Media(name="rad.jpg"), None, date(2026, 1, 1))
    assert "rad.jpg" in problem.text()
    assert "Add it there, or take it off the post." in problem.text()
    assert media_problems(Media(name="rad.jpg", asset=GOOD.id), GOOD, date(2026, 1, 1)) == ()


def test_a_thumbnail_is_small_and_upright() -> None:
    import io

    from PIL import Image

    small = Image.open(io.BytesIO(thumbnail(files.telling_jpeg(6), side=20)))
    assert small.format == "PNG"
    assert small.size == (15, 20)
