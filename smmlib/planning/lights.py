"""Traffic lights: where a target stands, with the reason in words; none where data do not allow one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal

from smmlib.errors import UnknownNameError
from smmlib.language import Language, Message, mark
from smmlib.metrics import Passport, load_metrics
from smmlib.planning.money import ZERO
from smmlib.planning.plan import Target
from smmlib.planning.results import ATTRIBUTED, MetricName, Result

Light = Literal["green", "amber", "red"]
LIGHTS: dict[Light, str] = {"green": mark("green"), "amber": mark("amber"), "red": mark("red")}

GREEN = Decimal("0.95")
"""Share of what is due that is still green."""
AMBER = Decimal("0.80")
"""Share of what is due that is still amber; of targets "at most" the same margins lie above."""
FEWEST_DAYS = 7
"""Days before a light: until then a week with its weekend is not complete."""
OLDEST_DAYS = 7
"""Days without figures after which there is no light any more."""


@dataclass(frozen=True, slots=True)
class TargetLight:
    """Where a target stands.

    Attributes:
        target: The target.
        light: "green", "amber", "red", or None where data do not allow one.
        value: Figure so far, or None.
        due: What is due by now, or None.
        reason: Why, in words; always there.
    """

    target: Target
    light: Light | None
    value: Decimal | None
    due: Decimal | None
    reason: Message

    @property
    def message(self) -> Message:
        """Metric, light and reason."""
        light = Message(LIGHTS[self.light] if self.light else mark("no light"))
        return Message(
            "{metric}: {light}. {reason}",
            {"metric": MetricName(self.target.metric), "light": light, "reason": self.reason},
        )

    def text(self, language: Language = "en") -> str:
        """Metric, light and reason."""
        return self.message.text(language)


def target_light(
    target: Target,
    results: Iterable[Result],
    *,
    start: date,
    on: date,
    costs: Mapping[str, Decimal] | None = None,
    currency: str = "EUR",
) -> TargetLight:
    """Judge a target.

    A sum, such as clicks, is due in proportion to the days gone; a level, such as followers, rises from
    its baseline alike; a rate, such as cost per action, is compared with the target as it is. Reach of
    several days or channels is no single figure and gets no light.

    Sums and rates count from `start` on. A rate of money over all channels sets against each other the
    costs and figures of those channels only that have figures of the metric.

    Args:
        target: The target.
        results: What channels brought; those of its metric and channel count.
        start: First day of the campaign.
        on: Today.
        costs: Media costs by channel until the earlier of `on` and the day of the target, for rates of money.
        currency: Of the plan, in which costs and revenue are.

    Raises:
        UnknownNameError: The metric has no passport.
    """
    known = load_metrics()
    if target.metric not in known:
        raise UnknownNameError(mark("Metric"), target.metric, known)
    passport, until = known[target.metric], min(on, target.by)
    own = [r for r in results if r.day <= until and target.channel in ("", r.channel)]
    wanted = {passport.id} if passport.combine != "rate" else {passport.numerator, passport.denominator}
    first = date.min if passport.combine == "latest" else start
    own = [result for result in own if result.metric in wanted and result.day >= first]
    obstacle = _untimely(start, until, target.by) or _obstacle(target, passport, own, until)
    if obstacle is not None:
        return TargetLight(target, None, None, None, obstacle)
    told = partial(_Figure, passport=passport, currency=currency)
    gone = Decimal((until - start).days + 1) / ((target.by - start).days + 1)
    if passport.combine == "rate":
        return _rate(target, passport, own, costs or {}, told)
    if passport.combine == "latest":
        value, before = max(own, key=lambda r: r.day).value, target.baseline or ZERO
        return _judged(target, value, before + (target.value - before) * gone, before, told)
    return _judged(target, sum((r.value for r in own), ZERO), target.value * gone, ZERO, told)


def _obstacle(target: Target, passport: Passport, own: Sequence[Result], until: date) -> Message | None:
    """What keeps the figures from being judged."""
    if not own:
        return Message(mark("There are no figures for it."))
    newest = max(result.day for result in own)
    if (until - newest).days > OLDEST_DAYS:
        return Message(mark("There are no figures since {day:date}."), {"day": newest})
    if passport.combine == "bound" and len(own) > 1:
        return Message(mark("People of several days or channels overlap: only a range is known."))
    if passport.combine == "latest" and len({result.channel for result in own}) > 1:
        return Message(mark("Followers of several channels overlap; set a target for each channel."))
    if passport.combine == "latest" and target.baseline is None:
        return Message(mark("It has no baseline, so it is not known what is due by now."))
    return _unattributed(own)


def _unattributed(own: Sequence[Result]) -> Message | None:
    attributed = [result for result in own if result.metric in ATTRIBUTED]
    if any(not result.rule for result in attributed):
        return Message(mark("Figures were attributed without naming the rule."))
    if len({result.rule for result in attributed}) > 1:
        return Message(mark("Figures were attributed by different rules and cannot be added up."))
    if len({(result.metric, result.result_type) for result in own}) > len({r.metric for r in own}):
        return Message(mark("Results of different kinds cannot be added up."))
    return None


def _untimely(start: date, until: date, by: date) -> Message | None:
    if by < start:
        text = mark("It is due on {by:date}, before the campaign starts on {start:date}.")
        return Message(text, {"by": by, "start": start})
    days = (until - start).days + 1
    if days < min(FEWEST_DAYS, (by - start).days + 1):
        values = {"days": max(days, 0), "fewest": FEWEST_DAYS}
        return Message(mark("Days gone: {days}; a light takes {fewest}."), values)
    return None


def _rate(
    target: Target,
    passport: Passport,
    own: Sequence[Result],
    costs: Mapping[str, Decimal],
    told: Callable[[Decimal], _Figure],
) -> TargetLight:
    spent = sum((costs.get(channel, ZERO) for channel in {result.channel for result in own}), ZERO)
    parts = []
    for metric in (passport.numerator, passport.denominator):
        figures = [result.value for result in own if result.metric == metric]
        parts.append(spent if metric == "spend" else sum(figures, ZERO))
    above, below = parts
    if not below or (passport.numerator == "spend" and above <= 0):
        reason = Message(mark("Its denominator is zero or no costs are booked, so there is no figure."))
        return TargetLight(target, None, None, None, reason)
    return _judged(target, above / below * Decimal(repr(passport.factor)), target.value, ZERO, told)


def _judged(
    target: Target, value: Decimal, due: Decimal, before: Decimal, told: Callable[[Decimal], _Figure]
) -> TargetLight:
    """Compare the way gone with the way due."""
    way = due - before
    if not way:
        reason = Message(mark("Nothing is due by now, so there is nothing to compare with."))
        return TargetLight(target, None, value, due, reason)
    share = (value - before) / way
    light: Light
    if target.direction == "at least":
        light = "green" if share >= GREEN else "amber" if share >= AMBER else "red"
    else:
        light = "green" if share <= 2 - GREEN else "amber" if share <= 2 - AMBER else "red"
    reason = Message(
        mark("{value} reached, {due} due by now: {share:%0}."),
        {"value": told(value), "due": told(due), "share": float(share)},
    )
    return TargetLight(target, light, value, due, reason)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that is said in the unit of its metric."""

    value: Decimal
    passport: Passport
    currency: str

    def text(self, language: Language = "en") -> str:
        return self.passport.show(float(self.value), language, self.currency)
