"""The manifest of the response store in state.sqlite: which parts count, and which of their rows do not."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, insert, select, update

from smmlib.workspace.parts import Part
from smmlib.workspace.tables import IMPORTS, MANIFEST, PARTS, SUPERSEDED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    Rows = NDArray[np.int64]
    Lists = dict[tuple[int, str], Rows]
    """(part, import that replaced them) to sorted row numbers."""

LISTED = (
    "import_id",
    "at",
    "author",
    "source",
    "format",
    "sha256",
    "rows",
    "added",
    "corrected",
    "unchanged",
    "posts",
    "report",
    "undone_at",
    "undone_by",
)
"""Columns of `imports`."""


def version(connection: Connection) -> int:
    """A number that grows with every change of the store."""
    return int(connection.execute(select(MANIFEST.c.version)).scalar_one())


def grow(connection: Connection) -> None:
    """Tell readers that something changed."""
    connection.execute(update(MANIFEST).values(version=MANIFEST.c.version + 1))


def parts(connection: Connection, *, kind: str, months: Iterable[str] | None = None) -> list[Part]:
    """The parts that count, in the order they were written."""
    query = select(PARTS).where(PARTS.c.kind == kind, PARTS.c.retired_at.is_(None)).order_by(PARTS.c.id)
    if months is not None:
        query = query.where(PARTS.c.month.in_(list(months)))
    return [
        Part(row.id, row.path, row.kind, row.month, row.import_id, row.rows)
        for row in connection.execute(query)
    ]


def paths(connection: Connection) -> list[str]:
    """Every path the manifest names, retired parts included."""
    return list(connection.execute(select(PARTS.c.path)).scalars())


def add_parts(connection: Connection, written: Iterable[Part]) -> list[Part]:
    """Enter new parts; returns them with their numbers."""
    entered = []
    for part in written:
        values = {name: getattr(part, name) for name in ("path", "kind", "month", "import_id", "rows")}
        number = connection.execute(insert(PARTS), values).inserted_primary_key
        assert number is not None
        entered.append(Part(number[0], **values))
    return entered


def retire(connection: Connection, gone: Iterable[Part], at: str) -> None:
    """Let parts no longer count. Their files stay a while for readers that have them open."""
    numbers = [part.id for part in gone]
    connection.execute(update(PARTS).where(PARTS.c.id.in_(numbers)).values(retired_at=at))
    connection.execute(delete(SUPERSEDED).where(SUPERSEDED.c.part.in_(numbers)))


def retired_before(connection: Connection, at: str) -> list[tuple[int, str]]:
    """Number and path of the parts retired before a time."""
    query = select(PARTS.c.id, PARTS.c.path).where(PARTS.c.retired_at < at)
    return [(row.id, row.path) for row in connection.execute(query)]


def forget(connection: Connection, numbers: Iterable[int]) -> None:
    """Take parts whose files are deleted off the manifest."""
    connection.execute(delete(PARTS).where(PARTS.c.id.in_(list(numbers))))


def superseded(connection: Connection, of: Iterable[Part]) -> Lists:
    """The rows of these parts that do not count."""
    numbers = [part.id for part in of]
    rows = connection.execute(select(SUPERSEDED).where(SUPERSEDED.c.part.in_(numbers)))
    return {(row.part, row.import_id): _unpack(row.rows) for row in rows}


def supersede(connection: Connection, lists: Mapping[tuple[int, str], Rows]) -> None:
    """Write lists of rows that do not count; one list replaces another, an empty one goes."""
    for (part, import_id), rows in lists.items():
        table = SUPERSEDED.c
        connection.execute(delete(SUPERSEDED).where(table.part == part, table.import_id == import_id))
        if len(rows):
            packed = {"part": part, "import_id": import_id, "rows": _pack(rows)}
            connection.execute(insert(SUPERSEDED), packed)


def imports(connection: Connection) -> list[Row[Any]]:
    """All imports, oldest first, with the columns `LISTED`."""
    return list(connection.execute(select(*(IMPORTS.c[name] for name in LISTED)).order_by(IMPORTS.c.seq)))


def add_import(connection: Connection, values: Mapping[str, Any]) -> None:
    """Enter an import."""
    connection.execute(insert(IMPORTS), dict(values))


def mark_undone(connection: Connection, import_id: str, at: str, author: str) -> None:
    """Say on the list that an import was undone."""
    one = update(IMPORTS).where(IMPORTS.c.import_id == import_id)
    connection.execute(one.values(undone_at=at, undone_by=author))


def stands(connection: Connection, *, sha256: str, content: str) -> bool:
    """True when the same file was imported with the same outcome, and not undone."""
    columns = IMPORTS.c
    same = (columns.sha256 == sha256, columns.content == content, columns.undone_at.is_(None))
    return connection.execute(select(columns.seq).where(*same).limit(1)).first() is not None


def _pack(rows: Rows) -> bytes:
    import numpy as np

    return zlib.compress(np.diff(np.sort(rows), prepend=0).astype("<i4").tobytes())


def _unpack(packed: bytes) -> Rows:
    import numpy as np

    return np.cumsum(np.frombuffer(zlib.decompress(packed), "<i4"), dtype=np.int64)
