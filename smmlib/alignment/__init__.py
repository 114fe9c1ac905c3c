"""Does a calendar go together? Entries against message house, sign-off, media, periods and running tests.

    find_conflicts(entries, Surroundings(now=now, campaigns=campaigns)).to_frame("de")

It stands above planning, drafting and experiments, as it asks all three.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.alignment.conflict import RULES, Conflict, Conflicts
    from smmlib.alignment.finding_conflicts import find_conflicts
    from smmlib.alignment.rules import AlignmentRules
    from smmlib.alignment.surroundings import ProtectedSlot, Surroundings, protected_slots

_HOME = {
    "AlignmentRules": "rules",
    "Conflict": "conflict",
    "Conflicts": "conflict",
    "ProtectedSlot": "surroundings",
    "RULES": "conflict",
    "Surroundings": "surroundings",
    "find_conflicts": "finding_conflicts",
    "protected_slots": "surroundings",
}

__all__ = [
    "RULES",
    "AlignmentRules",
    "Conflict",
    "Conflicts",
    "ProtectedSlot",
    "Surroundings",
    "find_conflicts",
    "protected_slots",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.alignment.{_HOME[name]}"), name)
    raise AttributeError(f"module 'smmlib.alignment' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
