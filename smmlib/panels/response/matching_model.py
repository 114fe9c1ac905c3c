"""What the matching page knows: proposals, what was confirmed, what was turned down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets as t

from smmlib import response
from smmlib.workspace import Match

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.draft import Draft
    from smmlib.workspace import Workspace

KEY = ("network", "account", "entity_id")
SETTING = "matching"


class MatchingModel(t.HasTraits):
    """Imported posts and the drafts they came from. Only what the user confirms counts.

    Attributes:
        changed: Counts what was confirmed, turned down or taken back.
    """

    changed = t.Int(0)

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self._clock = clock or (lambda: datetime.now(UTC))
        self.posts: pd.DataFrame
        self.proposals: pd.DataFrame
        self.unmatched: pd.DataFrame
        self.refresh()

    def refresh(self) -> None:
        """Propose anew from what is stored. Posts whose ids were made up here cannot be matched."""
        self._network_names = {n.id: n.name for n in self.workspace.load_networks().values()}
        posts = self.workspace.response.posts()
        published = posts["published_at_utc"].dt.tz_convert(self.workspace.settings.time_zone)
        self.posts = posts.assign(published=published)[~posts["made_id"]]
        drafts = self.workspace.drafts.list()
        stored = {(m.network, m.account, m.entity_id): m.draft for m in self.workspace.matches.list()}
        taken = set(stored.values())
        open_posts = self.posts[_among(_keys(self.posts), lambda key: key not in stored)]
        free = [d for d in drafts if d.id not in taken or len(d.versions) > 1]
        found = response.match_posts(open_posts, free, self.workspace.accounts.list())
        refused = self._refused()
        kept = _among(found.rows.to_dict("records"), lambda row: _name(row) not in refused)
        words = self.posts[[*KEY, "text", "link", "published"]]
        self.proposals = found.rows[kept].merge(words, on=list(KEY), how="left")
        rest = open_posts[[*KEY, "text", "link", "published"]]
        proposed = set(_keys(self.proposals))
        rest = rest[_among(_keys(rest), lambda key: key not in proposed)]
        self.unmatched = rest.merge(found.unmatched, on=list(KEY), how="left").reset_index(drop=True)

    def drafts(self) -> tuple[Draft, ...]:
        """Drafts a post may be matched with, by name."""
        return tuple(sorted(self.workspace.drafts.list(), key=lambda d: d.name.casefold()))

    def network_name(self, network: str) -> str:
        """What people call a network of this workspace."""
        return self._network_names.get(network, network)

    def draft_name(self, draft: str) -> str:
        """What lists call a draft."""
        return next((d.name for d in self.workspace.drafts.list() if d.id == draft), draft)

    def confirmed(self) -> tuple[Match, ...]:
        """Matches that count."""
        return self.workspace.matches.list()

    def confirm(self, rows: Sequence[int], *, by: str = "") -> int:
        """Let proposals count, by their position; returns how many.

        Raises:
            SmmError: The workspace cannot be written to.
        """
        for place in rows:
            row = self.proposals.iloc[place].to_dict()
            self._add(row, draft=row["draft"], version=row["draft_account"], variant=row["variant"], by=by)
        self._again()
        return len(rows)

    def match(self, post: tuple[str, str, str], draft: str, *, by: str = "") -> None:
        """Match a post with a draft by hand."""
        network = {a.id: a.network for a in self.workspace.accounts.list()}
        versions = [v.account for v in self.workspace.drafts.get(draft).versions]
        version = next((a for a in versions if network.get(a) == post[0]), "")
        self._add(dict(zip(KEY, post, strict=True)), draft=draft, version=version, variant="", by=by)
        self._again()

    def refuse(self, rows: Sequence[int]) -> int:
        """Turn proposals down; they are not made again. Returns how many."""
        names = [
            _name({str(k): v for k, v in self.proposals.iloc[place].to_dict().items()}) for place in rows
        ]
        views = self.workspace.settings.views
        refused = sorted({*self._refused(), *names})
        self.workspace.change_settings(views={**views, SETTING: {"refused": refused}})
        self._again()
        return len(names)

    def release(self, match_id: str) -> None:
        """Take a confirmed match back."""
        self.workspace.matches.remove(match_id)
        self._again()

    def _add(self, post: dict[Any, Any], *, draft: str, version: str, variant: str, by: str) -> None:
        match = Match(
            **{name: post[name] for name in KEY},
            draft=draft,
            version=version,
            variant=variant,
            confirmed_at=self._clock(),
            by=by,
        )
        self.workspace.matches.keep(match, author=by)

    def _again(self) -> None:
        self.refresh()
        self.changed += 1

    def _refused(self) -> set[str]:
        return set(self.workspace.settings.views.get(SETTING, {}).get("refused", ()))


def _among(values: Sequence[Any], fits: Callable[[Any], bool]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([fits(value) for value in values], dtype=bool)


def _keys(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(frame["network"], frame["account"], frame["entity_id"], strict=True))


def _name(row: dict[Any, Any]) -> str:
    """Names a post and the draft proposed for it."""
    return "\x1f".join(str(row[name]) for name in (*KEY, "draft"))
