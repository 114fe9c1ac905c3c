"""What every stored record has in common: frozen, validated, with errors in the users' words."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smmlib.errors import InvalidRecordError, SmmError, UnknownNameError
from smmlib.language import Message, mark


def new_id() -> str:
    """A fresh id, 12 hexadecimal digits."""
    return secrets.token_hex(6)


class Record(BaseModel):
    """A frozen, validated record. Change it with `replace`, which validates again."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as problem:
            raise InvalidRecordError(type(self).__name__, _problems(problem, type(self))) from None

    def replace(self, **changes: Any) -> Self:
        """The same record with some fields changed.

        Raises:
            InvalidRecordError: A field is unknown or its value does not fit.
        """
        return type(self)(**{**dict(self), **changes})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `model_dump_json` wrote."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as problem:
            raise InvalidRecordError(cls.__name__, _problems(problem, cls)) from None


class KeptRecord(Record):
    """A record with an id, under which a workspace keeps it.

    Attributes:
        id: Key in the workspace; a fresh one unless given.
    """

    id: str = Field(default_factory=new_id, min_length=1)


def _problems(problem: ValidationError, record: type[BaseModel]) -> list[Message | SmmError]:
    return [_in_our_words(dict(error), record) for error in problem.errors(include_url=False)]


def _in_our_words(error: dict[str, Any], record: type[BaseModel]) -> Message | SmmError:
    field = ".".join(map(str, error["loc"])) or record.__name__
    own = error.get("ctx", {}).get("error")
    if isinstance(own, SmmError):
        return own
    if error["type"] == "extra_forbidden":
        return UnknownNameError(mark("Field"), field, record.model_fields)
    if error["type"] == "missing":
        return Message(mark("{field} is missing; please give a value."), {"field": field})
    if error["type"] == "literal_error":
        allowed = error["ctx"]["expected"].replace(" or ", ", ")
        values = {"field": field, "value": repr(error["input"]), "allowed": allowed}
        return Message(mark("{field} is {value}; it must be one of {allowed}."), values)
    given = error["input"]
    value = str(given) if isinstance(given, Decimal) else repr(given)[:80]
    values = {"field": field, "value": value, "why": error["msg"]}
    return Message(mark("{field} is {value}: {why}."), values)
