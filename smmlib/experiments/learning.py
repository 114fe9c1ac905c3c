"""What works for us: what a team's own tests say about hooks, calls to action, length, negative words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.adjusting import Adjustment, adjustment
from smmlib.experiments.comparing import compare
from smmlib.experiments.comparison import Design
from smmlib.experiments.factors import COLUMNS, FactorEffects, factor_effects
from smmlib.experiments.features import FEATURES, feature_table
from smmlib.experiments.rounding import rounded_percent
from smmlib.intervals import critical
from smmlib.language import Language, mark, say, say_many
from smmlib.metrics import load_metrics

if TYPE_CHECKING:
    from smmlib.experiments.copy_test import CopyTest
    from smmlib.figures import Chart

LEAST = 5
"""Tests a factor must differ in to have a row."""

_WHOLE = 0.03  # an error with which shares are shown in whole per cent
_DESIGNS: tuple[Design, ...] = ("randomised", "platform")
_NO_CHANCE = mark("Chance did not split the readers.")
_UNDECIDABLE = mark("Its split is broken or its counts cannot be used.")
_NAMES = {
    "hook": mark("hook"),
    "cta": mark("call to action"),
    "length": mark("length"),
    "emoji": mark("emoji"),
}
_LEVELS = {
    "question": mark("question"),
    "number": mark("number"),
    "quote": mark("quote"),
    "story": mark("story"),
    "statement": mark("statement"),
    "direct": mark("direct"),
    "soft": mark("soft"),
    "short": mark("short"),
    "long": mark("long"),
}


@dataclass(frozen=True, eq=False)
class WhatWorks:
    """Effects of factors over a team's tests.

    Attributes:
        effects: One row per metric and factor, the clearest first: metric, source ("design": the variants
            were written to differ in it; "text": found in the texts afterwards), then the columns of
            `FactorEffects.effects`; p is corrected over all rows.
        aside: Tests left out: test, reason.
        tests: Tests used.
        confidence: Level of the intervals.
    """

    effects: pd.DataFrame
    aside: pd.DataFrame
    tests: int
    confidence: float

    def to_frame(self) -> pd.DataFrame:
        """The table of effects; a copy."""
        return self.effects.copy()

    def clear(self) -> pd.DataFrame:
        """The rows that are clear after correction."""
        return self.effects[self.effects["p_adjusted"] < 1 - self.confidence]

    def text(self, language: Language = "en") -> str:
        """What is clear, from how much, and how sure it is for the next test."""
        if self.effects.empty:
            return say(
                "Nothing can be said yet: {tests} tests can be used; no factor differs in {least} of them.",
                language,
                tests=self.tests,
                least=LEAST,
            )
        lines = [say_many("From {count} test.", "From {count} tests.", self.tests, language)]
        clear = self.clear()
        lines += [effect_sentence(row, self.confidence, language) for row in clear.to_dict("records")]
        if clear.empty:
            lines.append(say("No factor has a clear effect so far.", language))
        if (clear["source"] == "text").any():
            lines.append(
                say(
                    "What was only found in the texts may stand for something that goes with it; to be sure, "
                    "test variants that differ in nothing else.",
                    language,
                )
            )
        if len(self.aside):
            lines.append(
                say_many(
                    "{count} test was left out.", "{count} tests were left out.", len(self.aside), language
                )
            )
        return " ".join(lines)

    def plot(self, *, language: Language = "en") -> Chart:
        """Each factor's effect, with the interval of its mean and that of the next test."""
        from smmlib.figures import Chart

        return Chart("factors", language=language).update(self)


def what_works(
    tests: Iterable[CopyTest],
    language: Language,
    *,
    confidence: float = 0.95,
    adjust: Adjustment = "bh",
) -> WhatWorks:
    """Learn from all tests of a team in which chance or the platform split the readers.

    Factors are the levels the variants were written to (`Arm.levels`) and the features of their texts
    (`text_features`). Tests whose texts or levels are not known add nothing to those rows.

    Args:
        tests: The tests; unusable ones, matched slots and history are set aside.
        language: Language of the texts.
        confidence: Level of intervals, between 0 and 1.
        adjust: Correction of p over all rows: "bh" bounds the share of false rows among the clear ones.

    Source:
        See `factor_effects`. The dispersion is what the factors leave unexplained, and no less than the tests
        were set to.
    """
    critical(confidence)
    correct = adjustment(adjust)
    kept, aside = _sorted_out(tests)
    parts = [
        _of_metric(metric, [test for test in kept if test.metric == metric], language, confidence)
        for metric in dict.fromkeys(test.metric for test in kept)
    ]
    columns = ["metric", "source", *COLUMNS]
    effects = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    if len(effects):
        effects["p_adjusted"] = correct(effects["p_value"].to_numpy(np.float64))
        effects = effects.sort_values("p_value", kind="stable", ignore_index=True)
    frame = pd.DataFrame(aside, columns=["test", "reason"])
    return WhatWorks(effects.reindex(columns=columns), frame, len(kept), confidence)


def effect_name(row: Mapping[Hashable, Any], language: Language) -> str:
    """What a row is about: "hook: question rather than number", "each negative word"."""
    factor, level, against = str(row["factor"]), str(row["level"]), str(row["against"])
    if not level:
        return say(FEATURES[factor][0], language) if factor in FEATURES else factor
    return say(
        "{factor}: {level} rather than {against}",
        language,
        factor=say(_NAMES[factor], language) if factor in _NAMES else factor,
        level=say(_LEVELS[level], language) if level in _LEVELS else level,
        against=say(_LEVELS[against], language) if against in _LEVELS else against,
    )


