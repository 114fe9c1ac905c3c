"""Shrunken lifts: on average the truth, where the measured lift of the leader is not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.validation import Row, share_row
from benchmarks.validation.size import NAMES, table
from smmlib.experiments import PUBLISHED, Prior, compare, shrink

ARMS, TRIALS, RATE = 4, 3_500, 0.0155


@dataclass(frozen=True)
class Leaders:
    """Log lifts of the leading variants over their runners-up: true, measured, shrunk, with limits."""

    true: np.ndarray
    measured: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def words(self) -> str:
        """Their means."""
        return (
            f"log lift {self.expected.mean():.3f}, true {self.true.mean():.3f}, "
            f"measured {self.measured.mean():.3f}"
        )


def rows(runs: int, seed: int) -> list[Row]:
    """The leader of four variants with 3,500 impressions each: bias, and cover of the interval.

    The published prior is judged where the truth is as wide as it says, and where it is narrower (0.162: the
    headline tests of a news site with chance taken out). There it shrinks too little, so only "at most" is
    promised of it.
    """
    random = np.random.default_rng(seed)
    found = []
    for spread in (0.12, 0.2):
        lead = leaders(random, runs, spread, None)
        found += [unbiased(lead, f"true spread {spread:g}, own history")]
        found += [covered(lead, f"true spread {spread:g}, own history")]
    lead = leaders(random, runs, PUBLISHED.spread, PUBLISHED)
    found += [unbiased(lead, f"true spread {PUBLISHED.spread:.3f}, published median")]
    found += [covered(lead, f"true spread {PUBLISHED.spread:.3f}, published median")]
    for spread in (0.162, 0.12):
        lead = leaders(random, runs, spread, PUBLISHED)
        found += [at_most(lead, f"true spread {spread:g}, published median")]
        found += [covered(lead, f"true spread {spread:g}, published median")]
    return found


def leaders(random: np.random.Generator, runs: int, spread: float, prior: Prior | None) -> Leaders:
    """Simulated tests whose variants scatter by `spread` around the middle of their test."""
    truth = np.log(RATE) + random.normal(0, spread, (runs, ARMS))
    counts = table(np.full((runs, ARMS), TRIALS), random.binomial(TRIALS, np.exp(truth)))
    lead = shrink(compare(counts, **NAMES), prior).leaders()
    own, rival = (lead[name].map(lambda v: ord(v) - 65).to_numpy() for name in ("variant", "rival"))
    test = lead["test"].to_numpy()
    shown = (np.log1p(lead[name].to_numpy()) for name in ("lift", "expected", "low", "high"))
    return Leaders(truth[test, own] - truth[test, rival], *shown)


def unbiased(lead: Leaders, case: str) -> Row:
    """The shrunken lift is the true one on average."""
    off, error = _off(lead)
    kept = abs(off) <= 0.005 + 2 * error
    return Row("shrinkage", f"leader's lift, {case}", "off by ≤ 0.005", lead.words, error, kept)


def at_most(lead: Leaders, case: str) -> Row:
    """The shrunken lift is no less than the true one, as the verdict says, and nearer to it than measured."""
    off, error = _off(lead)
    luck = float(np.mean(lead.measured - lead.true))
    words = f"{lead.words}: {off:.3f} too much, {luck:.3f} unshrunk"
    kept = -2 * error <= off < luck
    claim = f"leader's lift at most, {case}"
    return Row("shrinkage", claim, "≥ true, < measured", words, error, kept)


def covered(lead: Leaders, case: str) -> Row:
    """The interval of the shrunken lift holds the true one."""
    inside = (lead.low <= lead.true) & (lead.true <= lead.high)
    hits = int(inside.sum())
    return share_row("shrinkage", f"interval, {case}", hits, len(lead.true), least=0.94, most=0.98)


def _off(lead: Leaders) -> tuple[float, float]:
    """By how much the shrunken lift is too large on average, and the Monte Carlo error of that."""
    wrong = lead.expected - lead.true
    return float(wrong.mean()), float(wrong.std()) / math.sqrt(len(wrong))
