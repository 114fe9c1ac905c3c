"""The counts of a running test, noted down day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from pydantic import Field, field_validator

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.record import Record


class Count(NamedTuple):
    """How often a variant was shown and answered until a moment."""

    trials: int
    successes: int


class Reading(Record):
    """What the counters of a test showed at one moment: sums since its start.

    Attributes:
        at: When they were read, with time zone.
        counts: Variant to (trials, successes), both since the start of the test.
        look: Whether the test was judged then.
    """

    at: datetime
    counts: dict[str, Count] = Field(min_length=1)
    look: bool = False

    @field_validator("at")
    @classmethod
    def _has_zone(cls, when: datetime) -> datetime:
        if when.tzinfo is None:
            raise InvalidValueError(
                mark("The time {when:datetime} has no time zone; add the account's."), when=when
            )
        return when

    @property
    def trials(self) -> int:
        """All people, impressions or views until then."""
        return sum(count.trials for count in self.counts.values())


def check_readings(test: str, readings: Sequence[Reading]) -> None:
    """Raise an `InvalidValueError` unless times rise, counts never fall and variants keep their names.

    Args:
        test: Name of the test, for the message.
        readings: What was noted down, in order.
    """
    for reading in readings:
        for variant, count in reading.counts.items():
            if not 0 <= count.successes <= count.trials:
                raise InvalidValueError(
                    mark(
                        "{test}, variant {variant}, {at:datetime}: {successes} responses of {trials} shown "
                        "cannot be; responses lie between 0 and the number shown."
                    ),
                    test=test, variant=variant, at=reading.at, successes=count.successes, trials=count.trials,
                )  # fmt: skip
    for before, after in pairwise(readings):
        _check_step(test, before, after)


def _check_step(test: str, before: Reading, after: Reading) -> None:
    if after.at <= before.at:
        raise InvalidValueError(
            mark(
                "{test}: the figures of {after:datetime} follow those of {before:datetime}; enter them in "
                "order of time."
            ),
            test=test, before=before.at, after=after.at,
        )  # fmt: skip
    if set(after.counts) != set(before.counts):
        raise InvalidValueError(
            mark(
                "{test}: until {before:datetime} the variants were {old}, then {new}. A variant keeps its "
                "name as long as the test runs; a new one makes a new test."
            ),
            test=test, before=before.at, old=", ".join(before.counts), new=", ".join(after.counts),
        )  # fmt: skip
    for variant, count in after.counts.items():
        then = before.counts[variant]
        if count.trials < then.trials or count.successes < then.successes:
            raise InvalidValueError(
                mark(
                    "{test}, variant {variant}, {at:datetime}: {now} shown and answered is less than {then} "
                    "before. Enter the sums since the start of the test, not the figures of the day."
                ),
                test=test, variant=variant, at=after.at,
                now=f"{count.trials}/{count.successes}", then=f"{then.trials}/{then.successes}",
            )  # fmt: skip


def counts_by_day(test: str, readings: Sequence[Reading]) -> pd.DataFrame:
    """What came in from reading to reading.

    Args:
        test: Name of the test.
        readings: What was noted down, in order; see `check_readings`.

    Returns:
        One row per reading and variant: test, day (date of the reading, in its own zone), variant, trials,
        successes (both float64), half (1 or 2: the first or second half of the trials).
    """
    whole = readings[-1].trials if readings else 0
    rows = []
    for before, after in zip([None, *readings], readings, strict=False):
        middle = ((before.trials if before else 0) + after.trials) / 2
        for variant, count in after.counts.items():
            then = before.counts[variant] if before else Count(0, 0)
            rows.append(
                {
                    "test": test,
                    "day": after.at.date(),
                    "variant": variant,
                    "trials": float(count.trials - then.trials),
                    "successes": float(count.successes - then.successes),
                    "half": 1 if middle <= whole / 2 else 2,
                }
            )
    columns = ["test", "day", "variant", "trials", "successes", "half"]
    return pd.DataFrame(rows, columns=columns)
