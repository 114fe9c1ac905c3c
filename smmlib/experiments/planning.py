"""How many people a test needs, before it starts; what it can find; how long it takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from smmlib.errors import UnknownNameError
from smmlib.experiments.dispersion import Dispersion
from smmlib.experiments.plan_terms import (
    check_power,
    check_rates,
    check_traffic,
    check_trials,
    checked_shares,
    dispersion_range,
    split_of,
)
from smmlib.experiments.plan_text import plan_text
from smmlib.experiments.sizing import lift_for, power_of, rates, trials_for
from smmlib.experiments.split_design import Against, Split
from smmlib.language import Language, mark

PLANNED_DESIGNS = ("randomised", "platform")


@dataclass(frozen=True, slots=True)
class TestPlan:
    """What a test needs. Rates and shares are fractions.

    Attributes:
        base_rate: Rate expected of the usual variant.
        target_rate: Rate that is to be told from it.
        arms: Variants.
        power: Chance to find a difference of that size. With more than two variants: that the one with the
            smallest share, better by that much while the others are alike, is named the winner (or told
            from the control).
        alpha: Chance of a false winner.
        looks: Looks planned.
        dispersion: Variance inflation reckoned with.
        trials_per_arm: People each variant must be shown to; with unequal shares the variant with the
            smallest.
        trials_by_arm: People of each variant, in the order of the shares.
        shares: Share of each variant; they add up to 1.
        against: "best": a winner beats every other variant; "control": it beats the first one.
        design: "randomised", or "platform": the network's own split, which tests creative and delivery
            together.
        trials_low: People in all if the dispersion is as low as its 95 % interval allows.
        trials_high: People in all if it is as high; both equal `trials` where the dispersion is known.
        degrees: Degrees of freedom of the estimated dispersion; infinite: it is known.
        per_day: People expected a day in the whole test, or None.
    """

    base_rate: float
    target_rate: float
    arms: int
    power: float
    alpha: float
    looks: int
    dispersion: float
    trials_per_arm: int
    trials_by_arm: tuple[int, ...]
    shares: tuple[float, ...]
    against: Against
    design: str
    trials_low: int
    trials_high: int
    degrees: float
    per_day: float | None

    @property
    def trials(self) -> int:
        """People in all."""
        return sum(self.trials_by_arm)

    @property
    def days(self) -> int | None:
        """Days until all have been reached; None without an expected traffic."""
        return None if self.per_day is None else math.ceil(self.trials / self.per_day)

    @property
    def whole_weeks(self) -> int | None:
        """Days rounded up to whole weeks, so that every weekday counts alike."""
        return None if self.days is None else math.ceil(self.days / 7)

    def power_with(self, trials: float) -> float:
        """Chance to find the planned difference with that many people in all."""
        lift = self.target_rate / self.base_rate - 1
        return power_of(*rates(self.base_rate, lift, self.against), check_trials(trials), self._split())

    def lift_with(self, trials: float) -> float | None:
        """The smallest lift that many people in all find with the planned power; None: no lift at all."""
        upwards = self.target_rate > self.base_rate
        return lift_for(self.base_rate, check_trials(trials), self.power, self._split(), upwards=upwards)

    def look_schedule(self) -> pd.DataFrame:
        """One row per look: look, share of the test, trials (people in all by then), day (or missing)."""
        shares = [look / self.looks for look in range(1, self.looks + 1)]
        trials = [math.ceil(share * self.trials) for share in shares]
        days = [None if self.per_day is None else math.ceil(count / self.per_day) for count in trials]
        return pd.DataFrame(
            {
                "look": range(1, self.looks + 1),
                "share": shares,
                "trials": trials,
                "day": pd.array(days, dtype="Int64"),
            }
        )

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute, the trials in all, days and whole weeks."""
        more = {"trials": self.trials, "days": self.days, "whole_weeks": self.whole_weeks}
        return pd.DataFrame([{**asdict(self), **more}])

    def text(self, language: Language = "en") -> str:
        """The plan in a few sentences."""
        return plan_text(self, language)

    def _split(self) -> Split:
        return Split(self.shares, self.against, self.alpha, self.dispersion, self.degrees, self.looks)


def plan_test(  # noqa: PLR0913
    base_rate: float,
    relative_lift: float,
    *,
    arms: int = 2,
    power: float = 0.8,
    alpha: float = 0.05,
    looks: int = 1,
    dispersion: float | Dispersion = 1.0,
    shares: Sequence[float] | None = None,
    against: Against = "best",
    per_day: float | None = None,
    design: str = "randomised",
) -> TestPlan:
    """People each variant needs so that a lift of that size is found with that probability.

    It is for tests in which chance, or the platform, decides who sees what. For organic posts see
    `plan_slots`.

    Args:
        base_rate: Rate of the usual variant, a fraction between 0 and 1 (0.05 = 5 %).
        relative_lift: Change to be found, relative to it (0.2: 5 % becomes 6 %; may be negative).
        arms: Variants, 2 to 100; not needed when shares are given. With more than two, one of them is
            taken to be better and the others alike, and the test ends as `compare` decides, with Holm's
            correction.
        power: Probability to find it, between alpha and 1.
        alpha: Two-sided error, between 0 and 1.
        looks: Looks planned, 1 to 50; with several, Pocock's bound as in `compare`.
        dispersion: Variance inflation, at least 1; or what `estimate_dispersion` returned, whose own
            uncertainty then counts too.
        shares: Expected split, e.g. (10, 10, 80); fractions that add up to 1 or per cents that add up to
            100. None: equal. The better variant is taken to have the smallest share.
        against: "best": a winner has to beat every other variant; "control": it has to beat the first.
        per_day: People expected a day in the whole test, or None.
        design: "randomised" or "platform".

    Raises:
        InvalidValueError: A value lies outside its range, or the shares do not add up.
        UnknownNameError: No such design or comparison.

    Source:
        Two-sided test with the pooled variance under the null: Fleiss, Levin and Paik (2003),
        Statistical Methods for Rates and Proportions, 4.14, without continuity correction; 8,158 a
        side for 5 % against 6 %. Unequal shares: Fleiss, Tytun and Ury (1980), Biometrics 36:343-346.
        Pocock (1977) for looks. More than two variants: see `sizing`.
    """
    check_rates(base_rate, relative_lift)
    check_power(power, alpha)
    split = split_of(checked_shares(arms, shares), against, alpha, looks, dispersion)
    check_traffic(per_day)
    if design not in PLANNED_DESIGNS:
        raise UnknownNameError(mark("Design"), str(design), PLANNED_DESIGNS)
    needed = trials_for(*rates(base_rate, relative_lift, against), power, split)
    by_arm = tuple(math.ceil(needed * share * (1 - 1e-12)) for share in split.shares)
    low, high = dispersion_range(dispersion)
    return TestPlan(
        base_rate=base_rate,
        target_rate=base_rate * (1 + relative_lift),
        arms=len(split.shares),
        power=power,
        alpha=alpha,
        looks=looks,
        dispersion=split.dispersion,
        trials_per_arm=min(by_arm),
        trials_by_arm=by_arm,
        shares=split.shares,
        against=against,
        design=design,
        trials_low=math.ceil(sum(by_arm) * low),
        trials_high=math.ceil(sum(by_arm) * high),
        degrees=split.degrees,
        per_day=per_day,
    )
