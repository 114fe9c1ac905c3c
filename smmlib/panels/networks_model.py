"""What the page of networks knows: the rules that are in force, and those the team set itself."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import traitlets as t

from smmlib.errors import InvalidValueError, UnreadableFileError
from smmlib.language import mark
from smmlib.networks import Network, as_tables, load_networks, to_table
from smmlib.record import new_id
from smmlib.workspace import NetworkRules

if TYPE_CHECKING:
    from smmlib.workspace import Workspace

_WHOLE = re.compile(r"\d{1,3}([., \u202f\u00a0']\d{3})+|\d+")
_WORDS: dict[str, bool | str] = {
    "true": True, "yes": True, "ja": True, "false": False, "no": False, "nein": False,
    "not known": "unset", "nicht bekannt": "unset", "unbegrenzt": "unlimited",
}  # fmt: skip


class NetworksModel(t.HasTraits):
    """Networks of a workspace. What is set here stands over the rules that come with smmlib.

    Attributes:
        chosen: Id of the network that is shown.
        changed: Counts what was stored or taken back.
    """

    chosen = t.Unicode("")
    changed = t.Int(0)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.networks: dict[str, Network] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the rules again, as another kernel may have changed them."""
        self.networks = self.workspace.load_networks()
        if self.chosen not in self.networks:
            self.chosen = next(iter(self.networks))

    @property
    def network(self) -> Network:
        """The network that is shown."""
        return self.networks[self.chosen]

    @property
    def own(self) -> frozenset[str]:
        """Ids of the networks the team set rules for."""
        return frozenset(rules.id for rules in self.workspace.networks.list())

    @property
    def can_undo(self) -> bool:
        """True when the team's rules of the shown network have an earlier state."""
        return bool(self._past())

    def add(self, name: str, *, unit: str = "characters") -> None:
        """Add a network of the team's own and show it; its limit is not known until it is set.

        Raises:
            InvalidValueError: It has no name, or there is a network of this name.
        """
        name = " ".join(name.split())
        if not name:
            raise InvalidValueError(mark("The network has no name; type what people call it."))
        if name.casefold() in {network.name.casefold() for network in self.networks.values()}:
            raise InvalidValueError(
                mark("There is a network {name!r} already; choose it in the list to change its rules."),
                name=name,
            )
        letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or new_id()
        id_ = slug if slug not in self.networks else f"{slug}-{new_id()}"
        self._keep(id_, {"name": name, "unit": unit, "status": "unset", "text": "unset"})

    def set_rule(
        self,
        rule: str,
        value: str,
        *,
        format: str = "",
        source: str = "",
        checked_on: date | None = None,
        note: str = "",
    ) -> None:
        """Set one rule of the shown network.

        Args:
            rule: Name of the rule, e.g. "text".
            value: As typed: a whole number, "not known", "unlimited", yes or no (in English or German), or
                characters.
            format: Format it holds for; empty: for all.
            source: Where it stands.
            checked_on: When it was looked up.
            note: What else there is to know.

        Raises:
            InvalidRecordError: The value does not fit the rule; nothing is stored.
        """
        entry = {"value": _read(value), "source": source.strip(), "note": note.strip()}
        entry |= {"checked_on": checked_on.isoformat()} if checked_on else {}
        rules = self._rules()
        if format:
            rules[format] = {**rules.get(format, {}), rule: entry}
        else:
            rules[rule] = entry
        if (rule, rules.get("status")) == ("text", "unset"):
            del rules["status"]
        self._keep(self.chosen, rules)

    def drop_rules(self) -> None:
        """Take the team's rules of the shown network back; one of the team's own goes altogether."""
        if self.chosen in self.own:
            self.workspace.networks.remove(self.chosen)
            self._again()

    def undo(self) -> None:
        """Go back to the state before of the team's rules of the shown network."""
        past = self._past()
        if past:
            self.workspace.networks.revert(self.chosen, past[-1].number)
            self._again()

    def to_toml(self) -> str:
        """The shown network in the form of the rules file."""
        import tomli_w

        return tomli_w.dumps({self.chosen: to_table(self.network)})

    def read_toml(self, text: str) -> int:
        """Store networks written in the form of the rules file; returns how many.

        Raises:
            UnreadableFileError: The text is not TOML or names no network; nothing is stored.
            InvalidRecordError: A rule has an unknown name or a value that does not fit; nothing is stored.
        """
        where = "TOML"
        try:
            tables = as_tables(tomllib.loads(text), where=where)
        except tomllib.TOMLDecodeError as problem:
            raise UnreadableFileError(mark("{path} is not TOML: {why}."), path=where, why=problem) from None
        if not tables:
            raise InvalidValueError(
                mark("{path} names no network; begin with a line such as [mynetwork]."), path=where
            )
        load_networks(tables)
        for id_, rules in tables.items():
            self._keep(id_, rules)
        return len(tables)

    def _past(self) -> list[Any]:
        if self.chosen not in self.own:
            return []
        return [state for state in self.workspace.networks.history(self.chosen)[:-1] if state.record]

    def _rules(self) -> dict[str, Any]:
        known = self.workspace.networks
        return dict(known.get(self.chosen).rules) if self.chosen in known else {}

    def _keep(self, id_: str, rules: dict[str, Any]) -> None:
        load_networks({id_: rules})  # what does not fit is refused before it is stored
        self.workspace.networks.keep(NetworkRules(id=id_, rules=rules))
        self.networks = self.workspace.load_networks()
        self.chosen = id_
        self.changed += 1

    def _again(self) -> None:
        self.refresh()
        self.changed += 1


def _read(typed: str) -> int | bool | str:
    """What was typed into a field for a value."""
    word = typed.strip()
    if _WHOLE.fullmatch(word):
        return int(re.sub(r"\D", "", word))
    return _WORDS.get(word.casefold(), word)
