"""A brief read from YAML, with everything that does not fit named by line and key, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from smmlib.campaign import Campaign
from smmlib.drafting.briefing.layout import CAMPAIGN, HINTS, Key, Layout
from smmlib.drafting.briefing.nodes import Node, read_nodes
from smmlib.drafting.briefing.typed import read_amount, read_day
from smmlib.errors import InvalidRecordError, SmmError, UnknownNameError, UnreadableFileError
from smmlib.language import Language, Message, mark, say
from smmlib.record import Record


def from_yaml(text: str, *, name: str = "YAML") -> Campaign:
    """Read a brief as `to_yaml` writes it; keys may be missing and stand in any order.

    Args:
        text: The file.
        name: What an error calls it, e.g. the name of the file.

    Raises:
        UnreadableFileError: It is no YAML, or tries what a brief has no need of: objects, anchors.
        InvalidRecordError: Keys or values that do not fit, each with its line; `problems` has them all.
    """
    reader = _Reader()
    campaign = reader.record(read_nodes(text), CAMPAIGN)
    if reader.problems or not isinstance(campaign, Campaign):
        raise InvalidRecordError(name, reader.problems)
    return campaign


class _Reader:
    """Turns nodes into records and collects what does not fit."""

    def __init__(self) -> None:
        self.problems: list[Message | SmmError] = []

    def record(self, node: Node, layout: Layout) -> Record | None:
        """The record of a mapping; None when it cannot be made, which is among the problems then."""
        if not isinstance(node.value, dict):
            names = ", ".join(key.name for key in layout.keys[:4])
            template = mark("Line {line}: here belong lines such as “key: value”, with the keys {names}, …")
            self._wrong(node.line, template, names=names)
            return None
        keys, fields, before = {key.name: key for key in layout.keys}, {}, len(self.problems)
        for name, (line, value) in node.value.items():
            if name not in keys:
                self._unknown(line, name, tuple(keys))
            elif value.value is not None:
                fields[keys[name].field] = self._value(keys[name], value)
        return self._made(node, layout, fields) if len(self.problems) == before else None

    def _made(self, node: Node, layout: Layout, fields: dict[str, Any]) -> Record | None:
        try:
            return layout.record(**fields)
        except InvalidRecordError as refused:
            for problem in refused.problems:
                self._refused(node, layout, problem)
        return None

    def _refused(self, node: Node, layout: Layout, problem: Message | SmmError) -> None:
        """Say in which line what the record does not take stands."""
        assert isinstance(node.value, dict)
        field = problem.values.get("field") if isinstance(problem, Message) else None
        key = next((key for key in layout.keys if key.field == field), None)
        if key is None:
            self.problems.append(_InLineError(node.line, problem))
        elif key.name not in node.value or node.value[key.name][1].value is None:
            self._wrong(node.line, mark("Line {line}: {key} is missing; add it."), key=key.name)
        else:
            line, value = node.value[key.name]
            self._unfit(line, key, value)

    def _value(self, key: Key, node: Node) -> Any:
        if key.kind == "texts":
            return self._texts(key, node)
        if key.kind in ("record by name", "texts by name"):
            return self._by_name(key, node)
        if key.layout is None:
            return self._scalar(key, node)
        if key.kind == "record":
            return self.record(node, key.layout)
        return tuple(self.record(each, key.layout) for each in self._list(key, node))

    def _scalar(self, key: Key, node: Node) -> Any:
        if isinstance(node.value, str) and (key.kind != "word" or node.value in key.allowed):
            try:
                return _FORMS.get(key.kind, str)(node.value)
            except ValueError:
                self._unfit(node.line, key, node)
        else:
            self._unfit(node.line, key, node)
        return None

    def _texts(self, key: Key, node: Node) -> tuple[str, ...]:
        found = []
        for each in self._list(key, node):
            if isinstance(each.value, str):
                found.append(each.value)
            elif each.value is not None:
                self._unfit(each.line, key, each)
        return tuple(found)

    def _by_name(self, key: Key, node: Node) -> dict[str, Any]:
        if not isinstance(node.value, dict):
            template = mark("Line {line}, {key}: here belong lines such as “{name}:”.")
            self._wrong(node.line, template, key=key.name, name=key.allowed[0])
            return {}
        found: dict[str, Any] = {}
        for name, (line, value) in node.value.items():
            if name not in key.allowed:
                self._unknown(line, name, key.allowed)
            elif key.layout is None:
                found[name] = () if value.value is None else self._texts(key, value)
            elif value.value is not None:
                found[name] = self.record(value, key.layout)
            else:
                found[name] = key.layout.record()
        return found

    def _list(self, key: Key, node: Node) -> list[Node]:
        if isinstance(node.value, list):
            if key.most and len(node.value) > key.most:
                template = mark("Line {line}, {key}: {count} entries; {most} at most.")
                self._wrong(node.line, template, key=key.name, count=len(node.value), most=key.most)
            return node.value
        template = mark(
            "Line {line}, {key}: here belongs a list, each entry on a line that begins with “- ”."
        )
        self._wrong(node.line, template, key=key.name)
        return []

    def _unfit(self, line: int, key: Key, node: Node) -> None:
        hint = Message(HINTS.get(key.kind, HINTS["text"]), {"names": ", ".join(key.allowed)})
        self.problems.append(_UnfitError(line, key.name, node, hint))

    def _unknown(self, line: int, name: str, known: tuple[str, ...]) -> None:
        self.problems.append(_InLineError(line, UnknownNameError(mark("Key"), name, known)))

    def _wrong(self, line: int, template: str, **values: object) -> None:
        self.problems.append(Message(template, {"line": line, **values}))


class _InLineError(UnreadableFileError):
    """Another error, with the line it is in."""

    def __init__(self, line: int, problem: Message | SmmError) -> None:
        self.problem = problem
        super().__init__(mark("Line {line}: {problem}"), line=line, problem="")

    def text(self, language: Language = "en") -> str:
        """The line and what is wrong in it."""
        values = {**self.message.values, "problem": self.problem.text(language)}
        return say(self.message.template, language, **values)


class _UnfitError(UnreadableFileError):
    """A value that its key does not take, and what it does take."""

    def __init__(self, line: int, key: str, node: Node, hint: Message) -> None:
        self.hint = hint
        shown = repr(node.value)[:80] if isinstance(node.value, str) else ""
        template = mark("Line {line}, {key}: {value} does not fit; write {hint}.")
        if not shown:
            template = mark("Line {line}, {key}: a list or nothing does not fit; write {hint}.")
        super().__init__(template, line=line, key=key, value=shown, hint="")

    def text(self, language: Language = "en") -> str:
        """The line, the key, the value and what to write instead."""
        values = {**self.message.values, "hint": self.hint.text(language)}
        return say(self.message.template, language, **values)


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError
    return int(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError
    return text == "true"


def _amount(text: str) -> Decimal:
    return read_amount(text, "en")


_FORMS: dict[str, Callable[[str], Any]] = {
    "amount": _amount,
    "day": read_day,
    "moment": _moment,
    "number": _number,
    "truth": _truth,
}
"""Kind of key to what makes its value of the text; any `ValueError` says that it does not fit."""
