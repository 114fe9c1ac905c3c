"""Real clicks: identical arms of an archive of headline tests, and lifts planted into them.

The archive (Matias et al. 2021, doi 10.1038/s41597-021-00934-7, CC BY 4.0) lies beside the project, not in it;
without it there are no rows.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.validation import Row, share_row
from benchmarks.validation.dispersion import COUNTS as COUNTS_MADE
from benchmarks.validation.dispersion import varied
from benchmarks.validation.size import NAMES, decided, table
from smmlib.experiments import (
    compare,
    estimate_dispersion,
    guess_columns,
    lettered,
    plan_test,
    read_counts,
    srm_by_period,
)

ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "data" / "upworthy_dev.csv.gz"
TEST, TRIALS, SUCCESSES, WEEK = "clickability_test_id", "impressions", "clicks", "test_week"
SAME = ["headline", "eyecatcher_id"]
COUNTS = {"test": TEST, "trials": TRIALS, "successes": SUCCESSES}
LIFT = 0.2
_MOST = 150  # pairs a pooled test may need


def rows(runs: int, seed: int) -> list[Row]:
    """False winners among identical arms, and how often a lift planted into them is found."""
    if not ARCHIVE.exists():
        print(f"archive: skipped, {ARCHIVE.name} is not beside the project", file=sys.stderr)
        return []
    random = np.random.default_rng(seed)
    usable = unbroken(read_counts(ARCHIVE))
    return [*false_winners(usable, random), *planted(usable, runs, random)]


def unbroken(counts: pd.DataFrame) -> pd.DataFrame:
    """Rows of the tests whose split holds, outside the weeks the program finds to be broken."""
    named = lettered(counts, guess_columns(counts))
    result = compare(named, variant="arm", **COUNTS)
    kept = srm_by_period(result, named.groupby(TEST)[WEEK].first()).set_aside(result).tests
    return named[named[TEST].isin(kept.loc[kept["decision"] != "invalid", "test"])]


def identical(counts: pd.DataFrame, random: np.random.Generator) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Two identical arms of each group that has them, in random order: test, trials and successes (pairs, 2)."""
    known = counts.dropna(subset=SAME).sample(frac=1, random_state=random)
    places = known.groupby([TEST, *SAME]).cumcount()
    sizes = known.groupby([TEST, *SAME])[TRIALS].transform("size")
    pairs = known[(places < 2) & (sizes > 1)].sort_values([TEST, *SAME], kind="stable")
    shaped = (pairs[name].to_numpy(np.int64).reshape(-1, 2) for name in (TRIALS, SUCCESSES))
    return pairs[TEST].iloc[::2].reset_index(drop=True), *shaped


def false_winners(counts: pd.DataFrame, random: np.random.Generator) -> list[Row]:
    """Identical arms that win, textbook and with the dispersion learned from the other half of the tests."""
    test, trials, successes = identical(counts, random)
    half = pd.Series(random.permutation(test.unique()))
    first = set(half[: len(half) // 2])
    textbook = decided(compare(table(trials, successes), **NAMES).tests)
    allowed = 0
    for judged in (test.isin(first).to_numpy(), ~test.isin(first).to_numpy()):
        learned = estimate_dispersion(counts[~counts[TEST].isin(set(test[judged]))], **COUNTS, same=SAME)
        result = compare(table(trials[judged], successes[judged]), **NAMES, dispersion=learned)
        allowed += decided(result.tests)
    pairs = len(test)
    claim = f"{pairs} pairs of identical arms that win"
    return [
        share_row("archive", f"{claim}, taken for independent counts", textbook, pairs, least=0.05),
        _strict(share_row("archive", f"{claim}, dispersion of other tests", allowed, pairs, most=0.06)),
    ]


def _strict(row: Row) -> Row:
    """Kept without the grace of two Monte Carlo errors: these are all the pairs there are."""
    return replace(row, ok=float(row.measured) <= 0.06)


def planted(archive: pd.DataFrame, runs: int, random: np.random.Generator) -> list[Row]:
    """A lift of 20 % at the planned size: into simulated scatter like the archive's, and into real pairs.

    Tests of the archive are a tenth of the planned size, so real pairs are pooled. Clicks scatter more where
    there are more of them, so the factor of pooled tests is larger than that of single ones; it is learned
    from pooled tests, too.
    """
    _, trials, successes = identical(archive, random)
    learned = float(estimate_dispersion(archive, **COUNTS, same=SAME))
    rate = successes.sum() / trials.sum()
    plan = plan_test(rate, LIFT, dispersion=learned)
    size = np.full((runs, 2), plan.trials_per_arm)
    hits = varied(random, (runs, 2), plan.trials_per_arm, np.array([rate, plan.target_rate]), learned)
    claim = f"20 % planted, {plan.trials_per_arm:,} a side, rate and factor ({learned:.2f}) of the archive"
    pooled = pooled_pairs(trials, successes, runs, learned, random)
    known = table(*pooled).assign(same="text")
    larger = float(estimate_dispersion(known, **COUNTS_MADE, same="same"))
    found = {
        claim: found_in(size, hits, learned),
        f"20 % planted into pooled real pairs, their own factor ({larger:.2f})": found_in(
            *with_lift(*pooled_pairs(trials, successes, runs, larger, random), random), larger
        ),
    }
    return [share_row("archive", each, won, runs, least=0.8, most=0.8) for each, won in found.items()]


def found_in(trials: np.ndarray, successes: np.ndarray, dispersion: float) -> int:
    """Tests that B, which has the lift, wins."""
    result = compare(table(trials, successes), **NAMES, dispersion=dispersion)
    return int((result.tests["winner"] == "B").sum())


def with_lift(
    trials: np.ndarray, successes: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The same counts with a fifth of B's clicks added."""
    more = successes.copy()
    more[:, 1] += random.poisson(LIFT * successes[:, 1])
    return trials, more


def pooled_pairs(
    trials: np.ndarray, successes: np.ndarray, runs: int, dispersion: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Real pairs, drawn again and again, pooled to the size that a plan for their own rate asks for."""
    drawn = random.integers(len(trials), size=(runs, _MOST))
    side = random.integers(2, size=(runs, _MOST, 1)) ^ np.array([0, 1])  # which arm is A, anew in each run
    sizes, hits = (counts[drawn[..., None], side].cumsum(axis=1) for counts in (trials, successes))
    wanted = planned_size(hits.sum(axis=2) / sizes.sum(axis=2), dispersion)
    last = np.abs(np.log(sizes.mean(axis=2) / wanted)).argmin(axis=1)
    return sizes[np.arange(runs), last], hits[np.arange(runs), last]


def planned_size(rates: np.ndarray, dispersion: float) -> np.ndarray:
    """Trials a side of plans for these rates, read off between fifty plans."""
    rates = np.maximum(rates, 1e-3)  # a single pair may have no click at all
    grid = np.geomspace(rates.min(), rates.max(), 50)
    plans = [plan_test(rate, LIFT, dispersion=dispersion).trials_per_arm for rate in grid]
    return np.exp(np.interp(np.log(rates), np.log(grid), np.log(plans)))
