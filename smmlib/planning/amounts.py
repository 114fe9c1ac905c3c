"""Amounts, hours and days as tables write them, German or English, without ever guessing silently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from smmlib.errors import InvalidValueError
from smmlib.language import mark

Locale = Literal["de", "en"]

_BLANKS = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))")
_FORMS: dict[Locale, re.Pattern[str]] = {
    "de": re.compile(r"[+-]?(?:[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]{1,4})?"),
    "en": re.compile(r"[+-]?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,4})?"),
}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "Fr.": "CHF"}
_CURRENCY = re.compile(r"[A-Z]{3}\b|\b[A-Z]{3}|[€$£]|Fr\.")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d %H:%M:%S")


def bare(text: str) -> tuple[str, str]:
    """An amount without its currency and blanks between thousands, with one kind of minus; and the currency.

    The currency is "" when there is none.

    A minus may stand behind, as in some German accounts: "1.234,56-".
    """
    found = _CURRENCY.search(text)
    currency = _SIGNS.get(found.group(), found.group()) if found else ""
    number = _CURRENCY.sub("", text, count=1).strip().replace("−", "-").replace("–", "-")
    number = re.sub(r"^([+-])\s+", r"\1", _BLANKS.sub("", number))
    return (f"-{number[:-1].strip()}" if number.endswith("-") and len(number) > 1 else number), currency


def amount_of(text: str, locale: Locale) -> Decimal:
    """Read an amount written in a locale, without its currency.

    Args:
        text: As `bare` leaves it.
        locale: "de" reads 1.234,56 and "en" reads 1,234.56; a wrong grouping is no amount.

    Raises:
        InvalidValueError: It is none.
    """
    if not _FORMS[locale].fullmatch(text):
        raise InvalidValueError(
            mark(
                "{text!r} is no amount; write digits only, such as {example}, or choose the other way of "
                "writing numbers for the whole file."
            ),
            text=text[:40],
            example="1.234,56" if locale == "de" else "1,234.56",
        )
    group, point = (".", ",") if locale == "de" else (",", ".")
    return Decimal(text.replace(group, "").replace(point, "."))


def readable(text: str) -> frozenset[Locale]:
    """Locales that a text is an amount in."""
    return frozenset(locale for locale, form in _FORMS.items() if form.fullmatch(text))


def settled(texts: Iterable[tuple[int, str]]) -> Locale:
    """The locale the amounts of a table are written in.

    "1.234,56" is German. A single "1.234" may be either, so the user has to say; where all read the same
    in both ("410"), it makes no difference.

    Args:
        texts: Row and amount, as `bare` leaves it. What is no amount at all is passed over.

    Raises:
        InvalidValueError: Some can be read as German only, some as English only; or none tells.
    """
    only: dict[Locale, tuple[int, str]] = {}
    open_: list[tuple[int, str]] = []
    for row, text in texts:
        locales = readable(text)
        if len(locales) == 1:
            only.setdefault(next(iter(locales)), (row, text))
        elif locales and amount_of(text, "de") != amount_of(text, "en"):
            open_.append((row, text))
    if len(only) == 2:
        (german_row, german), (english_row, english) = only["de"], only["en"]
        raise InvalidValueError(
            mark(
                "Amounts mix commas and points: {german!r} in row {german_row:plain} is German, {english!r} "
                "in row {english_row:plain} is English. Write them all one way."
            ),
            german=german,
            german_row=german_row,
            english=english,
            english_row=english_row,
        )
    if open_ and not only:
        raise InvalidValueError(
            mark("Row {row:plain}: {text!r} may be thousands or a fraction; say how numbers are written."),
            row=open_[0][0],
            text=open_[0][1],
        )
    return next(iter(only), "en")


@lru_cache(maxsize=4096)
def day_of(text: str) -> date:
    """Read a day: 2026-03-31 or 31.03.2026.

    Raises:
        InvalidValueError: It is none, or day and month cannot be told apart.
    """
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise InvalidValueError(mark("{text!r} is no day; write 2026-03-31 or 31.03.2026."), text=text[:40])
