"""Text, numbers and dates in the user's language: English in the code, German in `locale/de`.

The language is always an argument. Nothing here reads the environment or remembers a choice.
"""

from __future__ import annotations

import gettext
import io
import math
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, cast, runtime_checkable

Language = Literal["de", "en"]
Width = Literal["abbreviated", "wide"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
CATALOGUES = Path(__file__).parent / "locale"

_LOCALES = {"de": "de_DE", "en": "en_GB"}
_SHORT_DAYS = {"de": "dd.MM.", "en": "d MMM"}


def as_language(name: str) -> Language:
    """Return `name` as a language of the interface, or say which there are.

    Raises:
        ValueError: `name` is not one of `LANGUAGES`.
    """
    if name not in LANGUAGES:
        raise ValueError(f"language is {name!r}; it must be one of {', '.join(map(repr, LANGUAGES))}.")
    return name


def mark(text: str) -> str:
    """Mark `text` for the catalogue where it is written; it is translated where it is shown."""
    return text


def say(text: str, language: Language, /, **values: object) -> str:
    """Translate `text` and fill its `{names}` with `values`, numbers and dates in that language.

    A placeholder may carry a format: `{rate:%1}` per cent with one digit, `{x:.2}` two decimals,
    `{x:+.1}` with sign, `{when:date}`, `{when:datetime}`, `{when:time}`, `{x:plain}` as Python prints it.

    Args:
        text: English text, a key of the catalogue.
        language: Language to say it in.
        **values: What the placeholders stand for. Strings are put in as they are.
    """
    return _Filler(language).vformat(_catalogue(language).gettext(text), (), values)


def say_many(one: str, many: str, count: int, language: Language, /, **values: object) -> str:
    """As `say`, in the singular or plural that `count` asks for; `{count}` is filled too."""
    translated = _catalogue(language).ngettext(one, many, count)
    return _Filler(language).vformat(translated, (), {"count": count, **values})


def translated(text: str, language: Language) -> str:
    """What stands in data, such as a note, in `language` if the catalogue has it, else as it is.

    Nothing is filled in, so it may be anything a user wrote.
    """
    return _catalogue(language).gettext(text) if text else ""


@runtime_checkable
class Sayable(Protocol):
    """What can be said in a language by itself, and so fill a sentence."""

    def text(self, language: Language = "en") -> str:
        """It in `language`."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that has not been said yet: the English text and what fills it, other messages too."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language = "en") -> str:
        """The sentence in `language`."""
        filled = {k: v.text(language) if isinstance(v, Sayable) else v for k, v in self.values.items()}
        return say(self.template, language, **filled)


def number(value: float | Decimal, language: Language, decimals: int | None = None) -> str:
    """`value` with the language's separators; `decimals` fixes the digits behind the point.

    A missing value (NaN) is shown as an en dash.
    """
    from babel.numbers import format_decimal

    if math.isnan(value):
        return "–"
    pattern = None if decimals is None else "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(value, format=pattern, locale=_LOCALES[language]))


def percent(share: float, language: Language, decimals: int = 1) -> str:
    """A share between 0 and 1 as per cent: 0.123 is "12.3%" or, in German, "12,3 %"."""
    from babel.numbers import format_percent

    if math.isnan(share):
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + ("\u00a0%" if language == "de" else "%")
    return str(format_percent(share, format=pattern, locale=_LOCALES[language]))


def money(amount: Decimal | float, currency: str, language: Language) -> str:
    """An amount in a currency: "€1,234.50" or, in German, "1.234,50 €"."""
    from babel.numbers import format_currency

    return str(format_currency(amount, currency, locale=_LOCALES[language]))


def whole_money(amount: Decimal | float, currency: str, language: Language) -> str:
    """An amount without cents, for pictures: "€1,235" or, in German, "1.235 €"."""
    from babel.numbers import format_currency

    pattern = "#,##0\u00a0¤" if language == "de" else "¤#,##0"
    return str(format_currency(amount, currency, pattern, locale=_LOCALES[language], currency_digits=False))


def day(value: date, language: Language) -> str:
    """A date: "3 Sept 2026" or, in German, "03.09.2026"."""
    from babel.dates import format_date

    return str(format_date(value, format="medium", locale=_LOCALES[language]))


def short_day(value: date, language: Language) -> str:
    """A date without its year, for lists: "3 Sep" or, in German, "03.09."."""
    from babel.dates import format_date

    return str(format_date(value, format=_SHORT_DAYS[language], locale=_LOCALES[language]))


def moment(value: datetime, language: Language) -> str:
    """Date and time of day, in the zone that `value` carries."""
    return f"{day(value, language)}, {clock(value.time(), language)}"


def clock(value: time, language: Language) -> str:
    """The time of day to the minute: "18:05"; German adds "Uhr"."""
    return f"{value:%H:%M}" + (" Uhr" if language == "de" else "")


def weekday(iso: int, language: Language, width: Width = "abbreviated") -> str:
    """Name of a day of the week, 1 = Monday … 7 = Sunday."""
    from babel.dates import get_day_names

    return str(get_day_names(width, "stand-alone", locale=_LOCALES[language])[iso - 1])


def _signed(value: float, spec: str, language: Language) -> str:
    share = spec.startswith(("%", "+%"))
    decimals = int(spec.lstrip("+%.") or 0)
    shown = percent(value, language, decimals) if share else number(value, language, decimals)
    return "+" + shown if spec.startswith("+") and value > 0 else shown


class _Filler(string.Formatter):
    """Fills placeholders; numbers and dates are written as the language does."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: object, format_spec: str) -> str:  # noqa: PLR0911
        if format_spec == "plain" or isinstance(value, (bool, str)):
            return str(value)
        if isinstance(value, (int, float, Decimal)):
            if not format_spec:
                return number(value, self.language)
            return _signed(float(value), format_spec, self.language)
        if isinstance(value, datetime) and format_spec in ("", "datetime"):
            return moment(value, self.language)
        if isinstance(value, (date, datetime)) and format_spec in ("", "date"):
            return day(value, self.language)
        if isinstance(value, (time, datetime)):
            return clock(value if isinstance(value, time) else value.time(), self.language)
        return str(value)

    def convert_field(self, value: object, conversion: str | None) -> object:
        return super().convert_field(value, cast("Literal['r', 's', 'a'] | None", conversion))


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (CATALOGUES / language / "LC_MESSAGES" / "smmlib.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
