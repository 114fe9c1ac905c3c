"""Every error smmlib raises on purpose. Catch `SmmError` to catch them all.

    SmmError
    ├── UnknownNameError      a network, metric, column, … of that name does not exist   (KeyError)
    ├── InvalidValueError     a value lies outside what is allowed                       (ValueError)
    │   └── InvalidRecordError  fields of a record that do not fit, all at once
    ├── MissingColumnError    a table lacks columns that are needed                      (KeyError)
    ├── UnreadableFileError   a file is empty, binary, damaged or of an unknown kind     (ValueError)
    ├── ConflictError         somebody else changed the record meanwhile                 (RuntimeError)
    └── WorkspaceError        a workspace cannot be opened, read or written              (OSError)

Each says which thing, which value, what is allowed and what to do now; `.text(language)` says it in
the user's language, `str()` in English.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from smmlib.language import Language, Message, mark, say


class SmmError(Exception):
    """Base of all errors a user of smmlib can cause and can repair.

    Args:
        template: English sentence with `{placeholders}`, marked for the catalogue.
        **values: What fills the placeholders.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(template)

    def text(self, language: Language = "en") -> str:
        """The message in `language`."""
        return self.message.text(language)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.__dict__, self.args)


def _rebuild(kind: type[SmmError], state: dict[str, object], args: tuple[object, ...]) -> SmmError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidValueError(SmmError, ValueError):
    """A value lies outside what is allowed."""


class InvalidRecordError(InvalidValueError):
    """Fields of a record do not fit; `problems` holds one message for each."""

    def __init__(self, record: str, problems: Sequence[Message | SmmError]) -> None:
        self.problems = tuple(problems)
        super().__init__(mark("{record} cannot be used:"), record=record)

    def text(self, language: Language = "en") -> str:
        """All problems, one a line."""
        return "\n".join([super().text(language), *(f"  {p.text(language)}" for p in self.problems)])


class UnreadableFileError(SmmError, ValueError):
    """A file is empty, binary, damaged or of an unknown kind."""


class ConflictError(SmmError, RuntimeError):
    """Somebody else changed the record since it was read."""


class WorkspaceError(SmmError, OSError):
    """A workspace cannot be opened, read or written."""


class UnknownNameError(SmmError, KeyError):
    """A name that does not exist, with the nearest one that does.

    Args:
        kind: What was looked for, e.g. "network"; marked for the catalogue.
        name: The name given.
        known: The names there are.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        super().__init__(mark("{kind} {name!r} is unknown."), kind=kind, name=name)

    def text(self, language: Language = "en") -> str:
        """What is unknown, what it may have meant, what there is."""
        lines = [say("{kind} {name!r} is unknown.", language, kind=say(self.kind, language), name=self.name)]
        near = difflib.get_close_matches(self.name, self.known, n=1)
        if near:
            lines.append(say("Did you mean {name!r}?", language, name=near[0]))
        names = ", ".join(map(repr, self.known[:40])) or say("none", language)
        lines.append(say("There is: {names}.", language, names=names))
        return " ".join(lines)


class MissingColumnError(SmmError, KeyError):
    """A table lacks columns that are needed.

    Args:
        missing: Columns that were looked for.
        available: Columns the table has.
        source: File or table they were looked for in.
    """

    def __init__(self, missing: Iterable[str], available: Iterable[str], *, source: str) -> None:
        self.missing, self.available, self.source = tuple(missing), tuple(available), source
        super().__init__(mark("{source}: missing column(s) {columns}."), source=source, columns="")

    def text(self, language: Language = "en") -> str:
        """What is missing, what it may be called instead, what there is."""
        columns = ", ".join(map(repr, self.missing))
        lines = [say("{source}: missing column(s) {columns}.", language, source=self.source, columns=columns)]
        lines += [
            "  " + say("{name!r}: did you mean {near!r}?", language, name=name, near=near)
            for name in self.missing
            for near in difflib.get_close_matches(name, self.available, n=1)
        ]
        found = ", ".join(map(repr, self.available[:40])) or say("none", language)
        lines.append("  " + say("Columns found: {names}.", language, names=found))
        return "\n".join(lines)
