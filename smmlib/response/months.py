"""Read the months that figures of a whole account belong to, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from smmlib.errors import InvalidValueError
from smmlib.language import mark

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(-\d{1,2})?( 00:00(:00)?)?")
_MONTH_FIRST = re.compile(r"(\d{1,2}\.)?(?P<month>\d{1,2})[./](?P<year>\d{4})")
_NAMED = re.compile(r"(?P<name>[^\W\d]+)\.? (?P<year>\d{4})")


def read_month(text: str) -> date | None:
    """The first day of a month such as 2026-09, 09.2026, 01.09.2026 or September 2026; None if empty.

    Names are understood in German and English, in full or short.

    Raises:
        InvalidValueError: It is no month.
    """
    typed = " ".join(text.split())
    if not typed:
        return None
    found = next((f for p in (_ISO, _MONTH_FIRST, _NAMED) if (f := p.fullmatch(typed))), None)
    named = found.groupdict() if found else {}
    month = _names().get(named["name"].casefold(), 0) if "name" in named else int(named.get("month", 0))
    if not 1 <= month <= 12:
        raise InvalidValueError(
            mark("{value!r} is not a month that can be read; write it as 2026-09."), value=typed[:40]
        )
    return date(int(named["year"]), month, 1)


@cache
def _names() -> dict[str, int]:
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): month
        for locale in ("de_DE", "en_GB")
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, "stand-alone", locale=locale).items()
    }
