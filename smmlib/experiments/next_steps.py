"""What to expect of a result, and what to do next."""

from __future__ import annotations

from smmlib.experiments.comparison import BETWEEN_LOOKS, NOT_OVER, Comparison
from smmlib.experiments.leading import Lead
from smmlib.experiments.planning import plan_test
from smmlib.experiments.rounding import about, rounded_percent
from smmlib.experiments.shrinkage import PUBLISHED, Prior, shrink
from smmlib.language import Language, mark, say

USUAL_LIFT = 0.2
"""Lift a next test is planned for when none is named: about the published median difference."""

_POWER = 0.8
_ROUGH = 0.4  # a log lift known less well than this (a handful of responses) gives no forecast

_USE = {
    "randomised": mark("Next: use {lead}, and keep the test so that it counts for what works."),
    "platform": mark(
        "Next: use {lead} with this audience and in these placements; before using it elsewhere, test it "
        "where chance splits the readers."
    ),
}
_OWN = mark(
    "Measured lift {lift}; reckon with about {expected} in the long run, because the best of several was "
    "also a little lucky."
)
_OTHERS = mark(  # a published spread holds chance, so it shrinks too little
    "Measured lift {lift}; reckon with {expected} or less in the long run, because the best of several was "
    "also a little lucky."
)
_RUNNING = {
    BETWEEN_LOOKS: mark("Next: go on to the next planned look; what lies between is no time to decide."),
    NOT_OVER: mark("Next: let it go on as planned."),
}
_BOLDER = mark("Next: test something that differs more.")


def expectation(comparison: Comparison, lead: Lead, prior: Prior | None, language: Language) -> list[str]:
    """What the lift of a winner will probably be when it is used again; nothing where none won."""
    if comparison.tests["decision"].iloc[0] != "winner" or lead.lift_error > _ROUGH:
        return []
    arms = shrink(comparison, prior or PUBLISHED).arms
    rows = arms[(arms["variant"].astype(str) == lead.name) & (arms["rival"].astype(str) == lead.other)]
    if rows.empty:  # a control that won is the rival of all others
        return []
    expected = float(rows["expected"].iloc[0])
    shown = [
        rounded_percent(lift, lead.lift_error * (1 + lift), language, sign=True)
        for lift in (lead.lift, expected)
    ]
    if shown[0] == shown[1]:
        return []
    known = (prior or PUBLISHED).tests > 0
    return [say(_OWN if known else _OTHERS, language, lift=shown[0], expected=shown[1])]


def next_step(comparison: Comparison, lead: Lead, language: Language) -> str:
    """What to do next, one or two sentences."""
    decision, reason = (str(comparison.tests[name].iloc[0]) for name in ("decision", "reason"))
    if reason in _RUNNING:
        return say(_RUNNING[reason], language)
    if decision == "winner":
        return say(_USE[comparison.design], language, lead=lead.name)
    if comparison.design == "history":
        return say(
            "Next: let chance decide who sees which variant, in a newsletter split, a paid split or matched "
            "slots.",
            language,
        )
    if decision == "no difference":
        return say(_BOLDER, language)
    return _more_people(comparison, language)


def _more_people(comparison: Comparison, language: Language) -> str:
    """How large a test must be to find a lift worth having, against how large this one was."""
    arms = comparison.arms
    rate = float(arms["successes"].sum() / arms["trials"].sum())
    lift = comparison.smallest_lift or USUAL_LIFT
    if rate == 0:
        return say("Next: choose a metric that more people respond to, or show it to many more.", language)
    if rate * (1 + lift) >= 1:
        return say(_BOLDER, language)
    plan = plan_test(
        rate,
        lift,
        arms=min(max(len(arms), 2), 100),
        power=_POWER,
        alpha=1 - comparison.confidence,
        looks=comparison.looks or 1,
        dispersion=comparison.dispersion,
    )
    figures = {"lift": lift, "each": about(plan.trials_per_arm, language)}
    if plan.trials_per_arm <= arms["trials"].min():
        return say(
            "The test was large enough to find a lift of {lift:%0} in four of five cases, so any difference "
            "is probably smaller. Next: take the one you like, or test something that differs more.",
            language,
            **figures,
        )
    return say(
        "Next: to find a lift of {lift:%0} in four of five cases, plan a new test with about {each} people "
        "for each variant; judging this one again and again until it decides gives false results.",
        language,
        **figures,
    )
