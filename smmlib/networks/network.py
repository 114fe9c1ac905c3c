"""A network: how it counts, what it allows, where it folds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import mark
from smmlib.networks import counting
from smmlib.networks.checks import Post, check_post
from smmlib.networks.entities import Entity, MentionForm, find_entities
from smmlib.networks.entry import Confidence
from smmlib.networks.findings import Finding
from smmlib.networks.rules import (
    FORMATS,
    RULES,
    NetworkTable,
    RuleTable,
    Status,
    as_tables,
    read_table,
    read_toml,
    shipped_tables,
)

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.draft import Media

_OLD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Rule:
    """One number (or yes/no, or characters) and how well it is known.

    Attributes:
        value: The number; True or False; characters; "unset" or "unlimited".
        source: Where it stands; empty for a rule of one's own.
        checked_on: When it was last looked up, or None.
        confidence: "high", "medium", "low", "memory" or "own".
        note: What else there is to know.
    """

    value: int | bool | str
    source: str = ""
    checked_on: date | None = None
    confidence: Confidence = "own"
    note: str = ""

    @property
    def number(self) -> int | None:
        """The value if it is a number, else None."""
        is_number = isinstance(self.value, int) and not isinstance(self.value, bool)
        return int(self.value) if is_number else None

    @property
    def uncertain(self) -> bool:
        """Whether confidence is low or the number comes from memory."""
        return self.confidence in ("low", "memory")

    def old(self, today: date) -> bool:
        """Whether it was last looked up more than a year before `today`."""
        return self.checked_on is not None and today - self.checked_on > _OLD


@dataclass(frozen=True, slots=True)
class Measure:
    """A text's length in one unit.

    Attributes:
        unit: One of `UNITS`.
        count: Its length.
        limit: What is allowed, None if nobody knows or there is no limit.
        remaining: `limit - count`, negative when too long, None without a limit.
    """

    unit: str
    count: int
    limit: int | None
    remaining: int | None


@dataclass(frozen=True, slots=True)
class Network:
    """What one network allows and how it counts. Nothing here depends on which network it is.

    Attributes:
        id: Key, e.g. "bluesky".
        name: What people call it.
        status: "live", "closed" (archive only) or "unset" (its limit is not known).
        note: What else there is to know.
        unit: How its text is counted, one of `UNITS`.
        formats: Forms of a post it has.
        rules: Rules by (format, rule name); the format is "" for what holds in all of them.
        link_length: What every link counts, or None: as typed.
        mention: How accounts are mentioned in a text.
        mention_counts_host: Whether the host of @user@host counts.
        bare_links: Whether a domain without https:// becomes a link.
    """

    id: str
    name: str
    status: Status = "live"
    note: str = ""
    unit: str = "characters"
    formats: tuple[str, ...] = ("post",)
    rules: Mapping[tuple[str, str], Rule] = field(default_factory=dict, repr=False)
    link_length: int | None = None
    mention: MentionForm = "@name"
    mention_counts_host: bool = True
    bare_links: bool = True

    def count(self, text: str) -> int:
        """Length of `text` as typed, in the network's own unit. Takes any string and never raises."""
        return counting.count(text, self.unit, self._replaced(text))

    def limit(self, format: str = "post") -> int | None:
        """What `count` may reach, or None if nobody knows or there is no limit."""
        rule = self.rule("text", format)
        return rule.number if rule else None

    def measures(self, text: str, format: str = "post", *, content_warning: str = "") -> tuple[Measure, ...]:
        """The length in the network's unit and, where there are more limits, in theirs.

        Args:
            text: The text.
            format: Form of the post.
            content_warning: What stands in front of it; counts, as typed, where the network counts it.
        """
        count = self.count(text) + self.count_warning(content_warning, format)
        own = self._measure(count, self.unit, self.limit(format))
        others = [
            self._measure(counting.COUNTS[unit](text), unit, rule.number)
            for unit in ("bytes", "escaped")
            if (rule := self.rule(unit, format))
        ]
        return (own, *others)

    def count_warning(self, content_warning: str, format: str = "post") -> int:
        """What a content warning adds to the length of the text, in the network's own unit."""
        rule = self.rule("content_warning_counts", format)
        return counting.COUNTS[self.unit](content_warning) if rule and rule.value is True else 0

    def fit(self, text: str, unit: str, limit: int) -> int:
        """Index up to which `text` fits into `limit` of `unit`; nothing is torn apart."""
        return counting.fit(text, unit, limit, self._replaced(text) if unit == self.unit else ())

    def fold_at(
        self, text: str, format: str = "post", device: Literal["mobile", "desktop"] = "mobile"
    ) -> int | None:
        """Index where the rest of `text` hides behind "more", or None if all of it is seen."""
        rule = self.rule(f"fold_{device}", format)
        if rule is None or rule.number is None or len(text) <= rule.number:
            return None
        index = counting.fit(text, "graphemes", rule.number)
        return index if index < len(text) else None

    def entities(self, text: str) -> tuple[Entity, ...]:
        """Links, hashtags, mentions and cashtags as this network makes them clickable."""
        return find_entities(
            text, mention=self.mention, bare_links=self.bare_links, cashtags=("", "cashtags") in self.rules
        )

    def check(
        self,
        text: str,
        *,
        media: Sequence[Media] = (),
        format: str = "post",
        content_warning: str = "",
        today: date | None = None,
    ) -> tuple[Finding, ...]:
        """Everything this network, or good practice, has to say about a post; worst first.

        Args:
            text: Text of the post.
            media: What goes with it.
            format: Form of the post.
            content_warning: What stands in front of the text; it counts where the network counts it.
            today: The day rules are judged by; None: the day it is.

        Raises:
            UnknownNameError: There is no such format.
        """
        post = Post(self, text, tuple(media), format, today or date.today(), content_warning)
        return check_post(post)

    def rule(self, name: str, format: str = "post") -> Rule | None:
        """The rule of that name, the format's own before the general one; None if there is none.

        Raises:
            UnknownNameError: There is no such rule or format.
        """
        if name not in RULES:
            raise UnknownNameError(mark("Rule"), name, RULES)
        if format not in FORMATS:
            raise UnknownNameError(mark("Format"), format, FORMATS)
        return self.rules.get((format, name)) or self.rules.get(("", name))

    def with_limits(self, limits: Mapping[str, int]) -> Network:
        """The same network with an account's own numbers, e.g. {"text": 1000} or {"image.text": 2048}.

        Raises:
            UnknownNameError: There is no such rule or format.
            InvalidValueError: A number is not a whole number of at least 1.
        """
        rules = dict(self.rules)
        for written, value in limits.items():
            format_, _, name = written.rpartition(".")
            self.rule(name, format_ or "post")
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise InvalidValueError(
                    mark("Limit {name!r} is {value!r}; it must be a whole number of at least 1."),
                    name=written,
                    value=value,
                )
            rules[format_, name] = Rule(value)
        known = self.status != "unset" or ("", "text") not in rules or rules["", "text"].number is None
        return replace(self, rules=rules, status=self.status if known else "live")

    def to_frame(self) -> pd.DataFrame:
        """One row per rule: network, format, rule, value, source, checked_on, confidence, note."""
        import pandas as pd

        columns = ["network", "format", "rule", "value", "source", "checked_on", "confidence", "note"]
        rows = [
            (self.id, format_, name, rule.value, rule.source, rule.checked_on, rule.confidence, rule.note)
            for (format_, name), rule in self.rules.items()
        ]
        return pd.DataFrame(rows, columns=columns).astype({"value": object})

    def _replaced(self, text: str) -> counting.Replaced:
        if self.link_length is None and self.mention_counts_host:
            return ()
        parts = []
        for entity in self.entities(text):
            if entity.kind == "link" and self.link_length is not None:
                parts.append((entity.start, entity.end, self.link_length))
            elif entity.kind == "mention" and not self.mention_counts_host:
                name = "@" + entity.text[1:].partition("@")[0]
                parts.append((entity.start, entity.end, counting.COUNTS[self.unit](name)))
        return tuple(parts)

    @staticmethod
    def _measure(count: int, unit: str, limit: int | None) -> Measure:
        return Measure(unit, count, limit, None if limit is None else limit - count)


