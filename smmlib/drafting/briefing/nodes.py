"""YAML as nothing but text, lists and mappings, each knowing its line.

Read from the parser's events, so no object can be made, no anchor multiplied and no word turned into
something else: `no`, `12.50` and 2026-12-13 stay the text they are until the brief says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmlib.errors import SmmError, UnreadableFileError
from smmlib.language import mark

if TYPE_CHECKING:
    from yaml import Event

LARGEST = 1_000_000
"""Characters of a file; a brief has a few thousand."""

DEEPEST = 12
"""Levels of lists and mappings; a brief has six."""

_EMPTY = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file.

    Attributes:
        line: Where it begins, counted from 1.
        value: Text, None for nothing, a list of nodes, or a mapping of key to (line of the key, node).
    """

    line: int
    value: str | list[Node] | dict[str, tuple[int, Node]] | None


def read_nodes(text: str) -> Node:
    """The file as nodes.

    Raises:
        UnreadableFileError: It is no YAML, has a tag, an anchor, a key twice, or is too large or deep.
    """
    import yaml

    if len(text) > LARGEST:
        raise UnreadableFileError(
            mark("The file has {count} characters; a brief has {most} at most."),
            count=len(text),
            most=LARGEST,
        )
    try:
        return _document(iter(yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)))
    except SmmError:
        raise
    except yaml.MarkedYAMLError as problem:
        place = problem.problem_mark or problem.context_mark
        raise _not_yaml(text, place.line + 1 if place else 1, problem.problem or "") from None
    except (yaml.YAMLError, ValueError) as problem:
        raise _not_yaml(text, 1, str(problem).splitlines()[0]) from None


def wrong_at(line: int, template: str, **values: object) -> UnreadableFileError:
    """An error of a line; `template` begins with "Line {line}"."""
    return UnreadableFileError(template, line=line, **values)


def _document(events: Iterator[Event]) -> Node:
    import yaml

    root = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                template = mark(
                    "Line {line}: a second document begins; put each brief into a file of its own."
                )
                raise wrong_at(_line(event), template)
            root = _node(next(events), events, 1)
    if root is None:
        raise UnreadableFileError(mark("The file is empty; a brief begins with a line such as “name: …”."))
    return root


def _node(event: Event, events: Iterator[Event], depth: int) -> Node:
    import yaml

    _refuse(event, depth)
    if isinstance(event, yaml.ScalarEvent):
        nothing = event.implicit[0] and event.style is None and event.value in _EMPTY
        return Node(_line(event), None if nothing else event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        entries = []
        while not isinstance(following := next(events), yaml.SequenceEndEvent):
            entries.append(_node(following, events, depth + 1))
        return Node(_line(event), entries)
    return Node(_line(event), _mapping(events, depth))


def _mapping(events: Iterator[Event], depth: int) -> dict[str, tuple[int, Node]]:
    import yaml

    found: dict[str, tuple[int, Node]] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        _refuse(event, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise wrong_at(
                _line(event), mark("Line {line}: a list or mapping cannot be a key; write a word.")
            )
        name, line = event.value, _line(event)
        if name in found:
            template = mark("Line {line}: {key!r} is there already, in line {first}. Delete one of the two.")
            raise wrong_at(line, template, key=name, first=found[name][0])
        found[name] = (line, _node(next(events), events, depth + 1))
    return found


def _refuse(event: Any, depth: int) -> None:
    """Refuse what could do something, and what no brief needs."""
    import yaml

    if isinstance(event, yaml.AliasEvent) or event.anchor:
        template = mark(
            "Line {line}: anchors and aliases (& and *) are not read; write the text out, in quotes."
        )
        raise wrong_at(_line(event), template)
    if event.tag not in (None, "!"):
        template = mark("Line {line}: {tag!r} asks for an object to be made; delete it or put it in quotes.")
        raise wrong_at(_line(event), template, tag=event.tag)
    if depth > DEEPEST:
        template = mark("Line {line}: more than {most} levels of lists; a brief has six.")
        raise wrong_at(_line(event), template, most=DEEPEST)


def _not_yaml(text: str, line: int, problem: str) -> SmmError:
    written = text.splitlines()[line - 1 : line]
    if "\\t" in problem or any("\t" in each[: len(each) - len(each.lstrip())] for each in written):
        return wrong_at(line, mark("Line {line}: a tab; indent with spaces."))
    template = mark(
        "Line {line} is not YAML ({problem}). Often a colon, # or quote is in the text: "
        "put the text between double quotes."
    )
    return wrong_at(line, template, problem=problem)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
