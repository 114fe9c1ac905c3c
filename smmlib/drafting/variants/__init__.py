"""Variants as a designed experiment: rough drafts that differ in what is tested, and in nothing else.

    variants = write_variants(campaign, network, factors=["hook", "cta"], seed=7, address="du")
    variants.findings(), variants.explain("de"), variants.to_frame()

The everyday case is two texts of one's own: `pair`. After each edit `ready_for_test` measures again.
"""

from smmlib.drafting.variants.aliasing import explain, notation
from smmlib.drafting.variants.designs import (
    Design,
    fractional_factorial,
    full_factorial,
    offered_designs,
)
from smmlib.drafting.variants.factors import FACTORS, Factor, as_factors, factor_name, level_name
from smmlib.drafting.variants.manipulation import verify_manipulation
from smmlib.drafting.variants.measuring import measure
from smmlib.drafting.variants.pairs import pair
from smmlib.drafting.variants.phrasebook import Phrasebook
from smmlib.drafting.variants.readiness import Readiness, ready_for_test
from smmlib.drafting.variants.reading import read_phrasebook, shipped_phrasebook
from smmlib.drafting.variants.variant_set import VariantSet
from smmlib.drafting.variants.writing import write_variants

__all__ = [
    "FACTORS",
    "Design",
    "Factor",
    "Phrasebook",
    "Readiness",
    "VariantSet",
    "as_factors",
    "explain",
    "factor_name",
    "fractional_factorial",
    "full_factorial",
    "level_name",
    "measure",
    "notation",
    "offered_designs",
    "pair",
    "read_phrasebook",
    "ready_for_test",
    "shipped_phrasebook",
    "verify_manipulation",
    "write_variants",
]
