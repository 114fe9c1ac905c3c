"""A plan in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.language import Language, number, percent, say, say_many

if TYPE_CHECKING:
    from smmlib.experiments.planning import TestPlan


def plan_text(plan: TestPlan, language: Language) -> str:
    """What the test needs, what it finds, how long it takes and when it may be looked at."""
    sentences = [_size(plan, language), _certainty(plan, language)]
    if plan.trials_low != plan.trials_high:
        sentences.append(
            say(
                "How much clicks scatter is itself an estimate: between {low} and {high} people may be "
                "needed.",
                language,
                low=plan.trials_low,
                high=plan.trials_high,
            )
        )
    if plan.days is not None and plan.whole_weeks is not None:
        sentences.append(_duration(plan.days, plan.whole_weeks, language))
    sentences.append(_looks(plan, language))
    if plan.design == "platform":
        sentences.append(
            say(
                "The network's own split shows the variants to different people, so it tests creative and "
                "delivery together, not the text alone.",
                language,
            )
        )
    return " ".join(sentences)


def _size(plan: TestPlan, language: Language) -> str:
    rates = {"target_rate": plan.target_rate, "base_rate": plan.base_rate, "trials": plan.trials}
    if len(set(plan.trials_by_arm)) == 1:
        return say(
            "To tell {target_rate:%2} from {base_rate:%2}, each of the {arms} variants must be shown to "
            "{each} people, {trials} in all.",
            language,
            arms=plan.arms,
            each=plan.trials_per_arm,
            **rates,
        )
    return say(
        "To tell {target_rate:%2} from {base_rate:%2}, {trials} people in all must be reached, split "
        "{shares}: {counts}.",
        language,
        shares=" : ".join(percent(share, language, 0) for share in plan.shares),
        counts=" : ".join(number(count, language) for count in plan.trials_by_arm),
        **rates,
    )


def _certainty(plan: TestPlan, language: Language) -> str:
    values = {"power": plan.power, "alpha": plan.alpha}
    if plan.arms == 2:
        return say(
            "A difference of that size is then found with {power:%0} probability; a false winner turns up in "
            "{alpha:%0} of cases.",
            language,
            **values,
        )
    if plan.against == "control":
        return say(
            "If one variant differs from the control by that much and the others do not, this is found with "
            "{power:%0} probability, whichever one it is; a false winner turns up in at most {alpha:%0} of "
            "cases.",
            language,
            **values,
        )
    return say(
        "If one variant is that much better and the others are alike, it beats every one of them with "
        "{power:%0} probability, whichever one it is; a false winner turns up in at most {alpha:%0} of "
        "cases.",
        language,
        **values,
    )


def _duration(days: int, weeks: int, language: Language) -> str:
    return " ".join(
        [
            say_many(
                "At the expected traffic that takes {count} day.",
                "At the expected traffic that takes {count} days.",
                days,
                language,
            ),
            say_many(
                "Run it for one whole week, so that every weekday counts alike.",
                "Run it for {count} whole weeks, so that every weekday counts alike.",
                weeks,
                language,
            ),
        ]
    )


def _looks(plan: TestPlan, language: Language) -> str:
    if plan.looks == 1:
        return say("Look once, at the end; looking earlier makes false winners more frequent.", language)
    return say(
        "You may look {looks} times, after equal shares, and stop as soon as compare(…, "
        "looks={looks:plain}) names a winner.",
        language,
        looks=plan.looks,
    )
