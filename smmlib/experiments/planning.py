"""How many people a test needs, before it starts."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from statistics import NormalDist

import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.comparing import check_dispersion
from smmlib.experiments.looks import check_looks, pocock_inflation
from smmlib.language import Language, mark, say


@dataclass(frozen=True, slots=True)
class TestPlan:
    """What a test needs. Rates are fractions.

    Attributes:
        base_rate: Rate expected of the usual variant.
        target_rate: Rate that is to be told from it.
        arms: Variants.
        power: Chance to find a difference of that size.
        alpha: Chance of a false winner.
        looks: Looks planned.
        dispersion: Variance inflation reckoned with.
        trials_per_arm: People each variant must be shown to.
    """

    base_rate: float
    target_rate: float
    arms: int
    power: float
    alpha: float
    looks: int
    dispersion: float
    trials_per_arm: int

    @property
    def trials(self) -> int:
        """People in all."""
        return self.arms * self.trials_per_arm

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute."""
        return pd.DataFrame([{**asdict(self), "trials": self.trials}])

    def text(self, language: Language = "en") -> str:
        """The plan in a few sentences."""
        sentences = [
            say(
                "To tell {target_rate:%2} from {base_rate:%2}, each of the {arms} variants must be shown "
                "to {each} people, {trials} in all. A difference of that size is then found with "
                "{power:%0} probability; a false winner turns up in {alpha:%0} of cases.",
                language,
                each=self.trials_per_arm,
                trials=self.trials,
                **asdict(self),
            )
        ]
        if self.looks > 1:
            sentences.append(
                say(
                    "You may look {looks} times, after equal shares, and stop as soon as compare(…, "
                    "looks={looks:plain}) names a winner.",
                    language,
                    looks=self.looks,
                )
            )
        else:
            sentences.append(
                say("Look once, at the end; looking earlier makes false winners more frequent.", language)
            )
        return " ".join(sentences)


def plan_test(  # noqa: PLR0913
    base_rate: float,
    relative_lift: float,
    *,
    arms: int = 2,
    power: float = 0.8,
    alpha: float = 0.05,
    looks: int = 1,
    dispersion: float = 1.0,
) -> TestPlan:
    """Trials each variant needs so that a lift of that size is found with that probability.

    Args:
        base_rate: Rate of the usual variant, a fraction between 0 and 1 (0.05 = 5 %).
        relative_lift: Change to be found, relative to it (0.2: 5 % becomes 6 %; may be negative).
        arms: Variants, 2 to 100. With more than two, alpha is shared among the pairs with the best
            variant (Bonferroni), which is on the safe side.
        power: Probability to find it, between alpha and 1.
        alpha: Two-sided error, between 0 and 1.
        looks: Looks planned, 1 to 50; with several, Pocock's bound as in `compare`.
        dispersion: Variance inflation, at least 1.

    Raises:
        InvalidValueError: A value lies outside its range.

    Source:
        Two-sided test with the pooled variance under the null: Fleiss, Levin and Paik (2003),
        Statistical Methods for Rates and Proportions, 4.14, without continuity correction; 8,158 a
        side for 5 % against 6 %. Pocock (1977) for looks.
    """
    target = base_rate * (1 + relative_lift)
    _check_rates(base_rate, relative_lift, target)
    _check_terms(arms, power, alpha)
    check_looks(looks)
    check_dispersion(dispersion)
    normal, shared = NormalDist(), alpha / (arms - 1)
    middle = (base_rate + target) / 2
    under_null = normal.inv_cdf(1 - shared / 2) * math.sqrt(2 * middle * (1 - middle))
    under_lift = normal.inv_cdf(power) * math.sqrt(base_rate * (1 - base_rate) + target * (1 - target))
    each = ((under_null + under_lift) / (target - base_rate)) ** 2 * dispersion
    if looks > 1:
        each *= pocock_inflation(looks, shared, power)
    return TestPlan(base_rate, target, arms, power, alpha, looks, float(dispersion), math.ceil(each))


def _check_rates(base_rate: float, relative_lift: float, target: float) -> None:
    if not 0 < base_rate < 1:
        raise InvalidValueError(
            mark("The base rate is {rate:plain}; it must lie between 0 and 1 (0.05 stands for 5 %)."),
            rate=base_rate,
        )
    if relative_lift == 0 or not 0 < target < 1:
        raise InvalidValueError(
            mark(
                "A lift of {lift:%0} on {rate:%2} gives {target:%2}; it must give another rate between "
                "0 and 100 %."
            ),
            lift=float(relative_lift),
            rate=float(base_rate),
            target=float(target),
        )


def _check_terms(arms: int, power: float, alpha: float) -> None:
    if not 2 <= arms <= 100:
        raise InvalidValueError(mark("arms is {arms}; a test needs 2 to 100 variants."), arms=arms)
    if not 0 < alpha < power < 1:
        raise InvalidValueError(
            mark("power is {power:plain} and alpha {alpha:plain}; it must be 0 < alpha < power < 1."),
            power=power,
            alpha=alpha,
        )
