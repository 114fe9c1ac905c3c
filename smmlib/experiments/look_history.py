"""Counts of running tests, look after look: which rows can be followed, and which look each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments.arms import NO_TEST, Columns, Shares, read_arms
from smmlib.language import Message, mark

NO_TIME = mark("The time of the look is missing.")
NO_HORIZON = mark("It is not said how many people this test was planned for.")
FELL = mark(
    "The counts are lower than at the look before. Give totals since the start of the test, and looks in the "
    "order of time."
)
STOOD_STILL = mark("Nobody was added since the look before; give only looks with new counts.")
CAME_OR_WENT = mark("The variant is not there at every look of its test; it may have been renamed midway.")
TOO_MANY_LOOKS = mark("There are more looks than planned.")
BEYOND = mark("The look lies beyond the planned end of the test; the decision falls at the end.")

OVERRUN = 0.1
"""How far, as a share of the plan, the last look may lie beyond the planned end."""


@dataclass(frozen=True, slots=True)
class HistoryColumns:
    """Names of the columns of a history; one row per variant and look, counts since the start."""

    counts: Columns
    when: str


@dataclass(frozen=True, eq=False)
class History:
    """Rows that can be followed.

    Attributes:
        rows: Rows of the table with the columns `_test` (number of the test), `_look` (from 1) and
            `_fraction` (share of the planned people seen by then).
        problems: Columns test, variant, row, trials, successes, problem. A test with one is left out.
        tests: Names of all tests, in order of appearance.
    """

    rows: pd.DataFrame
    problems: pd.DataFrame
    tests: pd.Index

    def groups(self) -> dict[tuple[float, ...], npt.NDArray[np.intp]]:
        """Numbers of the tests that were looked at at the same shares of the plan."""
        looks = self.rows.drop_duplicates(["_test", "_look"]).sort_values(["_test", "_look"])
        found: dict[tuple[float, ...], list[int]] = {}
        for test, times in looks.groupby("_test", sort=True)["_fraction"]:
            found.setdefault(tuple(times.round(9)), []).append(int(test))
        return {times: np.array(tests, np.intp) for times, tests in found.items()}


def read_history(
    table: pd.DataFrame,
    columns: HistoryColumns,
    *,
    horizon: float | Mapping[object, float],
    most: int | None,
    terms: tuple[Shares, str | None],
) -> History:
    """Sort the rows into tests and looks, and find what cannot be followed.

    Args:
        table: One row per variant and look; it is not changed.
        columns: Where things stand.
        horizon: People planned in all, for every test or by test.
        most: Looks planned; None: any number, also beyond the horizon.
        terms: Expected shares and the control, as for `compare`.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: The horizon is not above 0; no test can be followed (the first problem is named).
    """
    if columns.when not in table.columns:
        raise MissingColumnError([columns.when], map(str, table.columns), source="look_at")
    columns.counts.check(table, *terms)
    frame = table.reset_index(drop=True)
    codes, tests = pd.factorize(frame[columns.counts.test])
    frame["_test"] = codes
    frame["_look"] = _numbered(frame, columns.when)
    frame["_key"] = frame["_test"] * (frame["_look"].max() + 1) + frame["_look"] if len(frame) else []
    trials = pd.to_numeric(frame[columns.counts.trials], errors="coerce")
    planned = _planned(frame[columns.counts.test], horizon)
    frame["_fraction"] = trials.groupby(frame["_key"]).transform("sum") / planned
    problems = _problems(frame, columns, terms, most)
    usable = ~frame["_test"].isin(frame.loc[problems["row"], "_test"]) & (frame["_test"] >= 0)
    if len(problems) and not usable.any():
        raise _nothing_left(problems.iloc[0])
    return History(frame[usable], problems, pd.Index(tests))


def _numbered(frame: pd.DataFrame, when: str) -> pd.Series:
    """Which look of its test each row belongs to, from 1; 0 where its time is missing."""
    try:
        return frame.groupby("_test")[when].rank("dense").fillna(0).astype(int)
    except TypeError:
        raise InvalidValueError(
            mark("The column {name!r} mixes kinds of values; give all looks as dates, or all as numbers."),
            name=when,
        ) from None


def _planned(tests: pd.Series, horizon: float | Mapping[object, float]) -> pd.Series:
    named = isinstance(horizon, Mapping)
    planned = tests.map(dict(horizon)) if isinstance(horizon, Mapping) else pd.Series(horizon, tests.index)
    planned = pd.to_numeric(planned, errors="coerce").astype(np.float64)
    wrong = ~(planned > 0) & ~(planned.isna() & named)
    if wrong.any():
        raise InvalidValueError(
            mark("The horizon is {horizon!r}; give the people planned in all, above 0."),
            horizon=horizon if not isinstance(horizon, Mapping) else horizon[tests[wrong].iloc[0]],
        )
    return planned


def _problems(
    frame: pd.DataFrame, columns: HistoryColumns, terms: tuple[Shares, str | None], most: int | None
) -> pd.DataFrame:
    """One row per row of the table that cannot be used; the first fault that applies."""
    counts = columns.counts
    keyed = Columns("_key", counts.variant, counts.trials, counts.successes)
    found = read_arms(frame, keyed, shares=terms[0], control=terms[1]).problems
    faults = pd.Series("", frame.index, object)
    faults[found["row"].to_numpy()] = found["problem"].to_numpy()
    for problem, applies in _faults(frame, columns, most).items():
        faults[applies & (faults == "")] = problem
    rows = np.flatnonzero(faults != "")
    given = frame.iloc[rows]
    return pd.DataFrame(
        {
            "test": given[counts.test].to_numpy(),
            "variant": given[counts.variant].to_numpy(),
            "row": rows,
            "trials": given[counts.trials].to_numpy(),
            "successes": given[counts.successes].to_numpy(),
            "problem": faults.iloc[rows].astype(str).to_numpy(),
        }
    )


def _faults(frame: pd.DataFrame, columns: HistoryColumns, most: int | None) -> dict[str, pd.Series]:
    counts = columns.counts
    looks = frame.groupby("_test")["_look"].transform("max")
    seen = frame.groupby(["_test", counts.variant])["_look"].transform("nunique")
    before = _fraction_before(frame)
    return {
        NO_TEST: frame["_test"] < 0,
        NO_TIME: frame[columns.when].isna(),
        NO_HORIZON: frame["_fraction"].isna(),
        FELL: _fell(frame, counts),
        CAME_OR_WENT: seen < looks,
        STOOD_STILL: frame["_fraction"] <= before,
        TOO_MANY_LOOKS: (frame["_look"] > (most or np.inf)),
        BEYOND: ((frame["_fraction"] > 1 + OVERRUN) | (before >= 1)) & (most is not None),
    }


def _fell(frame: pd.DataFrame, counts: Columns) -> pd.Series:
    """Whether a count is lower than that of the same variant at the look before."""
    ordered = frame.sort_values("_look", kind="stable")
    fell = pd.Series(False, ordered.index)
    for name in (counts.trials, counts.successes):
        numbers = pd.to_numeric(ordered[name], errors="coerce")
        fell |= numbers.groupby([ordered["_test"], ordered[counts.variant]]).diff() < 0
    return fell.reindex(frame.index)


def _fraction_before(frame: pd.DataFrame) -> pd.Series:
    """Share of the plan at the look before, missing at the first."""
    looks = frame.drop_duplicates("_key").sort_values(["_test", "_look"])
    before = looks.groupby("_test")["_fraction"].shift()
    return frame["_key"].map(dict(zip(looks["_key"], before, strict=True)))


def _nothing_left(first: pd.Series) -> InvalidValueError:
    return InvalidValueError(
        mark("Test {test}, variant {variant}, row {row}: {problem}"),
        test=str(first["test"]),
        variant=str(first["variant"]),
        row=int(first["row"]) + 1,
        problem=Message(str(first["problem"])),
    )
