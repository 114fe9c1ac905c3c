"""What is asked for when a test is planned, as the form holds it, and how its words are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import Field

from smmlib.errors import InvalidValueError
from smmlib.experiments.advice_options import Question
from smmlib.experiments.registration import Looking
from smmlib.language import mark
from smmlib.record import Record

Planned = Literal["randomised", "platform", "slots", "switchback", "history"]

PLANNED: dict[Planned, str] = {
    "randomised": mark("Randomised: newsletter, own site, ads with a true split"),
    "platform": mark("Platform split: creative and delivery"),
    "slots": mark("Matched slots of organic posts"),
    "switchback": mark("Switchback: a style or policy by the day or week"),
    "history": mark("History: association only"),
}


class Wishes(Record):
    """What the user asks for and has, as typed. Rates and lifts are fractions, hours local.

    Attributes:
        name: Name of the test; empty: one is made up.
        question: What is to be answered.
        draft: Id of the draft whose variants are tested, or "".
        variants: Names of the variants where no draft gives them.
        metric, trials: Metric ids of what is counted as response and as shown.
        base_rate: Usual rate; None: that of past posts.
        lift: Smallest relative difference worth finding.
        power, confidence: Of the decision.
        cpm, budget, posts_per_week, subscribers, weeks: See `smmlib.experiments.advise`.
        dispersion: Variance inflation reckoned with.
        design: The design chosen; "": the one advised.
        shares: Split in per cent, e.g. "10, 10, 80"; empty: equal.
        per_day: People a day in the whole test, or None.
        looking, looks: When the test may be judged, and at how many looks.
        account: Id of the account whose slots are used.
        weekdays: Days of the slots, 1 = Monday.
        hours: Times of the slots, e.g. "09:00, 17:00".
        first_day, slot_weeks: When the slots begin and for how many weeks.
        washout_hours: Hours between two slots of the account.
        periods, days, burn_in_hours: Of a switchback.
        seed: Seed of the draw.
    """

    name: str = ""
    question: Question = "copy"
    draft: str = ""
    variants: str = "A, B"
    metric: str = "link_clicks"
    trials: str = "impressions"
    base_rate: float | None = None
    lift: float = 0.2
    power: float = 0.8
    confidence: float = 0.95
    cpm: float | None = None
    budget: float | None = None
    posts_per_week: float | None = None
    subscribers: int | None = None
    weeks: int = 12
    dispersion: float = 1.0
    design: Planned | Literal[""] = ""
    shares: str = ""
    per_day: float | None = None
    looking: Looking = "once"
    looks: int = Field(default=4, ge=1, le=50)
    account: str = ""
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    hours: str = "09:00, 17:00"
    first_day: date | None = None
    slot_weeks: int = Field(default=6, ge=1, le=104)
    washout_hours: float = 0.0
    periods: int = Field(default=14, ge=2, le=400)
    days: int = Field(default=7, ge=1, le=28)
    burn_in_hours: float = 0.0
    seed: int = 1


def read_shares(typed: str) -> tuple[float, ...]:
    """Shares in per cent, separated by commas, colons or slashes; empty: none.

    Raises:
        InvalidValueError: One is no whole number.
    """
    parts = [
        part.strip().removesuffix("%").strip()
        for part in typed.replace(":", ",").replace("/", ",").split(",")
    ]
    parts = [part for part in parts if part]
    if any(not part.isdecimal() for part in parts):
        raise InvalidValueError(
            mark("The split {typed!r} cannot be read; write whole per cents such as 10, 10, 80."), typed=typed
        )
    return tuple(float(part) for part in parts)


def read_times(typed: str) -> tuple[timedelta, ...]:
    """Times of the day, separated by commas, in order.

    Raises:
        InvalidValueError: One is no time, or there is none.
    """
    found = []
    for part in filter(None, (part.strip() for part in typed.split(","))):
        try:
            moment = datetime.strptime(part, "%H:%M")
        except ValueError:
            raise InvalidValueError(
                mark("{typed!r} is no time of day; write times such as 09:00, 17:30."), typed=part
            ) from None
        found.append(timedelta(hours=moment.hour, minutes=moment.minute))
    if not found:
        raise InvalidValueError(mark("No times are given; write times such as 09:00, 17:30."))
    return tuple(sorted(set(found)))
