"""What looks at running tests have shown: which look it is, the bound, the decision, the prospects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from smmlib.errors import UnknownNameError
from smmlib.experiments.conditional_power import Prospects
from smmlib.language import Language, Message, mark, say

if TYPE_CHECKING:
    from smmlib.experiments.looks import Looks
    from smmlib.experiments.sequence import AlwaysValid
    from smmlib.figures import Chart

State = Literal["winner", "go on", "no decision", "invalid"]

_HEADLINES: dict[State, str] = {
    "winner": mark("{winner} wins at look {decided_at}: the test may be stopped."),
    "go on": mark("Not decided at look {looks}: go on."),
    "no decision": mark("No decision: the planned people are reached and no bound was passed."),
    "invalid": mark("Not usable. {reason}"),
}


@dataclass(frozen=True, eq=False)
class LookReport:
    """Running tests at their looks. Rates and differences are fractions.

    Attributes:
        looks: One row per test, look and variant: test, look (from 1), when, fraction (share of the planned
            people), variant, trials, successes, rate, diff (to its rival: the control, else the best
            other), low, high (repeated interval: it holds at all looks together), z (signed), bound (of
            |z|, for the pairs of the test), p_adjusted (for looks and pairs), spent (error spent so far).
        tests: One row per test: test, looks (taken), decision, winner, decided_at (look, or missing);
            fraction, variant (the leader), diff, low, high, z, bound of the look that decided, else of the
            last; planned_power, trend_power, predictive_power, null_power (see `Prospects`; missing where
            the test is over or looks are not planned); reason.
        problems: Rows that cannot be used: test, variant, row (counted from 0), trials, successes, problem.
        plan: The planned looks, or the sequence.
        confidence: 1 - confidence is the error of a whole test.
        dispersion: Variance inflation used.
        control: Name of the control, or None.
    """

    looks: pd.DataFrame
    tests: pd.DataFrame
    problems: pd.DataFrame
    plan: Looks | AlwaysValid
    confidence: float
    dispersion: float
    control: str | None

    def to_frame(self) -> pd.DataFrame:
        """The table of looks with the decision of each test; a copy."""
        decisions = self.tests.set_index("test")[["decision", "winner", "decided_at", "reason"]]
        return self.looks.join(decisions, on="test")

    def one(self, test: object = None) -> LookReport:
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
            looks=self.looks[self.looks["test"] == name].reset_index(drop=True),
            tests=self.tests[found].reset_index(drop=True),
            problems=self.problems[self.problems["test"] == name].reset_index(drop=True),
        )

    def text(self, language: Language = "en", test: object = None) -> str:
        """What the looks allow to say of one test, the first unless `test` names another.

        Raises:
            UnknownNameError: There is no such test.
        """
        row: dict[str, Any] = {str(k): v for k, v in self.one(test).tests.iloc[0].to_dict().items()}
        row["reason"] = Message(row["reason"]).text(language) if row["decision"] == "invalid" else ""
        sentences = [say(_HEADLINES[row["decision"]], language, **_filled(row))]
        if row["decision"] != "invalid":
            sentences += [_lead(row, language), *_hints(row, language)]
        return " ".join(sentences)

    def plot(self, test: object = None, *, language: Language = "en") -> Chart:
        """The leader's z against the bounds, look by look."""
        from smmlib.figures import Chart

        return Chart("look_plot", language=language).update(self.one(test))


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """What fills a headline; whole numbers as such."""
    return {
        name: int(value) if name in ("looks", "decided_at") and pd.notna(value) else value
        for name, value in row.items()
    }


def _lead(row: Mapping[str, Any], language: Language) -> str:
    return say(
        "{variant} led with z = {z:.2} at {fraction:%0} of the planned people, where the bound is "
        "{bound:.2}: a difference of {diff:+.2} percentage points (interval for all looks {low:+.2} to {high:+.2}).",
        language,
        diff=100 * float(row["diff"]),
        low=100 * float(row["low"]),
        high=100 * float(row["high"]),
        variant=str(row["variant"]),
        z=float(row["z"]),
        bound=float(row["bound"]),
        fraction=float(row["fraction"]),
    )


def _hints(row: Mapping[str, Any], language: Language) -> list[str]:
    if row["decision"] == "winner" and row["fraction"] < 1:
        return [
            say(
                "A test that is stopped early shows the difference larger than it is; reckon with the lower "
                "half of the interval.",
                language,
            )
        ]
    if not np.isfinite(row["predictive_power"]):
        return []
    planned = None if np.isnan(row["planned_power"]) else float(row["planned_power"])
    chances = Prospects(
        planned, float(row["trend_power"]), float(row["predictive_power"]), float(row["null_power"])
    )
    return [chances.text(language)]
