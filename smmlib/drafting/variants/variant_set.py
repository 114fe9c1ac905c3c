"""Variants of one text, with the design they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smmlib.draft import Variant
from smmlib.drafting.variants.aliasing import explain
from smmlib.drafting.variants.designs import Design
from smmlib.drafting.variants.factors import Factor
from smmlib.drafting.variants.manipulation import verify_manipulation
from smmlib.language import Language
from smmlib.networks import Finding
from smmlib.networks.counting import graphemes

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class VariantSet:
    """Texts that are to be tested against each other.

    Attributes:
        variants: The texts with the level of each factor.
        factors: What differs between them.
        design: Which combinations there are; None when the levels of a pair are not known.
        language: Language of the texts.
        slots: Name of a variant to its slots and the phrases in them; empty for texts of one's own.
        seed: What the phrases were drawn from; None for texts of one's own.
    """

    variants: tuple[Variant, ...]
    factors: tuple[Factor, ...]
    design: Design | None
    language: Language
    slots: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    seed: int | None = None

    def findings(self) -> tuple[Finding, ...]:
        """Levels that the texts do not have, and what differs beside the factors."""
        return verify_manipulation(self.variants, language=self.language, factors=self.factors)

    def explain(self, language: Language = "en") -> tuple[str, ...]:
        """What the design can tell and what it cannot, in sentences."""
        return explain(self.design, language) if self.design else ()

    def to_frame(self) -> pd.DataFrame:
        """One row per variant: variant, one column per factor with its level, graphemes, text."""
        import pandas as pd

        names = [factor.name for factor in self.factors]
        rows = [
            (v.name, *(v.levels.get(name) for name in names), graphemes(v.text), v.text)
            for v in self.variants
        ]
        return pd.DataFrame(rows, columns=["variant", *names, "graphemes", "text"])
