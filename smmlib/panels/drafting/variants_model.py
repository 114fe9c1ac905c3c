"""What the variants part of the draft panel knows: what differs, and whether it may be tested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smmlib import drafting
from smmlib.campaign import Account, Address
from smmlib.draft import Format, Variant, Version
from smmlib.drafting import FACTORS, Factor, Readiness, VariantSet
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.panels.drafting.draft_model import DraftModel

if TYPE_CHECKING:
    from smmlib.networks import Network


Target = tuple[Account, "Network", Format]
"""An account, its network with the account's own limits, and the format there."""


class VariantsModel:
    """The variants of the open draft. Holds no widgets; what it changes goes through the draft's model."""

    def __init__(self, model: DraftModel) -> None:
        self.model = model
        self._taken: tuple[Factor, ...] = ()
        self._targets: tuple[Target, ...] = ()
        self._read_for: tuple[tuple[Version, ...], dict[str, Network]] | None = None

    # --- the draft it is about
    @property
    def variants(self) -> tuple[Variant, ...]:
        """The variants of the open draft."""
        return self.model.draft.variants if self.model.draft else ()

    @property
    def factors(self) -> tuple[str, ...]:
        """What was declared to differ."""
        return self.model.draft.factors if self.model.draft else ()

    @property
    def account(self) -> Account | None:
        """The account whose language and form of address the texts have: the first one the draft goes to."""
        first = next((v.account for v in self.model.draft.versions), "") if self.model.draft else ""
        return next((account for account, _, _ in self.targets if account.id == first), None)

    @property
    def language(self) -> Language:
        """Language of the texts."""
        return self.account.language if self.account else "de"

    @property
    def address(self) -> Address:
        """Form of address of the texts."""
        return self.account.address if self.account else "neutral"

    @property
    def targets(self) -> tuple[Target, ...]:
        """The accounts the draft goes to, each with its network and the format there.

        They are read again when the draft goes elsewhere, or the model was refreshed; not with each key.
        """
        versions = self.model.draft.versions if self.model.draft else ()
        networks = self.model.networks
        if self._read_for is None or self._read_for[0] != versions or self._read_for[1] is not networks:
            formats = {version.account: version.format for version in versions}
            wanted = (
                (a, self.model.network_of(a), formats[a.id]) for a in self.model.accounts if a.id in formats
            )
            self._targets = tuple((account, network, form) for account, network, form in wanted if network)
            self._read_for = (versions, networks)
        return self._targets

    @property
    def readiness(self) -> Readiness:
        """Whether the variants may enter a test, measured on their texts as they are now."""
        known = {factor.name: factor for factor in self._taken}
        factors = [known.get(name, name) for name in self.factors]
        draft = self.model.draft
        if draft is None:
            return Readiness((), ())
        networks = [(network, form) for _, network, form in self.targets]
        return drafting.ready_for_test(draft, networks=networks, language=self.language, factors=factors)

    @property
    def code(self) -> str:
        """Python that leaves `readiness` in `result`, once the last key is stored.

        A factor of the user's own is known there by its name only, as after a restart.
        """
        draft_id = self.model.draft.id if self.model.draft else ""
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.model.workspace.path)!r})\n"
            f"draft = workspace.drafts.get({draft_id!r})\n"
            "accounts, networks = workspace.accounts.list(), workspace.load_networks()\n"
            "formats = {version.account: version.format for version in draft.versions}\n"
            "accounts = sorted(accounts, key=lambda a: (a.network, a.handle))\n"
            "places = [(networks[a.network].with_limits(a.limits), formats[a.id])\n"
            "          for a in accounts if a.id in formats]\n"
            f"result = smm.drafting.ready_for_test(draft, networks=places, language={self.language!r},\n"
            f"                                     factors={list(self.factors)!r})"
        )

    # --- two texts of one's own
    @property
    def everyday(self) -> bool:
        """Whether there are two variants at most and one factor; their levels are as measured."""
        return len(self.variants) <= 2 and len(self.factors) <= 1

    def add(self) -> None:
        """Add a variant; the first two start as A and B with the draft's text."""
        self.model.add_variant()
        self._keep(self.variants, self.factors)

    def declare(self, factor: str) -> None:
        """Say what differs: a standard factor or a name of one's own; "" takes it back."""
        factors = (factor.strip(),) if factor.strip() else ()
        self._keep(self.variants, factors)

    def set_text(self, index: int, text: str) -> None:
        """Set the text of one variant."""
        self._change(index, text=text)

    def rename(self, index: int, name: str) -> None:
        """Call a variant something else.

        Raises:
            InvalidValueError: The name is empty or another variant has it.
        """
        others = {variant.name for i, variant in enumerate(self.variants) if i != index}
        if not name.strip() or name.strip() in others:
            raise InvalidValueError(
                mark("A variant cannot be called {name!r}: each needs a name that no other one has."),
                name=name,
            )
        self._change(index, name=name.strip())

    def drop(self, index: int) -> None:
        """Remove one variant."""
        self.model.drop_variant(index)

    def take_over(self, written: VariantSet) -> None:
        """Make the texts of a study the variants of the draft; undo brings back those there were."""
        self._taken = written.factors
        names = tuple(factor.name for factor in written.factors)
        self.model.edit(variants=written.variants, factors=names)

    def _change(self, index: int, **changes: str) -> None:
        variants = list(self.variants)
        variants[index] = variants[index].replace(**changes)
        self._keep(variants, self.factors)

    def _keep(self, variants: Sequence[Variant], factors: tuple[str, ...]) -> None:
        """Store the variants; in the everyday case with their levels as measured."""
        if len(variants) <= 2 and len(factors) <= 1:
            variants = [v.replace(levels=self._measured(v, factors)) for v in variants]
        self.model.edit(variants=tuple(variants), factors=factors)

    def _measured(self, variant: Variant, factors: tuple[str, ...]) -> dict[str, str]:
        known = {factor.name for factor in self._taken}
        levels = {}
        for name in factors:
            if name in FACTORS:
                levels[name] = drafting.measure(name, variant.text, self.language).level
            else:
                levels[name] = variant.levels.get(name) if name in known else variant.name
        return {name: level for name, level in levels.items() if level}
