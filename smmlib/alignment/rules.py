"""What a team allows itself: how often, how long silent, signed off by when."""

from __future__ import annotations

from pydantic import Field

from smmlib.record import Record


class AlignmentRules(Record):
    """The house's rules for its calendar.

    Attributes:
        cap_most: How often one audience may be reached in `cap_days`, by whatever channel; 0: no cap.
        cap_days: Days the cap is counted over, at any time of day.
        silent_days: Days after which an account without a post counts as silent; 0: never.
        signoff_days: How many days ahead posts have to be signed off; 0: not looked at.
        off: Rules that are not looked at, see `RULES`.
    """

    cap_most: int = Field(default=10, ge=0)
    cap_days: int = Field(default=7, ge=1)
    silent_days: int = Field(default=14, ge=0)
    signoff_days: int = Field(default=7, ge=0)
    off: tuple[str, ...] = ()
