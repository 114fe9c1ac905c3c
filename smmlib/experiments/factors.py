"""What moves people over many tests: the effect of each factor on the rate, compared within tests only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments.adjusting import Adjustment, adjustment
from smmlib.experiments.arms import Floats, Ints
from smmlib.experiments.pooling import pool
from smmlib.experiments.within_tests import WithinTests, fit_within_tests
from smmlib.intervals import critical
from smmlib.language import mark

COLUMNS = [
    "factor",
    "level",
    "against",
    "step",
    "tests",
    "lift",
    "low",
    "high",
    "p_value",
    "p_adjusted",
    "tau",
    "i_squared",
    "predict_low",
    "predict_high",
]


@dataclass(frozen=True, eq=False)
class FactorEffects:
    """What factors did to the rate, each with the others held still.

    Attributes:
        effects: One row per factor (per level but the first, of factors in words): factor, level, against
            (the level it is compared with; both empty for numbers), step (how much more of a number), tests
            (in which it differed between variants), lift (relative change of the rate, 0.1 = 10 % more),
            low, high, p_value, p_adjusted, tau (standard deviation of the true log effects between tests),
            i_squared, predict_low, predict_high (where the lift in the next test lies).
        tests: Tests used.
        arms: Arms used.
        dispersion: Variance inflation used.
        confidence: Level of the intervals.
        adjust: Correction of p over the rows.
    """

    effects: pd.DataFrame
    tests: int
    arms: int
    dispersion: float
    confidence: float
    adjust: Adjustment

    def to_frame(self) -> pd.DataFrame:
        """The table of effects; a copy."""
        return self.effects.copy()


def factor_effects(  # noqa: PLR0913
    table: pd.DataFrame,
    *,
    test: str,
    trials: str,
    successes: str,
    factors: Sequence[str] | dict[str, float],
    dispersion: float | None = None,
    confidence: float = 0.95,
    adjust: Adjustment = "holm",
) -> FactorEffects:
    """Estimate what each factor does to the rate, over all tests together.

    Only variants of the same test are compared with each other, so what differs between tests (topic, day,
    audience) drops out. The factors are estimated together: each effect is that of its factor with the
    others held still. It speaks of cause only where the factor itself was varied on purpose; for features
    found in texts afterwards, something that goes with them may be what worked.

    Args:
        table: One row per arm of tests in which chance decided who saw what, broken tests set aside. It is
            not changed. Rows without usable counts or with a missing factor are left out.
        test: Column with the name of the test.
        trials: Column with counts.
        successes: Column with counts.
        factors: Columns with numbers or booleans (effect of a step of 1), or with words (effect of each level
            against the first in alphabetical order); or a mapping of column to step.
        dispersion: Variance inflation, at least 1; None: estimated from what the factors leave unexplained.
        confidence: Level of intervals, between 0 and 1.
        adjust: Correction of p over all rows: "holm", "hochberg" or "bh".

    Raises:
        MissingColumnError: A column is not there.
        UnknownNameError: Unknown adjustment.
        InvalidValueError: No factor differs within any test, two factors cannot be told apart, or
            dispersion or confidence is out of range.

    Source:
        Conditional Poisson regression with test effects: McCullagh and Nelder (1989), 6.4; variances times
        the dispersion (quasi-likelihood, 9.2). Effects of single tests by one step from the common fit,
        then `pooling.pool` over the tests.
    """
    critical(confidence)
    correct = adjustment(adjust)
    _check(table, [test, trials, successes, *factors], dispersion)
    steps = dict(factors) if isinstance(factors, dict) else dict.fromkeys(factors, 1.0)
    arms = _usable(table, [test, trials, successes], list(steps))
    columns, labels = _columns(arms, steps)
    groups: Ints = np.asarray(pd.factorize(arms[test])[0], np.intp)
    counts = arms[trials].to_numpy(np.float64), arms[successes].to_numpy(np.float64)
    fit = fit_within_tests(columns, *counts, groups)
    _check_told_apart(fit, labels)
    factor = fit.dispersion if dispersion is None else float(dispersion)
    rows = [(*label, *_effect(fit, place, factor, confidence)) for place, label in enumerate(labels)]
    effects = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "p_adjusted"])
    effects["p_adjusted"] = correct(effects["p_value"].to_numpy(np.float64))
    return FactorEffects(effects[COLUMNS], int(groups.max()) + 1, len(arms), factor, confidence, adjust)


def _check(table: pd.DataFrame, wanted: list[str], dispersion: float | None) -> None:
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        raise MissingColumnError(missing, map(str, table.columns), source="factor_effects")
    if dispersion is not None and not (isinstance(dispersion, Real) and 1 <= dispersion < math.inf):
        raise InvalidValueError(
            mark(
                "The dispersion is {dispersion:plain}; "
                "it must be a number of at least 1 (1: independent counts)."
            ),
            dispersion=dispersion,
        )


def _usable(table: pd.DataFrame, counts: list[str], factors: list[str]) -> pd.DataFrame:
    """Rows with a test, whole counts that fit, and every factor."""
    arms = table[[*counts, *factors]].dropna(subset=[counts[0], *factors])
    test, trials, successes = counts
    numbers = arms[[trials, successes]].apply(pd.to_numeric, errors="coerce").astype("float64")
    arms = arms.assign(**{trials: numbers[trials], successes: numbers[successes]})
    fits = (arms[trials] > 0) & (arms[successes] >= 0) & (arms[successes] <= arms[trials])
    return arms[fits & (arms.groupby(test)[test].transform("size") > 1)].reset_index(drop=True)


Label = tuple[str, str, str, float]


def _columns(arms: pd.DataFrame, steps: dict[str, float]) -> tuple[Floats, list[Label]]:
    """One column per effect, and its factor, level, level it is compared with, and step."""
    columns: list[Floats] = []
    labels: list[Label] = []
    for name, step in steps.items():
        if pd.api.types.is_numeric_dtype(arms[name]):
            columns.append(arms[name].to_numpy(np.float64) / step)
            labels.append((name, "", "", float(step)))
            continue
        words = arms[name].astype(str)
        first, *others = sorted(words.unique()) or [""]
        for level in others:
            columns.append((words == level).to_numpy().astype(np.float64))
            labels.append((name, level, first, 1.0))
    return np.stack(columns, axis=1) if columns else np.zeros((len(arms), 0)), labels


def _check_told_apart(fit: WithinTests, labels: list[Label]) -> None:
    still = [labels[place] for place in np.flatnonzero(~fit.varies)]
    if still or not labels:
        names = ", ".join(f"{factor} {level}".strip() for factor, level, *_ in still) or "–"
        raise InvalidValueError(
            mark(
                "{factors}: differs between the variants of no test, so its effect cannot be known. "
                "Leave it out, or test variants that differ in it."
            ),
            factors=names,
        )
    if not fit.told_apart:
        raise InvalidValueError(
            mark(
                "The factors {factors} cannot be told apart: within every test they change together. "
                "Leave one of them out."
            ),
            factors=", ".join(dict.fromkeys(factor for factor, *_ in labels)),
        )


def _effect(fit: WithinTests, place: int, dispersion: float, confidence: float) -> tuple[Any, ...]:
    """Figures of one row, in the order of the columns."""
    effects, errors = fit.by_test(place)
    pooled = pool(effects, errors * math.sqrt(dispersion), confidence=confidence)
    lift, low, high, ahead_low, ahead_high = np.expm1(
        [pooled.mean, pooled.low, pooled.high, pooled.predict_low, pooled.predict_high]
    ).tolist()
    spread = (pooled.tau, pooled.i_squared, ahead_low, ahead_high)
    return (pooled.effects, lift, low, high, pooled.p_value, *spread)
