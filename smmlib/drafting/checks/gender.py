"""Is gendered German written as the house does?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.gender_words import generic_masculine
from smmlib.drafting.checks.options import GENDER_RULES, GenderRule
from smmlib.drafting.checks.subject import Subject
from smmlib.language import Message, mark
from smmlib.networks import Finding

_SIGN_OF: dict[GenderRule, str] = {"colon": ":", "star": "*", "underscore": "_"}
# Kund:innen, Kolleg*in, jede_r, Kund/-innen, der/die; an ending behind a sign.
_SIGNED = re.compile(
    r"\b([^\W\d_]{2,})(?P<sign>[:*_·]|/-?)(?P<ending>innen|in|r|n|m|e|die|der)(?![^\W_]|[:*_·/]\w)"
)
_CAPITAL = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]+)(?P<ending>Innen|(?<=er|or)In|(?<=ent|ant|ist|log)In)\b")
_BRACKET = re.compile(r"\b([A-ZÄÖÜ][a-zäöüß]+|jede|eine)\((?P<ending>in|innen|r|n)\)")
_PAIR = re.compile(
    r"\b([A-ZÄÖÜ][a-zäöüß-]{2})[a-zäöüß-]*innen\s+(?:und|oder|sowie|bzw\.|&|/)\s+(?:[a-zäöüß]+\s+)?\1[a-zäöüß-]*"
    r"|\b([A-ZÄÖÜ][a-zäöüß-]{2})[a-zäöüß-]*\s+(?:und|oder|sowie|bzw\.|&|/)\s+(?:[a-zäöüß]+\s+)?\2[a-zäöüß-]*innen\b"
)


def _gender(subject: Subject) -> Iterator[Finding]:
    if subject.language != "de":
        return
    rule = subject.options.gender
    forms = sorted(_forms(subject.prose), key=lambda form: form[0].start())
    if rule == "any":
        yield from _inconsistent(forms)
        return
    own = _SIGN_OF.get(rule, "")
    for found, sign in forms:
        if sign != own:
            yield _against(found, own, rule)
    if rule == "neutral":
        yield from (_pair(found) for found in _PAIR.finditer(subject.prose))
    named = {found.start() for found, _ in forms}
    for start, end in generic_masculine(subject.prose, subject.words):
        if start in named:
            continue
        template = mark(
            "“{word}” means men only, by the house's rule ({rule}). Name all, or use a neutral word."
        )
        values = {"word": subject.text[start:end], "rule": Message(GENDER_RULES[rule])}
        yield Finding("gender", "notice", (start, end), values, template=template)


def _forms(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each gendered form with its sign; "I" stands for the inner capital."""
    for found in _SIGNED.finditer(text):
        sign = found["sign"][0]
        if sign != "/" or found["ending"] != "m":
            yield found, sign
    yield from ((found, "I") for found in _CAPITAL.finditer(text))
    yield from ((found, "(") for found in _BRACKET.finditer(text))


def _inconsistent(forms: list[tuple[re.Match[str], str]]) -> Iterator[Finding]:
    signs = dict.fromkeys(sign for _, sign in forms)
    if len(signs) > 1:
        first = forms[0]
        other = next(form for form in forms if form[1] != first[1])
        template = mark("The text writes gendered words in two ways: “{one}” and “{other}”. Choose one.")
        values = {"one": first[0].group(), "other": other[0].group()}
        yield Finding("gender", "notice", other[0].span(), values, template=template)


def _against(found: re.Match[str], own: str, rule: GenderRule) -> Finding:
    values: dict[str, object] = {"word": found.group(), "rule": Message(GENDER_RULES[rule])}
    if own:
        values["wanted"] = f"{found.group(1)}{own}{found['ending'].lower()}"
        template = mark("“{word}” is not how the house writes ({rule}). Write “{wanted}”.")
    else:
        template = mark("“{word}” is not how the house writes ({rule}). Rephrase it.")
    return Finding("gender", "warning", found.span(), values, template=template)


def _pair(found: re.Match[str]) -> Finding:
    template = mark("“{word}” names both forms; by the house's rule use a neutral word.")
    return Finding("gender", "notice", found.span(), {"word": found.group()}, template=template)


CHECKS = (
    Check(
        "gender",
        mark("Gendered language"),
        mark(
            "Whether gendered German follows the house's rule; with “any form”, whether a text keeps to one."
        ),
        "language",
        _gender,
    ),
)
