"""Read a table of counts into arrays, arm after arm, and say which rows cannot be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.language import mark

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

NO_TEST = mark("The test has no name.")
NO_VARIANT = mark("The variant has no name.")
TRIALS_NO_NUMBER = mark("The trials are missing or not a number.")
SUCCESSES_NO_NUMBER = mark("The successes are missing or not a number.")
NOT_WHOLE = mark("Counts must be whole numbers, not below zero.")
NO_TRIALS = mark("There are no trials.")
TOO_MANY = mark("There are more successes than trials.")
TWICE = mark("The variant appears more than once in its test.")
NO_SHARE = mark("The expected share is missing or not above zero.")
ONE_ARM = mark("The test has only one arm.")
NO_CONTROL = mark("The test lacks the control variant.")

GROUPED = r"\s*\d{1,3}(?:[.,]\d{3})+\s*"

Shares = str | Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns that hold the counts."""

    test: str
    variant: str
    trials: str
    successes: str

    def check(self, table: pd.DataFrame, shares: Shares, control: str | None) -> None:
        """Raise an error unless the table has them all, each once, and the variants that are named."""
        wanted = [self.test, self.variant, self.trials, self.successes]
        wanted += [shares] if isinstance(shares, str) else []
        missing = [name for name in wanted if name not in table.columns]
        if missing:
            raise MissingColumnError(missing, map(str, table.columns), source="compare")
        names = list(table.columns)
        for name in wanted:
            if names.count(name) > 1:
                raise InvalidValueError(
                    mark("The table has {count} columns named {name!r}; rename or drop all but one."),
                    count=names.count(name),
                    name=name,
                )
        named = [*(shares if isinstance(shares, Mapping) else ()), *([] if control is None else [control])]
        if named:
            known = set(table[self.variant].dropna())
            for name in named:
                if name not in known:
                    raise UnknownNameError(mark("Variant"), str(name), sorted(map(str, known)))


