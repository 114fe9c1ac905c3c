"""Records of a collection, read once and then only what changed."""

from __future__ import annotations

from typing import Generic, TypeVar

from smmlib.workspace.collection import Collection, Stored

R = TypeVar("R", bound=Stored)

_FEW = 50


class Remembered(Generic[R]):
    """What a collection holds, by id; asking again costs a look at its number unless somebody wrote.

    Args:
        collection: The collection.
    """

    def __init__(self, collection: Collection[R]) -> None:
        self._collection = collection
        self._seen = -1
        self._records: dict[str, R] = {}

    def records(self) -> dict[str, R]:
        """Id to record, in the order they were added; the same object as long as nothing changed."""
        now = self._collection.version()
        if now != self._seen:
            changed = self._collection.changed_since(self._seen) if self._seen >= 0 else None
            if changed is None or len(changed) > _FEW:
                self._records = {record.id: record for record in self._collection.list()}
            else:
                self._records = self._with(changed)
            self._seen = now
        return self._records

    def _with(self, changed: frozenset[str]) -> dict[str, R]:
        records = dict(self._records)
        for id in sorted(changed):
            if id in self._collection:
                records[id] = self._collection.get(id)
            else:
                records.pop(id, None)
        return records
