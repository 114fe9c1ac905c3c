"""What confirmed matches add to the rows of a post: its draft, campaign, variant and labels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from smmlib.draft import Draft
from smmlib.workspace.collection import Collection
from smmlib.workspace.reader import MATCHED
from smmlib.workspace.records import Match

if TYPE_CHECKING:
    import pyarrow as pa


class Matched:
    """The table of matched posts as matches and drafts are now; made anew only when one of them changed.

    Joined when read, not written into the parts: a match may be confirmed, and a draft be relabelled, long
    after the import, and the table is small.

    Args:
        matches: Matches the user confirmed.
        drafts: The drafts they name; a match of a draft that was removed adds nothing.
    """

    def __init__(self, matches: Collection[Match], drafts: Collection[Draft]) -> None:
        self._matches, self._drafts = matches, drafts
        self._seen: tuple[int, int] = (-1, -1)
        self._table: pa.Table | None = None

    def __call__(self) -> pa.Table:
        """The table; its columns are `reader.MATCHED`, all text."""
        import pyarrow as pa

        seen = (self._matches.version(), self._drafts.version())
        if self._table is None or seen != self._seen:
            drafts = {draft.id: draft for draft in self._drafts.list()} if seen[0] else {}
            rows = [
                _row(match, drafts[match.draft]) for match in self._matches.list() if match.draft in drafts
            ]
            schema = pa.schema([(name, pa.string()) for name in MATCHED])
            self._table, self._seen = pa.Table.from_pylist(rows, schema), seen
        return self._table


def _row(match: Match, draft: Draft) -> dict[str, str]:
    labels = json.dumps(draft.labels, ensure_ascii=False, sort_keys=True) if draft.labels else ""
    return {
        "network": match.network,
        "account": match.account,
        "entity_id": match.entity_id,
        "draft": draft.id,
        "campaign": draft.campaign,
        "variant": match.variant,
        "labels": labels,
    }
