"""A network's rules in the form they are read from, to be saved, edited and loaded again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from smmlib.networks.network import Network, Rule

Origin = tuple[str, Any, str]
_COUNTING = ("name", "status", "note", "unit", "link_length", "mention", "mention_counts_host", "bare_links")


def to_table(network: Network) -> dict[str, Any]:
    """The table of one network, as `load_networks` takes it; dates are `datetime.date`.

    Source, day and confidence that most numbers share stand once, above them.
    """
    shared: Origin = ("", None, "own")
    if network.rules:
        shared = Counter(map(_origin, network.rules.values())).most_common(1)[0][0]
    table: dict[str, Any] = {name: getattr(network, name) for name in _COUNTING}
    table["formats"] = list(network.formats)
    table |= dict(zip(("source", "checked_on", "confidence"), shared, strict=True))
    table = {name: value for name, value in table.items() if value not in (None, "")}
    for (format_, name), rule in network.rules.items():
        place = table.setdefault(format_, {}) if format_ else table
        place[name] = _entry(rule, shared)
    return table


def _origin(rule: Rule) -> Origin:
    return rule.source, rule.checked_on, rule.confidence


def _entry(rule: Rule, shared: Origin) -> Any:
    if _origin(rule) == shared and not rule.note:
        return rule.value
    entry = {"value": rule.value, "source": rule.source, "checked_on": rule.checked_on}
    entry |= {"confidence": rule.confidence, "note": rule.note}
    names = ("source", "checked_on", "confidence")
    same = {name for name, value in zip(names, shared, strict=True) if entry[name] == value}
    if not rule.note:
        same.add("note")
    return {name: value for name, value in entry.items() if name not in same and value is not None}
