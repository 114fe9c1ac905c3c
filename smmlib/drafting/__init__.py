"""From a brief to a post that can go out: links, checks, previews, search, variants.

survey(draft, campaign=campaign, accounts=accounts, networks=load_networks())
"""

from smmlib.drafting.checks import CHECKS, GROUPS, Check, CheckOptions, Subject, check
from smmlib.drafting.links import campaign_link, check_link, slug, tag_link
from smmlib.drafting.preview import MarkedText, Piece, mark_up, preview_html
from smmlib.drafting.search import find
from smmlib.drafting.survey import AccountSurvey, Survey, survey
from smmlib.drafting.variants import (
    FACTORS,
    Design,
    Factor,
    Phrasebook,
    Readiness,
    VariantSet,
    as_factors,
    explain,
    factor_name,
    fractional_factorial,
    full_factorial,
    level_name,
    measure,
    notation,
    offered_designs,
    pair,
    read_phrasebook,
    ready_for_test,
    shipped_phrasebook,
    verify_manipulation,
    write_variants,
)

__all__ = [
    "CHECKS",
    "FACTORS",
    "GROUPS",
    "AccountSurvey",
    "Check",
    "CheckOptions",
    "Design",
    "Factor",
    "MarkedText",
    "Phrasebook",
    "Piece",
    "Readiness",
    "Subject",
    "Survey",
    "VariantSet",
    "as_factors",
    "campaign_link",
    "check",
    "check_link",
    "explain",
    "factor_name",
    "find",
    "fractional_factorial",
    "full_factorial",
    "level_name",
    "mark_up",
    "measure",
    "notation",
    "offered_designs",
    "pair",
    "preview_html",
    "read_phrasebook",
    "ready_for_test",
    "shipped_phrasebook",
    "slug",
    "survey",
    "tag_link",
    "verify_manipulation",
    "write_variants",
]
