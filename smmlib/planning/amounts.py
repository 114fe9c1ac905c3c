"""Amounts, hours and days as tables write them, German or English, without ever guessing silently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from smmlib.errors import InvalidValueError
from smmlib.language import mark

Locale = Literal["de", "en"]

_BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
_FORMS: dict[Locale, re.Pattern[str]] = {
    "de": re.compile(r"[+-]?(?:\d{1,12}|\d{1,3}(?:\.\d{3})+)(?:,\d{1,4})?"),
    "en": re.compile(r"[+-]?(?:\d{1,12}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,4})?"),
}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "Fr.": "CHF"}
_CURRENCY = re.compile(r"[A-Z]{3}\b|\b[A-Z]{3}|[€$£]|Fr\.")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d %H:%M:%S")


def bare(text: str) -> tuple[str, str]:
    """An amount without its currency and blanks, with one kind of minus; and the currency, "" for none.

    A minus may stand behind, as in some German accounts: "1.234,56-".
    """
    found = _CURRENCY.search(text)
    currency = _SIGNS.get(found.group(), found.group()) if found else ""
    number = _BLANKS.sub("", _CURRENCY.sub("", text, count=1)).replace("−", "-").replace("–", "-")
    return (f"-{number[:-1]}" if number.endswith("-") and len(number) > 1 else number), currency


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


def settled(texts: Iterable[str]) -> Locale | None:
    """The locale a column of amounts is written in; None where that cannot be told.

    A single "1.234" may be either; "1.234,56" is German. Where all read the same in both ("410"), it is
    English.

    Raises:
        InvalidValueError: Some can be read as German only, some as English only.
    """
    texts = tuple(texts)
    only: dict[Locale, str] = {}
    open_ = False
    for text in texts:
        locales = readable(text)
        if len(locales) == 1:
            only.setdefault(next(iter(locales)), text)
        elif locales and amount_of(text, "de") != amount_of(text, "en"):
            open_ = True
    if len(only) == 2:
        raise InvalidValueError(
            mark(
                "Amounts mix commas and points: {german!r} is German, {english!r} is English. Write them all "
                "one way."
            ),
            german=only["de"],
            english=only["en"],
        )
    return next(iter(only), None if open_ else "en")


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
