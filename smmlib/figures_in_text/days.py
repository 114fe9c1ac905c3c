"""Days of the calendar in a text. What may be another day, such as 3/4/2026, is not read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from smmlib.figures_in_text.figure import Day
from smmlib.language import Language

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jänner jan",
            "februar february feb",
            "märz maerz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![a-zäöüß])"
_ORDINAL = r"(?:\.|st|nd|rd|th)?"
_TO = r"\s?(?:–|-|bis|und|to|and|&|\+)\s?(?:zum\s)?"
_YEAR = r"(?:\.?,?\s(?P<year>\d{4})(?!\d))?"
_LEAP = 2024

# These begin with a digit, so that the search can skip all else.
_NAMED = re.compile(
    rf"(?P<first>\d(?<![\w.,:]\d)\d?){_ORDINAL}(?:{_TO}(?P<day>\d\d?){_ORDINAL})?\s?(?:of\s)?{_MONTH}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![\w-]){_MONTH}\.?\s(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?"
    rf"(?![\w%:]|[.,]\d){_YEAR}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?P<first>\d(?<![\w.,/]\d)\d?)\.(?:\s?(?:–|-|bis|und|\+)\s?(?P<day>\d\d?)\.)?(?P<month>\d\d?)\."
    r"(?:\s?(?P<year>\d{4}|\d{2}(?=[^\d:.]|\.?$))(?!\s?Uhr))?(?!\d)(?!\s?Uhr)"
)
_ISO = re.compile(r"(?P<year>\d(?<![\d-]\d)\d{3})-(?P<month>\d{2})-(?P<first>\d{2})(?![\d-])")
_SLASHES = re.compile(r"(?P<first>\d(?<![\d/]\d)\d?)/(?P<month>\d\d?)/(?P<year>\d{4})(?![\d/])")


def days_in(text: str, language: Language) -> Iterator[Day]:
    """Days with or without a year, patterns one after the other; of "3.–5. Mai" both.

    Without a year, "12.03." is read in German only and "March 12" in English only: in the other
    language they are a chapter, or twelve of something.
    """
    patterns = [_NAMED, _NUMBERS, _ISO, _SLASHES]
    if language == "en":
        patterns.append(_MONTH_FIRST)
    for pattern in patterns:
        for found in pattern.finditer(text):
            if pattern is _NUMBERS and language == "en" and not found["year"]:
                continue
            yield from _days(found)


def _days(found: re.Match[str]) -> Iterator[Day]:
    groups = found.groupdict()
    month = _month(groups["month"])
    year = int(groups["year"]) if groups.get("year") else None
    year = year + 2000 if year is not None and year < 100 else year
    if found.re is _SLASHES:
        days = [_unambiguous(int(groups["first"]), month)]
    else:
        days = [(int(groups[name]), month) for name in ("first", "day") if groups.get(name)]
    middle = (found.end("first"), found.start("day")) if len(days) == 2 else ()
    starts, ends = (found.start(), *middle[1:]), (*middle[:1], found.end())
    for (day, its_month), start, end in zip(days, starts, ends, strict=True):
        if 1 <= its_month <= 12 and 1 <= day <= monthrange(_LEAP, its_month)[1]:
            yield Day(start, end, day, its_month, year)


def _month(written: str) -> int:
    if written[0].isdigit():
        return int(written)
    # "may" and "mar" in small letters are no months.
    return _MONTHS[written.lower()] if written[0].isupper() else 0


def _unambiguous(first: int, second: int) -> tuple[int, int]:
    """Day and month of 31/12 and 12/31; 3/4 may be either and is left out."""
    if first > 12 or first == second:
        return first, second
    return (second, first) if second > 12 else (0, 0)
