"""Advice in words: every design with its cost and its weeks, and what to do."""

from __future__ import annotations

from smmlib.experiments.advice import QUESTIONS, WAYS, Advice
from smmlib.experiments.advice_options import Option
from smmlib.language import Language, mark, money, number, say, say_many

_COUNTED = {
    "slots": mark("{units} posts"),
    "newsletter": mark("{units} recipients"),
    "paid": mark("{units} impressions"),
    "switchback": mark("{units} periods of a week"),
}
_LACKING = {
    "scatter": mark("how past posts scatter has to be known first"),
    "posts_per_week": mark("the number of posts a week has to be known"),
    "subscribers": mark("the number of newsletter recipients has to be known"),
    "cpm": mark("the CPM has to be known to tell the cost"),
    "budget": mark("the budget has to be known"),
}
_OBSTACLES = {
    "": mark("can decide"),
    "time": mark("takes too long to decide in time"),
    "subscribers": mark("cannot decide: that is more than one newsletter reaches"),
    "budget": mark("cannot decide in time: the budget does not last"),
}
_WHY = {
    "slots": mark("it costs nothing and tests the post as people meet it"),
    "newsletter": mark("it costs nothing, and chance decides who reads what"),
    "paid": mark("it needs no audience of one's own, but tests creative and delivery together"),
    "pooling": mark("no single test is large enough, several together are"),
    "switchback": mark("a habit cannot differ from post to post"),
}


def advice_text(advice: Advice, language: Language) -> str:
    """One line for what is asked, one for each option, one for what to do."""
    first = say_many(
        "{question}. To be found: a lift of {lift:%0} on {rate:%2}, within {count} week.",
        "{question}. To be found: a lift of {lift:%0} on {rate:%2}, within {count} weeks.",
        advice.weeks,
        language,
        question=say(QUESTIONS[advice.question], language),
        lift=advice.lift,
        rate=advice.plan.base_rate,
    )
    lines = [_line(option, language) for option in advice.options]
    return "\n".join([first, *lines, what_to_do(advice, language)])


def _line(option: Option, language: Language) -> str:
    parts = [size_of(option, language)] if option.units is not None else []
    if option.cost:
        parts.append(money(round(option.cost, 2), "EUR", language))
    elif option.cost is not None and option.weeks is not None:
        parts.append(say("no media cost", language))
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
    return say(_OBSTACLES[option.obstacle], language)


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
    sentences = [_undecided(advice, language)]
    if advice.affordable_lift is not None:
        text = mark("A paid split with the budget of that time finds a lift of {lift:%0}.")
        sentences.append(say(text, language, lift=advice.affordable_lift))
    return " ".join(sentences)


def _undecided(advice: Advice, language: Language) -> str:
    """Why nothing is recommended: because nothing can decide, or because too little is known to tell."""
    if any(option.lacking for option in advice.options):
        return say(
            "Nothing can be recommended yet: none of the ways that can be reckoned decides in time. Say what "
            "is still unknown, look for a larger difference, or wait longer.",
            language,
        )
    return say_many(
        "None of these can decide this in {count} week: look for a larger difference, or wait longer.",
        "None of these can decide this in {count} weeks: look for a larger difference, or wait longer.",
        advice.weeks,
        language,
    )
