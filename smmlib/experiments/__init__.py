"""Testing copy: plan a test, compare its variants, say what the figures allow to say."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.experiments.advice import Advice, advise
    from smmlib.experiments.assignment import AssignedSlot, Assignment
    from smmlib.experiments.assignment_history import review_history
    from smmlib.experiments.caveats import Caveat, changed_texts, counting_breaks, novelty, stopped_early
    from smmlib.experiments.columns import CountColumns, guess_columns, lettered, needs_letters
    from smmlib.experiments.comparing import compare
    from smmlib.experiments.comparison import DESIGNS, Comparison
    from smmlib.experiments.copy_test import Arm, CopyTest, counts_frame
    from smmlib.experiments.daily import DayByDay, day_by_day
    from smmlib.experiments.dispersion import Dispersion, estimate_dispersion
    from smmlib.experiments.factors import FactorEffects, factor_effects
    from smmlib.experiments.features import TextFeatures, feature_table, text_features
    from smmlib.experiments.from_response import counts_by_variant
    from smmlib.experiments.guarding import Guardrails, guardrails
    from smmlib.experiments.matching import SlotPlan, match_slots
    from smmlib.experiments.planning import TestPlan, plan_test
    from smmlib.experiments.pooling import Pooled, pool
    from smmlib.experiments.reading import read_counts
    from smmlib.experiments.scatter import SlotScatter, slot_scatter
    from smmlib.experiments.segments import SplitBySegment, split_by_segment
    from smmlib.experiments.several_rates import SeveralRates, compare_rates
    from smmlib.experiments.shrinkage import PUBLISHED, Prior, Shrunken, learn_prior, shrink
    from smmlib.experiments.slot_need import SlotNeed, plan_slots
    from smmlib.experiments.slots import SlotComparison, compare_slots
    from smmlib.experiments.split import SplitHealth, set_aside, srm_by_period
    from smmlib.experiments.switchback import period_values, plan_switchback

_HOME = {
    "Advice": "advice",
    "Arm": "copy_test",
    "AssignedSlot": "assignment",
    "Assignment": "assignment",
    "Caveat": "caveats",
    "Comparison": "comparison",
    "CopyTest": "copy_test",
    "CountColumns": "columns",
    "DESIGNS": "comparison",
    "DayByDay": "daily",
    "Dispersion": "dispersion",
    "FactorEffects": "factors",
    "Guardrails": "guarding",
    "PUBLISHED": "shrinkage",
    "Pooled": "pooling",
    "Prior": "shrinkage",
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
    "advise": "advice",
    "changed_texts": "caveats",
    "compare": "comparing",
    "compare_rates": "several_rates",
    "compare_slots": "slots",
    "counting_breaks": "caveats",
    "counts_by_variant": "from_response",
    "counts_frame": "copy_test",
    "day_by_day": "daily",
    "estimate_dispersion": "dispersion",
    "factor_effects": "factors",
    "feature_table": "features",
    "guardrails": "guarding",
    "guess_columns": "columns",
    "learn_prior": "shrinkage",
    "lettered": "columns",
    "match_slots": "matching",
    "needs_letters": "columns",
    "novelty": "caveats",
    "period_values": "switchback",
    "plan_slots": "slot_need",
    "plan_switchback": "switchback",
    "plan_test": "planning",
    "pool": "pooling",
    "read_counts": "reading",
    "review_history": "assignment_history",
    "set_aside": "split",
    "shrink": "shrinkage",
    "slot_scatter": "scatter",
    "split_by_segment": "segments",
    "srm_by_period": "split",
    "stopped_early": "caveats",
    "text_features": "features",
}

__all__ = [
    "DESIGNS",
    "PUBLISHED",
    "Advice",
    "Arm",
    "AssignedSlot",
    "Assignment",
    "Caveat",
    "Comparison",
    "CopyTest",
    "CountColumns",
    "DayByDay",
    "Dispersion",
    "FactorEffects",
    "Guardrails",
    "Pooled",
    "Prior",
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
    "advise",
    "changed_texts",
    "compare",
    "compare_rates",
    "compare_slots",
    "counting_breaks",
    "counts_by_variant",
    "counts_frame",
    "day_by_day",
    "estimate_dispersion",
    "factor_effects",
    "feature_table",
    "guardrails",
    "guess_columns",
    "learn_prior",
    "lettered",
    "match_slots",
    "needs_letters",
    "novelty",
    "period_values",
    "plan_slots",
    "plan_switchback",
    "plan_test",
    "pool",
    "read_counts",
    "review_history",
    "set_aside",
    "shrink",
    "slot_scatter",
    "split_by_segment",
    "srm_by_period",
    "stopped_early",
    "text_features",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.experiments.{_HOME[name]}"), name)
    raise AttributeError(
        f"module 'smmlib.experiments' has no attribute {name!r}; it has {', '.join(__all__)}"
    )


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
