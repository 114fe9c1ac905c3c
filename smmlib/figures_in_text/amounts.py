"""Amounts of money and percentages in a text.

The separators follow the language: "1.299" is a thousand and more in German and one and a bit in English.
Pounds are read as "£" or "GBP" only, because the word is a weight too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from smmlib.figures_in_text.figure import Amount, Share
from smmlib.language import Language

_BLANKS = " \u00a0\u202f\u2009"
_BLANK = f"[{_BLANKS}]?"
_GROUPS = "'’\u00a0\u202f\u2009"
# Begins with a digit, so that the search can skip all else.
_NUMBER = (
    rf"\d(?:\d{{0,2}}(?:[.,{_GROUPS}]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"
    r"|\d{0,14}(?!\d)(?:[.,]\d{1,4}(?!\d))?)"
)
_MANY = r"Mio\.?|Millionen|Million|million|Mrd\.?|Milliarden?|billion|Tsd\.?|Tausend|[kKmM]"
_SIGNS = r"€|US\$|\$|£|SFr\.|(?:EUR|USD|GBP|CHF|SEK|DKK|NOK|PLN|CZK)(?![A-Za-z])"
_WORDS = r"(?:[Ee]uros?|[Dd]ollars?|Franken|[Cc]ents?|Ct)(?![A-Za-zäöüß])"
_PER_CENT = r"%|[Pp]rozent(?:ig\w*)?\b|per ?cent\b"

_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})(?:{_BLANK}(?:–|-|bis|to){_BLANK}(?P<second>{_NUMBER}))?"
    rf"(?P<dash>[.,][-–—]{{1,2}}(?![\w-]))?(?:{_BLANK}(?P<scale>{_MANY})(?![A-Za-z]))?"
    rf"(?:{_BLANK}[-‑]?(?:(?P<unit>{_SIGNS}|{_WORDS})|(?P<percent>{_PER_CENT})))?"
)
_NO_BEGINNING = re.compile(r"[\w.,]")
_SIGN_BEFORE = re.compile(rf"(?<![A-Za-z])(?P<sign>{_SIGNS}){_BLANK}\Z")
_SIGN_MOST = 5
_CURRENCIES = {
    "€": "EUR",
    "$": "USD",
    "us$": "USD",
    "£": "GBP",
    "sfr.": "CHF",
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "franken": "CHF",
}
_SCALES = {"mio": 6, "million": 6, "millionen": 6, "m": 6, "mrd": 9, "milliarde": 9, "milliarden": 9}
_SCALES |= {"billion": 9, "tsd": 3, "tausend": 3, "k": 3}
_CENTS = ("cent", "cents", "ct")
_CENT_OF: dict[Language, str] = {"de": "EUR", "en": "USD"}
_GROUP_OF: dict[Language, str] = {"de": ".", "en": ","}


def amounts_in(text: str, language: Language) -> Iterator[Amount | Share]:
    """Amounts of money and percentages, in order; of "49–59 €" both."""
    behind = 0
    for found in _FIGURE.finditer(text):
        start, end = found.span()
        sign = None if found["unit"] else _SIGN_BEFORE.search(text, max(behind, start - _SIGN_MOST), start)
        if not sign and start and _NO_BEGINNING.match(text[start - 1]):
            continue
        spans = [found.span("number")]
        if found["second"]:
            spans.append(found.span("second"))
        if found["percent"]:
            figures: list[Amount | Share] = [
                Share(*span, read_number(text[slice(*span)], language)) for span in spans
            ]
        elif unit := found["unit"] or (sign and sign["sign"]) or ("€" if found["dash"] else ""):
            figures = [_amount(text, span, unit, found["scale"] or "", language) for span in spans]
        else:
            continue
        behind = end
        yield from _with_signs(figures, sign.start() if sign else start, end)


def read_number(written: str, language: Language) -> Decimal:
    """A number as people write it, by the separators it has and the language where they leave it open."""
    plain = written.translate({ord(character): None for character in _GROUPS + _BLANKS})
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    mark, other = plain[last], ",."[plain[last] == ","]
    grouped = plain.count(mark) > 1 or (
        other not in plain and mark == _GROUP_OF[language] and len(plain) - last == 4 and plain[0] != "0"
    )
    whole = plain[:last].replace(mark, "").replace(other, "")
    return Decimal(whole + plain[last + 1 :] if grouped else f"{whole}.{plain[last + 1 :]}")


def _amount(text: str, span: tuple[int, int], unit: str, scale: str, language: Language) -> Amount:
    known = unit.casefold()
    shift = _SCALES.get(scale.rstrip(".").casefold(), 0) - (2 if known in _CENTS else 0)
    value = read_number(text[slice(*span)], language) * Decimal(10) ** shift
    currency = _CENT_OF[language] if known in _CENTS else _CURRENCIES.get(known, unit)
    return Amount(*span, value, currency)


def _with_signs(figures: list[Amount | Share], start: int, end: int) -> Iterator[Amount | Share]:
    """The figures of one match, the first from where its sign begins, the last to where its unit ends."""
    figures[0] = replace(figures[0], start=start)
    figures[-1] = replace(figures[-1], end=end)
    yield from figures
