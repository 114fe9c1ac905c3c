"""Compare copy variants: any number of A/B/n tests in one call."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from numbers import Real
from typing import get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments.adjusting import Adjustment, adjustment
from smmlib.experiments.arms import Arms, Columns, Flags, Floats, Shares, read_arms
from smmlib.experiments.comparison import INTERVALS, SPLIT_ALPHA, Comparison, Design, Interval
from smmlib.experiments.dispersion import Dispersion
from smmlib.experiments.equivalence import check_smallest_lift, equivalence_p
from smmlib.experiments.look_plan import Look
from smmlib.experiments.looks import check_looks, pocock_bound, pocock_p_value
from smmlib.experiments.pairs import Pairs, PairTerms, pair_up
from smmlib.experiments.posterior import best_and_loss
from smmlib.experiments.split import split_p_values
from smmlib.intervals import critical, miettinen_nurminen, newcombe
from smmlib.language import mark

BEATS_ALL = mark("One variant beats every other variant of the test.")
BEATS_CONTROL = mark("A variant beats the control.")
CONTROL_BEATS_ALL = mark("The control beats every other variant.")
NOT_CLEAR = mark("No variant is clearly better; chance alone can explain the difference.")
NO_DIFFERENCE = mark("Whatever difference there is, it is smaller than the smallest that would be worth it.")
TOO_SMALL = mark("A variant is clearly better, but by less than would be worth it.")
ASSOCIATED = mark("One variant went along with a higher rate, but nothing was randomised.")
BROKEN_SPLIT = mark("The variants were not shown in the planned shares: the split is broken.")
UNUSABLE_ROWS = mark("The counts of this test cannot be used; see the problems.")
WHOLE_POSTS = mark("Whole posts are the unit here, not impressions; compare pairs of like slots.")

_WIDEST = 8.0  # standard errors of an interval to either side; beyond, the level is no longer told from 1
_AT_ONCE = 60_000  # tests analysed together; what is needed on the way is let go after each part


def compare(  # noqa: PLR0913
    table: pd.DataFrame,
    *,
    test: str,
    variant: str,
    trials: str,
    successes: str,
    design: Design = "randomised",
    shares: Shares = None,
    control: str | None = None,
    confidence: float = 0.95,
    dispersion: float | Dispersion = 1.0,
    looks: int | Look | None = None,
    adjust: Adjustment = "holm",
    interval: Interval = "newcombe",
    smallest_lift: float | None = None,
) -> Comparison:
    """Compare the variants of one or many A/B/n tests by their rate of successes.

    It is for tests in which chance (or the platform) decided who saw what. Posts published one after
    the other are no such test: "history" shows their figures and calls a difference an association;
    "slots" shows the rates only, because there the post is the unit (use `compare_slots`).

    Args:
        table: One row per arm; it is not changed.
        test: Column with the name of the test.
        variant: Column with the name of the variant, unique within its test.
        trials: Column with counts of people, impressions or views (whole, at least 1).
        successes: Column with counts of those who responded (whole, 0 to trials).
        design: "randomised", "platform" (no sample-ratio check unless `shares` is given), "slots",
            "history".
        shares: Expected split: a column, or variant to share; None: equal. Need not sum to 1.
        control: Name of the control: each variant is compared with it and may win by beating it.
            None: each variant is compared with the best other one, and wins by beating all others.
        confidence: Level of intervals and decisions, between 0 and 1.
        dispersion: Variance inflation, at least 1; or what `estimate_dispersion` returned, whose own
            uncertainty then widens intervals, p values and posteriors too.
        looks: How often the test was planned to be looked at (1 to 50), or None: once. With several,
            every look uses Pocock's bound, because the counts do not say which look this is; say it with
            `Looks(…).at(0.5)` or `AlwaysValid().at(0.5)`, and its own bound is used.
        adjust: Correction of p for the pairs of a test: "holm", "hochberg" or "bh" (see `adjusting`).
        interval: "newcombe", or "score" (Miettinen and Nurminen; many times slower).
        smallest_lift: Smallest relative difference worth acting on, e.g. 0.05; None: any. With it a test
            may end in "no difference": every pair differs by less, shown by two one-sided tests
            (never in history).

    Returns:
        Figures per arm, a decision with its reason per test, and the rows that could not be used.

    Raises:
        MissingColumnError: A column is not there.
        UnknownNameError: Unknown design, adjustment or interval; a control or share of a variant that
            does not exist.
        InvalidValueError: confidence, dispersion, looks or smallest_lift lie outside their range.

    Source:
        Pooled score test; Newcombe (1998) method 10; Holm (1979); Pocock (1977); posteriors
        Beta(1 + successes, 1 + failures); Schuirmann (1987) for the two one-sided tests. `dispersion`
        divides the counts in the interval and the posteriors, and χ² of the test.
    """
    if design not in get_args(Design):
        raise UnknownNameError(mark("Design"), str(design), get_args(Design))
    factor, degrees = _factor(dispersion)
    critical(confidence)
    look = _look(looks)
    if interval not in INTERVALS:
        raise UnknownNameError(mark("Interval"), str(interval), INTERVALS)
    check_smallest_lift(smallest_lift)
    columns = Columns(test, variant, trials, successes)
    columns.check(table, shares, control)
    terms = _terms((confidence, look), (factor, degrees), adjust, interval)
    asked = _Asked(design, shares, control, terms, smallest_lift, 1 - confidence)
    arms, tests, problems = _joined([_of_part(part, columns, asked) for part in _parts(table, test)])
    return Comparison(
        arms=arms,
        tests=tests,
        problems=problems,
        design=design,
        confidence=confidence,
        dispersion=factor,
        degrees=degrees,
        looks=1 if look is None else look.planned,
        look=looks if isinstance(looks, Look) else None,
        control=control,
        adjust=adjust,
        interval=interval,
        smallest_lift=smallest_lift,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a comparison was asked for."""

    design: Design
    shares: Shares
    control: str | None
    terms: PairTerms
    smallest_lift: float | None
    alpha: float


