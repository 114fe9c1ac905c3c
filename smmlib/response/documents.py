"""Archives of posts, JSON and HTML, as grids of text like any other file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np

from smmlib.errors import UnreadableFileError
from smmlib.language import mark
from smmlib.response.grid import Grid, text_series
from smmlib.response.html_posts import html_row
from smmlib.response.json_posts import Row, json_rows

Kind = Literal["json", "html"]


def kind_of(data: bytes) -> Kind | None:
    """Whether a file begins like a JSON object or list, or like a page of HTML."""
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{") or (head.startswith(b"[") and head[1:].lstrip()[:1] in (b"{", b"]")):
        return "json"
    return "html" if head[:200].lower().startswith((b"<!doctype html", b"<html")) else None


def read_documents(files: Iterable[tuple[str, bytes]], name: str) -> list[Grid]:
    """One grid for each list of posts; lists of one name in several files are one list.

    Args:
        files: Name and content of each file.
        name: What messages call all of them.

    Raises:
        UnreadableFileError: One of them is damaged, or there are no posts.
    """
    lists: dict[tuple[str, Kind], list[Row]] = {}
    for part, data in files:
        kind = kind_of(data)
        if kind == "html":
            lists.setdefault(("", kind), []).append(html_row(data, part))
        elif kind == "json":
            for key, rows in json_rows(data, part).items():
                lists.setdefault((key, kind), []).extend(rows)
    grids = [_grid(key, kind, rows) for (key, kind), rows in lists.items() if any(rows)]
    if not grids:
        raise UnreadableFileError(mark("{name} holds no posts."), name=name)
    return grids


def _grid(key: str, kind: Kind, rows: list[Row]) -> Grid:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    columns = tuple(text_series([row.get(heading, "") for row in rows]) for heading in headings)
    return Grid(
        header=tuple(headings),
        columns=columns,
        native=(None,) * len(headings),
        rows=np.arange(1, len(rows) + 1, dtype=np.int64),
        encoding=kind,
        sheet=key,
    )
