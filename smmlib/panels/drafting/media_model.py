"""What the media page knows: the files that are kept, the chosen one, and what follows from it."""

from __future__ import annotations

import base64
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import traitlets as t

from smmlib.asset import Asset
from smmlib.draft import Draft, Media
from smmlib.drafting.media import rights_problems, thumbnail
from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import mark
from smmlib.networks import Finding

if TYPE_CHECKING:
    from smmlib.panels.drafting.draft_model import DraftModel

_CACHED = 200


class MediaModel(t.HasTraits):
    """The media of a workspace and the one that is looked at. Holds no widgets.

    Args:
        drafts: The open draft, which media can be used in.

    Attributes:
        chosen: Id of the file that is looked at, or "".
        query: Words the list is searched for.
        changed: Counts what was added, described or removed here.
    """

    chosen = t.Unicode("")
    query = t.Unicode("")
    changed = t.Int(0)

    def __init__(self, drafts: DraftModel) -> None:
        super().__init__()
        self.drafts, self.workspace = drafts, drafts.workspace
        self._removed = ""
        self._picture = lru_cache(maxsize=_CACHED)(self._drawn)

    @property
    def asset(self) -> Asset | None:
        """The file that is looked at."""
        return self.workspace.media.known().get(self.chosen)

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Files in whose name or description all words of the query occur, the newest first."""
        words = self.query.casefold().split()
        return tuple(asset for asset in self.workspace.media.list() if _holds(asset, words))

    @property
    def today(self) -> date:
        """The day on the clock of the workspace."""
        return datetime.now(ZoneInfo(self.workspace.settings.time_zone)).date()

    def problems(self, asset: Asset) -> tuple[Finding, ...]:
        """Why a file must not be published today."""
        return rights_problems(asset, self.today)

    def expired(self, asset: Asset) -> bool:
        """Whether its licence has ended."""
        return asset.licence_until is not None and self.today > asset.licence_until

    def used_in(self, asset: Asset) -> tuple[Draft, ...]:
        """Drafts it goes with."""
        return tuple(
            draft
            for draft in self.workspace.drafts.list()
            if any(item.asset == asset.id for version in draft.versions for item in version.media)
        )

    def picture(self, asset: Asset) -> str:
        """A small picture of it as a data: address, or "" where there is none."""
        return self._picture(asset.id) if asset.kind in ("image", "gif") else ""

    # --- changing it
    def add(self, name: str, data: bytes | None = None) -> Asset:
        """Keep a file: an upload, or a path when `data` is None.

        Raises:
            SmmError: It is not kept; the message says why.
        """
        if not name.strip():
            raise InvalidValueError(mark("No file is chosen; choose one or type its path."))
        media = self.workspace.media
        asset = media.add(name.strip()) if data is None else media.add(data, name=name)
        self.query = ""
        self.chosen = asset.id
        self.changed += 1
        return asset

    def describe(self, **known: Any) -> None:
        """Change what is known about the chosen file.

        Raises:
            SmmError: A value does not fit.
        """
        if self.asset is not None:
            self.workspace.media.describe(self.chosen, **known)
            self.changed += 1

    @property
    def can_undo(self) -> bool:
        """True when the chosen file was described differently before."""
        asset = self.asset
        return asset is not None and len(self.workspace.media.assets.history(asset.id)) > 1

    def undo(self) -> None:
        """Go back to how the chosen file was described before."""
        assets = self.workspace.media.assets
        past = [r for r in assets.history(self.chosen)[:-1] if r.record is not None] if self.chosen else []
        if past:
            assets.revert(self.chosen, past[-1].number)
            self.changed += 1

    def remove(self) -> None:
        """Take the chosen file off the list; `bring_back` brings it back."""
        if self.asset is not None:
            self._removed = self.chosen
            self.workspace.media.remove(self.chosen)
            self.changed += 1

    @property
    def can_bring_back(self) -> bool:
        """True when a file was taken off the list in this session."""
        return bool(self._removed)

    def bring_back(self) -> None:
        """Put the file taken off the list last on it again."""
        if self._removed:
            assets = self.workspace.media.assets
            assets.revert(self._removed, assets.history(self._removed)[-2].number)
            self.chosen, self._removed = self._removed, ""
            self.changed += 1

    def delete(self) -> None:
        """Delete the chosen file for good.

        Raises:
            SmmError: It cannot be deleted.
        """
        if self.asset is not None:
            self.workspace.media.delete(self.chosen)
            self.chosen = ""
            self.changed += 1

    def use(self) -> None:
        """Put the chosen file to the media of the open draft.

        Raises:
            InvalidValueError: No draft is open, it goes to no account, or the file is there already.
        """
        asset, draft = self.asset, self.drafts.draft
        if asset is None:
            return
        if draft is None or not draft.versions:
            raise InvalidValueError(mark("Open a draft and tick an account first; then use the file there."))
        if any(item.asset == asset.id for item in self.drafts.media):
            raise InvalidValueError(mark("“{name}” is in the open draft already."), name=asset.name)
        self.drafts.set_media((*self.drafts.media, medium_of(asset)))
        self.drafts.settle()
        self.changed += 1

    def _drawn(self, id: str) -> str:
        try:
            small = thumbnail(self.workspace.media.read(id))
        except SmmError:
            return ""
        return "data:image/png;base64," + base64.b64encode(small).decode()


def medium_of(asset: Asset, alt_text: str = "") -> Media:
    """A kept file as a medium of a post; its alt text is the file's unless another is given."""
    return Media(
        kind=asset.kind, name=asset.name, alt_text=alt_text or asset.alt_text, size=asset.size, asset=asset.id
    )


def _holds(asset: Asset, words: list[str]) -> bool:
    told = (
        asset.name,
        asset.alt_text,
        asset.source,
        asset.licence,
        asset.persons,
        asset.creator,
        asset.credit,
    )
    text = " ".join(told).casefold()
    return all(word in text for word in words)
