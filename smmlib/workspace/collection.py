"""Records of one kind, with everything they have been."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from pydantic_core import to_jsonable_python
from sqlalchemy import Row, Select, and_, func, insert, select

from smmlib.errors import ConflictError, InvalidValueError, UnknownNameError
from smmlib.language import mark
from smmlib.workspace.tables import REVISIONS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from smmlib.workspace.database import Database

Action = Literal["add", "update", "remove", "revert"]


class Stored(Protocol):
    """A record that a collection can keep: it has an id."""

    @property
    def id(self) -> str:
        """Its key."""

    def model_dump(self) -> dict[str, Any]:
        """Its fields as plain values."""


R = TypeVar("R", bound=Stored)


@dataclass(frozen=True, slots=True)
class Revision(Generic[R]):
    """One state of a record.

    Attributes:
        id: Id of the record.
        number: 1 for the first state, then counting up.
        at: When it was stored, UTC.
        author: Who did it, or "".
        action: "add", "update", "remove" or "revert".
        record: The record as it was then; None when it was removed.
    """

    id: str
    number: int
    at: datetime
    author: str
    action: Action
    record: R | None


class Collection(Generic[R]):
    """Records of one kind in a workspace: `workspace.drafts`, `workspace.campaigns` and others.

    Nothing is ever overwritten: each change adds a state, so every record has a history and can go
    back. Several notebooks may use one workspace; `version` tells cheaply whether another one wrote.

    Args:
        database: Where the states are kept.
        kind: Name of the kind there.
        record: Class of the records, or a function that returns it (asked when first needed).
        noun: What an error calls one of them; marked for the catalogue.
        clock: Returns the current time, with time zone.
    """

    def __init__(
        self,
        database: Database,
        kind: str,
        record: Callable[[], Callable[..., R]],
        *,
        noun: str,
        clock: Callable[[], datetime],
    ) -> None:
        self.kind = kind
        self._database, self._record, self._noun, self._clock = database, record, noun, clock

    def list(self) -> tuple[R, ...]:
        """All records that have not been removed, in the order they were added."""
        with self._database.reading() as connection:
            rows = connection.execute(_current(self.kind)).all()
        record = self._record()
        return tuple(_read(record, row.data) for row in rows if row.action != "remove")

    def get(self, id: str) -> R:
        """The record with this id.

        Raises:
            UnknownNameError: There is none, or it was removed.
        """
        with self._database.reading() as connection:
            row = self._last(connection, id)
        return _read(self._record(), self._there(row, id).data)

    def __contains__(self, id: object) -> bool:
        with self._database.reading() as connection:
            row = self._last(connection, str(id))
        return row is not None and row.action != "remove"

    def add(self, record: R, *, author: str = "") -> R:
        """Store a new record.

        Raises:
            InvalidValueError: There is one with this id.
        """
        with self._database.writing() as connection:
            last = self._last(connection, record.id)
            if last is not None and last.action != "remove":
                raise InvalidValueError(
                    mark("{name!r} is there already; use update() to change it."), name=last.id
                )
            self._append(connection, last, _row(record, "add", author))
        return record

    def update(self, record: R, *, author: str = "", expected: int | None = None) -> R:
        """Store a new state of a record. The same state again is not stored twice.

        Args:
            record: The record as it is to be.
            author: Who changed it.
            expected: Number of the state the change was made on (`revision(id)` when it was read);
                None overwrites whatever is there.

        Raises:
            UnknownNameError: There is no such record, or it was removed.
            ConflictError: Somebody else stored a state after `expected`.
        """
        with self._database.writing() as connection:
            last = self._expected(self._last(connection, record.id), record.id, expected)
            if _write(record) != last.data:
                self._append(connection, last, _row(record, "update", author))
        return record

    def keep(self, record: R, *, author: str = "") -> R:
        """Store a record, whether or not there is one with its id: `add` or `update`."""
        return (self.update if record.id in self else self.add)(record, author=author)

    def remove(self, id: str, *, author: str = "", expected: int | None = None) -> None:
        """Take a record off the list. Its history stays; `revert` brings it back.

        Raises:
            UnknownNameError: There is no such record, or it was removed already.
            ConflictError: Somebody else stored a state after `expected`.
        """
        gone = {"id": id, "author": author, "action": "remove", "data": None}
        with self._database.writing() as connection:
            self._append(connection, self._expected(self._last(connection, id), id, expected), gone)

    def revert(self, id: str, number: int, *, author: str = "") -> R:
        """Store the state with this number once more, as the newest; undo is `revert(id, revision(id) - 1)`.

        Raises:
            UnknownNameError: There has never been a record with this id.
            InvalidValueError: There is no state with this number, or it is a removal.
        """
        with self._database.writing() as connection:
            last = self._last(connection, id)
            if last is None:
                raise self._unknown(id)
            query = _all(self.kind, id).where(REVISIONS.c.number == number)
            row = connection.execute(query).one_or_none()
            if row is None or row.data is None:
                raise InvalidValueError(
                    mark("State {number} cannot be brought back; there are 1 to {last}, removals aside."),
                    number=number,
                    last=last.number,
                )
            record = _read(self._record(), row.data)
            self._append(connection, last, _row(record, "revert", author))
        return record

    def history(self, id: str) -> tuple[Revision[R], ...]:
        """Every state the record has had, oldest first; also of a record that was removed.

        Raises:
            UnknownNameError: There has never been a record with this id.
        """
        with self._database.reading() as connection:
            rows = connection.execute(_all(self.kind, id)).all()
        if not rows:
            raise self._unknown(id)
        record = self._record()
        return tuple(
            Revision(
                row.id,
                row.number,
                datetime.fromisoformat(row.at),
                row.author,
                row.action,
                None if row.data is None else _read(record, row.data),
            )
            for row in rows
        )

    def revision(self, id: str) -> int:
        """Number of the record's newest state; give it to `update` as `expected`.

        Raises:
            UnknownNameError: There is no such record, or it was removed.
        """
        with self._database.reading() as connection:
            return int(self._there(self._last(connection, id), id).number)

    def revisions(self) -> dict[str, int]:
        """Id of each record that has not been removed to the number of its newest state."""
        with self._database.reading() as connection:
            rows = connection.execute(_current(self.kind)).all()
        return {row.id: int(row.number) for row in rows if row.action != "remove"}

    def version(self) -> int:
        """A number that grows with every change of any record of this kind, by any process; 0 at first."""
        query = select(func.coalesce(func.max(REVISIONS.c.seq), 0)).where(REVISIONS.c.kind == self.kind)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def changed_since(self, version: int) -> frozenset[str]:
        """Ids of the records changed after `version` (a number `version()` returned)."""
        query = select(REVISIONS.c.id).where(REVISIONS.c.kind == self.kind, REVISIONS.c.seq > version)
        with self._database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def _append(self, connection: Connection, last: Row[Any] | None, new: dict[str, str | None]) -> None:
        number = 1 if last is None else last.number + 1
        at = self._clock().astimezone(UTC).isoformat(timespec="microseconds")
        connection.execute(insert(REVISIONS), {"kind": self.kind, "number": number, "at": at, **new})

    def _last(self, connection: Connection, id: str) -> Row[Any] | None:
        query = _all(self.kind, id).order_by(None).order_by(REVISIONS.c.number.desc()).limit(1)
        return connection.execute(query).one_or_none()

    def _there(self, row: Row[Any] | None, id: str) -> Row[Any]:
        if row is None or row.action == "remove":
            raise self._unknown(id)
        return row

    def _expected(self, row: Row[Any] | None, id: str, number: int | None) -> Row[Any]:
        last = self._there(row, id)
        if number is not None and last.number != number:
            raise ConflictError(
                mark(
                    "{name!r} was changed meanwhile (state {number}, by {author!r}, {at:datetime}); "
                    "read it again and repeat the change, or keep yours under a new id."
                ),
                name=id,
                number=last.number,
                author=last.author,
                at=datetime.fromisoformat(last.at).astimezone(),
            )
        return last

    def _unknown(self, id: str) -> UnknownNameError:
        with self._database.reading() as connection:
            rows = connection.execute(_current(self.kind)).all()
        return UnknownNameError(self._noun, id, [row.id for row in rows if row.action != "remove"])


def _all(kind: str, id: str) -> Select[Any]:
    columns = REVISIONS.c
    return select(REVISIONS).where(columns.kind == kind, columns.id == id).order_by(columns.number)


def _current(kind: str) -> Select[Any]:
    columns = REVISIONS.c
    newest = (
        select(columns.id, func.max(columns.number).label("number"), func.min(columns.seq).label("first"))
        .where(columns.kind == kind)
        .group_by(columns.id)
        .subquery()
    )
    at_newest = and_(columns.kind == kind, columns.id == newest.c.id, columns.number == newest.c.number)
    wanted = select(columns.id, columns.number, columns.action, columns.data)
    return wanted.join(newest, at_newest).order_by(newest.c.first)


def _row(record: Stored, action: Action, author: str) -> dict[str, str | None]:
    return {"id": record.id, "author": author, "action": action, "data": _write(record)}


def _write(record: Stored) -> str:
    # ASCII escapes, and keys left alone (pydantic's JSON is not): a lone surrogate survives.
    return json.dumps(record.model_dump(), separators=(",", ":"), default=to_jsonable_python)


def _read(record: Callable[..., R], data: str) -> R:
    return record(**json.loads(data))
