"""All figures of a text at once."""

from __future__ import annotations

import re

from smmlib.figures_in_text.amounts import amounts_in
from smmlib.figures_in_text.days import days_in
from smmlib.figures_in_text.figure import Figure
from smmlib.language import Language

_DIGIT = re.compile(r"\d")


def figures_in(text: str, language: Language) -> tuple[Figure, ...]:
    """Amounts of money, percentages and days that a text names, in order.

    Understands `1.234,50 €`, `€ 49`, `49,- Euro`, `EUR 1,299.00`, `20 %`, `12.03.`, `12. März 2026`,
    `3.–5. Mai`, `March 12`; not "ab Montag", and not what may be read in two ways. Takes any string and
    never raises.

    Args:
        text: Any text.
        language: Its language, which decides what a point or a comma in a number is.
    """
    if not _DIGIT.search(text):
        return ()
    found: tuple[Figure, ...] = (*amounts_in(text, language), *days_in(text, language))
    return tuple(sorted(found, key=lambda figure: (figure.start, figure.end)))
