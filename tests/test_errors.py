"""Errors say which thing, which value, what is allowed and what to do, in both languages."""

from __future__ import annotations

import inspect
import pickle

import pytest

from smmlib import errors
from smmlib.errors import (
    ConflictError,
    InvalidRecordError,
    InvalidValueError,
    MissingColumnError,
    SmmError,
    UnknownNameError,
    UnreadableFileError,
    WorkspaceError,
)
from smmlib.language import Message, mark

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, SmmError)]


@pytest.mark.parametrize(
    ("kind", "built_in"),
    [
        (ConflictError, RuntimeError),
        (InvalidRecordError, ValueError),
        (InvalidValueError, ValueError),
        (MissingColumnError, KeyError),
        (UnknownNameError, KeyError),
        (UnreadableFileError, ValueError),
        (WorkspaceError, OSError),
    ],
)
def test_each_error_is_ours_and_a_built_in_one(kind: type[SmmError], built_in: type[Exception]) -> None:
    assert issubclass(kind, SmmError)
    assert issubclass(kind, built_in)


def test_the_tree_in_the_docstring_is_complete() -> None:
    drawn = errors.__doc__ or ""
    assert [kind.__name__ for kind in KINDS if kind.__name__ not in drawn] == []


def test_an_unknown_name_is_answered_with_the_nearest_and_all_there_are() -> None:
    problem = UnknownNameError(mark("Network"), "blusky", ["bluesky", "x"])
    assert str(problem) == ("Network 'blusky' is unknown. Did you mean 'bluesky'? There is: 'bluesky', 'x'.")
    assert problem.known == ("bluesky", "x")


def test_an_unknown_name_without_a_near_one_guesses_nothing() -> None:
    assert str(UnknownNameError("Network", "zzz", ["bluesky"])) == (
        "Network 'zzz' is unknown. There is: 'bluesky'."
    )
    assert str(UnknownNameError("Network", "zzz", [])) == "Network 'zzz' is unknown. There is: none."


def test_only_forty_names_are_listed() -> None:
    text = str(UnknownNameError("Network", "zzz", [f"name {i}" for i in range(1000)]))
    assert "'name 39'" in text
    assert "'name 40'" not in text


def test_missing_columns_are_answered_with_what_they_may_be_called() -> None:
    problem = MissingColumnError(["clicks", "shown"], ["click", "name"], source="tests.csv")
    assert str(problem).splitlines() == [
        "tests.csv: missing column(s) 'clicks', 'shown'.",
        "  'clicks': did you mean 'click'?",
        "  Columns found: 'click', 'name'.",
    ]


def test_a_record_shows_all_its_problems_at_once() -> None:
    inner = UnknownNameError("Field", "nmae", ["name"])
    missing = Message(mark("{field} is missing; please give a value."), {"field": "name"})
    problem = InvalidRecordError("Campaign", [missing, inner])
    assert str(problem).splitlines() == [
        "Campaign cannot be used:",
        "  name is missing; please give a value.",
        "  Field 'nmae' is unknown. Did you mean 'name'? There is: 'name'.",
    ]
    assert "name fehlt; bitte einen Wert angeben." in problem.text("de")


def test_german_differs_and_keeps_the_values() -> None:
    for problem in (
        UnknownNameError(mark("Network"), "blusky", ["bluesky"]),
        MissingColumnError(["clicks"], ["click"], source="tests.csv"),
    ):
        german = problem.text("de")
        assert german != str(problem)
        assert "click" in german or "bluesky" in german


@pytest.mark.parametrize(
    "problem",
    [
        SmmError("{x} is wrong.", x=1),
        UnknownNameError("Network", "blusky", ["bluesky"]),
        MissingColumnError(["clicks"], ["click"], source="tests.csv"),
        InvalidRecordError("Campaign", [Message("{field} is missing.", {"field": "name"})]),
        WorkspaceError("{path} is locked.", path="/somewhere"),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_an_error_survives_the_way_from_another_process(problem: SmmError) -> None:
    back = pickle.loads(pickle.dumps(problem))
    assert type(back) is type(problem)
    assert str(back) == str(problem)
    assert back.text("de") == problem.text("de")


def test_braces_in_a_value_do_no_harm() -> None:
    assert str(SmmError("{x} is wrong.", x="{y}")) == "{y} is wrong."
