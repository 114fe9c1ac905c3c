"""Syllables of German and English words, counted by their vowels.

German: ai, ei, au, eu, äu, ie and long vowels are one syllable; other vowels that meet are apart
("Eu-ro-pä-i-sche"). Where spelling misleads, at the seam of a prefix ("be-in-hal-ten") or in words of
other languages ("Ferien", "Team", "Online"), lists of word parts help. English: groups of vowels, less the
silent e, with the usual exceptions.
"""

from __future__ import annotations

import re
from functools import lru_cache

from smmlib.language import Language

_VOWELS = "aeiouyäöüáàâéèêëíìîïóòôõúùûåæøœ"
# The u of "qu" and the y of "Yoga" are no vowels.
_GERMAN = re.compile(
    rf"(?<=q)u|(?<![^\W\d_])y(?=[{_VOWELS}])|(eau|äu|aa|ai|ay|au|ee|ei|ey|eu|ie|oo|oi|oy|ou|[{_VOWELS}])"
)
# Vowels that are spoken apart although they stand together: one syllable more.
_GERMAN_MORE = re.compile(
    r"""
    (?:famil|fer|med|lin|akt|(?<!in)ser|stud|immobil|kalor|prinzip|petersil|präm|ital|span|mater|fol)ie(?!r|f)
    | (?:er|or|eg|og|tas|ant|op)ien$ | (?:pat|kl|or|quot|iz|hyg|red|amb)ien
    | (?:be|ge)(?:inhalt|irr|impf|urteil|urlaub|end(?=[ei])|erdig|ehr|ernt|ebn) | [sltr]eum | een$
    | koffein | protein | atheis | egois | heroin | mosaik | naiv | archai | prosai | kokain | ukraine | iläum
    | koop | koord | zoolog | [dr]eell | reinstall
    """,
    re.VERBOSE,
)
# Words of other languages: one syllable fewer.
_GERMAN_FEWER = re.compile(
    r"""
    team | stream | deal | dream | cream | leader | beach | clean | sneaker | feature | teaser | coach | revue
    | life | style | (?<=on)line | (?<=off)line | (?<=dead)line | site(?=s?$) | update | live | (?<=soft)ware
    | (?<=hard)ware | home | page(?!n) | phone | bike | hype | sale(?=s?$) | store(?=s?$) | code(?=s?$)
    | service | game | space | lounge | college | share | (?<=rele)ase
    """,
    re.VERBOSE,
)
_ENGLISH = re.compile(r"[aeiouyéèêáàóúíäöü]+")
# Vowels spoken apart, and syllables without a vowel of their own ("rhythm", "didn't").
_ENGLISH_MORE = re.compile(
    r"""
    (?<![tcsgl])ia | (?<![tsgcxl])io | ^lion | (?<=asso)cia | iet(?=$|s$|y) | (?<!t)ience | [iue]um(?=s?$)
    | crea(?!t?ure|m|s|k) | react | idea | area | theat | [eouy]ing(?=s?$) | poe[mt] | [rf]uel
    | (?<![qg])ua[lr] | ideo | eo(?=s?$) | sm(?=s?$) | thm(?=s?$) | (?<=[dsl])n['’]t$
    """,
    re.VERBOSE,
)
# The silent e: at the end ("bike", but not "apple"), before s and d, and inside ("lovely", "something").
_ENGLISH_FEWER = re.compile(
    r"""
    (?<=[^aeiouyl])e$ | (?<=[aeiouy]l)e$ | (?<=[^aeiouysxzcghl])es$ | (?<=[aeiouy]l)es$ | (?<=[^aeiouytd])ed$
    | (?<=[^aeiouyl])e(?=(?:ly|ful|fully|less|ment|ness)$) | some(?=[tw]) | every | business | evening
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=20_000)
def syllables(word: str, language: Language) -> int:
    """Number of syllables of one word, at least 1; parts joined by hyphens are added up.

    Args:
        word: A word, in any case.
        language: Language it is spoken in.
    """
    low = word.lower()
    if language == "de":
        spoken = sum(1 for found in _GERMAN.finditer(low) if found.group(1))
        return max(1, spoken + _count(_GERMAN_MORE, low) - _count(_GERMAN_FEWER, low))
    return sum(max(1, _english(part)) for part in re.split(r"[-‐‑/]", low) if part) or 1


def _english(low: str) -> int:
    return _count(_ENGLISH, low) + _count(_ENGLISH_MORE, low) - _count(_ENGLISH_FEWER, low)


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
