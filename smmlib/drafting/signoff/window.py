"""The time an approval holds for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, say


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a post may appear; without either, whenever.

    Attributes:
        opens: First moment, with time zone, or None.
        closes: Last moment, with time zone, or None.

    Raises:
        InvalidValueError: A moment has no time zone, or it closes before it opens.
    """

    opens: datetime | None = None
    closes: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.opens, self.closes):
            if moment is not None and moment.tzinfo is None:
                raise InvalidValueError(
                    mark("The time {when:datetime} has no time zone; add the account's."), when=moment
                )
        if self.opens and self.closes and self.closes < self.opens:
            raise InvalidValueError(
                mark(
                    "The approval ends at {closes:datetime}, before it begins at {opens:datetime}; swap them."
                ),
                opens=self.opens,
                closes=self.closes,
            )

    @property
    def open(self) -> bool:
        """True when it holds whenever."""
        return self.opens is None and self.closes is None

    def holds(self, when: datetime | None) -> bool:
        """Whether a planned time lies in it, both ends included; no time lies only in an open one."""
        if self.open:
            return True
        if when is None:
            return False
        return (self.opens is None or self.opens <= when) and (self.closes is None or when <= self.closes)

    def text(self, language: Language = "en", time_zone: str = "UTC") -> str:
        """The window in words, on the clock of a time zone."""
        zone = ZoneInfo(time_zone)
        opens = self.opens.astimezone(zone) if self.opens else None
        closes = self.closes.astimezone(zone) if self.closes else None
        if opens and closes:
            return say(mark("{opens:datetime} to {closes:datetime}"), language, opens=opens, closes=closes)
        if opens:
            return say(mark("from {opens:datetime}"), language, opens=opens)
        if closes:
            return say(mark("until {closes:datetime}"), language, closes=closes)
        return say(mark("at any time"), language)


def days_around(planned_at: datetime | None, time_zone: str, days: int = 0) -> Window:
    """The local day a post is planned for, and `days` before and after it; open while it is not planned.

    Args:
        planned_at: The planned time, with time zone, or None.
        time_zone: IANA name of the account's zone; days begin at midnight there.
        days: Days on either side, ≥ 0.
    """
    if planned_at is None:
        return Window()
    zone = ZoneInfo(time_zone)
    day = planned_at.astimezone(zone).date()
    first = datetime.combine(day - timedelta(days), time.min, zone)
    last = datetime.combine(day + timedelta(days), time(23, 59, 59), zone)
    return Window(first, last)
