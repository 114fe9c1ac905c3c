"""What was planned before a test started: registered, so that a later change can be seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Self

import pandas as pd
from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.experiments.advice_options import Question
from smmlib.experiments.looks import Look, Looks
from smmlib.experiments.plan_terms import check_power, check_rates, checked_shares
from smmlib.experiments.sequence import AlwaysValid
from smmlib.language import Message, mark
from smmlib.record import Record

if TYPE_CHECKING:
    from smmlib.experiments.planning import TestPlan

Looking = Literal["once", "obrien-fleming", "pocock", "any time"]

LOOKING: dict[Looking, str] = {
    "once": mark("Once, at the end"),
    "obrien-fleming": mark("Planned looks, strict at first (O'Brien–Fleming)"),
    "pocock": mark("Planned looks, all about equally strict (Pocock)"),
    "any time": mark("Any time (confidence sequence)"),
}


class Registration(Record):
    """The plan of a randomised test or a platform's split, as it stood before the test.

    Attributes:
        question: What the test is to answer; see `advise`.
        base_rate: Rate expected of the usual variant, a fraction.
        relative_lift: Change to be found, relative to it.
        power: Probability to find it.
        looking: When the test may be judged; see `LOOKING`.
        times: Shares of the planned people at the looks, rising, the last 1; of no use with "any time".
        texts: Variant to its text when the plan was made, in the order of the shares.
        shares: Share of each variant; they add up to 1. Empty: equal.
        trials: People planned in all; made by `registered`.
        per_day: People expected a day, or None.
        cpm: Euro for a thousand impressions, or None.
        at: When the plan was made, with time zone.
        fingerprint: SHA-256 over all of the above; made by `registered`.
    """

    question: Question = "copy"
    base_rate: float
    relative_lift: float
    power: float = 0.8
    looking: Looking = "once"
    times: tuple[float, ...] = (1.0,)
    texts: dict[str, str] = Field(min_length=2)
    shares: tuple[float, ...] = ()
    trials: int = Field(ge=2)
    per_day: float | None = None
    cpm: float | None = None
    at: datetime
    fingerprint: str = ""

    @field_validator("at")
    @classmethod
    def _has_zone(cls, when: datetime) -> datetime:
        if when.tzinfo is None:
            raise InvalidValueError(
                mark("The time {when:datetime} has no time zone; add the account's."), when=when
            )
        return when

    @model_validator(mode="after")
    def _fits(self) -> Self:
        check_rates(self.base_rate, self.relative_lift)
        check_power(self.power, 0.001)
        checked_shares(len(self.texts), self.shares or None)
        _ = self.looks
        return self

    @property
    def looks(self) -> Looks | AlwaysValid | None:
        """How early looks are judged; None: there is one look, at the end."""
        if self.looking == "any time":
            return AlwaysValid()
        if self.looking == "once":
            return None
        return Looks(self.times, self.looking)

    def look(self, trials: float, earlier: Sequence[float] = ()) -> Look | None:
        """The look at so many people; None where the plan has one look only, or nobody was seen.

        Args:
            trials: People seen by now.
            earlier: People seen at the looks before, in order.

        Raises:
            InvalidValueError: An earlier look was the end already, or nobody was added since.
        """
        looks, share = self.looks, trials / self.trials
        if looks is None or share <= 0:
            return None
        if isinstance(looks, Looks):
            return looks.at(min(share, 1.0), tuple(min(count / self.trials, 1.0) for count in earlier))
        return looks.at(share)

    def bounds(self, confidence: float) -> pd.DataFrame:
        """Bounds at the planned looks: look, share, z, nominal_p, spent; no row without planned looks."""
        looks = self.looks
        if not isinstance(looks, Looks):
            return pd.DataFrame(columns=["look", "share", "z", "nominal_p", "spent"])
        return looks.bounds(round(1 - confidence, 12)).to_frame()

    def split(self) -> dict[str, float]:
        """Variant to its expected share."""
        shares = checked_shares(len(self.texts), self.shares or None)
        return dict(zip(self.texts, shares, strict=True))

    def verify(self) -> tuple[Message, ...]:
        """What is wrong with the record: empty when it is as registered."""
        if self.fingerprint == self.reckon_fingerprint():
            return ()
        text = mark("The plan was changed after it was registered: its fingerprint does not match.")
        return (Message(text),)

    def reckon_fingerprint(self) -> str:
        """SHA-256 over everything but the fingerprint, the time in UTC."""
        content = self.model_dump(exclude={"fingerprint", "at"})
        content["at"] = self.at.astimezone(UTC).isoformat()
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def registered(plan: TestPlan, *, texts: dict[str, str], at: datetime, **more: Any) -> Registration:
    """A plan as it is kept.

    Args:
        plan: What `plan_test` returned.
        texts: Variant to its text, in the order of the plan's shares.
        at: Now, with time zone.
        **more: question, looking, times, cpm; see `Registration`.

    Raises:
        InvalidRecordError: A value does not fit, e.g. there are more texts than variants.
    """
    record = Registration(
        base_rate=plan.base_rate,
        relative_lift=plan.target_rate / plan.base_rate - 1,
        power=plan.power,
        texts=texts,
        shares=plan.shares,
        trials=plan.trials,
        per_day=plan.per_day,
        at=at,
        **more,
    )
    return record.replace(fingerprint=record.reckon_fingerprint())
