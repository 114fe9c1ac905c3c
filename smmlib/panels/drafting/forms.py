"""The form for accounts."""

from __future__ import annotations

from zoneinfo import available_timezones

import ipywidgets as w

from smmlib.campaign import Account
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.networks import Network, account_label
from smmlib.panels import kit
from smmlib.panels.entry import Guidance
from smmlib.panels.record_form import RecordForm
from smmlib.workspace import Workspace

SECTIONS = (
    (mark("Account"), (("network", "handle"), ("brand",))),
    (mark("Voice and clock"), (("language", "address"), ("time_zone",))),
    (mark("Limit of its own"), (("limits",),)),
)
"""Headings of the form and the fields below them, those of one line together."""

HELP = {
    "handle": mark("As the network shows it, with its @ where it has one."),
    "brand": mark("The name above a post, as readers see it."),
    "address": mark("The checks point out texts that address readers in another way."),
    "time_zone": mark("Planned times of this account are on this clock."),
    "limits": mark("Only where it differs, such as 5000 on a Mastodon server of your own."),
}
"""What a user is told below a field."""


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
        name_of=lambda a: account_label(a, networks.get(a.network)),
        fresh=lambda: Account(network=known[0].id, handle="@"),
        controls={name: kit.field(control, f"smm-account-{name}") for name, control in controls.items()},
        guidance=Guidance(
            help={name: say(text) for name, text in HELP.items()},
            sections=[(say(title), lines) for title, lines in SECTIONS],
        ),
        converters={"limits": (lambda limits: str(limits.get("text", "")), _own_limit)},
    )


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
