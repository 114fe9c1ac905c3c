"""One message for every account: adapted, split into threads, with the fields each network takes.

adapt(draft, account, network, campaign).version
"""

from smmlib.drafting.versions.adapting import Adaptation, adapt
from smmlib.drafting.versions.drift import Drift, State, WordChange, compare_words, drifted, state_of
from smmlib.drafting.versions.fields import FieldMeasure, field_rules, fields_of, measure_fields
from smmlib.drafting.versions.headlines import cut_at_word, suggest_fields
from smmlib.drafting.versions.thread import fits, join_thread, split_thread

__all__ = [
    "Adaptation",
    "Drift",
    "FieldMeasure",
    "State",
    "WordChange",
    "adapt",
    "compare_words",
    "cut_at_word",
    "drifted",
    "field_rules",
    "fields_of",
    "fits",
    "join_thread",
    "measure_fields",
    "split_thread",
    "state_of",
    "suggest_fields",
]
