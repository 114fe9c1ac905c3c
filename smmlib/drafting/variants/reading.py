"""Read phrasebooks: those that come with smmlib, and a team's own YAML."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from smmlib.drafting.variants.phrasebook import Phrasebook
from smmlib.errors import InvalidRecordError, InvalidValueError, UnreadableFileError
from smmlib.language import LANGUAGES, Language, mark

_SHIPPED: dict[Language, str] = {"de": "german.yaml", "en": "english.yaml"}
_LARGEST = 1_000_000


def shipped_phrasebook(language: Language) -> Phrasebook:
    """The phrasebook that comes with smmlib."""
    return _shipped(language)


def read_phrasebook(text: str, *, name: str = "") -> Phrasebook:
    """Read a phrasebook from YAML: name, language, replaces, formulas, slots.

        name: Werkstatt
        language: de
        slots:
          closing:
            - 'Die Werkstatt hat bis 19 Uhr auf.'
            - {du: 'Komm vorbei.', Sie: 'Kommen Sie vorbei.', ihr: 'Kommt vorbei.', neutral: 'Bis bald.'}

    Args:
        text: The YAML.
        name: What errors call it, e.g. the name of the file, and its name when it gives none.

    Raises:
        UnreadableFileError: It is no YAML, is too large, or asks for more than text, lists and tables.
        InvalidRecordError: A field is unknown, a phrase holds what it may not, or slots refer to each
            other in a circle.
        InvalidValueError: A formula or phrase names a slot that neither it nor smmlib has.
    """
    where = name or "YAML"
    fields = _load(text, where)
    if not isinstance(fields, dict):
        raise UnreadableFileError(
            mark("{file} is no phrasebook: it must be a table with name, language and slots."), file=where
        )
    try:
        book = Phrasebook(**{"name": where, **{str(key): value for key, value in fields.items()}})
    except InvalidRecordError as problem:
        raise InvalidRecordError(where, problem.problems) from None
    shipped_phrasebook(book.language).extended(book).require_complete()
    return book


def combined(language: Language, own: Iterable[Phrasebook]) -> Phrasebook:
    """The phrasebook that comes with smmlib, with a team's own of that language put over it."""
    book = shipped_phrasebook(language)
    for each in own:
        if each.language == language:
            book = book.extended(each)
    book.require_complete()
    return book


@cache
def _shipped(language: Language) -> Phrasebook:
    if language not in LANGUAGES:
        raise InvalidValueError(
            mark("There are no phrases in the language {language!r}; it must be 'de' or 'en'."),
            language=language,
        )
    text = (Path(__file__).parent / _SHIPPED[language]).read_text(encoding="utf-8")
    return Phrasebook(id=language, **_load(text, _SHIPPED[language]))


class _PlainLoader(yaml.SafeLoader):
    """Text, lists and tables only: no anchors, which can make a small file endless, no repeated keys."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias (*)")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"{key!r} twice in line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def _load(text: str, where: str) -> Any:
    if len(text) > _LARGEST:
        raise UnreadableFileError(
            mark("{file} has {count} characters; a phrasebook may have {limit}. Split it."),
            file=where,
            count=len(text),
            limit=_LARGEST,
        )
    try:
        return yaml.load(text, Loader=_PlainLoader)
    except yaml.constructor.ConstructorError as problem:
        raise UnreadableFileError(
            mark(
                "{file} asks for a Python object ({why}); a phrasebook holds text, lists and tables only. "
                "Take that line out."
            ),
            file=where,
            why=problem.problem or "",
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        raise UnreadableFileError(
            mark("{file} cannot be read as YAML ({why}). Put phrases between single quotes."),
            file=where,
            why=" ".join(str(problem).split())[:200],
        ) from None
