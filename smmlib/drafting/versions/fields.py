"""What a network takes beside the text: title, teaser, subject and so on, how long, and how much is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smmlib.draft import PostField
from smmlib.networks import Network, Rule

_RULES: dict[PostField, tuple[str, str]] = {
    "title": ("title", "title_shown"),
    "teaser": ("teaser", ""),
    "meta_description": ("", "description_shown"),
    "subject": ("", "subject_shown"),
    "preheader": ("", "preheader_shown"),
    "content_warning": ("content_warning_counts", ""),
}
"""The rules that tell of each field: how long it may be, and how much of it is seen."""


@dataclass(frozen=True, slots=True)
class FieldMeasure:
    """A field of a post and its length.

    Attributes:
        field: One of `POST_FIELDS`.
        text: What stands in it.
        count: Its length, in the network's own unit.
        limit: What it may reach, or None if there is no limit of its own.
        shown: How much of it readers see before it is cut, or None.
    """

    field: PostField
    text: str
    count: int
    limit: int | None
    shown: int | None

    @property
    def room(self) -> int | None:
        """What it should keep to: the limit or what is seen, whichever is less."""
        return min((n for n in (self.limit, self.shown) if n is not None), default=None)


def fields_of(network: Network, format: str = "post") -> tuple[PostField, ...]:
    """The fields a network takes in a format: those it has a rule about."""
    return tuple(
        field
        for field, names in _RULES.items()
        if any(network.rule(name, format) is not None for name in names if name)
    )


def field_rules(network: Network, field: PostField, format: str = "post") -> tuple[Rule | None, Rule | None]:
    """The rule how long a field may be, and the rule how much of it is seen."""
    limit, shown = (network.rule(name, format) if name else None for name in _RULES[field])
    return limit, shown


def measure_fields(
    fields: Mapping[PostField, str], network: Network, format: str = "post"
) -> tuple[FieldMeasure, ...]:
    """Length and limits of each field the network takes, filled or not."""
    found = []
    for field in fields_of(network, format):
        limit, shown = field_rules(network, field, format)
        text = fields.get(field, "")
        found.append(FieldMeasure(field, text, network.count(text), _number(limit), _number(shown)))
    return tuple(found)


def _number(rule: Rule | None) -> int | None:
    return rule.number if rule else None
