"""The page of networks: look at the rules and their sources, set numbers of one's own, add a network."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from smmlib.language import day, number, translated
from smmlib.networks import CONFIDENCES, FORMAT_NAMES, FORMATS, RULE_NAMES, UNITS, Rule
from smmlib.panels import kit
from smmlib.panels.networks_model import NetworksModel
from smmlib.panels.tables import table


class NetworksPage(w.VBox):
    """The list of networks on the left; rules, and what the team sets itself, on the right.

    Args:
        model: The networks.
        panel: The panel it stands in.
    """

    def __init__(self, model: NetworksModel, panel: kit.Panel) -> None:
        self.model, self.panel = model, panel
        self._filling = False
        parts = kit.stack(self._shown(), self._setting(), self._written())
        super().__init__([kit.columns(self._beside(), parts, name="smm-networks")])
        model.observe(self.show, names=["chosen", "changed"])
        self._list.observe(self._chosen, "value")
        self._rule.observe(self._fill_rule, "value")
        self._format.observe(self._fill_rule, "value")
        self.show()

    def _beside(self) -> w.Widget:
        """The list, and a field to add a network."""
        say, panel = self.panel.say, self.panel
        self._list = kit.field(w.Select(description=say("Networks"), rows=16), "smm-network-list")
        self._name = kit.field(w.Text(description=say("Name of a new network")), "smm-network-name")
        self._unit = kit.choice(say("Counted in"), [(say(text), unit) for unit, text in UNITS.items()])
        self._unit.value = "characters"
        add = panel.button(say("Add network"), self._add, look="small")
        add.add_class("smm-network-add")
        note = kit.html(escape(say("● has numbers of your own")), "smm-note")
        new = kit.card(self._name, self._unit, kit.row(add), title=say("A network of your own"))
        return kit.stack(self._list, note, new)

    def _shown(self) -> w.Widget:
        """The card with the rules in force."""
        self._head, self._table = kit.html(), kit.html("", "smm-network-rules")
        return kit.card(self._head, self._table)

    def _setting(self) -> w.Widget:
        """The card to set a number on."""
        say, panel = self.panel.say, self.panel
        formats = [(say("all formats"), ""), *((say(FORMAT_NAMES[name]), name) for name in FORMATS)]
        rules = sorted(((say(text), name) for name, text in RULE_NAMES.items()), key=_first_letters)
        self._rule = kit.field(kit.choice(say("Rule"), rules, "text"), "smm-network-rule", grow=2)
        self._format = kit.choice(say("Format"), formats)
        self._value = kit.field(
            w.Text(description=say("Value"), placeholder=say("number, not known or unlimited")),
            "smm-network-value",
        )
        self._source = kit.field(w.Text(description=say("Source")), "smm-network-source", grow=2)
        self._checked = kit.field(w.DatePicker(description=say("Looked up on")))
        keep = panel.button(say("Set this number"), self._set, look="primary")
        keep.add_class("smm-network-set")
        self._undo = panel.button(say("Undo"), self.model.undo, look="small")
        self._drop = panel.button(
            say("Take back all of your own numbers"), self.model.drop_rules, look="small"
        )
        self._drop.add_class("smm-network-drop")
        return kit.card(
            kit.row(self._rule, self._format, self._value),
            kit.row(self._source, self._checked),
            kit.row(keep, self._undo, self._drop),
            title=say("Set a number of your own"),
        )

    def _written(self) -> w.Widget:
        """All rules as text, folded up."""
        say = self.panel.say
        self._text = kit.field(
            w.Textarea(description=say("Rules in the form of the file"), rows=14), "smm-toml"
        )
        store = self.panel.button(say("Check and store"), self._read, look="small")
        store.add_class("smm-toml-store")
        box = w.Accordion([kit.stack(self._text, kit.row(store))], selected_index=None)
        box.set_title(0, say("All rules as text (TOML)"))
        return box

    def show(self, _change: object = None) -> None:
        """Bring the page up to date."""
        model, say = self.model, self.panel.say
        own = model.own
        self._filling = True
        networks = sorted(model.networks.values(), key=lambda network: network.name.casefold())
        self._list.options = [(f"● {n.name}" if n.id in own else n.name, n.id) for n in networks]
        self._list.value = model.chosen
        self._filling = False
        network = model.network
        states = {"closed": say("closed, archive only"), "unset": say("limit not set")}
        note = translated(network.note, self.panel.language)
        state = kit.badge(states[network.status], "warn") if network.status in states else ""
        counted = say("counted in {unit}", unit=say(UNITS[network.unit]))
        self._head.value = (
            f"<h3>{escape(network.name)} {state}</h3>"
            f'<div class="smm-note">{escape(" · ".join(filter(None, (counted, note))))}</div>'
        )
        self._table.value = self._rules_table()
        self._undo.disabled, self._drop.disabled = not model.can_undo, model.chosen not in own
        kit.put(self._text, model.to_toml())
        self._fill_rule()

    def _rules_table(self) -> str:
        say, language = self.panel.say, self.panel.language
        rules = self.model.network.to_frame()
        in_force = self.model.network.rules.values()
        shown = rules.assign(
            rule=[say(RULE_NAMES[name]) for name in rules["rule"]],
            format=[say(FORMAT_NAMES[name]) if name else "" for name in rules["format"]],
            value=[self._value_text(rule) for rule in in_force],
            confidence=[say(CONFIDENCES[rule.confidence]) for rule in in_force],
            checked=[day(rule.checked_on, language) if rule.checked_on else "–" for rule in in_force],
            source=[
                " – ".join(filter(None, (rule.source, translated(rule.note, language)))) for rule in in_force
            ],
        )
        headers = {"rule": say("Rule"), "format": say("Format"), "value": say("Value")}
        headers |= {"confidence": say("Certainty"), "checked": say("Looked up on"), "source": say("Source")}
        return table(shown, language, headers=headers)

    def _value_text(self, rule: Rule) -> str:
        if rule.number is not None:
            return number(rule.number, self.panel.language)
        say = self.panel.say
        words = {"unset": say("not known"), "unlimited": say("unlimited"), True: say("yes"), False: say("no")}
        return words.get(rule.value, str(rule.value))

    def _fill_rule(self, _change: object = None) -> None:
        """Offer the number that is in force for the chosen rule."""
        rule = self.model.network.rules.get((self._format.value, self._rule.value))
        if rule is None:
            self._value.value = ""
        else:
            self._value.value = self._value_text(rule) if rule.number is None else str(rule.number)
        self._source.value = rule.source if rule else ""
        self._checked.value = rule.checked_on if rule else None

    # --- what the user does
    def _chosen(self, change: dict[str, str]) -> None:
        if not self._filling and change["new"]:
            self.panel.status.clear()
            self.model.chosen = change["new"]

    def _add(self) -> None:
        self.model.add(self._name.value, unit=self._unit.value)
        self._name.value = ""
        self.panel.status.tell(self.panel.say("The network is there; set its numbers below."))

    def _set(self) -> None:
        self.model.set_rule(
            self._rule.value,
            self._value.value,
            format=self._format.value,
            source=self._source.value,
            checked_on=self._checked.value,
        )
        self.panel.status.tell(self.panel.say("Stored. Counts and checks use it from now on."))

    def _read(self) -> None:
        count = self.model.read_toml(self._text.value)
        self.panel.status.tell(
            self.panel.say_many(
                "Rules of {count} network stored.", "Rules of {count} networks stored.", count
            )
        )


def _first_letters(pair: tuple[str, str]) -> str:
    return pair[0].casefold()
