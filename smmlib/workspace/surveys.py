"""Drafts surveyed with all the workspace knows: read once, and again only when somebody changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from smmlib.drafting.checks import EarlierPosts
from smmlib.drafting.surveying import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmlib.asset import Asset
    from smmlib.campaign import Account, Campaign
    from smmlib.draft import Draft
    from smmlib.drafting import Speller
    from smmlib.networks import Network
    from smmlib.workspace.collection import Collection
    from smmlib.workspace.workspace import Workspace


class Surveys:
    """What goes to every account, counted and checked: `workspace.surveys.of(draft)`.

    It is made for every key that is typed, so campaigns, accounts, networks, media and earlier posts are
    remembered, and the collections asked by number only whether they changed.

    Args:
        workspace: Where everything is kept.

    Attributes:
        speller: The dictionary words are looked up in, e.g. `hunspell.Hunspell()`; None: in none.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.speller: Speller | None = None
        self._workspace = workspace
        self._seen: dict[str, int] = {}
        self._accounts: tuple[Account, ...] = ()
        self._campaigns: dict[str, Campaign] = {}
        self._networks: dict[str, Network] = {}
        self._assets: Mapping[str, Asset] = {}
        self._earlier = EarlierPosts(())

    def of(self, draft: Draft) -> Survey:
        """Count, check and link a draft, which need not be stored, for every account it goes to."""
        self._look(draft.id)
        return survey(
            draft,
            campaign=self._campaigns.get(draft.campaign),
            accounts=self._accounts,
            networks=self._networks,
            options=self._workspace.settings.checks,
            assets=self._assets,
            earlier=self._earlier,
            speller=self.speller,
        )

    def _look(self, open_draft: str) -> None:
        workspace = self._workspace
        if self._changed(workspace.accounts):
            self._accounts = workspace.accounts.list()
        if self._changed(workspace.campaigns):
            self._campaigns = {campaign.id: campaign for campaign in workspace.campaigns.list()}
        if self._changed(workspace.networks):
            self._networks = workspace.load_networks()
        if self._changed(workspace.media.assets):
            self._assets = workspace.media.known()
        if self._changed(workspace.drafts, apart_from=open_draft):
            self._earlier = EarlierPosts(workspace.drafts.list())

    def _changed(self, collection: Collection[Any], *, apart_from: str = "") -> bool:
        """Whether records changed since they were read; changes of the open draft wait until it is closed."""
        now, seen = collection.version(), self._seen.get(collection.kind, -1)
        if now == seen or (seen >= 0 and collection.changed_since(seen) <= {apart_from}):
            return False
        self._seen[collection.kind] = now
        return True
