"""A posting stop: what it reaches, how it is lifted, what its log says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.planning.calendar import CalendarEntry, Hold, HoldStep, called, held_entries

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
BRANDS = {"x": "Rad", "li": "Rad", "other": "Kette"}


def entry(id: str, **fields: Any) -> CalendarEntry:
    return CalendarEntry(id=id, title=id, start=NOW + timedelta(days=1), **fields)


ENTRIES = (
    entry("1", account="x", campaign="a"),
    entry("2", account="li", campaign="b"),
    entry("3", account="other", campaign="a"),
    entry("4", campaign="b"),
    entry("5", account="x", campaign="a", done=True),
)


def stop(scope: Any, of: str = "") -> Hold:
    return called(scope, of, reason="Unfall im Werk", by="Ada", at=NOW)


@pytest.mark.parametrize(
    ("scope", "of", "expected"),
    [
        ("account", "x", "1"),
        ("campaign", "a", "1 3"),
        ("company", "Rad", "1 2"),
        ("company", "", "1 2 3 4"),
        ("campaign", "none", ""),
    ],
)
def test_what_a_stop_reaches(scope: str, of: str, expected: str) -> None:
    held = held_entries(ENTRIES, [stop(scope, of)], BRANDS)
    assert " ".join(held) == expected


def test_one_by_one_and_all_with_a_log() -> None:
    hold = stop("company")
    later = HoldStep(at=NOW + timedelta(hours=1), by="Ben", action="release one", entry="2", reason="harmlos")
    one = hold.with_step(later)
    assert set(held_entries(ENTRIES, [one], BRANDS)) == {"1", "3", "4"}
    assert set(held_entries(ENTRIES, [one, stop("account", "li")], BRANDS)) == {"1", "2", "3", "4"}
    with pytest.raises(InvalidValueError, match="'2' was released already"):
        one.with_step(later)
    over = one.with_step(HoldStep(at=NOW + timedelta(hours=2), by="Ada", action="release all"))
    assert held_entries(ENTRIES, [over], BRANDS) == {}
    assert [step.action for step in over.log] == ["hold", "release one", "release all"]
    with pytest.raises(InvalidValueError, match="lifted at 2 Mar 2026, 09:00 by Ada"):
        over.with_step(later)
    assert Hold.from_json(over.model_dump_json()) == over


def test_a_stop_says_since_when_who_and_why() -> None:
    assert stop("company").message().text() == "On hold since 2 Mar 2026, 07:00 (Ada): Unfall im Werk"


@pytest.mark.parametrize(("reason", "by"), [("", "Ada"), ("Unfall", " ")])
def test_a_stop_needs_reason_and_name(reason: str, by: str) -> None:
    with pytest.raises(InvalidValueError, match="needs a reason and the name"):
        called("company", reason=reason, by=by, at=NOW)


def test_a_stop_of_an_account_names_it() -> None:
    with pytest.raises(InvalidValueError, match="Which account or campaign"):
        called("account", reason="r", by="Ada", at=NOW)
    with pytest.raises(InvalidRecordError, match="log"):
        Hold(scope="company", log=())
