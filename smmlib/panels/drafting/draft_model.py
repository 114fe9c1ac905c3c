"""What the draft panel knows: the open draft, its past, and everything that follows from it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import traitlets as t

from smmlib import drafting
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Media, Variant, Version
from smmlib.drafting.signoff import Conflict, conflict
from smmlib.errors import ConflictError, SmmError
from smmlib.language import mark
from smmlib.networks import account_label
from smmlib.panels.saving import Later
from smmlib.timetable import localise

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.networks import Network
    from smmlib.workspace import Workspace


class DraftModel(t.HasTraits):
    """The open draft and the list it comes from. Holds no widgets, so tests need no notebook.

    Every change is in the workspace within half a second; `undo` walks back through what is stored, so
    it works after a restart too.

    Attributes:
        draft: The open draft; None while there is none.
        shown: Drafts the list shows: unpublished first, the latest planned time on top.
        query: Words the list is searched for.
        campaign_only: Id of the campaign the list is narrowed to, or "".
        target: Account id whose own text is edited; "" edits the text all follow.
        saved_at: When the open draft was last stored.
        news: What happened without being asked for; the panel shows it.
        unsaved: Why the last change could not be stored yet, None when all is stored.
        author: Who writes; stored with every change.
        conflict: Both versions, when somebody else stored the open draft first; else None.
    """

    draft = t.Instance(Draft, allow_none=True)
    shown = t.Tuple()
    query = t.Unicode("")
    campaign_only = t.Unicode("")
    target = t.Unicode("")
    saved_at = t.Instance(datetime, allow_none=True)
    news = t.Unicode("")
    unsaved = t.Instance(SmmError, allow_none=True)
    author = t.Unicode("")
    conflict = t.Instance(Conflict, allow_none=True)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._number, self._removed = 0, ""
        self._undone: list[Draft] = []
        self._past: list[Draft] = []
        self._later = Later(self.save, partial(setattr, self, "unsaved"))
        self.observe(self._list_again, names=["query", "campaign_only"])
        self.refresh()
        if self.shown:
            self.open(self.shown[0].id)

    # --- what there is
    @cached_property
    def networks(self) -> dict[str, Network]:
        """The networks as this workspace sees them."""
        return self.workspace.load_networks()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All accounts, by network and handle."""
        return tuple(sorted(self.workspace.accounts.list(), key=lambda a: (a.network, a.handle)))

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """All campaigns, by name."""
        return tuple(sorted(self.workspace.campaigns.list(), key=lambda c: c.name.casefold()))

    @property
    def campaign(self) -> Campaign | None:
        """The open draft's campaign."""
        wanted = self.draft.campaign if self.draft else ""
        return next((c for c in self.workspace.campaigns.list() if c.id == wanted), None)

    def refresh(self) -> None:
        """Read accounts, networks and drafts again, as another kernel may have changed them."""
        self.__dict__.pop("networks", None)
        self._list_again()

    def network_of(self, account: Account) -> Network | None:
        """The account's network with the account's own limits, or None if its rules are gone."""
        network = self.networks.get(account.network)
        return network.with_limits(account.limits) if network else None

    def label_of(self, account: Account) -> str:
        """How lists call the account: network and handle."""
        return account_label(account, self.networks.get(account.network))

    # --- which draft
    def new(self, text: str = "") -> None:
        """Open a fresh draft that goes to the accounts of the last one."""
        accounts = [v.account for v in self.draft.versions] if self.draft else []
        campaign = self.campaign_only or (self.draft.campaign if self.draft else "")
        versions = tuple(Version(account=a) for a in accounts)
        draft = self.workspace.drafts.add(
            Draft(campaign=campaign, text=text, versions=versions), author=self.author
        )
        self.query = ""
        self._list_again()
        self.open(draft.id)

    def open(self, draft_id: str) -> None:
        """Open a stored draft."""
        self._later.now()
        history = self.workspace.drafts.history(draft_id)
        self._number = history[-1].number
        self._past = [revision.record for revision in history[:-1] if revision.record is not None]
        self._undone = []
        self.saved_at = history[-1].at
        self.target = ""
        self.draft = history[-1].record

    def remove(self) -> None:
        """Take the open draft off the list; it stays in the history."""
        if self.draft is None:
            return
        self._later.now()
        self._removed = self.draft.id
        self.workspace.drafts.remove(self._removed)
        self.draft = None
        self._list_again()
        if self.shown:
            self.open(self.shown[0].id)

    def bring_back(self) -> None:
        """Put the draft removed last on the list again."""
        if self._removed:
            drafts = self.workspace.drafts
            drafts.revert(self._removed, drafts.history(self._removed)[-2].number)
            self._list_again()
            self.open(self._removed)
            self._removed = ""

    @property
    def can_bring_back(self) -> bool:
        """True when a draft was removed in this session."""
        return bool(self._removed)

    # --- changing it
    def edit(self, **changes: Any) -> None:
        """Change fields of the open draft."""
        if self.draft is None:
            self.new()
        assert self.draft is not None
        changed = self.draft.replace(**changes)
        if changed != self.draft:
            self._undone = []
            self.draft = changed
            self._later.soon()

    def write(self, text: str) -> None:
        """Set the text of what is being edited: the draft's, or the target account's own."""
        if self.target:
            self.edit_version(self.target, text=text, thread=())
        else:
            self.edit(text=text)

    @property
    def text(self) -> str:
        """The text of what is being edited: the draft's, or the target account's own."""
        if self.draft is None:
            return ""
        return self.draft.text_for(self.target) if self.target else self.draft.text

    def edit_version(self, account: str, **changes: Any) -> None:
        """Change how the draft goes to one account; the account is added if it was not there."""
        versions = self.draft.versions if self.draft else ()
        if any(v.account == account for v in versions):
            new = tuple(v.replace(**changes) if v.account == account else v for v in versions)
        else:
            new = (*versions, Version(account=account, **changes))
        self.edit(versions=new)

    def drop_version(self, account: str) -> None:
        """Do not send the draft to this account."""
        if self.draft:
            self.edit(versions=tuple(v for v in self.draft.versions if v.account != account))
        if self.target == account:
            self.target = ""

    def plan(self, account: Account, local: datetime | None) -> None:
        """Set the planned time, given in the account's own time zone."""
        when = None if local is None else localise(local, account.time_zone)
        self.edit_version(account.id, planned_at=when)

    @property
    def media(self) -> tuple[Media, ...]:
        """Media of what is being edited: of the target account, else of the first."""
        versions = self.draft.versions if self.draft else ()
        mine = [v for v in versions if v.account == self.target] or list(versions[:1])
        return mine[0].media if mine else ()

    def set_media(self, media: tuple[Media, ...]) -> None:
        """Set the media of the target account, else of every account the draft goes to."""
        if self.draft:
            wanted = {self.target} if self.target else {v.account for v in self.draft.versions}
            versions = (v.replace(media=media) if v.account in wanted else v for v in self.draft.versions)
            self.edit(versions=tuple(versions))

    def add_variant(self) -> None:
        """Add a variant; the first two start as A and B with the draft's text."""
        if self.draft is None:
            return
        have = self.draft.variants
        names = ["A", "B"] if not have else [chr(ord("A") + len(have))]
        self.edit(variants=(*have, *(Variant(name=name, text=self.draft.text) for name in names)))

    def write_variant(self, index: int, text: str) -> None:
        """Set the text of one variant."""
        if self.draft:
            variants = list(self.draft.variants)
            variants[index] = variants[index].replace(text=text)
            self.edit(variants=tuple(variants))

    def drop_variant(self, index: int) -> None:
        """Remove one variant; a single one left goes too, as there is nothing to test it against."""
        if self.draft:
            left = tuple(v for i, v in enumerate(self.draft.variants) if i != index)
            self.edit(variants=left if len(left) > 1 else ())

    def label(self, draft_ids: tuple[str, ...], kind: str, value: str) -> int:
        """Give many drafts the same label; an empty value takes it away. Returns how many changed."""
        self._later.now()
        changed = 0
        for draft in self.workspace.drafts.list():
            labels = (
                {**draft.labels, kind: value}
                if value
                else {k: v for k, v in draft.labels.items() if k != kind}
            )
            if draft.id in draft_ids and labels != draft.labels:
                self.workspace.drafts.update(draft.replace(labels=labels))
                changed += 1
        self._list_again()
        if self.draft and self.draft.id in draft_ids:
            self.open(self.draft.id)
        return changed

    # --- past and future
    @property
    def can_undo(self) -> bool:
        """True when there is an earlier state."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """True when something was undone."""
        return bool(self._undone)

    def undo(self) -> None:
        """Go back to the state before."""
        self._later.now()
        if self.draft and self._past:
            self._undone.append(self.draft)
            self._step(self._past.pop())

    def redo(self) -> None:
        """Take back the last `undo`."""
        if self.draft and self._undone:
            self._past.append(self.draft)
            self._step(self._undone.pop())

    def _step(self, draft: Draft) -> None:
        self.workspace.drafts.update(draft, author=self.author, expected=self._number)
        self._number += draft != self.draft
        self.saved_at = datetime.now().astimezone()
        self.draft = draft
        self._list_again()

    def settle(self) -> None:
        """Store what was typed a moment ago and is still waiting; nothing when nothing was typed."""
        self._later.now()

    def save(self) -> None:
        """Store the open draft if it changed.

        If another kernel changed it meanwhile, this text is kept as a draft of its own and `news` says so.
        """
        if self.draft is None:
            return
        drafts = self.workspace.drafts
        stored = drafts.get(self.draft.id)
        if stored == self.draft:
            return
        try:
            drafts.update(self.draft, author=self.author, expected=self._number)
        except ConflictError:
            met = conflict(drafts.history(self.draft.id), self.draft, self._number)
            copy = Draft(**{**dict(self.draft), "id": Draft().id, "title": f"{self.draft.name} (2)"})
            drafts.add(copy, author=self.author)
            self._list_again()
            self.open(copy.id)
            self.conflict = met
            self.news = mark(
                "This draft was changed elsewhere meanwhile; your text is kept as a draft of its own."
            )
            return
        self._past.append(stored)
        self._number += 1
        self.saved_at = datetime.now().astimezone()
        self._list_again()

    # --- what follows from it
    @property
    def result(self) -> drafting.Survey:
        """Count, limit, link and findings for every account the draft goes to."""
        return self.workspace.surveys.of(self.draft or Draft())

    def data(self) -> pd.DataFrame:
        """One row per account of the open draft."""
        return self.result.to_frame()

    @property
    def code(self) -> str:
        """Python that leaves the same result in `result`, without the panel, once the last key is stored."""
        draft_id = self.draft.id if self.draft else ""
        spelling = ""
        if self.workspace.surveys.speller is not None:
            spelling = (
                "from smmlib.workspace.hunspell import Hunspell\n"
                "workspace.surveys.speller = Hunspell(patience=60)\n"
            )
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.workspace.path)!r})\n"
            f"{spelling}"
            f"result = workspace.surveys.of(workspace.drafts.get({draft_id!r}))"
        )

    def _list_again(self, _change: object = None) -> None:
        found = drafting.find(self.workspace.drafts.list(), self.query, accounts=self.accounts)
        kept = (d for d in found if self.campaign_only in ("", d.campaign))
        self.shown = tuple(sorted(kept, key=_unpublished_first))


def when(draft: Draft) -> datetime | None:
    """The first planned time of a draft, or None."""
    return min((v.planned_at for v in draft.versions if v.planned_at), default=None)


def published(draft: Draft) -> bool:
    """True when every version of the draft has appeared."""
    return bool(draft.versions) and all(v.published for v in draft.versions)


def _unpublished_first(draft: Draft) -> tuple[bool, float]:
    planned = when(draft)
    return published(draft), -planned.timestamp() if planned else float("-inf")
