"""Amounts and days as people type them, German or English, without ever guessing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark

_AROUND = re.compile(r"[\s\u00a0\u202f€$£%']|(?i:eur)\b")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = {
    "de": re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?"),
    "en": re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?"),
}
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def read_amount(text: str, language: Language) -> Decimal:
    """An amount or percentage as typed: "1.299,00 €" in German, "€1,299.00" in English.

    A decimal point is taken in German too, where it cannot separate thousands ("12.50").

    Raises:
        InvalidValueError: It is no number in that language.
    """
    digits = _AROUND.sub("", text).replace("−", "-").removesuffix(",-").removesuffix(",–")
    if _GROUPED[language].fullmatch(digits):
        group, point = (".", ",") if language == "de" else (",", ".")
        return Decimal(digits.replace(group, "").replace(point, "."))
    if _PLAIN.fullmatch(digits) and digits.isascii():
        return Decimal(digits)
    example = "1.299,00" if language == "de" else "1,299.00"
    raise InvalidValueError(
        mark("{typed!r} is no amount; type a number such as {example}."), typed=text, example=example
    )


def read_day(text: str) -> date:
    """A day as typed: 13.12.2026 or 2026-12-13.

    Raises:
        InvalidValueError: It is none, or does not exist.
    """
    stripped = text.strip()
    iso, german = _ISO_DAY.fullmatch(stripped), _GERMAN_DAY.fullmatch(stripped)
    parts = iso.groups() if iso else german.groups()[::-1] if german else ()
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        raise InvalidValueError(
            mark("{typed!r} is no day; type one such as 13.12.2026 or 2026-12-13."), typed=text
        ) from None
