"""Testing copy: plan a test, compare its variants, say what the figures allow to say."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.experiments.advice import Advice, advise
    from smmlib.experiments.assignment import AssignedSlot, Assignment
    from smmlib.experiments.assignment_history import review_history
    from smmlib.experiments.bounds import Bounds
    from smmlib.experiments.caveats import Caveat, changed_texts, counting_breaks, novelty, stopped_early
    from smmlib.experiments.columns import CountColumns, guess_columns, lettered, needs_letters
    from smmlib.experiments.comparing import compare
    from smmlib.experiments.comparison import DESIGNS, Comparison
    from smmlib.experiments.copy_test import Arm, CopyTest, counts_frame
    from smmlib.experiments.daily import DayByDay, day_by_day
    from smmlib.experiments.dispersion import Dispersion, estimate_dispersion
    from smmlib.experiments.factors import FactorEffects, factor_effects
    from smmlib.experiments.features import TextFeatures, feature_table, text_features
    from smmlib.experiments.from_response import counts_by_slot, counts_by_variant
    from smmlib.experiments.guarding import Guardrails, guardrails
    from smmlib.experiments.learning import WhatWorks, what_works
    from smmlib.experiments.look_plan import Looks, inflation
    from smmlib.experiments.look_report import LookReport
    from smmlib.experiments.looking import look_at
    from smmlib.experiments.matching import SlotPlan, match_slots
    from smmlib.experiments.outlook import Prospects, conditional_power, predictive_power
    from smmlib.experiments.past_posts import PastPosts, past_posts, post_rates
    from smmlib.experiments.peeks import Peeking, peeking
    from smmlib.experiments.planning import TestPlan, plan_test
    from smmlib.experiments.pooling import Pooled, pool
    from smmlib.experiments.reading import read_counts
    from smmlib.experiments.reading_log import Reading, counts_by_day
    from smmlib.experiments.registration import LOOKING, Registration, registered
    from smmlib.experiments.scatter import SlotScatter, slot_scatter
    from smmlib.experiments.segments import SplitBySegment, split_by_segment
    from smmlib.experiments.sequence import AlwaysValid
    from smmlib.experiments.several_rates import SeveralRates, compare_rates
    from smmlib.experiments.shrinkage import PUBLISHED, Prior, Shrunken, learn_prior, shrink
    from smmlib.experiments.slot_need import SlotNeed, plan_slots
    from smmlib.experiments.slots import SlotComparison, compare_slots
    from smmlib.experiments.split import SplitHealth, set_aside, srm_by_period
    from smmlib.experiments.switchback import period_values, plan_switchback

_HOME = {
    "Advice": "advice",
    "AlwaysValid": "sequence",
    "Arm": "copy_test",
    "AssignedSlot": "assignment",
    "Assignment": "assignment",
    "Bounds": "bounds",
    "Caveat": "caveats",
    "Comparison": "comparison",
    "CopyTest": "copy_test",
    "CountColumns": "columns",
    "DESIGNS": "comparison",
    "DayByDay": "daily",
    "Dispersion": "dispersion",
    "FactorEffects": "factors",
    "Guardrails": "guarding",
    "LOOKING": "registration",
    "LookReport": "look_report",
    "Looks": "look_plan",
    "PUBLISHED": "shrinkage",
    "PastPosts": "past_posts",
    "Peeking": "peeks",
    "Pooled": "pooling",
    "Prior": "shrinkage",
    "Prospects": "outlook",
    "Reading": "reading_log",
    "Registration": "registration",
    "SeveralRates": "several_rates",
    "Shrunken": "shrinkage",
    "SlotComparison": "slots",
    "SlotNeed": "slot_need",
    "SlotPlan": "matching",
    "SlotScatter": "scatter",
    "SplitBySegment": "segments",
    "SplitHealth": "split",
    "TestPlan": "planning",
    "TextFeatures": "features",
    "WhatWorks": "learning",
    "advise": "advice",
    "changed_texts": "caveats",
    "compare": "comparing",
    "compare_rates": "several_rates",
    "compare_slots": "slots",
    "conditional_power": "outlook",
    "counting_breaks": "caveats",
    "counts_by_day": "reading_log",
    "counts_by_slot": "from_response",
    "counts_by_variant": "from_response",
    "counts_frame": "copy_test",
    "day_by_day": "daily",
    "estimate_dispersion": "dispersion",
    "factor_effects": "factors",
    "feature_table": "features",
    "guardrails": "guarding",
    "guess_columns": "columns",
    "inflation": "look_plan",
    "learn_prior": "shrinkage",
    "lettered": "columns",
    "look_at": "looking",
    "match_slots": "matching",
    "needs_letters": "columns",
    "novelty": "caveats",
    "past_posts": "past_posts",
    "peeking": "peeks",
    "period_values": "switchback",
    "plan_slots": "slot_need",
    "plan_switchback": "switchback",
    "plan_test": "planning",
    "pool": "pooling",
    "post_rates": "past_posts",
    "predictive_power": "outlook",
    "read_counts": "reading",
    "registered": "registration",
    "review_history": "assignment_history",
    "set_aside": "split",
    "shrink": "shrinkage",
    "slot_scatter": "scatter",
    "split_by_segment": "segments",
    "srm_by_period": "split",
    "stopped_early": "caveats",
    "text_features": "features",
    "what_works": "learning",
}

__all__ = [
    "DESIGNS",
    "LOOKING",
    "PUBLISHED",
    "Advice",
    "AlwaysValid",
    "Arm",
    "AssignedSlot",
    "Assignment",
    "Bounds",
    "Caveat",
    "Comparison",
    "CopyTest",
    "CountColumns",
    "DayByDay",
    "Dispersion",
    "FactorEffects",
    "Guardrails",
    "LookReport",
    "Looks",
    "PastPosts",
    "Peeking",
    "Pooled",
    "Prior",
    "Prospects",
    "Reading",
    "Registration",
    "SeveralRates",
    "Shrunken",
    "SlotComparison",
    "SlotNeed",
    "SlotPlan",
    "SlotScatter",
    "SplitBySegment",
    "SplitHealth",
    "TestPlan",
    "TextFeatures",
    "WhatWorks",
    "advise",
    "changed_texts",
    "compare",
    "compare_rates",
    "compare_slots",
    "conditional_power",
    "counting_breaks",
    "counts_by_day",
    "counts_by_slot",
    "counts_by_variant",
    "counts_frame",
    "day_by_day",
    "estimate_dispersion",
    "factor_effects",
    "feature_table",
    "guardrails",
    "guess_columns",
    "inflation",
    "learn_prior",
    "lettered",
    "look_at",
    "match_slots",
    "needs_letters",
    "novelty",
    "past_posts",
    "peeking",
    "period_values",
    "plan_slots",
    "plan_switchback",
    "plan_test",
    "pool",
    "post_rates",
    "predictive_power",
    "read_counts",
    "registered",
    "review_history",
    "set_aside",
    "shrink",
    "slot_scatter",
    "split_by_segment",
    "srm_by_period",
    "stopped_early",
    "text_features",
    "what_works",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.experiments.{_HOME[name]}"), name)
    raise AttributeError(
        f"module 'smmlib.experiments' has no attribute {name!r}; it has {', '.join(__all__)}"
    )


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
