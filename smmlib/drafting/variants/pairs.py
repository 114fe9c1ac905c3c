"""The everyday test: two texts of one's own and the one thing that differs between them."""

from __future__ import annotations

from smmlib.draft import Variant
from smmlib.drafting.variants.designs import full_factorial
from smmlib.drafting.variants.factors import FACTORS, Factor
from smmlib.drafting.variants.measuring import measure
from smmlib.drafting.variants.variant_set import VariantSet
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark


def pair(
    a: str,
    b: str,
    *,
    factor: str | Factor,
    language: Language = "de",
    levels: tuple[str, str] | None = None,
    names: tuple[str, str] = ("A", "B"),
) -> VariantSet:
    """Two texts that are to be tested against each other; `.findings()` says what speaks against it.

        pair("Stau? Jetzt testen.", "3 Wege ohne Stau. Jetzt testen.", factor="hook").findings()

    Args:
        a: The first text.
        b: The second text.
        factor: What differs: "hook", "cta", "length", "emoji", or a name of one's own.
        language: Language of the texts.
        levels: Level of each text; None: as measured on the text, for a factor of one's own their names.
        names: What the test calls them.

    Raises:
        InvalidValueError: Both names are the same.
    """
    if names[0] == names[1]:
        raise InvalidValueError(
            mark("Both variants are called {name!r}; give them two names."), name=names[0]
        )
    name = factor if isinstance(factor, str) else factor.name
    own = name not in FACTORS
    chosen = levels or (names if own else levels_of(name, (a, b), language))
    differ = "" not in chosen and chosen[0] != chosen[1]
    variants = tuple(
        Variant(name=each, text=text, levels={name: level} if level else {})
        for each, text, level in zip(names, (a, b), chosen, strict=True)
    )
    if isinstance(factor, str):
        factor = Factor(name=name, levels=chosen if differ else names if own else ())
    design = full_factorial({name: chosen}) if differ else None
    return VariantSet(variants, (factor,), design, language)


def levels_of(factor: str, texts: tuple[str, str], language: Language) -> tuple[str, str]:
    """The level of a standard factor measured on each of two texts; "" where it has none."""
    first, second = (measure(factor, text, language).level or "" for text in texts)
    return first, second
