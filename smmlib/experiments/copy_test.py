"""A copy test as the workspace keeps it: its plan, its design, its variants and their counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

import pandas as pd
from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.experiments.caveats import Caveat
from smmlib.experiments.comparing import compare
from smmlib.experiments.comparison import BETWEEN_LOOKS, NOT_OVER, Comparison, Design
from smmlib.experiments.equivalence import check_smallest_lift
from smmlib.experiments.look_plan import Look, Looks
from smmlib.experiments.reading_log import Count, Reading, check_readings
from smmlib.experiments.registration import Registration
from smmlib.experiments.split import held_back, set_aside
from smmlib.language import mark
from smmlib.record import Record, new_id

SPOILED = mark("It was spoiled while it ran; the reasons are listed.")


class Arm(Record):
    """A variant of a test and what was counted.

    Attributes:
        variant: Short name, e.g. "A".
        text: What readers saw.
        trials: People, impressions or views it was shown to; None while unknown.
        successes: Those who responded; None while unknown.
        levels: Factor to its level in this text, e.g. {"hook": "question"}, where it was written to one.
    """

    variant: str = ""
    text: str = ""
    trials: int | None = None
    successes: int | None = None
    levels: dict[str, str] = Field(default_factory=dict)

    @field_validator("variant", "text", mode="before")
    @classmethod
    def _is_whole(cls, value: object) -> object:
        return _whole(value)


class CopyTest(Record):
    """A test of copy variants. It is kept while it is being typed, so counts may be missing or wrong.

    Attributes:
        id: Key in the workspace.
        name: What the team calls it.
        campaign: Id of its campaign, or empty.
        design: How the variants came to their readers; see `compare`.
        metric: What a success is, a metric id, e.g. "link_clicks".
        shown: What a trial is, a metric id, e.g. "impressions".
        networks: Ids of the networks it runs on, for days on which they began to count otherwise.
        control: Name of the control variant, or empty: none.
        confidence: Level of intervals and decisions.
        dispersion: Variance inflation, at least 1.
        smallest_lift: Smallest relative difference worth acting on, or None: any; see `compare`.
        arms: The variants.
        draft: Id of the draft it started from, or empty.
        plan: What was planned before it started, or None.
        assignment: Id of the drawn assignment of matched slots or periods, or empty.
        readings: What was counted from day to day, sums since the start.
    """

    id: str = Field(default_factory=new_id, min_length=1)
    name: str = Field(min_length=1)
    campaign: str = ""
    design: Design = "randomised"
    metric: str = "link_clicks"
    shown: str = "impressions"
    networks: tuple[str, ...] = ()
    control: str = ""
    confidence: float = 0.95
    dispersion: float = 1.0
    smallest_lift: float | None = None
    arms: tuple[Arm, ...] = ()
    draft: str = ""
    plan: Registration | None = None
    assignment: str = ""
    readings: tuple[Reading, ...] = ()

    @field_validator("name", mode="before")
    @classmethod
    def _is_whole(cls, value: object) -> object:
        return _whole(value)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_readings(self.name, self.readings)
        return self

    @field_validator("confidence")
    @classmethod
    def _is_level(cls, value: float) -> float:
        if not 0 < value < 1:
            raise InvalidValueError(
                mark("The confidence is {confidence:plain}; it must lie between 0 and 1, for example 0.95."),
                confidence=value,
            )
        return value

    @field_validator("dispersion")
    @classmethod
    def _is_inflation(cls, value: float) -> float:
        if not 1 <= value < float("inf"):
            raise InvalidValueError(
                mark("The dispersion is {dispersion:plain}; it must be at least 1 (1: independent counts)."),
                dispersion=value,
            )
        return value

    @field_validator("smallest_lift")
    @classmethod
    def _is_lift(cls, value: float | None) -> float | None:
        check_smallest_lift(value)
        return value

    def to_frame(self) -> pd.DataFrame:
        """One row per variant: test (its name), variant, text, trials, successes (float, may be missing)."""
        return counts_frame([self])

    @property
    def trials(self) -> int:
        """People, impressions or views so far, of all variants."""
        return sum(arm.trials or 0 for arm in self.arms)

    @property
    def untouched(self) -> bool:
        """Whether nothing was counted yet for any variant."""
        return all(arm.trials is None and arm.successes is None for arm in self.arms)

    @property
    def between_looks(self) -> bool:
        """Whether looks were planned and its counts are not those of a look that was noted."""
        if self.plan is None or not isinstance(self.plan.looks, Looks):
            return False
        taken = [reading for reading in self.readings if reading.look]
        return not taken or taken[-1].counts != self._counts()

    @property
    def look(self) -> Look | None:
        """The look its counts are judged at; None where one look was planned, or none."""
        if self.plan is None:
            return None
        taken = [reading.trials for reading in self.readings if reading.look]
        now = self.trials
        return self.plan.look(now, [count for count in taken if count < now])

    def noted(self, at: datetime, *, look: bool = False) -> CopyTest:
        """The same test with its counts of now added to the readings; one of the same day gives way.

        Args:
            at: Now, in the zone whose days count.
            look: Whether the test is judged now.

        Raises:
            InvalidValueError: A count is missing, or the last look was the end of the test.
            InvalidRecordError: A count is less than at the reading before.
        """
        empty = [arm.variant for arm in self.arms if arm.trials is None or arm.successes is None]
        if empty or not self.arms:
            raise InvalidValueError(
                mark("{test}: enter what was counted for {variants} first."),
                test=self.name,
                variants=", ".join(empty) or "A, B",
            )
        day = at.date()
        before = [reading for reading in self.readings if reading.look or reading.at.date() != day]
        noted = self.replace(readings=(*before, Reading(at=at, counts=self._counts(), look=look)))
        if look and self.plan is not None:  # a look too many is refused here
            self.plan.look(noted.trials, [reading.trials for reading in before if reading.look])
        return noted

    def _counts(self) -> dict[str, Count]:
        return {arm.variant: Count(arm.trials or 0, arm.successes or 0) for arm in self.arms}

    def compare(self) -> Comparison:
        """Compare the variants; see `smmlib.experiments.compare`.

        A test with a plan is judged at the look its plan allows for so many people, and its split against
        the planned one; what was spoiled while it ran (see `doubts`) is not usable.
        """
        compared = self._compared()
        if any(caveat.spoils for caveat in self.doubts()):
            return set_aside(compared, [self.name], reason=SPOILED)
        if self.between_looks:
            return held_back(compared, BETWEEN_LOOKS)
        open_ = compared.tests["decision"].eq("no decision").all()
        if open_ and self.plan is not None and self.trials < self.plan.trials:
            return held_back(compared, NOT_OVER)
        return compared

    def doubts(self) -> tuple[Caveat, ...]:
        """What speaks against the test or asks for care; see `doubting`."""
        from smmlib.experiments.doubting import doubts

        return doubts(self)

    def _compared(self) -> Comparison:
        split = self.plan.split() if self.plan and self.design == "randomised" else {}
        known = {arm.variant for arm in self.arms} <= set(split)
        return compare(
            self.to_frame(),
            test="test",
            variant="variant",
            trials="trials",
            successes="successes",
            design=self.design,
            control=self.control or None,
            confidence=self.confidence,
            dispersion=self.dispersion,
            smallest_lift=self.smallest_lift,
            shares=split if known else None,
            looks=self.look or 1,
        )


def counts_frame(tests: Iterable[CopyTest]) -> pd.DataFrame:
    """The variants of several tests, one row each: test, variant, text, trials, successes."""
    rows = [
        (test.name, arm.variant or None, arm.text, arm.trials, arm.successes)
        for test in tests
        for arm in test.arms
    ]
    frame = pd.DataFrame(rows, columns=["test", "variant", "text", "trials", "successes"])
    return frame.astype({"trials": "float64", "successes": "float64"})


def _whole(value: object) -> object:
    """Text with halves of characters (lone surrogates) replaced: neither file nor table can hold them."""
    if not isinstance(value, str):
        return value
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in value)
