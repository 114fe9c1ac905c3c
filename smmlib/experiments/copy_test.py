"""A copy test as the workspace keeps it: its design, its variants and their counts."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from pydantic import Field, field_validator

from smmlib.errors import InvalidValueError
from smmlib.experiments.comparing import compare
from smmlib.experiments.comparison import Comparison, Design
from smmlib.experiments.equivalence import check_smallest_lift
from smmlib.language import mark
from smmlib.record import Record, new_id


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
        control: Name of the control variant, or empty: none.
        confidence: Level of intervals and decisions.
        dispersion: Variance inflation, at least 1.
        smallest_lift: Smallest relative difference worth acting on, or None: any; see `compare`.
        arms: The variants.
    """

    id: str = Field(default_factory=new_id, min_length=1)
    name: str = Field(min_length=1)
    campaign: str = ""
    design: Design = "randomised"
    metric: str = "link_clicks"
    control: str = ""
    confidence: float = 0.95
    dispersion: float = 1.0
    smallest_lift: float | None = None
    arms: tuple[Arm, ...] = ()

    @field_validator("name", mode="before")
    @classmethod
    def _is_whole(cls, value: object) -> object:
        return _whole(value)

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

    def compare(self) -> Comparison:
        """Compare the variants; see `smmlib.experiments.compare`."""
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
