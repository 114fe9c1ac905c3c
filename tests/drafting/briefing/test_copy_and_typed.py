"""A brief copied; amounts and days as people type them."""

from datetime import date
from decimal import Decimal

import pytest

from smmlib.drafting.briefing import check_briefing, copy_of, read_amount, read_day
from smmlib.errors import InvalidRecordError, InvalidValueError
from tests.drafting.briefing.test_checking import GOOD


def test_a_copy_leaves_behind_what_belongs_to_its_time() -> None:
    copy = copy_of(GOOD.replace(utm_campaign="herbst"), "Frühling")
    assert copy.id != GOOD.id
    assert (copy.name, copy.start, copy.end, copy.embargo, copy.utm_campaign) == (
        "Frühling",
        None,
        None,
        None,
        "",
    )
    assert copy.offer == GOOD.offer.replace(dates=())
    assert copy.claims == GOOD.claims
    assert copy.replace(
        id=GOOD.id, name=GOOD.name, start=GOOD.start, end=GOOD.end, embargo=GOOD.embargo, offer=GOOD.offer
    ) == GOOD  # fmt: skip
    assert [f.rule for f in check_briefing(copy, today=date(2026, 10, 1))] == ["start"]


def test_a_copy_needs_a_name() -> None:
    with pytest.raises(InvalidRecordError, match="name"):
        copy_of(GOOD, "")


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("1.299,00 €", "de", "1299.00"),
        ("1299,5", "de", "1299.5"),
        ("1.299", "de", "1299"),
        ("12.50", "de", "12.50"),
        ("0.500", "de", "0.500"),
        ("5.490,-", "de", "5490"),
        ("20 %", "de", "20"),
        ("EUR 49,90", "de", "49.90"),
        ("€1,299.00", "en", "1299.00"),
        ("1,299", "en", "1299"),
        ("12.50", "en", "12.50"),
        ("−3", "en", "-3"),
    ],
)
def test_amounts_are_read_as_the_language_writes_them(text, language, amount) -> None:
    assert read_amount(text, language) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "de"),
        ("viel", "de"),
        ("12,50", "en"),
        ("1,2,3", "de"),
        ("1e5", "en"),
        ("=1+1", "de"),
        ("²", "en"),
    ],
)
def test_what_is_no_amount_is_refused(text, language) -> None:
    with pytest.raises(InvalidValueError, match="is no amount; type a number such as"):
        read_amount(text, language)


@pytest.mark.parametrize("text", ["13.12.2026", " 2026-12-13 ", "13. 12. 2026"])
def test_days_are_read(text) -> None:
    assert read_day(text) == date(2026, 12, 13)


@pytest.mark.parametrize("text", ["31.02.2026", "13.12.26", "12/13/2026", "morgen", ""])
def test_what_is_no_day_is_refused(text) -> None:
    with pytest.raises(InvalidValueError, match="is no day; type one such as"):
        read_day(text)
