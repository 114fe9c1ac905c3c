"""The outcome of a comparison: frames of arms, tests and problems, and the words for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from smmlib.errors import UnknownNameError
from smmlib.experiments.adjusting import Adjustment
from smmlib.language import Language, mark

if TYPE_CHECKING:
    from smmlib.experiments.look_plan import Look
    from smmlib.experiments.verdict import Length
    from smmlib.figures import Chart

Design = Literal["randomised", "platform", "slots", "history"]
Decision = Literal["winner", "no difference", "no decision", "association", "invalid"]
Interval = Literal["newcombe", "score"]
INTERVALS: tuple[Interval, ...] = ("newcombe", "score")

DESIGNS: dict[Design, str] = {
    "randomised": mark("Randomised: chance decided who saw which variant"),
    "platform": mark("Platform split: the network's own A/B test"),
    "slots": mark("Matched slots: whole posts, paired by weekday and hour"),
    "history": mark("History: posts as they happened, nothing randomised"),
}
SPLIT_ALPHA = 0.01  # of the sample-ratio check of one test

BETWEEN_LOOKS = mark("It is between two planned looks; the figures are shown, nothing is decided.")
NOT_OVER = mark("The planned number of people has not been reached yet.")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Any number of tests compared. Rates and differences are fractions (0.02 = 2 %).

    Attributes:
        arms: One row per arm: test, variant, trials, successes, rate, diff (rate minus the rival's: the
            control's, else the best other arm's), low, high (interval of diff), p_value (of one pair),
            p_adjusted (Holm within the test, and for looks), p_best, expected_loss. What the design
            does not allow is missing.
        tests: One row per test: test, arms, trials, srm_p_value (sample-ratio check), decision, winner,
            reason.
        problems: Rows that cannot be used: test, variant, row (counted from 0), trials, successes (as
            they stood), problem. A test with such a row is "invalid"; the others are not touched by it.
        design: How the variants came to their readers.
        confidence: Level of the intervals; 1 - confidence is the error a decision allows.
        dispersion: Variance inflation used.
        degrees: Degrees of freedom of its estimate; infinite where it was given as a number.
        look: Which look this is, or None where that is not known.
        looks: Looks planned; 0: any number.
        control: Name of the control, or None.
        adjust: Correction for the pairs of a test.
        interval: Kind of interval of `diff`.
        smallest_lift: Smallest relative difference worth acting on, or None.
    """

    arms: pd.DataFrame
    tests: pd.DataFrame
    problems: pd.DataFrame
    design: Design
    confidence: float
    dispersion: float
    looks: int
    control: str | None
    adjust: Adjustment = "holm"
    interval: Interval = "newcombe"
    smallest_lift: float | None = None
    degrees: float = math.inf
    look: Look | None = None

    def to_frame(self) -> pd.DataFrame:
        """One row per arm with the decision of its test; a copy."""
        decisions = self.tests.set_index("test")[["srm_p_value", "decision", "reason"]]
        return self.arms.join(decisions, on="test")

    def leaders(self) -> pd.DataFrame:
        """The strongest variant of each test and how far ahead it is, clearest lead first.

        Returns:
            One row per test that could be compared: test, decision, variant (highest rate; with a control:
            the highest of the others), rate, rival_rate, diff, lift (diff over the rival's rate), low,
            high, p_adjusted, p_best. Sorted by `low`, where there is none by `diff`.
        """
        arms = self.arms[self.arms["diff"].notna()]
        arms = arms.loc[arms.groupby("test", sort=False)["rate"].idxmax()]
        rival_rate = arms["rate"] - arms["diff"]
        lift = (arms["diff"] / rival_rate).where(rival_rate > 0)
        frame = arms.assign(rival_rate=rival_rate, lift=lift)
        frame = frame.merge(self.tests[["test", "decision"]], on="test")
        order = np.lexsort([-frame["diff"], -frame["low"]])
        names = ["test", "decision", "variant", "rate", "rival_rate", "diff", "lift", "low", "high"]
        return frame.iloc[order][[*names, "p_adjusted", "p_best"]].reset_index(drop=True)

    def all_pairs(self) -> pd.DataFrame:
        """Every variant against every other one of its test, p corrected over all these pairs.

        Returns:
            One row per pair: test, variant, other, rate, other_rate, diff, low, high, lift, lift_low,
            lift_high, p_value, p_adjusted; the variant is the one with the higher rate. What the design
            does not allow is missing.
        """
        from smmlib.experiments.every_pair import every_pair

        return every_pair(self)

    def only(self, test: object) -> Comparison:
        """The same with this test alone.

        Raises:
            UnknownNameError: There is no such test.
        """
        found = self.tests["test"] == test
        if not found.any():
            raise UnknownNameError(mark("Test"), str(test), map(str, self.tests["test"]))
        return replace(
            self,
            arms=self.arms[self.arms["test"] == test].reset_index(drop=True),
            tests=self.tests[found].reset_index(drop=True),
            problems=self.problems[self.problems["test"] == test].reset_index(drop=True),
        )

    def renamed(self, names: Mapping[object, str]) -> Comparison:
        """The same with other names for its variants; one that `names` lacks keeps its own."""

        def other(column: pd.Series) -> pd.Series:
            return column.map(lambda name: names.get(name, name), na_action="ignore")

        return replace(
            self,
            arms=self.arms.assign(variant=other(self.arms["variant"])),
            tests=self.tests.assign(winner=other(self.tests["winner"])),
            problems=self.problems.assign(variant=other(self.problems["variant"])),
            control=None if self.control is None else names.get(self.control, self.control),
        )

    def verdict(self, language: Language = "en", test: object = None, length: Length = "paragraph") -> str:
        """What the figures allow to say, in plain words; of all tests in sum if there are several.

        Args:
            language: Language to say it in.
            test: Name of one test, or None.
            length: "headline" (a sentence), "paragraph" (with the number that decided), or "full" (also the
                design, what was set aside, what to expect and what to do next).

        Raises:
            UnknownNameError: There is no such test or length.
        """
        from smmlib.experiments.shrinkage import usual_prior
        from smmlib.experiments.verdict import check_length, verdict_of_one
        from smmlib.experiments.verdict_of_many import verdict_of_all

        check_length(length)
        chosen = self if test is None else self.only(test)
        if len(chosen.tests) != 1:
            return verdict_of_all(chosen, language, length)
        return verdict_of_one(chosen, language, length, usual_prior(self) if length == "full" else None)

    def plot(self, test: object = None, *, language: Language = "en") -> Chart:
        """Forest plot of one test: the first unless `test` names another."""
        from smmlib.figures import Chart

        return Chart("forest", language=language).update(self.one(test))

    def plot_posterior(self, test: object = None, *, language: Language = "en") -> Chart:
        """Where the rate of each variant of one test probably lies."""
        from smmlib.figures import Chart

        return Chart("posterior", language=language).update(self.one(test))

    def densities(self, points: int = 160) -> pd.DataFrame:
        """Posterior densities of the rates: test, variant, rate (fraction), density; `points` rows an arm.

        Source: Beta(1 + successes, 1 + failures), counts divided by the dispersion.
        """
        from smmlib.experiments.posterior import density_curves

        usable = self.arms[self.arms["p_best"].notna()]
        counts = usable[["successes", "trials"]].to_numpy(np.float64).T / self.dispersion
        rates, heights = density_curves(*counts, points=points)
        return pd.DataFrame(
            {
                "test": np.repeat(usable["test"].to_numpy(), points),
                "variant": np.repeat(usable["variant"].to_numpy(), points),
                "rate": rates.ravel(),
                "density": heights.ravel(),
            }
        )

    def one(self, test: object = None) -> Comparison:
        """The same with one test: the first unless `test` names another."""
        if test is None and len(self.tests) == 1:
            return self
        return self.only(self.tests["test"].iloc[0] if test is None and len(self.tests) else test)
