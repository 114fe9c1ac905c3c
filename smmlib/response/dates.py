"""Dates as exports write them. Where day and month cannot be told apart, the date stays missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.response.grid import fits

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_TIMES = ("", " %H:%M", " %H:%M:%S", ", %H:%M")
ISO = (
    *("%Y-%m-%d" + time for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")),
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M %z",
    "%Y-%m-%d %H:%M:%S%z",
)
PLAIN = (
    *(day + time for day, time in product(("%d.%m.%Y", "%d.%m.%y"), (*_TIMES, " %H:%M Uhr"))),
    "%b %d, %Y",
    "%a, %b %d, %Y",
)
EITHER = tuple(day + time for day, time in product(("%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y"), _TIMES))
"""Patterns in which %d and %m may stand the other way round."""

_FORMS = {
    "%d": r"\d{1,2}",
    "%m": r"\d{1,2}",
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%H": r"\d{1,2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
    "%b": r"[A-Za-z]{3}",
    "%a": r"[A-Za-z]{3}",
    "%z": r"(?:Z|[+-]\d{2}:?\d{2})",
}


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a format writes dates: strptime patterns, ISO dates always understood as well.

    Attributes:
        patterns: What is known.
        either: Patterns of which it is not known whether day or month comes first.
        day_first: What the user says about `either`; None: not guessed.
    """

    patterns: tuple[str, ...] = PLAIN
    either: tuple[str, ...] = EITHER
    day_first: bool | None = None


@dataclass(slots=True)
class Moments:
    """A column of dates while it is read, then as it was read.

    Attributes:
        utc: Moment in UTC, datetime64[us], NaT where missing.
        local: The same on the clock of the time zone, datetime64[us].
        timed: True where there is a time of day too.
        ambiguous: True where day and month could be either way round; these are missing.
        bad: True where the cell holds something that is no date; these are missing.
        shifted: True where the clock showed that time twice or never (daylight saving).
        settled: Pattern to True (day first) or False, where other rows of the column proved it.
    """

    utc: NDArray[np.datetime64]
    local: NDArray[np.datetime64]
    timed: NDArray[np.bool_]
    ambiguous: NDArray[np.bool_]
    bad: NDArray[np.bool_]
    shifted: NDArray[np.bool_]
    settled: dict[str, bool] = field(default_factory=dict)


def read_dates(cells: pd.Series[str], style: DateStyle, time_zone: str) -> Moments:
    """Read a column of text as dates.

    A time without offset is on the clock of `time_zone`. Of a time that the clock shows twice the
    first is taken; one that it skips moves forward to the next that exists; both are marked.

    Args:
        cells: Text, one cell each; empty is missing.
        style: The patterns.
        time_zone: IANA name.
    """
    text = cells.str.replace("\u00a0", " ").str.strip()
    found = _Found.start(text)
    for pattern in (*style.patterns, *ISO):
        found.take(pattern)
    settled = {p: order for p in style.either if (order := found.take_either(p, style.day_first)) is not None}
    moments = _on_the_clock(found, time_zone)
    moments.settled = settled if style.day_first is None else {}
    return moments