@dataclass(frozen=True, eq=False)
class Arms:
    """Arms of all tests, those of one test next to each other, tests in order of appearance.

    Attributes:
        tests: Names of the tests.
        starts: Position of each test's first arm.
        sizes: Arms of each test.
        rows: Row of the table each arm stands in, counted from 0.
        variants: Names of the arms.
        trials: Counts; missing where unreadable.
        successes: Counts.
        shares: Expected shares within the test, summing to 1, or None: equal ones.
        control: Position of each test's control, or None.
        usable: Tests that can be analysed.
        problems: Columns test, variant, row, trials, successes, problem.
    """

    tests: pd.Index
    starts: Ints
    sizes: Ints
    rows: Ints
    variants: pd.Series
    trials: Floats
    successes: Floats
    shares: Floats | None
    control: Ints | None
    usable: Flags
    problems: pd.DataFrame

    @cached_property
    def by_size(self) -> tuple[tuple[Ints, Ints], ...]:
        """Usable tests by number of arms: their positions, and those of their arms (tests, arms)."""
        groups = []
        for size in np.flatnonzero(np.bincount(self.sizes[self.usable])):
            tests = np.flatnonzero(self.usable & (self.sizes == size))
            groups.append((tests, self.starts[tests][:, None] + np.arange(size)))
        return tuple(groups)

    @cached_property
    def test_of_arm(self) -> Ints:
        """Position of the test each arm belongs to."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)


def read_arms(table: pd.DataFrame, columns: Columns, *, shares: Shares, control: str | None) -> Arms:
    """Sort the rows of `table` into tests and find what cannot be used.

    A test is usable if all its rows are, it has two arms or more and, where asked for, its control.

    Args:
        table: One row per arm; it is not changed.
        columns: Where the counts stand.
        shares: Column with expected shares, or variant to share, or None: equal.
        control: Name of the control variant, or None.

    What the columns hold must have been checked before: `Columns.check`.
    """
    codes, tests = pd.factorize(table[columns.test])
    rows = np.argsort(codes, kind="stable")[np.count_nonzero(codes < 0) :]
    sizes = np.bincount(codes[rows], minlength=len(tests)).astype(np.intp)
    starts = (np.cumsum(sizes) - sizes).astype(np.intp)
    n, x = _numbers(table[columns.trials]), _numbers(table[columns.successes])
    expected = _expected(table, columns, shares)
    faults = _row_faults(table, columns, codes, (n, x, expected))
    bad = np.zeros(len(tests), bool)
    bad[codes[(faults != "") & (codes >= 0)]] = True
    faults, bad = _test_faults(faults, bad, sizes, rows[starts])
    position = None
    if control is not None:
        position = _control(table[columns.variant].iloc[rows], control, starts, sizes)
        lacking = (position < 0) & ~bad
        faults[rows[starts[lacking]]] = NO_CONTROL
        bad |= position < 0
    return Arms(
        tests=pd.Index(tests),
        starts=starts,
        sizes=sizes,
        rows=rows,
        variants=table[columns.variant].iloc[rows].reset_index(drop=True),
        trials=n[rows],
        successes=x[rows],
        shares=None if expected is None else _normed(expected[rows], starts, sizes),
        control=position,
        usable=~bad,
        problems=_problems(table, columns, faults),
    )


def _numbers(column: pd.Series) -> Floats:
    if not pd.api.types.is_numeric_dtype(column):
        # As text, "12.000" is twelve to some and twelve thousand to others: nobody can count with it.
        column = column.mask(column.astype("str").str.fullmatch(GROUPED, na=False))
    numbers = pd.to_numeric(column, errors="coerce")
    return np.asarray(numbers.to_numpy(np.float64, na_value=np.nan), np.float64)


def _expected(table: pd.DataFrame, columns: Columns, shares: Shares) -> Floats | None:
    if shares is None:
        return None
    if isinstance(shares, str):
        return _numbers(table[shares])
    return _numbers(table[columns.variant].map(dict(shares)))


def _normed(shares: Floats, starts: Ints, sizes: Ints) -> Floats:
    totals = np.add.reduceat(shares, starts) if len(starts) else shares
    with np.errstate(divide="ignore", invalid="ignore"):
        normed: Floats = shares / np.repeat(totals, sizes)
    return normed


def _row_faults(
    table: pd.DataFrame, columns: Columns, codes: Ints, counts: tuple[Floats, Floats, Floats | None]
) -> npt.NDArray[np.object_]:
    """What is wrong with each row, empty if nothing; the first fault that applies."""
    n, x, expected = counts
    variants, names = pd.factorize(table[columns.variant])
    pair = codes.astype(np.int64) * (len(names) + 1) + variants
    whole = (np.floor(n) == n) & (np.floor(x) == x) & (n >= 0) & (x >= 0)
    checks = {
        NO_TEST: codes < 0,
        NO_VARIANT: variants < 0,
        TRIALS_NO_NUMBER: ~np.isfinite(n),
        SUCCESSES_NO_NUMBER: ~np.isfinite(x),
        NOT_WHOLE: ~whole,
        NO_TRIALS: n == 0,
        TOO_MANY: x > n,
        TWICE: pd.Index(pair).duplicated(keep=False),
    }
    if expected is not None:
        checks[NO_SHARE] = ~((expected > 0) & np.isfinite(expected))
    faults = np.full(len(table), "", object)
    for fault, applies in reversed(checks.items()):
        faults[applies] = fault
    return faults


def _test_faults(
    faults: npt.NDArray[np.object_], bad: Flags, sizes: Ints, first_rows: Ints
) -> tuple[npt.NDArray[np.object_], Flags]:
    single = (sizes == 1) & ~bad
    faults[first_rows[single]] = ONE_ARM
    return faults, bad | single


def _control(variants: pd.Series, control: str, starts: Ints, sizes: Ints) -> Ints:
    """Position of the control of each test, -1 where there is none."""
    found = np.flatnonzero((variants == control).to_numpy(bool))
    position = np.full(len(starts), -1, np.intp)
    position[np.repeat(np.arange(len(sizes)), sizes)[found]] = found
    return position


def _problems(table: pd.DataFrame, columns: Columns, faults: npt.NDArray[np.object_]) -> pd.DataFrame:
    rows = np.flatnonzero(faults != "")
    given = table.iloc[rows]
    return pd.DataFrame(
        {
            "test": given[columns.test].to_numpy(),
            "variant": given[columns.variant].to_numpy(),
            "row": rows,
            "trials": given[columns.trials].to_numpy(),
            "successes": given[columns.successes].to_numpy(),
            "problem": faults[rows].astype(str),
        }
    )
