"""The campaign brief and the accounts a post goes to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.message_house import Claim, Offer, SupportingMessage, Wording
from smmlib.record import KeptRecord

Goal = Literal["awareness", "traffic", "leads", "sales", "service", "employer brand"]
Address = Literal["du", "Sie", "ihr", "neutral"]
Tone = Literal["neutral", "young", "formal"]
Role = Literal["author", "PR", "marketing", "legal"]

GOALS: dict[Goal, str] = {
    "awareness": mark("Awareness"),
    "traffic": mark("Traffic"),
    "leads": mark("Leads"),
    "sales": mark("Sales"),
    "service": mark("Service"),
    "employer brand": mark("Employer brand"),
}
TONES: dict[Tone, str] = {
    "neutral": mark("Neutral"),
    "young": mark("Young"),
    "formal": mark("Formal"),
}
ROLES: dict[Role, str] = {
    "author": mark("Author"),
    "PR": mark("PR"),
    "marketing": mark("Marketing"),
    "legal": mark("Legal"),
}


class Campaign(KeptRecord):
    """A campaign brief: what is to be reached, with whom, when, and what everybody says.

    Attributes:
        name: What the team calls it.
        goal: One of `GOALS`.
        audience: Whom it is for, in the team's words.
        age_from: Youngest of the audience in years, or None.
        age_to: Oldest of the audience in years, or None.
        tone: Register of its language, one of `TONES`.
        start: First day, or None while open.
        end: Last day (included), not before `start`, or None.
        link: Landing page, without UTM parameters.
        core_message: The one sentence every channel says.
        supporting: Up to four sentences that carry it, with proof and source.
        offer: What is offered, with its prices, dates and percentages.
        wording: Language to the phrases texts are put together from.
        hashtags: Hashtags of the campaign, each with its "#".
        words_to_use: Words texts should have.
        words_to_avoid: Words texts must not have.
        claims: Advertising claims, and which of them PR or legal has cleared.
        embargo: Nothing may appear before this moment (with time zone), or None.
        owner: Who answers for it.
        reviewers: Role that has to approve its posts to the people who may do so (empty: anyone);
            without any, one approval by anyone suffices.
        utm_campaign: Value of `utm_campaign` in its links; empty: made from the name.
        notes: Anything else.
    """

    name: str = Field(min_length=1)
    goal: Goal = "awareness"
    audience: str = ""
    age_from: int | None = Field(default=None, ge=0, le=120)
    age_to: int | None = Field(default=None, ge=0, le=120)
    tone: Tone = "neutral"
    start: date | None = None
    end: date | None = None
    link: str = ""
    core_message: str = ""
    supporting: tuple[SupportingMessage, ...] = Field(default=(), max_length=4)
    offer: Offer = Field(default_factory=Offer)
    wording: dict[Language, Wording] = Field(default_factory=dict)
    hashtags: tuple[str, ...] = ()
    words_to_use: tuple[str, ...] = ()
    words_to_avoid: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    embargo: datetime | None = None
    owner: str = ""
    reviewers: dict[Role, tuple[str, ...]] = Field(default_factory=dict)
    utm_campaign: str = ""
    notes: str = ""

    @field_validator("embargo")
    @classmethod
    def _has_zone(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is None:
            raise InvalidValueError(
                mark("The embargo ends at {moment:datetime}, without a time zone; add one."), moment=moment
            )
        return moment

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
