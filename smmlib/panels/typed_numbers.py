"""Figures as people type them, in the panel's language."""

from __future__ import annotations

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, number

_EXAMPLES: dict[Language, str] = {"en": "1,234.5", "de": "1.234,5"}
_MOST_DECIMALS = 6


def read_figure(typed: str, language: Language) -> float | None:
    """A typed figure, a per cent or euro sign after it allowed; None for an empty field.

    Raises:
        InvalidValueError: It is no number as the language writes it.
    """
    from babel.numbers import NumberFormatError, parse_decimal

    text = typed.strip().removesuffix("%").removesuffix("€").strip().replace("\u202f", "\u00a0")
    if not text:
        return None
    try:
        return float(parse_decimal(text, locale=language, strict=True))
    except NumberFormatError:
        raise InvalidValueError(
            mark("{typed!r} is no number; write it like {example}."),
            typed=typed.strip(),
            example=_EXAMPLES[language],
        ) from None


def show_figure(figure: float | None, language: Language) -> str:
    """What `read_figure` reads as this figure; empty for None. At most six decimals."""
    if figure is None:
        return ""
    decimals = next(d for d in range(_MOST_DECIMALS + 1) if d == _MOST_DECIMALS or round(figure, d) == figure)
    return number(figure, language, decimals)


def check_within(figure: float, low: float, high: float, language: Language) -> None:
    """Raise an `InvalidValueError` that names the limits unless the figure lies between them."""
    if not low <= figure <= high:
        raise InvalidValueError(
            mark("{figure} does not fit here; give a number from {low} to {high}."),
            figure=show_figure(figure, language),
            low=show_figure(low, language),
            high=show_figure(high, language),
        )
