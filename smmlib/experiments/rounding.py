"""Numbers shown as exactly as they are known, and no more."""

from __future__ import annotations

import math

from smmlib.language import Language, number, percent

_MOST = 6  # decimal places


def places(error: float) -> int:
    """Decimal places a value with this standard error deserves; 0 at least, and where there is no error 6.

    The last place shown is that of the first digit of the error, or one more where this digit is 1 or 2, so
    that rounding never adds more than a sixth of the error.

    Source:
        DIN 1333:1992-02, section 4.4 (place to round to), for the standard error.
    """
    if not error > 0 or not math.isfinite(error):
        return _MOST
    power = math.floor(math.log10(error))
    first = round(error / 10.0**power, 9)
    return min(max(-power + (first < 3), 0), _MOST)


def rounded(value: float, error: float) -> float:
    """`value` rounded as its standard error allows: 4.2345 with an error of 0.21 is 4.23, of 0.5 is 4.2."""
    return round(value, places(error))


def rounded_percent(share: float, error: float, language: Language, *, sign: bool = False) -> str:
    """A share with its standard error as per cent: 0.04234 ± 0.005 is "4.2%"."""
    shown = percent(share, language, _few(100 * error))
    return _signed(shown, share) if sign else shown


def rounded_number(value: float, error: float, language: Language, *, sign: bool = False) -> str:
    """A number with its standard error, in words of the language."""
    shown = number(value, language, _few(error))
    return _signed(shown, value) if sign else shown


def rounded_p(p: float, language: Language) -> str:
    """A p value a design can reach: four decimals, or "< 0.0001"."""
    return number(p, language, 4) if p >= 0.0001 else f"< {number(0.0001, language, 4)}"


def about(count: float, language: Language) -> str:
    """A large count to two figures: 28,304 people are about 28,000."""
    if count < 100:
        return number(math.ceil(count), language)
    return number(float(f"{count:.1e}"), language, 0)


def _few(error: float) -> int:
    """At most three places: more would be read by nobody."""
    return min(places(error), 3)


def _signed(shown: str, value: float) -> str:
    return "+" + shown if value > 0 else shown