def effect_sentence(row: Mapping[Hashable, Any], confidence: float, language: Language) -> str:
    """One row in words, rounded as its error allows."""
    lift, low, high = shown_lift(row, confidence, language)
    what = effect_name(row, language)
    return say(
        "{what}: {lift} {metric} ({low} to {high}, {tests} tests; in a single one {least} to {most}).",
        language,
        what=what[:1].upper() + what[1:],
        metric=metric_name(str(row["metric"]), language),
        lift=lift,
        low=low,
        high=high,
        tests=int(row["tests"]),
        least=rounded_percent(row["predict_low"], _WHOLE, language, sign=True),
        most=rounded_percent(row["predict_high"], _WHOLE, language, sign=True),
    )


def shown_lift(row: Mapping[Hashable, Any], confidence: float, language: Language) -> tuple[str, str, str]:
    """The effect of a row, its lower and its upper limit, rounded as the error allows."""
    lift, low, high = (float(row[name]) for name in ("lift", "low", "high"))
    error = (high - low) / (2 * critical(confidence))
    lift_shown, low_shown, high_shown = (
        rounded_percent(value, error, language, sign=True) for value in (lift, low, high)
    )
    return lift_shown, low_shown, high_shown


def metric_name(metric: str, language: Language) -> str:
    """What the team calls a metric; its id where it is not a shipped one."""
    known = load_metrics().get(metric)
    return known.label(language) if known else metric


def _sorted_out(tests: Iterable[CopyTest]) -> tuple[list[CopyTest], list[tuple[str, str]]]:
    """Tests that can be learned from, and the others with the reason."""
    given = list(tests)
    usable = {number for design in _DESIGNS for number in _usable(given, design)}
    reasons = [
        "" if number in usable else _UNDECIDABLE if test.design in _DESIGNS else _NO_CHANCE
        for number, test in enumerate(given)
    ]
    kept = [test for test, reason in zip(given, reasons, strict=True) if not reason]
    return kept, [(test.name, reason) for test, reason in zip(given, reasons, strict=True) if reason]


def _usable(tests: list[CopyTest], design: Design) -> set[int]:
    """Numbers of the tests of this design whose counts and split are in order."""
    rows = [
        (number, arm.variant or None, arm.trials, arm.successes)
        for number, test in enumerate(tests)
        if test.design == design
        for arm in test.arms
    ]
    names = ["test", "variant", "trials", "successes"]
    table = pd.DataFrame(rows, columns=names).astype({"trials": "float64", "successes": "float64"})
    decided = compare(
        table, test="test", variant="variant", trials="trials", successes="successes", design=design
    ).tests
    return set(decided.loc[decided["decision"] != "invalid", "test"])


def _of_metric(metric: str, tests: list[CopyTest], language: Language, confidence: float) -> pd.DataFrame:
    """Rows of one metric."""
    table = _arms(tests, language)
    designed = list(dict.fromkeys(name for test in tests for arm in test.arms for name in arm.levels))
    candidates = {f"level {name}": 1.0 for name in designed}
    candidates |= {name: step for name, (_, step) in FEATURES.items()}
    chosen: dict[str, float] = {}
    found = None
    for name, step in candidates.items():
        if _differs_in(table, name) >= LEAST:
            tried = _tried(table, {**chosen, name: step}, confidence)
            chosen, found = ({**chosen, name: step}, tried) if tried is not None else (chosen, found)
    if found is None:
        return pd.DataFrame(columns=["metric", "source", *COLUMNS])
    source = np.where(found["factor"].str.startswith("level "), "design", "text")
    return found.assign(metric=metric, source=source, factor=found["factor"].str.removeprefix("level "))


def _arms(tests: list[CopyTest], language: Language) -> pd.DataFrame:
    """One row per arm: test, counts, dispersion, features and levels.

    Where one arm of a test lacks a text or a level, all arms of it get the same: it then tells nothing of it.
    """
    rows = [
        {"test": number, "trials": arm.trials, "successes": arm.successes, "text": arm.text or None}
        | {"dispersion": test.dispersion}
        | {f"level {name}": level for name, level in arm.levels.items()}
        for number, test in enumerate(tests)
        for arm in test.arms
    ]
    table = pd.DataFrame(rows)
    table = pd.concat([table, feature_table(table["text"], language)], axis=1)
    for name in table.columns.difference(["test", "trials", "successes", "text", "dispersion"]):
        lacking = table[name].isna().groupby(table["test"]).transform("any")
        known = table.loc[~lacking, name]
        table[name] = table[name].mask(lacking, known.min() if len(known) else 0.0)
    return table


def _differs_in(table: pd.DataFrame, name: str) -> int:
    """Tests in which a column differs between arms."""
    return int((table.groupby("test")[name].nunique() > 1).sum())


def _tried(table: pd.DataFrame, factors: dict[str, float], confidence: float) -> pd.DataFrame | None:
    """Effects of these factors, None where they cannot be told apart."""

    def estimated(dispersion: float | None) -> FactorEffects:
        return factor_effects(
            table,
            test="test",
            trials="trials",
            successes="successes",
            factors=factors,
            confidence=confidence,
            dispersion=dispersion,
        )

    try:
        found = estimated(None)
    except InvalidValueError:
        return None
    floor = float(table["dispersion"].mean())
    return (estimated(floor) if found.dispersion < floor else found).effects