def load_networks(
    overrides: Mapping[str, Mapping[str, Any]] | Path | str | None = None,
) -> dict[str, Network]:
    """The networks there are, by id.

    Args:
        overrides: Networks of one's own and changed numbers, id → table in the form of rules.toml; or
            the path of such a file. What they name replaces the number that comes with smmlib.

    Raises:
        InvalidRecordError: A table has an unknown name or a value that does not fit.
        UnreadableFileError: The file cannot be read.
    """
    tables = shipped_tables()
    networks = {id_: _build(Network(id_, id_), table, "high") for id_, table in tables.items()}
    if overrides is None:
        return networks
    is_path = isinstance(overrides, (str, Path))
    own = read_toml(overrides) if is_path else as_tables(overrides, where="overrides")  # type: ignore[arg-type]
    for id_, table in own.items():
        networks[id_] = _build(networks.get(id_) or Network(id_, id_), table, "own")
    return networks


def _build(network: Network, written: Mapping[str, Any], confidence: Confidence) -> Network:
    """`network` with what its table says put over it."""
    table, formats = read_table(network.id, written)
    rules = dict(network.rules)
    for format_, entries in {"": table, **formats}.items():
        rules |= {(format_, name): rule for name, rule in _rules(entries, table, confidence)}
    attributes = NetworkTable.model_fields.keys() & Network.__dataclass_fields__.keys()
    said = {name: value for name in attributes if (value := getattr(table, name)) is not None}
    if network.status == "unset" and table.text and "status" not in said:
        said["status"] = "live"
    own = {format_ for format_ in formats if format_ not in network.formats}
    said.setdefault("formats", (*network.formats, *sorted(own)))
    return replace(network, rules=rules, **said)


def _rules(entries: RuleTable, table: NetworkTable, confidence: Confidence) -> list[tuple[str, Rule]]:
    found = []
    for name in RULES:
        entry = getattr(entries, name)
        if entry is not None:
            source = table.source or "" if entry.source is None else entry.source
            sure = entry.confidence or table.confidence or confidence
            found.append(
                (name, Rule(entry.value, source, entry.checked_on or table.checked_on, sure, entry.note))
            )
    return found
