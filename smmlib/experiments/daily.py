"""A randomised test day by day: were the shares kept on each day, and did the difference last?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments.arms import Arms, Columns, Shares, read_arms
from smmlib.experiments.caveats import Caveat, novelty
from smmlib.experiments.comparison import SPLIT_ALPHA
from smmlib.experiments.segments import SplitBySegment, split_by_segment
from smmlib.intervals import wilson
from smmlib.language import Language, Message, mark


@dataclass(frozen=True, eq=False)
class DayByDay:
    """Tests day by day. Rates and shares are fractions.

    Attributes:
        days: One row per test, day and variant, in this order of days: test, day (date), variant, trials,
            successes, rate, low, high (interval of the rate), share (of the trials of that day), expected
            (share planned), p_value (of the split of the day, corrected by Holm within the test), broken
            (the split of that day is, and so that of the test, for whose days together half of the error
            is kept).
        tests: One row per test: test, segments (days), p_total, p_within, p_value, broken; see
            `SplitBySegment`.
        novelty: What the first half of the days says against the second; see `novelty`.
        problems: Rows that cannot be used, and so their whole day; see `Comparison.problems`.
        confidence: Level of the intervals.
        dispersion: Variance inflation used.
    """

    days: pd.DataFrame
    tests: pd.DataFrame
    novelty: tuple[Caveat, ...]
    problems: pd.DataFrame
    confidence: float
    dispersion: float

    def to_frame(self) -> pd.DataFrame:
        """One row per test, day and variant; a copy."""
        return self.days.copy()

    def one(self, test: object = None) -> DayByDay:
        """The same with one test: the first unless `test` names another.

        Raises:
            UnknownNameError: There is no such test.
        """
        name = self.tests["test"].iloc[0] if test is None else test
        found = self.tests["test"] == name
        if not found.any():
            raise UnknownNameError(mark("Test"), str(name), map(str, self.tests["test"]))
        return replace(
            self,
            days=self.days[self.days["test"] == name].reset_index(drop=True),
            tests=self.tests[found].reset_index(drop=True),
            novelty=tuple(caveat for caveat in self.novelty if caveat.test == name),
            problems=self.problems[self.problems["test"] == name].reset_index(drop=True),
        )

    def broken_days(self) -> pd.DataFrame:
        """The days whose split is broken: test, day, p_value."""
        broken = self.days[self.days["broken"]]
        return broken[["test", "day", "p_value"]].drop_duplicates(["test", "day"]).reset_index(drop=True)

    def text(self, language: Language = "en") -> str:
        """Which days are broken and whether the difference lasted; in sum if there are several tests."""
        from smmlib.experiments.daily_text import daily_text

        return daily_text(self, language)


def day_by_day(  # noqa: PLR0913
    table: pd.DataFrame,
    *,
    test: str,
    variant: str,
    trials: str,
    successes: str,
    day: str,
    shares: Shares = None,
    confidence: float = 0.95,
    dispersion: float = 1.0,
) -> DayByDay:
    """Look at tests day by day: rates, shares against the plan, first half against second.

    A split that looks fair in the totals and is not by day spoils a test, because its rates then mix the
    days in different shares.

    Args:
        table: One row per arm and day; it is not changed. A day with a row that cannot be used is left out
            and the row listed.
        test: Column with the name of the test.
        variant: Column with the name of the variant, once a day.
        trials: Column with counts of that day.
        successes: Column with counts of that day.
        day: Column with dates, or texts like "2026-03-01"; a time of day is passed over.
        shares: Expected split as in `compare`; None: equal.
        confidence: Level of the intervals.
        dispersion: Variance inflation, at least 1; it widens intervals, it does not touch the split.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: A day is no date, or no row can be used.

    Source:
        Wilson (1927) for the rates; `split_by_segment` for the days; `novelty` for the halves.
    """
    columns = Columns(test, variant, trials, successes)
    if day not in table.columns:
        raise MissingColumnError([day], map(str, table.columns), source="day_by_day")
    columns.check(table, shares, None)
    frame = table.assign(_day=_dates(table[day], day))
    cells = pd.Series(list(zip(table[test], frame["_day"], strict=True)), frame.index, object)
    frame["_cell"] = cells.where(table[test].notna())
    arms = read_arms(frame, replace(columns, test="_cell"), shares=shares, control=None)
    if not arms.usable.any():
        raise _nothing(arms.problems)
    days = _days(arms, confidence, dispersion)
    usable = frame[frame["_cell"].isin(list(arms.tests[arms.usable]))]
    split = split_by_segment(usable, test=test, variant=variant, trials=trials, segment="_day", shares=shares)
    of_cell = [cell[0] if isinstance(cell, tuple) else cell for cell in arms.problems["test"]]
    return DayByDay(
        days=_with_split(days, split),
        tests=split.tests,
        novelty=_halves(days, dispersion),
        problems=arms.problems.assign(test=of_cell),
        confidence=confidence,
        dispersion=dispersion,
    )


def _dates(column: pd.Series, name: str) -> pd.Series:
    days = column.map({value: _date(value) for value in column.unique()})
    unread = np.flatnonzero(days.isna())
    if len(unread):
        raise InvalidValueError(
            mark("Column {name!r} holds {value!r} in row {row}, which is no date; write 2026-03-01."),
            name=name,
            value=str(column.iloc[unread[0]]),
            row=int(unread[0]) + 1,
        )
    return days


def _date(value: object) -> date | None:
    if not isinstance(value, (date, str)) or pd.isna(value):
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    return value.date() if isinstance(value, datetime) else value


def _nothing(problems: pd.DataFrame) -> InvalidValueError:
    first = problems.iloc[0] if len(problems) else None
    return InvalidValueError(
        mark("No day can be used. {variant}, row {row}: {problem} Please correct the counts."),
        variant="–" if first is None else str(first["variant"]),
        row=1 if first is None else int(first["row"]) + 1,
        problem=Message(mark("The table is empty.") if first is None else first["problem"]),
    )


def _days(arms: Arms, confidence: float, dispersion: float) -> pd.DataFrame:
    """One row per usable test, day and variant, tests in order of appearance."""
    take = arms.usable[arms.test_of_arm]
    n, x = arms.trials[take], arms.successes[take]
    totals = np.repeat(np.add.reduceat(arms.trials, arms.starts), arms.sizes)[take]
    equal = np.repeat(1 / arms.sizes, arms.sizes)
    low, high = wilson(x, n, confidence=confidence, dispersion=dispersion)
    frame = pd.DataFrame(list(arms.tests), columns=["test", "day"]).iloc[arms.test_of_arm[take]]
    frame = frame.assign(
        variant=arms.variants[take].to_numpy(),
        trials=n.astype(np.int64),
        successes=x.astype(np.int64),
        rate=x / n,
        low=low,
        high=high,
        share=n / totals,
        expected=(equal if arms.shares is None else arms.shares)[take],
    )
    place, _ = pd.factorize(frame["test"])
    order = np.lexsort([frame["day"].map(date.toordinal).to_numpy(np.int64), place])
    return frame.iloc[order].reset_index(drop=True)


def _with_split(days: pd.DataFrame, split: SplitBySegment) -> pd.DataFrame:
    found = split.segments.rename(columns={"segment": "day", "p_adjusted": "p"})[["test", "day", "p"]]
    p = days[["test", "day"]].merge(found, on=["test", "day"], how="left")["p"].to_numpy(np.float64)
    return days.assign(p_value=p, broken=2 * p < SPLIT_ALPHA)  # at half the level, as in `SplitBySegment`


def _halves(days: pd.DataFrame, dispersion: float) -> tuple[Caveat, ...]:
    """First half of the days of each test against the second; of an odd number the first has one more."""
    place = days["day"].map(date.toordinal).groupby(days["test"]).rank(method="dense")
    count = place.groupby(days["test"]).transform("max")
    names = {name: name for name in ("test", "variant", "trials", "successes", "half")}
    half = np.where(2 * (place - 1) < count, 1, 2)
    return novelty(days.assign(half=half), **names, dispersion=dispersion)