@dataclass(frozen=True, slots=True)
class _AnyLook:
    """Any of so many planned looks; which one is not known."""

    planned: int

    @property
    def fraction(self) -> float:
        return math.nan

    def bound(self, alpha: float) -> float:
        return pocock_bound(self.planned, alpha)

    def p_value(self, z: Floats) -> Floats:
        return pocock_p_value(z, self.planned)


Frames = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def _parts(table: pd.DataFrame, test: str) -> Iterator[pd.DataFrame]:
    """The table in parts of whole tests, with rows counted from 0 as index, so that memory stays small."""
    table = table.set_axis(np.arange(len(table)), axis=0)
    codes, names = pd.factorize(table[test])
    if len(names) <= _AT_ONCE:
        yield table
        return
    part = np.maximum(codes, 0) // _AT_ONCE  # rows whose test has no name go with the first
    for number in range(part.max() + 1):
        yield table[part == number]


def _of_part(table: pd.DataFrame, columns: Columns, asked: _Asked) -> Frames:
    """Frames of arms, tests and problems."""
    arms = read_arms(table, columns, shares=asked.shares, control=asked.control)
    pairs = pair_up(arms, asked.terms)
    checked = asked.design == "randomised" or (asked.design == "platform" and asked.shares is not None)
    srm = split_p_values(arms) if checked else np.full(len(arms.sizes), np.nan)
    decided = _decide(arms, pairs, srm, asked)
    problems = arms.problems.assign(row=table.index.to_numpy()[arms.problems["row"]])
    return _arms_frame(arms, pairs, asked), _tests_frame(arms, srm, *decided), problems


def _joined(parts: list[Frames]) -> Frames:
    if len(parts) == 1:
        return parts[0]
    arms, tests, problems = (pd.concat([part[i] for part in parts], ignore_index=True) for i in range(3))
    return arms, tests, problems.sort_values("row", kind="stable").reset_index(drop=True)


def _factor(dispersion: float | Dispersion) -> tuple[float, float]:
    """The variance inflation and its degrees of freedom."""
    if isinstance(dispersion, Dispersion):
        return dispersion.factor, dispersion.degrees
    check_dispersion(dispersion)
    return float(dispersion), math.inf


def check_dispersion(dispersion: float) -> None:
    """Raise an `InvalidValueError` unless `dispersion` is a number of at least 1."""
    if not (isinstance(dispersion, Real) and math.isfinite(dispersion) and dispersion >= 1):
        raise InvalidValueError(
            mark(
                "The dispersion is {dispersion:plain}; "
                "it must be a number of at least 1 (1: independent counts)."
            ),
            dispersion=dispersion,
        )


def _look(looks: int | Look | None) -> Look | None:
    """The look this is, as far as it is known; None: the only one."""
    if isinstance(looks, Look):
        return looks
    check_looks(1 if looks is None else looks)
    return None if looks is None or looks == 1 else _AnyLook(int(looks))


def _terms(
    level: tuple[float, Look | None], dispersion: tuple[float, float], adjust: Adjustment, interval: Interval
) -> PairTerms:
    """How pairs are judged: confidence and look, dispersion and its degrees of freedom."""
    (confidence, look), (factor, degrees) = level, dispersion
    limits = newcombe if interval == "newcombe" else miettinen_nurminen
    once = PairTerms(confidence, factor, degrees, adjust=adjustment(adjust), limits=limits)
    if look is None:
        return once
    from scipy.special import ndtr

    bound = min(look.bound(round(1 - confidence, 12)), _WIDEST)
    return replace(once, confidence=1 - 2 * float(ndtr(-bound)), correct=look.p_value)


def _alike(arms: Arms, pairs: Pairs, asked: _Asked) -> Flags:
    """Tests in which every pair differs by less than the smallest lift worth acting on."""
    alike = np.zeros(len(arms.sizes), bool)
    if asked.smallest_lift is not None and asked.design != "history":
        p = equivalence_p(arms, pairs, asked.smallest_lift, asked.terms)
        for tests, place in arms.by_size:
            alike[tests] = np.nanmax(p[place], axis=1) < asked.alpha
    return alike


