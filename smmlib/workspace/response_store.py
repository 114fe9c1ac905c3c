"""How the audience responded: imports in, one table out.

Resolved when imported, not when read: rows that are new go into new immutable parts; rows they replace are
listed in the manifest and left out by readers. An import is one entry in the manifest, so a crash leaves
all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection

from smmlib.errors import InvalidValueError, UnknownNameError, WorkspaceError
from smmlib.language import mark
from smmlib.record import new_id
from smmlib.response.table import POST_COLUMNS, as_posts, as_table, posts_schema, table_schema
from smmlib.workspace import manifest
from smmlib.workspace.database import in_our_words
from smmlib.workspace.import_report import ImportReport
from smmlib.workspace.merging import LIFETIME, Merge, fingerprint, merge, new_posts
from smmlib.workspace.parts import (
    Part,
    forget_file,
    in_short,
    keep_original,
    months_of,
    remove_leftovers,
    write_posts,
    write_response,
)
from smmlib.workspace.reader import ask, connect, in_pandas
from smmlib.workspace.undoing import fold, undo
from smmlib.workspace.views import Views, shelf

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd
    import pyarrow as pa

    from smmlib.response.report import Import, ReadingReport
    from smmlib.workspace.database import Database

LOCK_SECONDS = 60.0
"""How long an import waits for another one."""

KEPT_FOR = timedelta(hours=1)
"""How long the file of a part that no longer counts stays, for readers that have it open."""

CROWDED = 16
"""When a month has more parts than this they are folded."""


class ResponseStore:
    """The response table of a workspace: `workspace.response`.

    Args:
        database: Holds the manifest; its folder holds the parts.
        matches: Returns the table of matched posts (`reader.MATCHED`), to fill campaign, variant and labels.
        read: Reads a file that `add` is given, with the column mapping the team confirmed.
        clock: Returns the current time, with time zone.
    """

    def __init__(
        self,
        database: Database,
        *,
        matches: Callable[[], pa.Table],
        read: Callable[..., Import],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._folder = database, database.folder
        self._read, self._clock = read, clock
        self._views = Views(database, matches)

    def add(self, source: str | Path | Import, *, author: str = "", **reading: Any) -> ImportReport:
        """Import a file, or what `smmlib.response` made of one.

        The same file again adds nothing. In an overlapping export, rows that are stored already add
        nothing and rows with another value replace the stored ones. Typed figures always count as the
        latest word.

        Args:
            source: A path, or an `Import`.
            author: Who imports.
            **reading: How to read a path, as for `smmlib.response.read_export`.

        Raises:
            SmmError: The file cannot be read; nothing is stored.
            WorkspaceError: The workspace cannot be written to; nothing is stored.
        """
        incoming = self._read(source, **reading) if isinstance(source, (str, Path)) else source
        with self.alone():
            return self._store(incoming, author)

    def undo(self, import_id: str, *, author: str = "") -> None:
        """Take an import back: its rows go, the rows they replaced come back. The original file stays.

        Raises:
            UnknownNameError: There is no such import.
            InvalidValueError: It was undone already.
        """
        with self.alone():
            with self._database.reading() as connection:
                self._must_stand(connection, import_id)
                parts = manifest.parts(connection, kind="response")
                posts = manifest.parts(connection, kind="posts")
                lists = manifest.superseded(connection, parts)
            undone = undo(import_id, self._folder, parts, lists)
            gone = [*undone.retired, *(part for part in posts if part.import_id == import_id)]
            at = self._now()
            with self._database.writing() as connection:
                manifest.mark_undone(connection, import_id, at, author)
                manifest.retire(connection, gone, at)
                manifest.supersede(connection, undone.lists)
                manifest.grow(connection)

    def imports(self) -> pd.DataFrame:
        """What was imported when by whom, oldest first.

        Columns: import_id, at (UTC), author, source (name of the file, or "typed"), format, sha256 (of the
        original), rows, added, corrected, unchanged, posts, report (what its reader found, JSON), undone_at
        (UTC, missing while it stands), undone_by.
        """
        import pandas as pd

        with self._database.reading() as connection:
            rows = manifest.imports(connection)
        frame = pd.DataFrame(rows, columns=list(manifest.LISTED))
        for column in ("at", "undone_at"):
            frame[column] = pd.to_datetime(frame[column], format="ISO8601", utc=True)
        return frame

    def report(self, import_id: str) -> ReadingReport:
        """What the reader of a file found, as it was told when it was imported.

        Raises:
            UnknownNameError: There is no such import.
        """
        from smmlib.response.report import ReadingReport

        with self._database.reading() as connection:
            known = {row.import_id: row.report for row in manifest.imports(connection)}
        if import_id not in known:
            raise UnknownNameError(mark("Import"), import_id, known)
        return ReadingReport.from_json(known[import_id])

    def table(self) -> nw.LazyFrame[Any]:
        """The response table, to be queried without loading it. Columns: `smmlib.response.table.COLUMNS`.

        Campaign, variant and labels of a matched post are its draft's as they are now.
        """
        import narwhals as nw

        frame: nw.LazyFrame[Any] = nw.from_native(self._views.cursor().view("response")).lazy()
        return frame

    def to_pandas(self) -> pd.DataFrame:
        """The whole response table in memory."""
        return as_table(in_pandas(self._views.cursor().view("response").to_arrow_table()))

    def posts(self) -> pd.DataFrame:
        """One row per post.

        Columns: `smmlib.response.table.POST_COLUMNS`, and draft, the id of its match or "".
        """
        rows = in_pandas(self._views.cursor().view("posts").to_arrow_table())
        return as_posts(rows[list(POST_COLUMNS)]).assign(draft=rows["draft"])

    def sql(self, query: str) -> pd.DataFrame:
        """Answer one SELECT on the tables `response` and `posts`. It can read nothing else and write nothing.

        Raises:
            InvalidValueError: The query is no SELECT, or it fails.
        """
        return ask(self._views.cursor(), query)

    def version(self) -> int:
        """A number that grows with every import and undo, by any process."""
        with self._database.reading() as connection:
            return manifest.version(connection)

    def compact(self) -> None:
        """Fold the parts of each month into one, so that reading stays quick. Undo works as before."""
        with self.alone():
            self._fold(more_than=1)

    def close(self) -> None:
        """Let go of the parts."""
        self._views.close()

    def _store(self, incoming: Import, author: str) -> ImportReport:
        import pyarrow as pa

        table = in_short(pa.Table.from_pandas(as_table(incoming.table), table_schema(), preserve_index=False))
        posts = in_short(pa.Table.from_pandas(as_posts(incoming.posts), posts_schema(), preserve_index=False))
        content = fingerprint(table, posts)
        merged, fresh = self._what_is_new(incoming, content, table, posts)
        changes = bool(merged.rows.num_rows or fresh.num_rows)
        report = ImportReport(
            import_id=new_id() if changes else "",
            rows=table.num_rows,
            added=merged.added,
            corrected=merged.corrected,
            unchanged=merged.unchanged,
            posts=fresh.num_rows,
            read=incoming.report,
        )
        if changes:
            with in_our_words(self._folder):
                written = self._write(report.import_id, incoming, merged, fresh)
            self._enter(report, _facts(incoming, report, author, content), written, merged.replaced)
            self._fold(more_than=CROWDED)
        return report

    def _what_is_new(
        self, incoming: Import, content: str, table: pa.Table, posts: pa.Table
    ) -> tuple[Merge, pa.Table]:
        with self._database.reading() as connection:
            seen = manifest.stands(connection, sha256=incoming.sha256, content=content)
            if seen and "typed" not in table["source"].unique().to_pylist():
                return Merge(table.slice(0, 0), {}, 0, 0, table.num_rows), posts.slice(0, 0)
            lifetime = LIFETIME in table["window"].unique().to_pylist()
            months = None if lifetime else months_of(table).unique().to_pylist()
            stored = shelf(connection, self._database, "response", months)
            stored_posts = shelf(connection, self._database, "posts")
        engine = connect()
        return merge(engine, table, stored), new_posts(engine, posts, stored_posts)

    def _write(self, import_id: str, incoming: Import, merged: Merge, fresh: pa.Table) -> list[Part]:
        keep_original(self._folder, incoming.original, PurePath(incoming.source).suffix.lower() or ".csv")
        rows, posts = (_numbered(table, import_id) for table in (merged.rows, fresh))
        return [
            *write_response(self._folder, rows, import_id, import_id),
            *write_posts(self._folder, posts, import_id),
        ]

    def _enter(
        self,
        report: ImportReport,
        facts: dict[str, Any],
        written: list[Part],
        replaced: dict[int, manifest.Rows],
    ) -> None:
        values = {**facts, "at": self._now()}
        lists = {(part, report.import_id): rows for part, rows in replaced.items()}
        with self._database.writing() as connection:
            manifest.add_import(connection, values)
            manifest.add_parts(connection, written)
            manifest.supersede(connection, lists)
            manifest.grow(connection)

    def _fold(self, *, more_than: int) -> None:
        with self._database.reading() as connection:
            parts = manifest.parts(connection, kind="response")
            lists = manifest.superseded(connection, parts)
        months = {part.month: [other for other in parts if other.month == part.month] for part in parts}
        for crowd in months.values():
            if len(crowd) <= more_than:
                continue
            with in_our_words(self._folder):
                folded = fold(self._folder, crowd, lists, new_id())
            with self._database.writing() as connection:
                manifest.retire(connection, crowd, self._now())
                entered = manifest.add_parts(connection, folded.parts)
                for part, replaced in zip(entered, folded.superseded, strict=True):
                    manifest.supersede(connection, {(part.id, by): rows for by, rows in replaced.items()})
                manifest.grow(connection)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other imports out, and clear away what a crashed one left."""
        self._database.must_be_writable()
        try:
            with FileLock(self._folder / "response.lock", timeout=LOCK_SECONDS):
                self._tidy()
                yield
        except Timeout:
            raise WorkspaceError(
                mark("Another import into {path} is still running; wait, then repeat. Nothing was stored."),
                path=str(self._folder),
            ) from None

    def _tidy(self) -> None:
        before = (self._clock() - KEPT_FOR).astimezone(UTC).isoformat(timespec="microseconds")
        with self._database.reading() as connection:
            old = manifest.retired_before(connection, before)
            remove_leftovers(self._folder, manifest.paths(connection))
        gone = [number for number, path in old if forget_file(self._folder / path)]
        if gone:
            with self._database.writing() as connection:
                manifest.forget(connection, gone)

    def _must_stand(self, connection: Connection, import_id: str) -> None:
        known = {row.import_id: row for row in manifest.imports(connection)}
        if import_id not in known:
            raise UnknownNameError(mark("Import"), import_id, known)
        if known[import_id].undone_at is not None:
            raise InvalidValueError(mark("Import {name!r} was undone already."), name=import_id)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="microseconds")


def _facts(incoming: Import, report: ImportReport, author: str, content: str) -> dict[str, Any]:
    counts = ("import_id", "rows", "added", "corrected", "unchanged", "posts")
    named = {"source": incoming.source, "format": incoming.format}
    known = {"author": author, "sha256": incoming.sha256, "content": content}
    told = {"report": incoming.report.to_json()}
    return {**{name: getattr(report, name) for name in counts}, **named, **known, **told}


def _numbered(table: pa.Table, import_id: str) -> pa.Table:
    import pyarrow as pa

    column = pa.repeat(import_id, table.num_rows).dictionary_encode()
    return table.set_column(table.column_names.index("import_id"), "import_id", column)
