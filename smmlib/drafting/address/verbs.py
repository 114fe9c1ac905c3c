"""Verb forms that tell whom a sentence speaks to; made from the list in verbs.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("verbs.toml")


@dataclass(frozen=True, slots=True)
class VerbForms:
    """Sets of verb forms, in lower case.

    Attributes:
        du: Calls to action to one person ("komm", "teste").
        ihr: Calls to action to several, which may be forms of er or sie too ("macht", "testet").
        only_ihr: Forms that go with ihr and nothing else ("habt", "lest").
        doubtful: Forms of `du` that are nouns, greetings or forms of ich as well ("reise", "test").
        adjectives: Forms of `du` that are adjectives as well ("sichere").
        only_he: Forms that go with er or sie and never with ihr ("gibt", "hat").
        to_whom: Forms whose object is a person, so that "ihr" behind them may be she ("schenkt").
        infinitives: The verbs themselves, which are the forms of wir and sie too.
    """

    du: frozenset[str]
    ihr: frozenset[str]
    only_ihr: frozenset[str]
    doubtful: frozenset[str]
    adjectives: frozenset[str]
    only_he: frozenset[str]
    to_whom: frozenset[str]
    infinitives: frozenset[str]


@cache
def verb_forms() -> VerbForms:
    """The forms, read once."""
    listed = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    words = {name: frozenset(text.split()) for name, text in listed["words"].items()}
    regular, irregular = listed["regular"].split(), listed["irregular"]
    changed = [forms[1] for forms in irregular.values()]
    same = {
        form for form in changed if form in words["singular"] or form in ("ernährt", "gießt", "backt", "tut")
    }
    return VerbForms(
        du=frozenset([*_to_one(regular), *_to_one_irregular(irregular)]),
        ihr=frozenset([*map(_to_several, regular), *changed]),
        only_ihr=frozenset({*changed, *words["plural"]} - same),
        doubtful=words["doubtful"],
        adjectives=words["adjectives"],
        only_he=words["singular"],
        to_whom=words["to_whom"],
        infinitives=frozenset([*regular, *irregular]),
    )


def _to_one(infinitives: Iterable[str]) -> Iterable[str]:
    for verb in infinitives:
        stem = _stem(verb)
        yield from (stem, f"{stem}e")
        if verb.endswith("eln"):
            yield f"{stem[:-2]}le"  # sammeln: sammle


def _to_one_irregular(irregular: dict[str, list[str]]) -> Iterable[str]:
    for verb, (form, _) in irregular.items():
        yield form
        if verb.startswith(form) and not form.endswith("e"):
            yield f"{form}e"  # halten: halt or halte, but geben: gib only


def _to_several(verb: str) -> str:
    stem = _stem(verb)
    return f"{stem}et" if _needs_e(stem) else f"{stem}t"


def _needs_e(stem: str) -> bool:
    """Whether an e stands between stem and ending: "arbeitet", "öffnet", but "lernt", "filmt"."""
    if stem.endswith(("t", "d")):
        return True
    return stem[-1] in "mn" and stem[-2] not in "aeiouyäöülrmnh"


def _stem(verb: str) -> str:
    return verb[:-2] if verb.endswith("en") else verb[:-1]
