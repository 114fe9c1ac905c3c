"""Was every arm shown as planned on every day, on every platform? Even totals may hide that it was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smmlib.errors import MissingColumnError
from smmlib.experiments.adjusting import holm
from smmlib.experiments.arms import Columns, Shares, read_arms
from smmlib.experiments.caveats import Caveat
from smmlib.experiments.comparison import SPLIT_ALPHA
from smmlib.experiments.split import chi_squares, upper_tail
from smmlib.language import mark

if TYPE_CHECKING:
    from smmlib.experiments.arms import Floats


@dataclass(frozen=True, eq=False)
class SplitBySegment:
    """Sample-ratio checks of tests within their days or segments.

    Attributes:
        segments: One row per test and segment: test, segment, trials, p_value, p_adjusted (Holm within the
            test).
        tests: One row per test: test, segments, p_total (of the sums), p_within (sum of the χ² of its
            segments), p_value (the smaller of p_within and the smallest p_adjusted, twice), broken.
        problems: Rows that cannot be used; see `Comparison.problems`.
    """

    segments: pd.DataFrame
    tests: pd.DataFrame
    problems: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row per test; a copy."""
        return self.tests.copy()

    def caveats(self) -> tuple[Caveat, ...]:
        """One for each test whose split is broken in its segments; the worst segment is named."""
        broken = self.tests[self.tests["broken"]]
        worst = self.segments.sort_values("p_value").drop_duplicates("test")
        named = dict(zip(worst["test"], worst["segment"], strict=True))
        template = mark(
            "The split of {test} is broken within its days or segments (p = {p:.4}), most in {segment}, even "
            "if the totals look even. Find the cause and repeat the test."
        )
        return tuple(
            Caveat(
                row.test, "split", template, {"p": row.p_value, "segment": str(named[row.test])}, spoils=True
            )
            for row in broken.itertuples()
        )


def split_by_segment(
    table: pd.DataFrame, *, test: str, variant: str, trials: str, segment: str, shares: Shares = None
) -> SplitBySegment:
    """Check the split of each test within its days, platforms or other segments.

    A randomiser that favours one variant on Monday and the other on Tuesday shows even totals; the rates
    of such a test mix days in different shares, so they must not be compared.

    Args:
        table: One row per arm and segment; it is not changed.
        test: Column with the name of the test.
        variant: Column with the name of the variant.
        trials: Column with counts.
        segment: Column with the day or segment.
        shares: Expected split as in `compare`; None: equal.

    Raises:
        MissingColumnError: A column is not there.

    Source:
        Sums of independent χ² are χ² with the sum of their degrees of freedom; Holm (1979) for the worst
        segment; Bonferroni over the two. Fabijan et al. (2019), KDD '19, on segments.
    """
    if segment not in table.columns:
        raise MissingColumnError([segment], map(str, table.columns), source="split_by_segment")
    Columns(test, variant, trials, trials).check(table, shares, None)
    frame = table.assign(_cell=pd.MultiIndex.from_frame(table[[test, segment]]).to_flat_index())
    arms = read_arms(frame, Columns("_cell", variant, trials, trials), shares=shares, control=None)
    chi, degrees = chi_squares(arms)
    cells = pd.DataFrame(list(arms.tests), columns=["test", "segment"])
    cells = cells.assign(chi=chi, degrees=degrees, trials=np.add.reduceat(arms.trials, arms.starts))
    cells = cells[arms.usable].reset_index(drop=True)
    cells["p_value"] = upper_tail(cells["chi"].to_numpy(), cells["degrees"].to_numpy())
    cells["p_adjusted"] = _within(cells["test"], cells["p_value"].to_numpy(np.float64))
    sums = cells.groupby("test", sort=False).agg(
        segments=("segment", "size"),
        chi=("chi", "sum"),
        degrees=("degrees", "sum"),
        worst=("p_adjusted", "min"),
    )
    within = upper_tail(sums["chi"].to_numpy(), sums["degrees"].to_numpy())
    p_value = np.minimum(1, 2 * np.minimum(within, sums["worst"].to_numpy()))
    tests = pd.DataFrame(
        {
            "test": sums.index,
            "segments": sums["segments"].to_numpy(),
            "p_total": _of_totals(table, Columns(test, variant, trials, trials), shares, sums.index),
            "p_within": within,
            "p_value": p_value,
            "broken": p_value < SPLIT_ALPHA,
        }
    )
    shown = cells[["test", "segment", "trials", "p_value", "p_adjusted"]]
    problems = arms.problems.assign(test=[cell[0] for cell in arms.problems["test"]])
    return SplitBySegment(shown, tests, problems)


def _of_totals(table: pd.DataFrame, columns: Columns, shares: Shares, tests: pd.Index) -> Floats:
    """P value of the split of each test's totals."""
    by = [columns.test, columns.variant]
    extra = {shares: "first"} if isinstance(shares, str) else {}
    totals = table.groupby(by, sort=False, as_index=False).agg({columns.trials: "sum", **extra})
    arms = read_arms(totals, columns, shares=shares, control=None)
    p = pd.Series(upper_tail(*chi_squares(arms)), index=arms.tests)
    return np.asarray(p.reindex(tests), np.float64)


def _within(tests: pd.Series, p: Floats) -> Floats:
    """P values corrected by Holm within each test."""
    codes, names = pd.factorize(tests)
    place = tests.groupby(codes).cumcount().to_numpy()
    wide = np.full((len(names), int(place.max(initial=-1)) + 1), np.nan)
    wide[codes, place] = p
    adjusted: Floats = np.asarray(holm(wide)[codes, place], np.float64)
    return adjusted
