"""The campaign brief and the accounts a post goes to."""

from __future__ import annotations

from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.record import KeptRecord

Goal = Literal["awareness", "traffic", "leads", "sales", "service", "employer brand"]
Address = Literal["du", "Sie", "ihr", "neutral"]

GOALS: dict[Goal, str] = {
    "awareness": mark("Awareness"),
    "traffic": mark("Traffic"),
    "leads": mark("Leads"),
    "sales": mark("Sales"),
    "service": mark("Service"),
    "employer brand": mark("Employer brand"),
}


class Campaign(KeptRecord):
    """A campaign brief: what is to be reached, with whom, when, and what everybody says.

    Attributes:
        name: What the team calls it.
        goal: One of `GOALS`.
        audience: Whom it is for, in the team's words.
        start: First day, or None while open.
        end: Last day (included), not before `start`, or None.
        link: Landing page, without UTM parameters.
        core_message: The one sentence every channel says.
        utm_campaign: Value of `utm_campaign` in its links; empty: made from the name.
        notes: Anything else.
    """

    name: str = Field(min_length=1)
    goal: Goal = "awareness"
    audience: str = ""
    start: date | None = None
    end: date | None = None
    link: str = ""
    core_message: str = ""
    utm_campaign: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Campaign:
        if self.start and self.end and self.end < self.start:
            raise InvalidValueError(
                mark("The campaign ends on {end:date}, before it starts on {start:date}; swap the two days."),
                start=self.start,
                end=self.end,
            )
        return self


class Account(KeptRecord):
    """An account a post goes to. There may be several on one network.

    Attributes:
        network: Id of its network, e.g. "mastodon".
        handle: Name there as the network writes it, e.g. "@rad@social.example".
        brand: Brand or company it speaks for.
        language: Language of its posts.
        time_zone: IANA name; planned times are local to it.
        address: Form of address its readers are used to: du, Sie, ihr (ihr/euch) or neutral.
        limits: Numbers of its own that override the network's rules, e.g. {"text": 1000} on a
            Mastodon instance (characters).
    """

    network: str = Field(min_length=1)
    handle: str = Field(min_length=1)
    brand: str = ""
    language: Language = "de"
    time_zone: str = "Europe/Berlin"
    address: Address = "neutral"
    limits: dict[str, int] = Field(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise InvalidValueError(
                mark("Time zone {name!r} is unknown; use an IANA name such as 'Europe/Berlin'."), name=name
            ) from None
        return name

    @field_validator("limits")
    @classmethod
    def _limits_positive(cls, limits: dict[str, int]) -> dict[str, int]:
        for name, value in limits.items():
            if value < 1:
                raise InvalidValueError(
                    mark("Limit {name!r} is {value}; it must be at least 1. Remove it to use the network's."),
                    name=name,
                    value=value,
                )
        return limits

    @property
    def label(self) -> str:
        """How lists show it: network and handle."""
        return f"{self.network} · {self.handle}"
