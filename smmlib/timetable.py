"""Local time: planned hours, daylight saving, slots of the week.

A planned time is what the clock on the wall says in the account's zone. Twice a year that is not enough:
one hour does not exist, another exists twice. Rules of the zones: IANA time zone database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from smmlib.errors import InvalidValueError
from smmlib.language import mark

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd


class SkippedTimeError(InvalidValueError):
    """A local time that does not exist, because clocks go forward over it."""


class RepeatedTimeError(InvalidValueError):
    """A local time that exists twice, because clocks go back over it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the week, local to a zone.

    Attributes:
        day: The local day.
        weekday: 1 = Monday … 7 = Sunday.
        hour: 0 to 23.
    """

    day: date
    weekday: int
    hour: int


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name.

    Raises:
        InvalidValueError: There is none.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidValueError(
            mark("Time zone {name!r} is unknown; use an IANA name such as 'Europe/Berlin'."), name=name
        ) from None


def localise(naive: datetime, zone_name: str, *, second: bool | None = None) -> datetime:
    """Give a wall-clock time its zone.

    Args:
        naive: Time of day without zone.
        zone_name: IANA name, e.g. "Europe/Berlin".
        second: Of a time that exists twice, True for the second (winter time), False for the first.

    Returns:
        The same wall-clock time, aware.

    Raises:
        InvalidValueError: `naive` has a zone already, or the zone is unknown.
        SkippedTimeError: That time does not exist; the message names the next that does.
        RepeatedTimeError: That time exists twice and `second` does not say which is meant.
    """
    if naive.tzinfo is not None:
        raise InvalidValueError(
            mark("{when:datetime} already has a time zone; give the local time without one."), when=naive
        )
    place = zone(zone_name)
    early, late = (naive.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    before, after = _offset(early), _offset(late)
    if before < after:
        raise SkippedTimeError(
            mark(
                "{when:datetime} does not exist in {zone}: the clocks go forward by {minutes} minutes then. "
                "Choose {next:datetime}."
            ),
            when=naive,
            zone=zone_name,
            minutes=int((after - before).total_seconds() // 60),
            next=naive + (after - before),
        )
    if before > after and second is None:
        raise RepeatedTimeError(
            mark(
                "{when:datetime} exists twice in {zone}: the clocks go back then. Choose the first "
                "(UTC{first}) or the second (UTC{last}), or another hour."
            ),
            when=naive,
            zone=zone_name,
            first=f"{early:%z}",
            last=f"{late:%z}",
        )
    return late if second else early


def local_slot(utc: datetime, zone_name: str) -> Slot:
    """Day, weekday and hour of a moment, as the clock on the wall says in a zone.

    Args:
        utc: The moment; without zone it is taken as UTC.
        zone_name: IANA name.
    """
    aware = utc if utc.tzinfo is not None else utc.replace(tzinfo=UTC)
    local = aware.astimezone(zone(zone_name))
    return Slot(local.date(), local.isoweekday(), local.hour)


def local_slots(utc: npt.ArrayLike, zone_name: str) -> pd.DataFrame:
    """`local_slot` of many moments at once.

    Args:
        utc: Moments as numpy datetime64 or anything pandas reads as UTC; NaT stays missing.
        zone_name: IANA name.

    Returns:
        One row per moment: day (datetime64, midnight), weekday (Int8, 1 = Monday), hour (Int8).
    """
    import numpy as np
    import pandas as pd

    moments = pd.Series(pd.to_datetime(np.asarray(utc), utc=True)).dt.tz_convert(zone(zone_name))
    return pd.DataFrame(
        {
            "day": moments.dt.tz_localize(None).dt.normalize(),
            "weekday": (moments.dt.day_of_week + 1).astype("Int8"),
            "hour": moments.dt.hour.astype("Int8"),
        }
    )


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)
