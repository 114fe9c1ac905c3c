"""The form for accounts."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import available_timezones

import ipywidgets as w

from smmlib.campaign import Account
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.networks import Network
from smmlib.panels import kit
from smmlib.panels.record_form import RecordForm
from smmlib.workspace import Workspace


def account_form(panel: kit.Panel, workspace: Workspace, networks: dict[str, Network]) -> RecordForm[Account]:
    """An account: network, handle, brand, language, time zone, form of address, limits of its own."""
    say = panel.say
    known = sorted(networks.values(), key=lambda n: n.name.casefold())
    controls = {
        "network": w.Dropdown(description=say("Network"), options=[(_named(panel, n), n.id) for n in known]),
        "handle": w.Text(description=say("Handle"), placeholder="@name", continuous_update=False),
        "brand": w.Text(description=say("Brand"), continuous_update=False),
        "language": w.Dropdown(description=say("Language"), options=[("Deutsch", "de"), ("English", "en")]),
        "time_zone": w.Combobox(
            description=say("Time zone"), options=sorted(available_timezones()), continuous_update=False
        ),
        "address": w.Dropdown(
            description=say("Form of address"),
            options=[("du", "du"), ("Sie", "Sie"), ("ihr/euch", "ihr"), (say("neutral"), "neutral")],
        ),
        "limits": w.Text(description=say("Own text limit (empty: the network's)"), continuous_update=False),
    }
    return RecordForm(
        panel,
        workspace.accounts,
        name_of=lambda a: label(a, networks),
        fresh=lambda: Account(network=known[0].id, handle="@"),
        controls={name: kit.field(control, f"smm-account-{name}") for name, control in controls.items()},
        converters={"limits": (lambda limits: str(limits.get("text", "")), _own_limit)},
    )


def label(account: Account, networks: Mapping[str, Network]) -> str:
    """How lists show an account: the network as people call it, and the handle."""
    network = networks.get(account.network)
    return f"{network.name if network else account.network} · {account.handle}"


def _named(panel: kit.Panel, network: Network) -> str:
    notes = {"closed": panel.say("closed, archive only"), "unset": panel.say("limit not set")}
    return f"{network.name} ({notes[network.status]})" if network.status in notes else network.name


def _own_limit(typed: str) -> dict[str, int]:
    if not typed.strip():
        return {}
    digits = typed.strip().replace(".", "").replace(",", "")
    if not digits.isdecimal():
        raise InvalidValueError(
            mark("The text limit is {typed!r}; type a whole number, or nothing for the network's limit."),
            typed=typed,
        )
    return {"text": int(digits)}
