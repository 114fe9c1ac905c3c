"""Records are frozen, validated, and explain in plain words what does not fit."""

from __future__ import annotations

from typing import Literal

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as some

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Variant
from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError
from smmlib.record import Record, new_id


class Bike(Record):
    name: str
    wheels: int = pydantic.Field(default=2, ge=1)
    use: Literal["city", "cargo"] = "city"


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        Bike(name="Emma").name = "Otto"


def test_replace_makes_another_and_validates_it() -> None:
    bike = Bike(name="Emma")
    assert bike.replace(wheels=3) == Bike(name="Emma", wheels=3)
    assert bike.wheels == 2
    with pytest.raises(InvalidRecordError, match="wheels is 0"):
        bike.replace(wheels=0)


def test_all_that_does_not_fit_is_said_at_once() -> None:
    with pytest.raises(InvalidRecordError, match="Bike cannot be used") as caught:
        Bike(wheels="many", use="racing", whels=3)
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert "  name is missing; please give a value." in lines
    assert "  use is 'racing'; it must be one of 'city', 'cargo'." in lines
    assert any(line.startswith("  wheels is 'many': ") for line in lines)
    assert any("Field 'whels' is unknown. Did you mean 'wheels'?" in line for line in lines)


def test_the_problems_can_be_taken_apart() -> None:
    with pytest.raises(InvalidRecordError, match="nmae") as caught:
        Campaign(nmae="Spring")
    kinds = {type(problem) for problem in caught.value.problems}
    assert UnknownNameError in kinds


def test_a_problem_of_our_own_keeps_its_words() -> None:
    with pytest.raises(InvalidValueError, match="Time zone 'Europe/Bernil' is unknown; use an IANA name"):
        Account(network="x", handle="@rad", time_zone="Europe/Bernil")


def test_a_long_value_is_cut() -> None:
    with pytest.raises(InvalidRecordError, match="wheels is") as caught:
        Bike(name="a", wheels="x" * 10_000)
    assert len(str(caught.value)) < 300


def test_damaged_json_is_reported_not_raised_raw() -> None:
    with pytest.raises(InvalidRecordError, match="Bike cannot be used"):
        Bike.from_json('{"name": ')


@given(name=some.text(min_size=1), text=some.text(), labels=some.dictionaries(some.text(), some.text()))
def test_what_was_written_is_read_again(name: str, text: str, labels: dict[str, str]) -> None:
    draft = Draft(text=text, labels=labels, variants=(Variant(name=name, text=text),))
    assert Draft.from_json(draft.model_dump_json()) == draft


def test_ids_are_twelve_hexadecimal_digits_and_differ() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(name) == 12 and int(name, 16) >= 0 for name in ids)
