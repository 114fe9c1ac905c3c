"""Real clicks: identical arms of an archive of headline tests, and lifts planted into them.

The archive (Matias et al. 2021, doi 10.1038/s41597-021-00934-7, CC BY 4.0) lies beside the project, not in
it; without it there are no rows.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.validation import Row, share_row
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
DRAWS = 40


def rows(runs: int, seed: int) -> list[Row]:
    """False winners among identical arms, and how often a lift planted into them is found."""
    if not ARCHIVE.exists():
        print(f"archive: skipped, {ARCHIVE.name} is not beside the project", file=sys.stderr)
        return []
    random = np.random.default_rng(seed)
    usable = unbroken(read_counts(ARCHIVE))
    return [*false_winners(usable, random), planted(usable, runs, random)]


def unbroken(counts: pd.DataFrame) -> pd.DataFrame:
    """Rows of the tests whose split holds, outside the weeks the program finds to be broken."""
    named = lettered(counts, guess_columns(counts))
    result = compare(named, variant="arm", **COUNTS)
    kept = srm_by_period(result, named.groupby(TEST)[WEEK].first()).set_aside(result).tests
    return named[named[TEST].isin(kept.loc[kept["decision"] != "invalid", "test"])]


def identical(counts: pd.DataFrame, random: np.random.Generator) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Two identical arms of each group that has them, at random: test, trials and successes (pairs, 2)."""
    known = counts.dropna(subset=SAME).sample(frac=1, random_state=random)
    places = known.groupby([TEST, *SAME]).cumcount()
    sizes = known.groupby([TEST, *SAME])[TRIALS].transform("size")
    pairs = known[(places < 2) & (sizes > 1)].sort_values([TEST, *SAME], kind="stable")
    shaped = (pairs[name].to_numpy(np.int64).reshape(-1, 2) for name in (TRIALS, SUCCESSES))
    return pairs[TEST].iloc[::2].reset_index(drop=True), *shaped


def false_winners(counts: pd.DataFrame, random: np.random.Generator) -> list[Row]:
    """Identical arms that win, textbook and with the dispersion learned from the other half of the tests.

    Which two arms of a group are compared is drawn anew `DRAWS` times; the error is that of one draw, as the
    clicks are the same.
    """
    won = np.array([won_by_identical(counts, random) for _ in range(DRAWS)])
    (textbook, allowed), pairs = won[:, :2].mean(axis=0), int(won[0, 2])
    claim = f"{pairs} pairs of identical arms that win, mean of {DRAWS} draws"
    return [
        share_row("archive", f"{claim}, taken for independent counts", textbook, pairs, least=0.05),
        _strict(share_row("archive", f"{claim}, dispersion of other tests", allowed, pairs, most=0.06)),
    ]


def won_by_identical(counts: pd.DataFrame, random: np.random.Generator) -> tuple[int, int, int]:
    """Winners of one draw of pairs, textbook and with the dispersion of the other half; number of pairs."""
    test, trials, successes = identical(counts, random)
    halves = random.permutation(test.unique())
    first = test.isin(halves[: len(halves) // 2]).to_numpy()
    textbook = decided(compare(table(trials, successes), **NAMES).tests)
    allowed = 0
    for judged in (first, ~first):
        learned = estimate_dispersion(counts[~counts[TEST].isin(test[judged])], **COUNTS, same=SAME)
        result = compare(table(trials[judged], successes[judged]), **NAMES, dispersion=learned)
        allowed += decided(result.tests)
    return textbook, allowed, len(test)


def _strict(row: Row) -> Row:
    """Kept without the grace of two Monte Carlo errors: these are all the pairs there are."""
    return replace(row, ok=float(row.measured) <= 0.06)


def planted(counts: pd.DataFrame, runs: int, random: np.random.Generator) -> Row:
    """A lift of 20 % at the planned size, with the base rate and the scatter of the archive.

    The archive's own tests are a tenth of that size, so the counts are drawn (beta-binomial).
    """
    learned = float(estimate_dispersion(counts, **COUNTS, same=SAME))
    rate = counts[SUCCESSES].sum() / counts[TRIALS].sum()
    plan = plan_test(rate, LIFT, dispersion=learned)
    both = np.array([rate, plan.target_rate])
    hits = varied(random, (runs, 2), plan.trials_per_arm, both, learned)
    result = compare(table(np.full((runs, 2), plan.trials_per_arm), hits), **NAMES, dispersion=learned)
    won = int((result.tests["winner"] == "B").sum())
    claim = f"20 % planted, {plan.trials_per_arm:,} a side, its rate and factor ({learned:.2f}), found"
    return share_row("archive", claim, won, runs, least=0.8, most=0.8)
