"""Take a person out of a workspace on request."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, insert, select, update

from smmlib.drafting.signoff.chain import write_erasures
from smmlib.drafting.signoff.entry import ERASED, Deed
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, say
from smmlib.record import new_id
from smmlib.workspace import log_rows, manifest
from smmlib.workspace.database import KEPT, Database, in_our_words
from smmlib.workspace.parts import MEDIA, RAW, write_table
from smmlib.workspace.tables import IMPORTS, PARTS, REVISIONS
from smmlib.workspace.traces import holds, in_cells, in_words, signed

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

LOG = "erasure"
"""Kind under which an erasure is logged, without the name."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What `Workspace.erase` found.

    Attributes:
        records: States of records that were changed.
        imports: Entries on the list of imports that were changed.
        parts: Parquet files that were written anew.
        originals: Original files that were deleted.
        copies: Copies of the database that were deleted.
        media: Media files that were deleted.
        approvals: Entries of the sign-off log from which something was deleted; their seals stay.
    """

    records: int
    imports: int
    parts: int
    originals: int
    copies: int
    media: int = 0
    approvals: int = 0

    def text(self, language: Language = "en") -> str:
        """What was done, and what is left for the user to do."""
        return say(
            "Erased: {records} states of records, {approvals} entries of the sign-off log, {imports} imports "
            "and {parts} data files changed, {originals} original files, {media} media files and {copies} "
            "copies deleted. Backups and workspaces moved aside still hold it.",
            language,
            **asdict(self),
        )


def erase(database: Database, person: str, *, at: datetime, author: str) -> Erasure:
    """Replace a name everywhere; only for the one who holds the lock of the response store.

    Args:
        database: The workspace's.
        person: Name, handle or address.
        at: When this is.
        author: Who does it.

    Raises:
        InvalidValueError: The name is shorter than three letters.
    """
    if len(person.strip()) < 3:
        raise InvalidValueError(
            mark("{name!r} is too short to be told from other words; give at least three letters."),
            name=person,
        )
    name, loose = in_words(person), in_cells(person)
    folder = database.folder
    with in_our_words(folder):
        rewritten = _rewrite_parts(database, name)
        media = _media_of(database, name, loose)
        with database.writing() as connection:
            records = _replace(connection, REVISIONS, REVISIONS.c.seq, ("id", "author", "data"), name)
            imports = _replace(
                connection, IMPORTS, IMPORTS.c.seq, ("author", "source", "report", "undone_by"), name
            )
            approvals = _erase_from_log(connection, name, at, author)
            for number, path in rewritten.items():
                connection.execute(update(PARTS).where(PARTS.c.id == number).values(path=path))
            manifest.grow(connection)
        gone = [path for path in (folder / RAW).glob("*") if holds(path.read_bytes(), loose)]
        copies = [path for path in (folder / KEPT).glob("*") if holds(path.read_bytes(), loose)]
        for file in [*gone, *media, *copies, *_unnamed(database)]:
            file.unlink(missing_ok=True)
        erasure = Erasure(records, imports, len(rewritten), len(gone), len(copies), len(media), approvals)
        _log(database, erasure, at, author)
        database.scrub()
    return erasure


def erasures(database: Database) -> pd.DataFrame:
    """What was erased when by whom, oldest first, without the names.

    Columns: at (UTC), author, and the counts of `Erasure`.
    """
    import pandas as pd

    query = select(REVISIONS).where(REVISIONS.c.kind == LOG).order_by(REVISIONS.c.seq)
    with database.reading() as connection:
        rows = connection.execute(query).all()
    told = [{"at": row.at, "author": row.author, **json.loads(row.data)} for row in rows]
    frame = pd.DataFrame(told, columns=["at", "author", *(field.name for field in fields(Erasure))])
    return frame.assign(at=pd.to_datetime(frame["at"], format="ISO8601", utc=True))


def _replace(
    connection: Connection, table: Table, key: Any, columns: tuple[str, ...], name: re.Pattern[str]
) -> int:
    changed = 0
    for row in connection.execute(select(key, *(table.c[column] for column in columns))).all():
        old = dict(zip(columns, row[1:], strict=True))
        new = {column: _without(value, name) for column, value in old.items()}
        if new != old:
            connection.execute(update(table).where(key == row[0]).values(**new))
            changed += 1
    return changed


def _erase_from_log(connection: Connection, name: re.Pattern[str], at: datetime, author: str) -> int:
    """Delete words that hold the name from the sign-off log, and say so in it."""
    erased = log_rows.erase(connection, lambda word: bool(word) and _without(word, name) != word)
    if erased:
        deed = Deed("erase", author, draft="", text=write_erasures(erased))
        log_rows.append(connection, deed, at=at)
    return len(erased)


def _without(value: str | None, name: re.Pattern[str]) -> str | None:
    if not value:
        return value
    try:
        told = json.loads(value) if value[0] in "{[" else None
    except ValueError:
        told = None
    if told is None:
        return name.sub(ERASED, value)
    clean = _clean(told, name)
    return value if clean == told else json.dumps(clean, separators=(",", ":"))


def _clean(told: Any, name: re.Pattern[str]) -> Any:
    if isinstance(told, str):
        return name.sub(ERASED, told)
    if isinstance(told, list):
        return [_clean(item, name) for item in told]
    if isinstance(told, dict):
        return {name.sub(ERASED, key): _clean(item, name) for key, item in told.items()}
    return told


def _rewrite_parts(database: Database, name: re.Pattern[str]) -> dict[int, str]:
    """Write parts that hold the name anew, row for row; returns their new paths by number."""
    import pyarrow.parquet as pq

    with database.reading() as connection:
        parts = [part for kind in ("response", "posts") for part in manifest.parts(connection, kind=kind)]
    rewritten = {}
    for part in parts:
        table = pq.ParquetFile(database.folder / part.path).read()
        clean = _clean_table(table, name)
        if clean is not table:
            path = part.path.rsplit("-", 1)[0] + f"-{new_id()}.parquet"
            write_table(database.folder / path, clean)
            rewritten[part.id] = path
    return rewritten


def _clean_table(table: pa.Table, name: re.Pattern[str]) -> pa.Table:
    import pyarrow as pa

    clean = table
    for i, column in enumerate(table.schema):
        if not pa.types.is_string(column.type):
            continue
        kinds = table.column(i).combine_chunks().dictionary_encode()
        old = kinds.dictionary.to_pylist()
        new = [value and _without(value, name) for value in old]
        if new != old:
            values = pa.array(new, pa.string()).take(kinds.indices)
            clean = clean.set_column(i, column, values)
    return clean


def _media_of(database: Database, name: re.Pattern[str], loose: re.Pattern[str]) -> list[Path]:
    """Media files that hold the name, or of which any state of their record does."""
    query = select(REVISIONS.c.id, REVISIONS.c.data).where(REVISIONS.c.kind == "asset")
    with database.reading() as connection:
        named = {
            row.id for row in connection.execute(query) if row.data and _without(row.data, name) != row.data
        }
    files = [path for path in (database.folder / MEDIA).glob("*") if path.is_file()]
    return [path for path in files if path.stem in named or signed(path, loose)]


def _unnamed(database: Database) -> list[Path]:
    """Parts that no longer count."""
    with database.reading() as connection:
        kinds = ("response", "posts")
        named = {part.path for kind in kinds for part in manifest.parts(connection, kind=kind)}
    found = [*database.folder.glob("response/*/*.parquet"), *database.folder.glob("posts/*.parquet")]
    return [path for path in found if path.relative_to(database.folder).as_posix() not in named]


def _log(database: Database, erasure: Erasure, at: datetime, author: str) -> None:
    entry = {"kind": LOG, "id": new_id(), "number": 1, "action": "add", "author": author}
    with database.writing() as connection:
        told = {"at": at.isoformat(timespec="microseconds"), "data": json.dumps(asdict(erasure))}
        connection.execute(insert(REVISIONS), {**entry, **told})
