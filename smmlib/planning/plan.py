"""The plan of a campaign: phases, channels, budget, targets; every version of it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import mark
from smmlib.planning.budget import BudgetLine
from smmlib.planning.money import Amount, Currency
from smmlib.planning.tax import MediaBasis
from smmlib.record import KeptRecord, Record

ChannelKind = Literal[
    "account", "newsletter", "blog", "newspaper", "radio", "TV", "out-of-home", "event", "influencer"
]
Direction = Literal["at least", "at most"]

CHANNEL_KINDS: dict[ChannelKind, str] = {
    "account": mark("Social media account"),
    "newsletter": mark("Newsletter"),
    "blog": mark("Blog"),
    "newspaper": mark("Newspaper"),
    "radio": mark("Radio"),
    "TV": mark("TV"),
    "out-of-home": mark("Out-of-home"),
    "event": mark("Event"),
    "influencer": mark("Influencer"),
}
DIRECTIONS: dict[Direction, str] = {"at least": mark("at least"), "at most": mark("at most")}


class Channel(KeptRecord):
    """Where the campaign runs.

    Attributes:
        name: What the team calls it.
        kind: One of `CHANNEL_KINDS`.
        account: Id of the account, of a social media account; else "".
    """

    name: str = Field(min_length=1)
    kind: ChannelKind = "account"
    account: str = ""


class Phase(KeptRecord):
    """A stretch of the campaign.

    Attributes:
        name: What the team calls it.
        start: First day.
        end: Last day (included).
    """

    name: str = Field(min_length=1)
    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Phase:
        if self.end < self.start:
            raise InvalidValueError(
                mark("Phase {name!r} ends on {end:date}, before it starts on {start:date}; swap the days."),
                name=self.name,
                start=self.start,
                end=self.end,
            )
        return self


class Target(KeptRecord):
    """What is to be reached, by when.

    Attributes:
        metric: Metric id; its passport says what is counted.
        value: Figure to reach: a count, money in the plan's currency, a share as a fraction (0.02 = 2 %).
        by: Day it is to be reached.
        direction: Whether more or less is better.
        channel: Id of the channel it is for, or "" for all together.
        baseline: Where it stood before, or None when unknown; levels such as followers start from it.
        owner: Who answers for it.
    """

    metric: str = Field(min_length=1)
    value: Amount
    by: date
    direction: Direction = "at least"
    channel: str = ""
    baseline: Amount | None = None
    owner: str = ""


class PlanVersion(Record):
    """The plan as it was decided on one day.

    Attributes:
        name: "baseline", or what the revision is called.
        on: Day it was decided; amounts in other currencies are converted at the rate of this day.
        reason: Why it was revised.
        phases: Its phases; they do not overlap.
        channels: Its channels.
        lines: Its budget lines.
        targets: Its targets.
    """

    name: str = Field(default="baseline", min_length=1)
    on: date
    reason: str = ""
    phases: tuple[Phase, ...] = ()
    channels: tuple[Channel, ...] = ()
    lines: tuple[BudgetLine, ...] = ()
    targets: tuple[Target, ...] = ()

    @model_validator(mode="after")
    def _phases_apart(self) -> PlanVersion:
        for before, after in pairwise(sorted(self.phases, key=lambda phase: phase.start)):
            if after.start <= before.end:
                raise InvalidValueError(
                    mark(
                        "Phases {first!r} (until {until:date}) and {second!r} (from {start:date}) overlap; "
                        "let one end before the other starts."
                    ),
                    first=before.name,
                    until=before.end,
                    second=after.name,
                    start=after.start,
                )
        return self

    @model_validator(mode="after")
    def _names_exist(self) -> PlanVersion:
        _each_once([thing.id for thing in (*self.phases, *self.channels, *self.lines)])
        channels, phases = [c.id for c in self.channels], [p.id for p in self.phases]
        for line in self.lines:
            _there(line.name, line.channel, channels)
            _there(line.name, line.phase, phases)
        for target in self.targets:
            _there(target.metric, target.channel, channels)
        return self

    def line(self, id: str) -> BudgetLine:
        """The budget line with this id.

        Raises:
            UnknownNameError: There is none.
        """
        if id not in self._lines:
            raise UnknownNameError(mark("Budget line"), id, self._lines)
        return self._lines[id]

    def phase_on(self, day: date) -> str:
        """Id of the phase a day lies in, "" between phases."""
        return next((phase.id for phase in self.phases if phase.start <= day <= phase.end), "")

    @cached_property
    def _lines(self) -> dict[str, BudgetLine]:
        return {line.id: line for line in self.lines}

    def names(self) -> dict[str, str]:
        """Id of each line, channel and phase to its name."""
        things: Iterable[BudgetLine | Channel | Phase] = (*self.phases, *self.channels, *self.lines)
        return {thing.id: thing.name for thing in things}


class Plan(KeptRecord):
    """The plan of a campaign with all its versions.

    Attributes:
        campaign: Id of the campaign.
        name: What reports call it.
        owner: Who answers for it.
        currency: Currency it is controlled in.
        deductible: Whether the company deducts input tax: costs are then net, else with tax.
        basis: Basis media costs are controlled at; lines stated otherwise are converted.
        versions: The baseline first, then each revision; days in order, names each once.
    """

    campaign: str = Field(min_length=1)
    name: str = Field(min_length=1)
    owner: str = ""
    currency: Currency = "EUR"
    deductible: bool = True
    basis: MediaBasis = "net"
    versions: tuple[PlanVersion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _versions_in_order(self) -> Plan:
        _each_once([version.name for version in self.versions])
        for before, after in pairwise(self.versions):
            if after.on < before.on:
                raise InvalidValueError(
                    mark(
                        "Version {name!r} is of {on:date}, before the one it revises ({before:date}); "
                        "correct the day."
                    ),
                    name=after.name,
                    on=after.on,
                    before=before.on,
                )
        return self

    @property
    def baseline(self) -> PlanVersion:
        """The first version."""
        return self.versions[0]

    @property
    def current(self) -> PlanVersion:
        """The newest version."""
        return self.versions[-1]

    def version(self, name: str = "") -> PlanVersion:
        """The version of this name; "" is the newest.

        Raises:
            UnknownNameError: There is none.
        """
        if not name:
            return self.current
        found = next((version for version in self.versions if version.name == name), None)
        if found is None:
            raise UnknownNameError(mark("Version"), name, [version.name for version in self.versions])
        return found

    def revised(self, name: str, on: date, *, reason: str = "", **changes: Any) -> Plan:
        """The plan with one more version; the earlier ones stay as they are.

        Args:
            name: What the revision is called.
            on: Day it is decided.
            reason: Why.
            **changes: Fields of `PlanVersion` that change: phases, channels, lines, targets.
        """
        newest = self.current.replace(name=name, on=on, reason=reason, **changes)
        return self.replace(versions=(*self.versions, newest))


def _each_once(names: Iterable[str]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise InvalidValueError(
                mark("{name!r} is there twice in the plan; give each its own name."), name=name
            )
        seen.add(name)


def _there(name: str, id: str, known: list[str]) -> None:
    if id and id not in known:
        raise InvalidValueError(
            mark("{name!r} belongs to {id!r}, which the plan does not have; there is: {known}."),
            name=name,
            id=id,
            known=", ".join(known) or "–",
        )
