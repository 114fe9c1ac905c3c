"""A reply read against the form that was asked for; what does not fit is an error, never guessed at."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smmlib.assistant.problems import CutOffError, EmptyReplyError, UnreadableReplyError
from smmlib.language import mark

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)
_SHOWN = 120


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    suggestions: list[str] = Field(min_length=1, max_length=50)


def read_reply(reply: str) -> tuple[str, ...]:
    """The texts of a reply, without blanks around them; a fence of backticks around the JSON is passed over.

    Raises:
        EmptyReplyError: It has no text.
        CutOffError: It begins as JSON and ends in the middle.
        UnreadableReplyError: It is something else.
    """
    fenced = _FENCE.match(reply)
    text = (fenced[1] if fenced else reply).strip()
    if not text:
        raise EmptyReplyError(mark("The model said nothing. Ask again, or try another model."))
    try:
        texts = _Reply.model_validate_json(text).suggestions
    except ValidationError as problem:
        if text.startswith("{") and "EOF while parsing" in problem.errors()[0]["msg"]:
            raise cut_off() from None
        template = mark(
            "The reply is not the JSON that was asked for; it begins {beginning!r}. "
            "Ask again, or try another model."
        )
        raise UnreadableReplyError(template, beginning=text[:_SHOWN]) from None
    found = tuple(each.strip() for each in texts if each.strip())
    if not found:
        raise EmptyReplyError(mark("The model said nothing. Ask again, or try another model."))
    return found


def cut_off() -> CutOffError:
    """The error of a reply that ends in the middle."""
    return CutOffError(
        mark(
            "The reply ends in the middle. Ask for fewer suggestions, or let the server write longer replies."
        )
    )
