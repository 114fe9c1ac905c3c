"""What a study would write: its factors, its design, its texts before they are taken over."""

from __future__ import annotations

import traitlets as t

from smmlib import drafting
from smmlib.drafting import Design, Factor, VariantSet
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.panels.drafting.variants_model import Target, VariantsModel


class StudyModel(t.HasTraits):
    """A study of the open draft. Holds no widgets.

    Attributes:
        chosen: Standard factors.
        own_name: Name of a factor of the user's own, or "".
        own_phrases: Its two phrases.
        formula: Order of the slots.
        seed: Which phrases are drawn.
        fraction: None: all combinations; 1: a half; 2: a quarter.
        written: What was written last; None before. It is not part of the draft until it is taken over.
    """

    chosen = t.Tuple(("hook", "cta"))
    own_name = t.Unicode("")
    own_phrases = t.Tuple(("", ""))
    formula = t.Unicode("AIDA")
    seed = t.Int(1)
    fraction = t.Int(None, allow_none=True)
    written = t.Instance(VariantSet, allow_none=True)

    def __init__(self, about: VariantsModel) -> None:
        super().__init__()
        self.about = about

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors of the study, with the user's own.

        Raises:
            InvalidValueError: Nothing is chosen, or the user's own factor has no two phrases.
        """
        given: list[str | dict[str, object]] = list(self.chosen)
        if self.own_name.strip():
            first, second = (phrase.strip() for phrase in self.own_phrases)
            given.append({"name": self.own_name.strip(), "levels": {"1": first, "2": second}})
            if first == second:
                raise InvalidValueError(
                    mark("Factor {factor!r} needs two phrases that differ; one of them may be empty."),
                    factor=self.own_name.strip(),
                )
        return drafting.as_factors(given)

    @property
    def designs(self) -> tuple[Design, ...]:
        """The designs there are for the chosen factors; none while no factor is chosen."""
        if not self.chosen and not self.own_name.strip():
            return ()
        return drafting.offered_designs({factor.name: factor.levels for factor in self.factors})

    @property
    def formulas(self) -> tuple[str, ...]:
        """The formulas there are, the team's own included."""
        language = self.about.language
        books = (drafting.shipped_phrasebook(language), *self.about.model.workspace.phrasebooks.list())
        return tuple(dict.fromkeys(f for book in books if book.language == language for f in book.formulas))

    def write(self) -> None:
        """Write the texts of the study; they stay apart from the draft until they are taken over.

        Raises:
            InvalidValueError: There is no campaign, its briefing lacks phrases, or the texts do not fit.
        """
        campaign = self.about.model.campaign
        if campaign is None:
            raise InvalidValueError(
                mark("The texts are made from the phrases of the briefing; choose a campaign for this draft.")
            )
        _, network, form = self._tightest()
        self.written = drafting.write_variants(
            campaign,
            network,
            factors=self.factors,
            seed=self.seed,
            address=self.about.address,
            language=self.about.language,
            formula=self.formula,
            fraction=self.fraction,
            phrasebooks=self.about.model.workspace.phrasebooks.list(),
            format=form,
        )

    def take_over(self) -> None:
        """Make the texts written last the variants of the draft."""
        if self.written is not None:
            self.about.take_over(self.written)

    @property
    def code(self) -> str:
        """Python that leaves the same `VariantSet` in `result`, without the panel."""
        campaign = self.about.model.draft.campaign if self.about.model.draft else ""
        account, network, form = self._tightest()
        factors = [factor.model_dump() for factor in self.factors]
        return (
            "import smmlib as smm\n"
            f"workspace = smm.open_workspace({str(self.about.model.workspace.path)!r})\n"
            f"network = workspace.load_networks()[{network.id!r}].with_limits({account.limits!r})\n"
            "result = smm.drafting.write_variants(\n"
            f"    workspace.campaigns.get({campaign!r}),\n"
            "    network,\n"
            f"    factors={factors!r},\n"
            f"    seed={self.seed}, fraction={self.fraction}, formula={self.formula!r},\n"
            f"    address={self.about.address!r}, language={self.about.language!r}, format={form!r},\n"
            "    phrasebooks=workspace.phrasebooks.list(),\n"
            ")"
        )

    def _tightest(self) -> Target:
        """Of the networks the draft goes to, the one that allows the least: what fits there fits all."""
        if not self.about.targets:
            raise InvalidValueError(
                mark("The draft goes to no account yet; tick one, then the texts fit it.")
            )
        return min(self.about.targets, key=lambda target: target[1].limit(target[2]) or float("inf"))
