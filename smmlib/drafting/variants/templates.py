"""Phrases with places for the briefing's words: what they may hold, checked on the parsed template.

A phrase is a jinja2 template of which only this much is allowed:

    {{ core }}                          a word of the briefing
    {{ offer.accusative }}              a whole noun phrase in a case
    {{ offer | verb("ist", "sind") }}   a verb that agrees with it
    {{ benefit.nominative | start }}    with a capital; `bare`: without its full stop; `inner`: within quotes
    {{ slots.closing }}                 a phrase of another slot

Everything else a template language can do is refused, and what is left runs in jinja2's sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from smmlib.errors import InvalidValueError
from smmlib.language import mark

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

NOUNS: tuple[str, ...] = ("offer", "benefit", "problem", "audience")
CASES: tuple[str, ...] = ("nominative", "accusative", "dative")
WORDS: tuple[str, ...] = ("core", "message", "proof", "source", "price", "percentage", "day", "link")
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Template:
    """A checked phrase.

    Attributes:
        text: The phrase as written.
        needs: Words and noun phrases of the briefing it cannot do without.
        slots: Slots it refers to.
    """

    text: str
    needs: frozenset[str]
    slots: frozenset[str]

    def fill(self, words: Mapping[str, Any]) -> str:
        """The phrase with the briefing's words in their places, beginning with a capital."""
        return start(_compiled(self.text)(words)) if "{{" in self.text else start(self.text)


@lru_cache(maxsize=4096)
def read_template(text: str) -> Template:
    """Check a phrase.

    Raises:
        InvalidValueError: It is empty or too long, does not parse, names something the briefing does not
            have, or holds more than a phrase may.
    """
    from jinja2 import TemplateSyntaxError, nodes

    if not text.strip() or len(text) > _LONGEST:
        raise InvalidValueError(
            mark("A phrase has {count} characters; it must have between 1 and {limit}."),
            count=len(text.strip()),
            limit=_LONGEST,
        )
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as problem:
        raise InvalidValueError(
            mark("The places of the phrase cannot be read ({why}); write them as {example}."),
            why=problem.message or "",
            example="{{ offer.accusative }}",
        ) from None
    parts = [p for node in tree.body for p in (node.nodes if isinstance(node, nodes.Output) else [node])]
    found = [_place(part) for part in parts if not isinstance(part, nodes.TemplateData)]
    needs = frozenset(path[0] for path in found if path[0] != "slots")
    return Template(text, needs, frozenset(".".join(path[1:]) for path in found if path[0] == "slots"))


def start(text: str) -> str:
    """`text` with its first letter as a capital; names such as "iPhone" stay as they are."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """A sentence without its full stop, to stand within another one."""
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def inner(text: str) -> str:
    """A text with its quotation marks as those of a quote within a quote."""
    return text.translate(_INNER)


def verb(noun: Mapping[str, Any], one: str, many: str) -> str:
    """The form of a verb that agrees with a noun phrase."""
    return many if noun["plural"] else one


_INNER = str.maketrans("„“”«»", "‚‘’‹›")
_SHAPING: dict[str, Callable[[str], str]] = {"start": start, "bare": bare, "inner": inner}


def _place(node: nodes.Node) -> tuple[str, ...]:
    """What a place names, as a path: ("offer", "accusative"), ("core",) or ("slots", "closing")."""
    from jinja2 import nodes

    if isinstance(node, nodes.Filter) and node.name == "verb":
        path, forms = _path(node.node), [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        agrees = len(path) == 1 and path[0] in NOUNS and not node.kwargs
        if agrees and len(forms) == len(node.args) == 2 and all(isinstance(form, str) for form in forms):
            return path
        raise _refused()
    while isinstance(node, nodes.Filter) and node.name in _SHAPING and node.node is not None:
        if node.args or node.kwargs:
            raise _refused()
        node = node.node
    return _known(_path(node))


def _path(node: nodes.Node | None) -> tuple[str, ...]:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        return (*_path(node.node), node.attr)
    raise _refused()


def _known(path: tuple[str, ...]) -> tuple[str, ...]:
    is_noun = len(path) == 2 and path[0] in NOUNS and path[1] in CASES
    is_slot = len(path) > 1 and path[0] == "slots" and not any(part.startswith("_") for part in path)
    if is_noun or is_slot or (len(path) == 1 and path[0] in WORDS):
        return path
    places = [*(f"{noun}.{case}" for noun in NOUNS for case in CASES), *WORDS]
    raise InvalidValueError(
        mark("The briefing has no {name!r}; a phrase may name {names}, or a slot as {example}."),
        name=".".join(path),
        names=", ".join(places),
        example="{{ slots.closing }}",
    )


def _refused() -> InvalidValueError:
    return InvalidValueError(
        mark("A phrase holds template code; allowed are {examples}. Write everything else as plain text."),
        examples='{{ offer.accusative }}, {{ offer | verb("ist", "sind") }}, {{ core | bare }}',
    )


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    made.globals.clear()
    made.filters = {**_SHAPING, "verb": verb}
    made.tests = {}
    return made


@lru_cache(maxsize=4096)
def _compiled(text: str) -> Callable[[Mapping[str, Any]], str]:
    return _environment().from_string(text).render