@dataclass(slots=True)
class _Found:
    text: pd.Series[str]
    open: NDArray[np.bool_]
    naive: NDArray[np.datetime64]
    aware: NDArray[np.datetime64]
    timed: NDArray[np.bool_]
    ambiguous: NDArray[np.bool_]

    @classmethod
    def start(cls, text: pd.Series[str]) -> _Found:
        none = np.full(len(text), "NaT", dtype="datetime64[us]")
        flags = np.zeros(len(text), dtype=bool)
        filled = (text != "").to_numpy(dtype=bool) & ~text.isin(["-", "--", "NA", "0"]).to_numpy(dtype=bool)
        return cls(text, filled, none, none.copy(), flags, flags.copy())

    def candidates(self, pattern: str) -> NDArray[np.intp]:
        rows = np.flatnonzero(self.open)
        return rows[fits(self.text.iloc[rows], _form(pattern))]

    def take(self, pattern: str) -> None:
        rows = self.candidates(pattern)
        if len(rows):
            self._keep(rows, _parse(self.text.iloc[rows], pattern), pattern)

    def take_either(self, pattern: str, day_first: bool | None) -> bool | None:
        """Read both ways; returns the order that was used where both are possible."""
        rows = self.candidates(pattern)
        if not len(rows):
            return None
        day, month = _parse(self.text.iloc[rows], pattern), _parse(self.text.iloc[rows], _swapped(pattern))
        open_ = ~np.isnat(day) & ~np.isnat(month) & (day != month)
        if day_first is None:
            day_first = _proven(day, month)
        unsure = open_ & (day_first is None)
        self.ambiguous[rows] = unsure
        self.open[rows[unsure]] = False
        first = month if day_first is False else day
        other = day if day_first is False else month
        chosen = np.where(np.isnat(first), other, first)
        self._keep(rows[~unsure], chosen[~unsure], pattern)
        return day_first if open_.any() else None

    def _keep(self, rows: NDArray[np.intp], moments: NDArray[np.datetime64], pattern: str) -> None:
        good = ~np.isnat(moments)
        (self.aware if "%z" in pattern else self.naive)[rows[good]] = moments[good]
        self.timed[rows[good]] = "%H" in pattern
        self.open[rows[good]] = False


def _proven(day: NDArray[np.datetime64], month: NDArray[np.datetime64]) -> bool | None:
    """Which order rows that can be read one way only prove for the rest; None when they disagree."""
    only_day = bool((np.isnat(month) & ~np.isnat(day)).any())
    only_month = bool((np.isnat(day) & ~np.isnat(month)).any())
    return only_day if only_day != only_month else None


def _parse(text: pd.Series[str], pattern: str) -> NDArray[np.datetime64]:
    import pandas as pd

    aware = "%z" in pattern
    # Many posts share a minute and all of a day share its date, so each text is parsed once.
    places, once = pd.factorize(text)
    parsed = pd.DatetimeIndex(pd.to_datetime(once, format=pattern, errors="coerce", utc=aware))
    return np.asarray(parsed.tz_localize(None), dtype="datetime64[us]")[places]


def _swapped(pattern: str) -> str:
    return pattern.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def _form(pattern: str) -> str:
    parts = re.split(r"(%[A-Za-z])", pattern)
    return "".join(_FORMS.get(part, re.escape(part)) for part in parts)


def _on_the_clock(found: _Found, time_zone: str) -> Moments:
    import pandas as pd

    naive = pd.DatetimeIndex(found.naive)
    first = naive.tz_localize(
        time_zone, ambiguous=np.ones(len(naive), dtype=bool), nonexistent="shift_forward"
    )
    second = naive.tz_localize(time_zone, ambiguous=np.zeros(len(naive), dtype=bool), nonexistent="NaT")
    utc = np.asarray(first.tz_convert("UTC").tz_localize(None), dtype="datetime64[us]")
    other = np.asarray(second.tz_convert("UTC").tz_localize(None), dtype="datetime64[us]")
    shifted = ~np.isnat(utc) & (utc != other) & found.timed
    utc = np.where(np.isnat(found.aware), utc, found.aware)
    clock = pd.DatetimeIndex(utc).tz_localize("UTC").tz_convert(time_zone).tz_localize(None)
    local = np.asarray(clock, dtype="datetime64[us]")
    return Moments(utc, local, found.timed, found.ambiguous, found.open, shifted)


def day_parts(
    local: NDArray[np.datetime64], timed: NDArray[np.bool_]
) -> tuple[pd.Series[Any], pd.Series[Any], pd.Series[Any]]:
    """Day, weekday (1 = Monday) and hour of local times, as the response table stores them."""
    import pandas as pd

    index = pd.DatetimeIndex(local)
    day_type: Any = "date32[day][pyarrow]"
    day = pd.Series(index.floor("D")).astype(day_type)
    weekday = pd.Series(np.asarray(index.day_of_week + 1), dtype="Float64").astype("Int8")
    hour = pd.Series(np.where(timed, index.hour, np.nan), dtype="Float64").astype("Int8")
    return day, weekday, hour
