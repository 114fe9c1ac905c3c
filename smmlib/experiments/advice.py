"""Which design can answer a question: what each costs, how long it takes, and which one to take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import get_args

import pandas as pd

from smmlib.errors import UnknownNameError
from smmlib.experiments.advice_options import OPTIONS, Means, Option, Question, Way, check_means, paid_people
from smmlib.experiments.dispersion import Dispersion
from smmlib.experiments.planning import TestPlan, plan_test
from smmlib.experiments.scatter import SlotScatter
from smmlib.language import Language, mark

QUESTIONS: dict[Question, str] = {
    "copy": mark("Copy: which of these texts"),
    "style": mark("Style: which way of writing, over many posts"),
    "policy": mark("Policy: which habit, such as how often to post"),
}
WAYS: dict[Way, str] = {
    "slots": mark("Matched slots of organic posts"),
    "newsletter": mark("Newsletter split"),
    "paid": mark("Paid split on the platform (creative and delivery)"),
    "pooling": mark("Pooling over several tests"),
    "switchback": mark("Switchback: switching by the week"),
    "history": mark("Looking back at past posts (association only)"),
}
_SUITABLE: dict[Question, tuple[Way, ...]] = {
    "copy": ("slots", "newsletter", "paid", "pooling", "history"),
    "style": ("slots", "newsletter", "paid", "pooling", "history"),
    "policy": ("switchback", "history"),
}
"""What suits a question, the way to be preferred first."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do to answer a question.

    Attributes:
        question: A key of `QUESTIONS`.
        lift: Relative difference to be found.
        weeks: Weeks the team is ready to wait.
        plan: Plan of one randomised test.
        options: The designs that suit the question.
        recommended: The way to take, or None if none decides in time.
        affordable_lift: Smallest lift a paid split finds with the budget of those weeks; None: none, or not
            to be told.
    """

    question: Question
    lift: float
    weeks: int
    plan: TestPlan
    options: tuple[Option, ...]
    recommended: Way | None
    affordable_lift: float | None

    def option(self, way: Way) -> Option:
        """The option of that way.

        Raises:
            UnknownNameError: It does not suit the question.
        """
        found = {option.way: option for option in self.options}
        if way not in found:
            raise UnknownNameError(mark("Design"), str(way), found)
        return found[way]

    def to_frame(self) -> pd.DataFrame:
        """One row per option, its attributes and whether it is recommended."""
        frame = pd.DataFrame([asdict(option) for option in self.options])
        return frame.assign(recommended=frame["way"] == (self.recommended or ""))

    def text(self, language: Language = "en") -> str:
        """All options, one a line, and what to do."""
        from smmlib.experiments.advice_text import advice_text

        return advice_text(self, language)


def advise(  # noqa: PLR0913
    question: Question,
    *,
    base_rate: float,
    lift: float,
    cpm: float | None = None,
    budget: float | None = None,
    posts_per_week: float | None = None,
    subscribers: int | None = None,
    newsletters_per_week: float = 1.0,
    scatter: float | SlotScatter | None = None,
    weeks: int = 12,
    variants: int = 2,
    power: float = 0.8,
    alpha: float = 0.05,
    dispersion: float | Dispersion = 1.0,
) -> Advice:
    """Say what each design costs and how long it takes, and which one to choose.

    Args:
        question: "copy", "style" or "policy"; see `QUESTIONS`.
        base_rate: Rate of the usual variant, a fraction; of posts, ads and newsletter alike.
        lift: Relative difference worth finding, e.g. 0.2.
        cpm: Euro for a thousand paid impressions, or None.
        budget: Euro that may be spent on paid tests in a month, or None.
        posts_per_week: Posts the team can give to the test a week, or None.
        subscribers: Recipients of one newsletter, or None.
        newsletters_per_week: Newsletters a week.
        scatter: What `slot_scatter` says of past posts, or None.
        weeks: Weeks the team is ready to wait.
        variants: Variants, 2 to 20.
        power: Probability to find the lift.
        alpha: Two-sided error.
        dispersion: Variance inflation, as for `plan_test`.

    Raises:
        UnknownNameError: No such question.
        InvalidValueError: A value lies outside its range.

    Source:
        `plan_test`, `plan_slots`; for pooling see `advice_options.pooled_tests`.
    """
    if question not in get_args(Question):
        raise UnknownNameError(mark("Question"), str(question), get_args(Question))
    means = Means(cpm, budget, posts_per_week, subscribers, newsletters_per_week, scatter, weeks)
    check_means(means)
    plan = plan_test(base_rate, lift, arms=variants, power=power, alpha=alpha, dispersion=dispersion)
    options = tuple(OPTIONS[way](plan, lift, means) for way in _SUITABLE[question])
    recommended = next((option.way for option in options if option.decides), None)
    people = paid_people(means)
    affordable = None if people is None else plan.lift_with(people)
    return Advice(question, lift, weeks, plan, options, recommended, affordable)
