"""What each network allows, as dated data, and how it counts text.

    networks = load_networks()
    networks["bluesky"].count("Grüße 👋")
    networks["x"].check(text)

The numbers stand in rules.toml, each with source, day and confidence. A team's own networks and numbers
have the same form and are put over them with `load_networks(overrides)`.
"""

from smmlib.networks.account_names import account_label
from smmlib.networks.counting import UNITS, cluster_ends
from smmlib.networks.entities import Entity, find_entities
from smmlib.networks.findings import SEVERITIES, Finding
from smmlib.networks.links import find_links
from smmlib.networks.network import Measure, Network, Rule, load_networks
from smmlib.networks.rule_names import RULE_NAMES
from smmlib.networks.rules import CONFIDENCES, FORMAT_NAMES, FORMATS, as_tables, read_toml
from smmlib.networks.writing import to_table

__all__ = [
    "CONFIDENCES",
    "FORMATS",
    "FORMAT_NAMES",
    "RULE_NAMES",
    "SEVERITIES",
    "UNITS",
    "Entity",
    "Finding",
    "Measure",
    "Network",
    "Rule",
    "account_label",
    "as_tables",
    "cluster_ends",
    "find_entities",
    "find_links",
    "load_networks",
    "read_toml",
    "to_table",
]
