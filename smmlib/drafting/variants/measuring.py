"""Which level of a factor a text has, measured on the text itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from smmlib.drafting.variants.calls import call_kind
from smmlib.drafting.variants.factors import LONG, SHORT
from smmlib.drafting.variants.parts import TextParts, text_parts
from smmlib.language import Language, Message, mark

_QUOTED = re.compile(r"\W{0,2}[„“\"«»‚‘](?=\w)")
_STORY: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:stell(?:t euch|en sie sich| dir)|angenommen|(?:alles|es) begann|am anfang|früher"
        r"|es war(?:en)?|erst war"
        r"|neulich|gestern|vorgestern|eines (?:tages|morgens|abends)|letzte[nrs]? (?:woche|jahr|monat"
        r"|sommer|winter)"
        r"|als (?:ich|wir|sie|er)|am ende eines|ein ganz normaler|kurz (?:vor|nach)|damals"
        r"|vor (?:\w+ )?jahren)\b",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:imagine|picture (?:it|this)|(?:it|all) began|in the beginning|once|the other day|yesterday"
        r"|it was"
        r"|at first|last (?:week|year|month|summer|winter)|when (?:i|we|she|he) |one (?:day|morning|evening)"
        r"|at the end of a|an ordinary|just (?:after|before)|years ago|back then)\b",
        re.I,
    ),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    Attributes:
        level: The level, or None when it is none, or several at once.
        found: What was found, for people; a `Message`.
    """

    level: str | None
    found: Message


def measure(factor: str, text: str | TextParts, language: Language) -> Measured:
    """Which level of a standard factor a text has.

    Args:
        factor: "hook", "cta", "length" or "emoji".
        text: The text, or its parts.
        language: Language of the text.
    """
    parts = text if isinstance(text, TextParts) else text_parts(text)
    return MEASURES[factor](parts, language)


def hook_traits(hook: str, language: Language) -> tuple[str, ...]:
    """Kinds of hook a first sentence is: "question", "number", "quote", "story"; none: a statement."""
    if _QUOTED.match(hook):
        return ("quote",)
    found = {
        "question": "?" in hook,
        "number": any(letter.isdigit() for letter in hook),
        "story": bool(_STORY[language].search(hook)),
    }
    return tuple(kind for kind, there in found.items() if there)


def _hook(parts: TextParts, language: Language) -> Measured:
    traits = hook_traits(parts.hook, language) or (("statement",) if parts.hook else ())
    level = traits[0] if len(traits) == 1 else None
    return Measured(level, Message(_HOOK_FOUND.get(traits, _SEVERAL if traits else _NO_TEXT)))


def _cta(parts: TextParts, language: Language) -> Measured:
    kind = call_kind(parts.call or parts.hook, language)
    return Measured(kind, Message(_CALL_FOUND[kind]))


def _length(parts: TextParts, language: Language) -> Measured:
    count = parts.graphemes
    level = "short" if count <= SHORT else "long" if count >= LONG else None
    found = mark("the text has {count} visible characters (short: up to {short}, long: from {long} on)")
    return Measured(level, Message(found, {"count": count, "short": SHORT, "long": LONG}))


def _emoji(parts: TextParts, language: Language) -> Measured:
    count = len(parts.emoji)
    return Measured(str(count), Message(mark("the text has {count} emoji"), {"count": count}))


MEASURES: Mapping[str, Callable[[TextParts, Language], Measured]] = {
    "hook": _hook,
    "cta": _cta,
    "length": _length,
    "emoji": _emoji,
}

_NO_TEXT = mark("there is no text")
_SEVERAL = mark("the hook is several things at once, e.g. a question that holds a number")
_HOOK_FOUND: dict[tuple[str, ...], str] = {
    ("question",): mark("the hook is a question"),
    ("number",): mark("the hook holds a number"),
    ("quote",): mark("the hook is a quote"),
    ("story",): mark("the hook tells a story"),
    ("statement",): mark("the hook is a statement"),
}
_CALL_FOUND: dict[str | None, str] = {
    "direct": mark("the call to action tells readers what to do"),
    "soft": mark("the call to action leaves it to the readers"),
    None: mark("no call to action was found at the end"),
}
