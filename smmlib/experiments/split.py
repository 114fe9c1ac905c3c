"""Was every arm shown as often as planned? If not, a test says nothing, whatever its rates are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Arms, Floats, Ints
from smmlib.experiments.comparison import SPLIT_ALPHA, Comparison
from smmlib.language import Language, mark, say, say_many

BROKEN_PERIOD = mark("It ran while the randomisation was broken, so it is set aside.")

_ALPHA = 0.01  # a period stands out below this, after Holm's correction


def split_p_values(arms: Arms) -> Floats:
    """P value of the sample-ratio check of each test; missing where a test is not usable.

    Source: Pearson's χ² of the trials against the expected shares.
    """
    return upper_tail(*chi_squares(arms))


def chi_squares(arms: Arms) -> tuple[Floats, Ints]:
    """Pearson's χ² of each test's trials (missing where it is not usable), and its degrees of freedom."""
    chi = np.full(len(arms.sizes), np.nan)
    for tests, place in arms.by_size:
        n = arms.trials[place]
        share = 1 / place.shape[1] if arms.shares is None else arms.shares[place]
        expected = share * n.sum(axis=1, keepdims=True)
        chi[tests] = np.sum((n - expected) ** 2 / expected, axis=1)
    return chi, arms.sizes - 1


def upper_tail(chi: Floats, degrees: Ints) -> Floats:
    """Chance of a χ² of at least `chi`; missing where that is.

    Up to 30 degrees of freedom by its finite sum, many times quicker than the general function.

    Source: Abramowitz and Stegun (1964), 26.4.4 and 26.4.5.
    """
    tail = np.full(len(chi), np.nan)
    for count in np.unique(degrees[~np.isnan(chi)]):
        which = (degrees == count) & ~np.isnan(chi)
        tail[which] = _tail(chi[which], int(count))
    return tail


def _tail(chi: Floats, degrees: int) -> Floats:
    from scipy.special import chdtrc, erfc

    if degrees > 30:
        return np.asarray(chdtrc(degrees, chi), np.float64)
    half = chi / 2
    odd = degrees % 2
    term = np.exp(-half) * (np.sqrt(half) * 2 / np.sqrt(np.pi) if odd else 1.0)
    tail: Floats = np.asarray(erfc(np.sqrt(half)), np.float64) if odd else np.zeros_like(half)
    for j in range(degrees // 2):
        tail = tail + term
        term = term * half / (j + 1 + odd / 2)
    return tail


@dataclass(frozen=True, eq=False)
class SplitHealth:
    """In which periods tests failed the sample-ratio check.

    Attributes:
        periods: One row per period, in order: period, tests (with a check), broken, share, p_value
            (exact binomial against the periods that do not stand out), p_adjusted (Holm), stands_out.
        usual: Share of broken tests in the periods that do not stand out; at least the level of the check.
        of_test: Period of each test that was checked, by its name.
    """

    periods: pd.DataFrame
    usual: float
    of_test: pd.Series

    @property
    def broken(self) -> int:
        """Tests that failed the check."""
        return int(self.periods["broken"].sum())

    @property
    def tests(self) -> int:
        """Tests that were checked."""
        return int(self.periods["tests"].sum())

    @property
    def standing_out(self) -> tuple[object, ...]:
        """Periods with more broken tests than chance and the other periods explain."""
        return tuple(self.periods.loc[self.periods["stands_out"], "period"])

    @property
    def tests_inside(self) -> frozenset[object]:
        """Tests of the periods that stand out, those included whose own check passed."""
        return frozenset(self.of_test.index[self.of_test.isin(self.standing_out)])

    def set_aside(self, comparison: Comparison) -> Comparison:
        """The comparison with every test of a period that stands out "invalid".

        Where the randomiser was broken, a test whose own counts happen to look even is no better.
        """
        inside = comparison.tests["test"].isin(self.tests_inside) & (
            comparison.tests["decision"] != "invalid"
        )
        tests = comparison.tests.copy()
        tests.loc[inside, "decision"], tests.loc[inside, "reason"] = "invalid", BROKEN_PERIOD
        tests["winner"] = tests["winner"].mask(inside)
        return replace(comparison, tests=tests)

    def to_frame(self) -> pd.DataFrame:
        """One row per period; a copy."""
        return self.periods.copy()

    def text(self, language: Language = "en") -> str:
        """How many tests are not usable, and in which periods they pile up."""
        words = say_many(
            "{count} of {tests} tests is not usable: its split is broken.",
            "{count} of {tests} tests are not usable: their split is broken.",
            self.broken,
            language,
            tests=self.tests,
        )
        if not self.standing_out:
            return words + " " + say("They do not pile up in any period.", language)
        inside = self.periods[self.periods["stands_out"]]
        return f"{words} " + say(
            "They pile up in {periods}: {broken} of {tests} tests there, against {usual:%1} elsewhere.",
            language,
            periods=self._runs(),
            broken=int(inside["broken"].sum()),
            tests=int(inside["tests"].sum()),
            usual=self.usual,
        )

    def _runs(self) -> str:
        """Periods that stand out, neighbours joined: "201325–201350, 201401"."""
        marks = self.periods["stands_out"].to_numpy(bool)
        run = np.cumsum(np.diff(marks, prepend=False))[marks]
        names = self.periods["period"][marks].astype(str)
        ends = names.groupby(run, sort=False).agg(["first", "last"])
        return ", ".join(a if a == b else f"{a}–{b}" for a, b in ends.itertuples(index=False))


def set_aside(
    comparison: Comparison, tests: Collection[object], *, reason: str = BROKEN_PERIOD
) -> Comparison:
    """The comparison with these tests "invalid": unless `reason` says otherwise, their period was broken."""
    inside = comparison.tests["test"].isin(tests) & (comparison.tests["decision"] != "invalid")
    changed = comparison.tests.copy()
    changed.loc[inside, "decision"], changed.loc[inside, "reason"] = "invalid", reason
    changed["winner"] = changed["winner"].mask(inside)
    return replace(comparison, tests=changed)


def held_back(comparison: Comparison, reason: str) -> Comparison:
    """The comparison without any decision, for a reason that concerns all its tests."""
    decided = comparison.tests["decision"] != "invalid"
    changed = comparison.tests.copy()
    changed.loc[decided, "decision"], changed.loc[decided, "reason"] = "no decision", reason
    changed["winner"] = changed["winner"].mask(decided)
    return replace(comparison, tests=changed)


def srm_by_period(comparison: Comparison, periods: pd.Series | Mapping[object, object]) -> SplitHealth:
    """Count the tests that failed the sample-ratio check, period by period.

    A period stands out when it has more of them than the periods that do not stand out explain; the
    comparison is repeated without those that do until nothing changes. So a broken randomiser is
    found though nobody said when it broke.

    Args:
        comparison: Tests with a sample-ratio check (design "randomised", or shares given).
        periods: Test to period (sortable), e.g. `table.groupby("test")["week"].first()`.

    Raises:
        InvalidValueError: No test of the comparison has both a check and a period.

    Source:
        Exact binomial tail; Holm (1979) over the periods, at .01.
    """
    of_test = comparison.tests["test"].map(dict(periods))
    checked = comparison.tests["srm_p_value"].notna() & of_test.notna()
    if not checked.any():
        raise InvalidValueError(
            mark("No test has both a period and a sample-ratio check; give the period of each test.")
        )
    broken = comparison.tests.loc[checked, "srm_p_value"] < SPLIT_ALPHA
    table = broken.groupby(of_test[checked]).agg(["size", "sum"]).sort_index()
    tests, failed = table["size"].to_numpy(), table["sum"].to_numpy()
    usual, p_value, p_adjusted = _against_the_rest(tests, failed)
    frame = pd.DataFrame(
        {
            "period": table.index,
            "tests": tests,
            "broken": failed,
            "share": failed / tests,
            "p_value": p_value,
            "p_adjusted": p_adjusted,
            "stands_out": p_adjusted < _ALPHA,
        }
    )
    return SplitHealth(
        frame, usual, pd.Series(of_test[checked].to_numpy(), comparison.tests.loc[checked, "test"])
    )


def _against_the_rest(tests: Ints, failed: Ints) -> tuple[float, Floats, Floats]:
    """Usual share of broken tests, and the p values of each period against it."""
    from scipy.special import bdtrc

    out = np.zeros(len(tests), bool)
    while True:
        rest = int(tests[~out].sum())
        usual = max(SPLIT_ALPHA, int(failed[~out].sum()) / rest if rest else SPLIT_ALPHA)
        p_value = np.where(failed == 0, 1.0, bdtrc(np.maximum(failed - 1, 0), tests, usual))
        order = np.argsort(p_value, kind="stable")
        p_adjusted = np.empty_like(p_value)
        ranked = p_value[order] * np.arange(len(order), 0, -1)
        p_adjusted[order] = np.minimum(np.maximum.accumulate(ranked), 1)
        found = out | (p_adjusted < _ALPHA)
        if (found == out).all():
            return usual, p_value, p_adjusted
        out = found
