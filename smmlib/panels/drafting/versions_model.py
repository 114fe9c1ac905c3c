"""What the side-by-side view does with the versions of the open draft. Holds no widgets."""

from __future__ import annotations

from typing import Any

from smmlib import drafting
from smmlib.campaign import Account
from smmlib.draft import PART_BREAK, Draft, PostField, Version
from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import Language, mark
from smmlib.networks import Network
from smmlib.panels.drafting.draft_model import DraftModel


class VersionsModel:
    """Adapt, follow, split and edit the versions; every step goes through the draft's model, so undo works.

    Args:
        model: The model of the open draft.

    Attributes:
        notes: Account id to what the last adaptation did there, or why it could not be done.
    """

    def __init__(self, model: DraftModel) -> None:
        self.model = model
        self.notes: dict[str, drafting.Adaptation | SmmError] = {}

    @property
    def draft(self) -> Draft:
        """The open draft, or an empty one."""
        return self.model.draft or Draft()

    def version(self, account: str) -> Version:
        """How the draft goes to an account; a bare version where it does not."""
        found = (version for version in self.draft.versions if version.account == account)
        return next(found, Version(account=account))

    def note(self, account: str, language: Language) -> str:
        """What the last adaptation did to this version, in `language`; "" if there was none."""
        found = self.notes.get(account)
        return found.text(language) if found else ""

    def adapt(self, account: str) -> None:
        """Make the version anew from the common text.

        Raises:
            InvalidValueError: A link, hashtag or mention is longer than a post may be.
        """
        known, network = self._place(account)
        self.notes.pop(account, None)
        try:
            done = drafting.adapt(self.draft, known, network, self.model.campaign)
        except InvalidValueError as problem:
            self.notes[account] = problem
            raise
        self.notes[account] = done
        self._keep({account: done.version})

    def adapt_all(self) -> int:
        """Make every version anew in one step; returns how many could be.

        Where one cannot be made it stays as it is, and `notes` says why.
        """
        campaign, made = self.model.campaign, {}
        self.notes = {}
        for version in self.draft.versions:
            account = version.account
            try:
                known, network = self._place(account)
                done = drafting.adapt(self.draft, known, network, campaign)
            except SmmError as problem:
                self.notes[account] = problem
                continue
            self.notes[account] = done
            made[account] = done.version
        self._keep(made)
        return len(made)

    @property
    def result(self) -> dict[str, drafting.Adaptation]:
        """Account id to what adapting would make of the draft there; where it cannot, there is none."""
        made = {}
        for version in self.draft.versions:
            try:
                known, network = self._place(version.account)
                made[known.id] = drafting.adapt(self.draft, known, network, self.model.campaign)
            except SmmError:
                continue
        return made

    @property
    def code(self) -> str:
        """Python that leaves `result`, once the last key is stored, where every account can be adapted."""
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.model.workspace.path)!r})\n"
            f"draft = workspace.drafts.get({self.draft.id!r})\n"
            "campaign = workspace.campaigns.get(draft.campaign) if draft.campaign else None\n"
            "networks = workspace.load_networks()\n"
            "result = {}\n"
            "for version in draft.versions:\n"
            "    account = workspace.accounts.get(version.account)\n"
            "    network = networks[account.network].with_limits(account.limits)\n"
            "    result[account.id] = smm.drafting.adapt(draft, account, network, campaign)"
        )

    def follow(self, account: str) -> None:
        """Let the version follow the common text again; its fields stay."""
        self.notes.pop(account, None)
        self.model.edit_version(account, text=None, thread=(), adapted_from=None)

    def take_own(self, account: str) -> None:
        """Give the version a text of its own, which begins as the common one."""
        text = self.draft.text
        self.model.edit_version(account, text=text, adapted_from=text)

    def write(self, account: str, text: str) -> None:
        """Set the version's own text, as one post."""
        self.model.edit_version(account, text=text, thread=())

    def write_part(self, account: str, index: int, text: str) -> None:
        """Set one part of the version's thread; `index` counts from 0."""
        parts = list(self.version(account).thread)
        parts[index] = text
        self._thread(account, tuple(parts))

    def split(self, account: str) -> None:
        """Split the version's text into a thread, numbered anew.

        Raises:
            InvalidValueError: A link, hashtag or mention is longer than a part may be.
        """
        known, network = self._place(account)
        version = self.version(account)
        parts = drafting.split_thread(
            self._whole(version),
            network,
            format=version.format,
            content_warning=version.fields.get("content_warning", ""),
            language=known.language,
        )
        self._thread(account, parts)

    def join(self, account: str) -> None:
        """Make the version's thread one post again, without numbers."""
        self.write(account, self._whole(self.version(account)))

    def set_field(self, account: str, field: PostField, text: str) -> None:
        """Set a field beside the text; an empty one is left out."""
        fields = {name: value for name, value in self.version(account).fields.items() if name != field}
        self.model.edit_version(account, fields={**fields, field: text} if text else fields)

    def set_link_card(self, **changes: str) -> None:
        """Set what networks show of the linked page."""
        self.model.edit(link_card=self.draft.link_card.replace(**changes))

    def may_thread(self, account: str) -> bool:
        """Whether the account's network has threads."""
        try:
            _, network = self._place(account)
        except SmmError:
            return False
        rule = network.rule("thread", self.version(account).format)
        return bool(rule and rule.value is True)

    def _whole(self, version: Version) -> str:
        return drafting.join_thread(version.posted(self.draft.text))

    def _thread(self, account: str, parts: tuple[str, ...]) -> None:
        version = self.version(account)
        changes: dict[str, Any] = {"text": PART_BREAK.join(parts), "thread": parts if len(parts) > 1 else ()}
        if version.text is None:
            changes["adapted_from"] = self.draft.text
        self.model.edit_version(account, **changes)

    def _keep(self, made: dict[str, Version]) -> None:
        versions = tuple(made.get(version.account, version) for version in self.draft.versions)
        self.model.edit(versions=versions)

    def _place(self, account: str) -> tuple[Account, Network]:
        known = next((a for a in self.model.accounts if a.id == account), None)
        network = self.model.network_of(known) if known else None
        if known is None or network is None:
            raise InvalidValueError(
                mark("The account {account!r} or its network is not there any more; choose another one."),
                account=self.model.label_of(known) if known else account,
            )
        return known, network
