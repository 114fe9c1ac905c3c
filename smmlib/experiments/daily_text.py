"""A test day by day in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.experiments.leading import p_text
from smmlib.language import Language, day, say, say_many

if TYPE_CHECKING:
    from smmlib.experiments.daily import DayByDay

_MOST = 5  # days named


def daily_text(result: DayByDay, language: Language) -> str:
    """Which days are broken, and whether the difference lasted."""
    if len(result.tests) > 1:
        return _of_all(result, language)
    sentences = [_split(result, language), _lasting(result, language)]
    if len(result.problems):
        sentences.append(
            say_many(
                "{count} row cannot be used; its day is left out.",
                "{count} rows cannot be used; their days are left out.",
                len(result.problems),
                language,
            )
        )
    return " ".join(sentences)


def _split(result: DayByDay, language: Language) -> str:
    days, broken = int(result.tests["segments"].iloc[0]), result.broken_days()
    if len(broken):
        named = [day(on, language) for on in broken["day"][:_MOST]]
        return say_many(
            "The split is broken on {count} of {days} days ({named}; {p}): something decided who saw what, "
            "so the rates must not be compared. Find the cause and repeat the test.",
            "The split is broken on {count} of {days} days ({named}; {p}): something decided who saw what, "
            "so the rates must not be compared. Find the cause and repeat the test.",
            len(broken),
            language,
            days=days,
            named=", ".join(named) + (" …" if len(broken) > _MOST else ""),
            p=p_text(float(broken["p_value"].min()), language),
        )
    p = p_text(float(result.tests["p_value"].iloc[0]), language)
    if result.tests["broken"].iloc[0]:
        return say(
            "No single day stands out, but over all days together the split differs from the plan by more "
            "than chance explains ({p}): the rates must not be compared. Find the cause and repeat the test.",
            language,
            p=p,
        )
    return say_many(
        "The split is as planned on the {count} day ({p}).",
        "The split is as planned on each of {count} days ({p}).",
        days,
        language,
        p=p,
    )


def _lasting(result: DayByDay, language: Language) -> str:
    if result.novelty:
        return result.novelty[0].text(language)
    if int(result.tests["segments"].iloc[0]) < 2:
        return say("One day has no halves to compare.", language)
    return say("The difference did not clearly change between first and second half.", language)


def _of_all(result: DayByDay, language: Language) -> str:
    return " ".join(
        [
            say_many(
                "{count} test looked at day by day.",
                "{count} tests looked at day by day.",
                len(result.tests),
                language,
            ),
            say_many(
                "{count} has a split that is broken by day.",
                "{count} have a split that is broken by day.",
                int(result.tests["broken"].sum()),
                language,
            ),
            say_many(
                "In {count} the difference changed between first and second half.",
                "In {count} the difference changed between first and second half.",
                len(result.novelty),
                language,
            ),
        ]
    )
