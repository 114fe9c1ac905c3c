"""Advice in words: every design with its cost and its weeks, and what to do."""

from __future__ import annotations

from smmlib.experiments.advice import QUESTIONS, WAYS, Advice
from smmlib.experiments.advice_options import Option
from smmlib.language import Language, mark, money, number, say, say_many

_COUNTED = {
    "slots": mark("{units} posts"),
    "newsletter": mark("{units} recipients"),
    "paid": mark("{units} impressions"),
    "switchback": mark("{units} weeks in turn"),
}
_LACKING = {
    "scatter": mark("how past posts scatter has to be known first (slot_scatter)"),
    "posts_per_week": mark("the number of posts a week has to be known"),
    "subscribers": mark("the number of newsletter recipients has to be known"),
    "cpm": mark("the CPM has to be known to tell the cost"),
    "budget": mark("the budget has to be known"),
}
_WHY = {
    "slots": mark("it costs nothing and tests the post as people meet it"),
    "newsletter": mark("it costs nothing, and chance decides who reads what"),
    "paid": mark("it decides fastest, but tests creative and delivery together"),
    "pooling": mark("no single test is large enough, several together are"),
    "switchback": mark("a habit cannot differ from post to post"),
}


def advice_text(advice: Advice, language: Language) -> str:
    """One line for what is asked, one for each option, one for what to do."""
    first = say(
        "{question}. To be found: a lift of {lift:%0} on {rate:%2}, within {weeks} weeks.",
        language,
        question=say(QUESTIONS[advice.question], language),
        lift=advice.lift,
        rate=advice.plan.base_rate,
        weeks=advice.weeks,
    )
    lines = [_line(option, language) for option in advice.options]
    return "\n".join([first, *lines, what_to_do(advice, language)])


def _line(option: Option, language: Language) -> str:
    parts = [size_of(option, language)] if option.units is not None else []
    if option.cost:
        parts.append(money(round(option.cost, 2), "EUR", language))
    if option.weeks is not None:
        parts.append(say_many("{count} week", "{count} weeks", option.weeks, language))
    parts.append(verdict_of(option, language))
    return say("- {way}: {what}.", language, way=say(WAYS[option.way], language), what="; ".join(parts))


def verdict_of(option: Option, language: Language) -> str:
    """Whether an option can decide, or what has to be known to tell."""
    if option.way == "history":
        return say("shows what went together, never what caused it", language)
    if option.lacking:
        return say(_LACKING[option.lacking], language)
    return say("can decide" if option.decides else "cannot decide", language)


def size_of(option: Option, language: Language) -> str:
    """People, posts or periods an option needs; an en dash where that is not to be told."""
    if option.units is None:
        return "–"
    units = number(option.units, language)
    if option.way == "pooling":
        return say("{tests} tests, {units} people in all", language, tests=option.tests, units=units)
    return say(_COUNTED[option.way], language, units=units)


def what_to_do(advice: Advice, language: Language) -> str:
    """The recommendation, or what to do where nothing can decide."""
    if advice.recommended is not None:
        return say(
            "Recommended: {way}; {why}.",
            language,
            way=say(WAYS[advice.recommended], language),
            why=say(_WHY[advice.recommended], language),
        )
    sentences = [
        say(
            "None of these can decide this in {weeks} weeks: look for a larger difference, wait longer, or "
            "pool the tests of several campaigns.",
            language,
            weeks=advice.weeks,
        )
    ]
    if advice.affordable_lift is not None:
        text = mark("One paid split within the budget finds a lift of {lift:%0}.")
        sentences.append(say(text, language, lift=advice.affordable_lift))
    return " ".join(sentences)
