"""The planted effects: what a post of the practice company is expected to reach and to be answered with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from smmlib.practice.post import read_file
from smmlib.record import Record

if TYPE_CHECKING:
    from smmlib.practice.post import Post

ENGAGEMENTS = ("reactions", "comments", "shares", "saves")
"""The answers that are added up to engagements."""

_HOURS = ((6, "morning"), (10, "midday"), (14, "afternoon"), (18, "evening"))


class Shown(Record):
    """Factors on how often a post is shown; weekday "1" is Monday."""

    format: dict[str, float]
    weekday: dict[str, float]
    hours: dict[str, float]
    slot: dict[str, float]


class Answered(Record):
    """Factors on the rate of each answer, by pillar and by hook; `on`: by hook, on one account only."""

    pillar: dict[str, dict[str, float]]
    hook: dict[str, dict[str, float]]
    on: dict[str, dict[str, dict[str, float]]]


class Dispersion(Record):
    """Shapes of the gamma factors; the variance of a factor is 1 / shape."""

    shown: float
    answered: float


class Decay(Record):
    """How a figure comes in: halved each half-life, cut after `days`; `reel` lengthens the half-life."""

    days: int
    reel: float


class Audience(Record):
    """An account's readers.

    Attributes:
        shown: Expected showings of the reference post (image, at factor 1 everywhere).
        metrics: What the network tells.
        reach: People per showing.
        rates: Answers per showing; "negative" are hides, reports and angry reactions.
        half_life_hours: Until half of the showings have come.
        followers: On the evening before the first day; None where nobody exports them.
        daily_follows, daily_unfollows: Expected per day.
        ads_mille: Euro for a thousand paid impressions, None without advertisements.
    """

    shown: float
    metrics: tuple[str, ...]
    reach: float
    rates: dict[str, float]
    half_life_hours: float
    followers: int | None = None
    daily_follows: float = 0.0
    daily_unfollows: float = 0.0
    ads_mille: float | None = None


class Advertising(Record):
    """Link clicks per paid impression, and the part of the budget that is spent."""

    link_clicks: float
    spent: float


class Storm(Record):
    """The Shitstorm: when, and its factors on its own posts; extra unfollows per day and account."""

    start: datetime
    hours: int
    half_life_hours: float
    joke: dict[str, float]
    apology: dict[str, float]
    unfollows: dict[str, tuple[int, ...]]

    @property
    def end(self) -> datetime:
        """When it was over, local time."""
        return self.start + timedelta(hours=self.hours)


class Effects(Record):
    """All planted effects; read them with `read_effects`."""

    shown: Shown
    answered: Answered
    dispersion: Dispersion
    decay: Decay
    accounts: dict[str, Audience]
    ads: Advertising
    storm: Storm

    def showings(self, post: Post) -> float:
        """Expected number of times the post is shown, without advertising."""
        factors = [
            self.shown.format[post.format],
            self.shown.weekday[str(post.at.isoweekday())],
            self.shown.hours[hours_of(post.at)],
            self.shown.slot.get(slot_of(post.at), 1.0),
            self._storm(post).get("shown", 1.0),
        ]
        expected = self.accounts[post.account].shown
        for factor in factors:
            expected *= factor
        return expected

    def rate(self, post: Post, answer: str) -> float:
        """Expected answers of that kind per showing."""
        rate = self.accounts[post.account].rates.get(answer, 0.0)
        for factors in (
            self.answered.pillar.get(post.pillar, {}),
            self.answered.hook.get(post.hook, {}),
            self.answered.on.get(post.account, {}).get(post.hook, {}),
            self._storm(post),
        ):
            rate *= factors.get(answer, 1.0)
        return rate

    def half_life(self, post: Post) -> float:
        """Hours until half of the post's final figures have come in."""
        if post.storm == "joke":
            return self.storm.half_life_hours
        longer = self.decay.reel if post.format == "reel" else 1.0
        return self.accounts[post.account].half_life_hours * longer

    def _storm(self, post: Post) -> Mapping[str, float]:
        return {"joke": self.storm.joke, "apology": self.storm.apology}.get(post.storm, {})


def read_effects() -> Effects:
    """Read the effects from `story/effects.toml`."""
    return Effects(**read_file("effects"))


def hours_of(at: datetime) -> str:
    """The part of the day that a local time lies in: morning, midday, afternoon or evening."""
    return next((name for hour, name in reversed(_HOURS) if at.hour >= hour), "evening")


def slot_of(at: datetime) -> str:
    """The special slot that a local time lies in, or ""."""
    if at.isoweekday() == 7 and hours_of(at) == "evening":
        return "sunday evening"
    if at.isoweekday() >= 6 and hours_of(at) == "morning":
        return "weekend morning"
    return ""