def _decide(
    arms: Arms, pairs: Pairs, srm: Floats, asked: _Asked
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.intp], npt.NDArray[np.object_]]:
    """Decision, position of the winning arm (-1: none) and reason of each test."""
    design = asked.design
    decision = np.full(len(arms.sizes), "no decision", object)
    reason = np.full(len(arms.sizes), WHOLE_POSTS if design == "slots" else NOT_CLEAR, object)
    winner = np.full(len(arms.sizes), -1, np.intp)
    if design != "slots":
        ahead, why = _ahead(arms, pairs, asked.alpha)
        clear, alike = ahead >= 0, _alike(arms, pairs, asked)
        decision[clear] = "association" if design == "history" else "winner"
        reason[clear] = ASSOCIATED if design == "history" else why[clear]
        winner = np.where(clear & ~alike & (design != "history"), ahead, -1)
        decision[alike] = "no difference"
        reason[alike] = np.where(clear[alike], TOO_SMALL, NO_DIFFERENCE)
    for applies, why_not in ((srm < SPLIT_ALPHA, BROKEN_SPLIT), (~arms.usable, UNUSABLE_ROWS)):
        decision[applies], reason[applies], winner[applies] = "invalid", why_not, -1
    return decision, winner, reason


def _ahead(arms: Arms, pairs: Pairs, alpha: float) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]:
    """Position of the arm that is clearly ahead in each test (-1: none), and what it beats."""
    ahead = np.full(len(arms.sizes), -1, np.intp)
    why = np.full(len(arms.sizes), BEATS_ALL, object)
    for tests, place in arms.by_size:
        clear: Flags = pairs.p_adjusted[place] < alpha
        lead = pairs.rate[place].argmax(axis=1)
        each = np.arange(len(tests))
        best = place[each, lead]
        if arms.control is None:
            ahead[tests] = np.where(clear.all(axis=1), best, -1)
            continue
        first = arms.control[tests]
        beats_all = (best == first) & (clear | (place == first[:, None])).all(axis=1)
        better = clear & (pairs.diff[place] > 0)
        strongest = place[each, np.where(better, pairs.rate[place], -1).argmax(axis=1)]
        ahead[tests] = np.where(better.any(axis=1), strongest, np.where(beats_all, best, -1))
        why[tests] = np.where(beats_all, CONTROL_BEATS_ALL, BEATS_CONTROL)
    return ahead, why


def _posterior(arms: Arms, dispersion: float) -> tuple[Floats, Floats]:
    best, loss = (np.full(len(arms.rows), np.nan) for _ in range(2))
    for _tests, place in arms.by_size:
        best[place], loss[place] = best_and_loss(
            arms.successes[place] / dispersion, arms.trials[place] / dispersion
        )
    return best, loss


def _arms_frame(arms: Arms, pairs: Pairs, asked: _Asked) -> pd.DataFrame:
    missing = np.full(len(arms.rows), np.nan)
    figures = {
        "diff": pairs.diff,
        "low": pairs.low,
        "high": pairs.high,
        "p_value": pairs.p_value,
        "p_adjusted": pairs.p_adjusted,
    }
    if asked.design == "slots":
        figures = {name: (values if name == "diff" else missing) for name, values in figures.items()}
        best = loss = missing
    else:
        best, loss = _posterior(arms, asked.terms.widened)
    return pd.DataFrame(
        {
            "test": arms.tests.take(arms.test_of_arm),
            "variant": arms.variants,
            "trials": _whole(arms.trials),
            "successes": _whole(arms.successes),
            "rate": pairs.rate,
            **figures,
            "p_best": best,
            "expected_loss": loss,
        },
        copy=False,
    )


def _whole(counts: Floats) -> Floats | npt.NDArray[np.int64]:
    """Counts as whole numbers, unless one is missing or cannot be one."""
    return counts.astype(np.int64) if np.all(np.isfinite(counts) & (np.floor(counts) == counts)) else counts


def _tests_frame(
    arms: Arms,
    srm: Floats,
    decision: npt.NDArray[np.object_],
    winner: npt.NDArray[np.intp],
    reason: npt.NDArray[np.object_],
) -> pd.DataFrame:
    names = arms.variants.to_numpy(object)
    won = np.full(len(winner), None, object)
    won[winner >= 0] = names[winner[winner >= 0]]
    totals = np.add.reduceat(arms.trials, arms.starts) if len(arms.starts) else arms.trials
    return pd.DataFrame(
        {
            "test": arms.tests,
            "arms": arms.sizes,
            "trials": _whole(totals),
            "srm_p_value": srm,
            "decision": decision.astype(str),
            "winner": pd.Series(won, dtype=arms.variants.dtype if arms.variants.dtype == "str" else object),
            "reason": reason.astype(str),
        }
    )
