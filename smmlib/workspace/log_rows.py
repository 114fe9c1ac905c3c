"""The sign-off log as rows of its table: read as they are, tampered ones too, and added one by one."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, Table, column, func, insert, select, table, update

from smmlib.drafting.signoff.chain import Head
from smmlib.drafting.signoff.entry import START, WORDS, Deed, LogEntry, Word, WordName, write_entry
from smmlib.drafting.signoff.window import Window
from smmlib.errors import InvalidValueError
from smmlib.workspace.tables import SIGNOFF_LOG

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

_AT_ONCE = 500
UNREADABLE = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a moment that somebody made unreadable; the hash of such an entry never fits."""


def read(connection: Connection, draft: str | None = None) -> tuple[LogEntry, ...]:
    """All entries by number, or those of one draft."""
    query = select(SIGNOFF_LOG).order_by(SIGNOFF_LOG.c.number)
    if draft is not None:
        query = query.where(SIGNOFF_LOG.c.draft == draft)
    return tuple(_entry(row) for row in connection.execute(query))


def read_several(connection: Connection, drafts: Sequence[str]) -> dict[str, list[LogEntry]]:
    """Entries of several drafts by draft, each by number; drafts without any are left out."""
    found: dict[str, list[LogEntry]] = {}
    for start in range(0, len(drafts), _AT_ONCE):
        some = SIGNOFF_LOG.c.draft.in_(drafts[start : start + _AT_ONCE])
        for row in connection.execute(select(SIGNOFF_LOG).where(some).order_by(SIGNOFF_LOG.c.number)):
            found.setdefault(str(row.draft), []).append(_entry(row))
    return found


def head(connection: Connection) -> Head | None:
    """Number and hash of the last entry, None while there is none."""
    columns = SIGNOFF_LOG.c
    last = select(columns.number, columns.hash).order_by(columns.number.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return None if row is None else Head(row.number, str(row.hash))


def first_hash(connection: Connection) -> str:
    """Hash of the first entry, by which sheets tell this workspace from others; "" while there is none."""
    query = select(SIGNOFF_LOG.c.hash).order_by(SIGNOFF_LOG.c.number).limit(1)
    return str(connection.execute(query).scalar_one_or_none() or "")


def last_number(connection: Connection) -> int:
    """The highest number the database ever gave; it stays when the last rows are deleted."""
    given: Table = table("sqlite_sequence", column("name"), column("seq"))  # type: ignore[assignment]
    query = select(func.coalesce(func.max(given.c.seq), 0)).where(given.c.name == SIGNOFF_LOG.name)
    return int(connection.execute(query).scalar_one())


def unlinked(connection: Connection, draft: str | None = None) -> frozenset[int]:
    """Entries, all or of one draft, that do not follow the entry before them."""
    log, before = SIGNOFF_LOG, SIGNOFF_LOG.alias()
    joined = log.outerjoin(before, before.c.number == log.c.number - 1)
    query = (
        select(log.c.number).select_from(joined).where(log.c.previous != func.coalesce(before.c.hash, START))
    )
    if draft is not None:
        query = query.where(log.c.draft == draft)
    return frozenset(connection.execute(query).scalars())


def append(connection: Connection, deed: Deed, *, at: datetime) -> LogEntry:
    """Add an entry; only within a transaction that excludes other writers."""
    last = head(connection)
    entry = write_entry(
        deed,
        number=last.number + 1 if last else 1,
        at=at,
        previous=last.hash if last else START,
        new_salt=lambda: secrets.token_hex(16),
    )
    connection.execute(insert(SIGNOFF_LOG), _row(entry))
    return entry


def erase(connection: Connection, holds: Callable[[str], bool]) -> dict[int, list[WordName]]:
    """Delete every word that `holds` names, and its salt; returns what was deleted from which entry."""
    erased: dict[int, list[WordName]] = {}
    for entry in read(connection):
        gone = [name for name in WORDS if holds(entry.words[name].value or "")]
        if gone:
            salts = {n: w.salt for n, w in entry.words.items() if n not in gone and w.salt is not None}
            changes: dict[str, str | None] = {**dict.fromkeys(gone), "salts": json.dumps(salts)}
            here = SIGNOFF_LOG.c.number == entry.number
            connection.execute(update(SIGNOFF_LOG).where(here).values(**changes))
            erased[entry.number] = gone
    return erased


def _row(entry: LogEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "action": entry.action,
        "role": entry.role,
        "own": int(entry.own),
        "source": entry.source,
        "opens": _written(entry.window.opens),
        "closes": _written(entry.window.closes),
        **{name: entry.words[name].value for name in WORDS},
        "salts": json.dumps({name: entry.words[name].salt for name in WORDS}),
        "seals": json.dumps({name: entry.words[name].seal for name in WORDS}),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def _entry(row: Row[Any]) -> LogEntry:
    salts, seals = _digits(row.salts), _digits(row.seals)
    values = row._mapping
    words = {name: Word(_value(values[name]), salts.get(name), seals.get(name, "")) for name in WORDS}
    return LogEntry(
        number=row.number,
        at=_moment(row.at) or UNREADABLE,
        action=str(row.action),  # type: ignore[arg-type]
        role=str(row.role),  # type: ignore[arg-type]
        window=_window(row.opens, row.closes),
        own=bool(row.own),
        source=str(row.source),  # type: ignore[arg-type]
        words=words,
        previous=str(row.previous),
        hash=str(row.hash),
    )


def _value(value: object) -> str | None:
    return None if value is None else str(value)


def _digits(text: object) -> dict[str, str]:
    try:
        told = json.loads(str(text))
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in told.items()} if isinstance(told, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        # SQLite keeps whatever somebody put into the cell, bytes and numbers too
        moment = datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return UNREADABLE
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _window(opens: object, closes: object) -> Window:
    try:
        return Window(_moment(opens), _moment(closes))
    except InvalidValueError:
        return Window(UNREADABLE, UNREADABLE)


def _written(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None
