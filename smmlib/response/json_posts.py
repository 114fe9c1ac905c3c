"""JSON archives of posts (ActivityPub, Takeout) as rows of text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from smmlib.encoding import decode
from smmlib.errors import UnreadableFileError
from smmlib.language import mark

Row = dict[str, str]

_DEEPEST = 8


def json_rows(data: bytes, name: str) -> dict[str, list[Row]]:
    """The lists of objects in a JSON document: name of the list to its rows.

    The document itself, or each entry of a document that is a list, is a row of the list "". Objects
    inside are flattened, "author.name"; of a list there is its length, "comments.count", its first
    object, "comments.0.text", and of words all of them, joined by commas. Every value is text as
    written; numbers are not computed with, so ids keep all their digits.

    Args:
        data: The document.
        name: What messages call it.

    Raises:
        UnreadableFileError: It is no JSON, or nested too deeply.
    """
    text = decode(data, name).text
    try:
        document = json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: "")
    except json.JSONDecodeError as problem:
        raise UnreadableFileError(
            mark("{name} is damaged: line {line} is no JSON. Please export it again."),
            name=name,
            line=problem.lineno,
        ) from None
    except RecursionError:
        raise UnreadableFileError(
            mark("{name} is nested too deeply to be an archive of posts."), name=name
        ) from None
    lists = {"": document if isinstance(document, list) else [document]}
    if isinstance(document, dict):
        lists |= {key: value for key, value in document.items() if isinstance(value, list)}
    rows = {key: [entry for entry in value if isinstance(entry, dict)] for key, value in lists.items()}
    return {key: [dict(_flat(entry, "", 0)) for entry in found] for key, found in rows.items() if found}


def _flat(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list):
        yield f"{path}.count", str(len(value))
        words = [entry for entry in value if isinstance(entry, str)]
        if words:
            yield path, ", ".join(words)
        elif value:
            yield from _flat(value[0], f"{path}.0", depth + 1)
    elif value is not None:
        yield path, str(value).lower() if isinstance(value, bool) else str(value)
