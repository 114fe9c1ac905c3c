"""From a brief to a post that can go out: variants, versions, checks, previews, sign-off, hand-over.

    survey(draft, campaign=campaign, accounts=accounts, networks=load_networks())

The rooms `handover`, `media` and `signoff` are entered by their names.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.drafting import handover, media, signoff
    from smmlib.drafting.address import Addressing, AddressSignal, forms_of_address
    from smmlib.drafting.briefing import check_briefing, copy_of, from_yaml, to_yaml
    from smmlib.drafting.checks import CHECKS, GROUPS, Check, CheckOptions, EarlierPosts, Subject, check
    from smmlib.drafting.links import campaign_link, check_link, slug, tag_link
    from smmlib.drafting.preview import MarkedText, Piece, mark_up, preview_html, preview_style
    from smmlib.drafting.reading_ease import Readability, readability
    from smmlib.drafting.search import find
    from smmlib.drafting.spelling import Speller
    from smmlib.drafting.surveying import AccountSurvey, Survey, survey
    from smmlib.drafting.syllable_count import syllables
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
    from smmlib.drafting.versions import (
        Adaptation,
        Drift,
        FieldMeasure,
        WordChange,
        adapt,
        drifted,
        fields_of,
        join_thread,
        split_thread,
        state_of,
    )

_HOME = {
    "AccountSurvey": "surveying",
    "Adaptation": "versions",
    "AddressSignal": "address",
    "Addressing": "address",
    "CHECKS": "checks",
    "Check": "checks",
    "CheckOptions": "checks",
    "Design": "variants",
    "Drift": "versions",
    "EarlierPosts": "checks",
    "FACTORS": "variants",
    "Factor": "variants",
    "FieldMeasure": "versions",
    "GROUPS": "checks",
    "MarkedText": "preview",
    "Phrasebook": "variants",
    "Piece": "preview",
    "Readability": "reading_ease",
    "Readiness": "variants",
    "Speller": "spelling",
    "Subject": "checks",
    "Survey": "surveying",
    "VariantSet": "variants",
    "WordChange": "versions",
    "adapt": "versions",
    "as_factors": "variants",
    "campaign_link": "links",
    "check": "checks",
    "check_briefing": "briefing",
    "check_link": "links",
    "copy_of": "briefing",
    "drifted": "versions",
    "explain": "variants",
    "factor_name": "variants",
    "fields_of": "versions",
    "find": "search",
    "forms_of_address": "address",
    "fractional_factorial": "variants",
    "from_yaml": "briefing",
    "full_factorial": "variants",
    "join_thread": "versions",
    "level_name": "variants",
    "mark_up": "preview",
    "measure": "variants",
    "notation": "variants",
    "offered_designs": "variants",
    "pair": "variants",
    "preview_html": "preview",
    "preview_style": "preview",
    "read_phrasebook": "variants",
    "readability": "reading_ease",
    "ready_for_test": "variants",
    "shipped_phrasebook": "variants",
    "slug": "links",
    "split_thread": "versions",
    "state_of": "versions",
    "survey": "surveying",
    "syllables": "syllable_count",
    "tag_link": "links",
    "to_yaml": "briefing",
    "verify_manipulation": "variants",
    "write_variants": "variants",
}

__all__ = [
    "CHECKS",
    "FACTORS",
    "GROUPS",
    "AccountSurvey",
    "Adaptation",
    "AddressSignal",
    "Addressing",
    "Check",
    "CheckOptions",
    "Design",
    "Drift",
    "EarlierPosts",
    "Factor",
    "FieldMeasure",
    "MarkedText",
    "Phrasebook",
    "Piece",
    "Readability",
    "Readiness",
    "Speller",
    "Subject",
    "Survey",
    "VariantSet",
    "WordChange",
    "adapt",
    "as_factors",
    "campaign_link",
    "check",
    "check_briefing",
    "check_link",
    "copy_of",
    "drifted",
    "explain",
    "factor_name",
    "fields_of",
    "find",
    "forms_of_address",
    "fractional_factorial",
    "from_yaml",
    "full_factorial",
    "handover",
    "join_thread",
    "level_name",
    "mark_up",
    "measure",
    "media",
    "notation",
    "offered_designs",
    "pair",
    "preview_html",
    "preview_style",
    "read_phrasebook",
    "readability",
    "ready_for_test",
    "shipped_phrasebook",
    "signoff",
    "slug",
    "split_thread",
    "state_of",
    "survey",
    "syllables",
    "tag_link",
    "to_yaml",
    "verify_manipulation",
    "write_variants",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.drafting.{_HOME[name]}"), name)
    if name in __all__:
        return importlib.import_module(f"smmlib.drafting.{name}")
    raise AttributeError(f"module 'smmlib.drafting' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
