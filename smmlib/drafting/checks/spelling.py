"""Are the words in the dictionary? Says nothing where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from smmlib.drafting.address.verbs import verb_forms
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.checks.word_lists import word_set
from smmlib.drafting.sentences import Stretch, words_of
from smmlib.language import mark
from smmlib.networks import Finding

_GENDERED = re.compile(r"(?:[:*_·/]-?|(?<=[a-zäöüß])(?=I))(?i:in|innen|r|n|e)$")
_LEAST_NAME = (
    6  # letters; of shorter words with a capital most that no dictionary knows are names (Lena, Aylin)
)
_ODD = re.compile(r"[A-ZÄÖÜ].*[A-ZÄÖÜ]|[:*_·/]")  # CamelCase, ABBREVIATIONS and the like are names


def _spelling(subject: Subject) -> Iterator[Finding]:
    if subject.speller is None:
        return
    words = list(_worth_looking_up(subject))
    unknown = subject.speller.unknown([word.text for word in words], subject.language)
    for word in words:
        if word.text in unknown:
            yield _finding(word, unknown[word.text])


def _worth_looking_up(subject: Subject) -> Iterator[Stretch]:
    """The words that are no names, as far as can be told; links, tags, brand and own words are left out."""
    known, english = _known(subject), subject.language == "en"
    begins = {sentence.start for sentence in subject.sentences}
    for word in subject.words:
        if english and word.text[0].isupper() and word.start not in begins:
            continue  # a name, or a headline written in capitals
        if word.text.lower() in known or len(word.text) < (_LEAST_NAME if word.text[0].isupper() else 3):
            continue
        bare = _GENDERED.sub("", word.text)
        if bare == word.text and not _ODD.search(word.text):
            yield word


def _known(subject: Subject) -> set[str]:
    names = [*subject.options.own_words, *(_words_of_the_trade() if subject.language == "de" else ())]
    if subject.account:
        names += [subject.account.brand, subject.account.handle]
    if subject.campaign:
        names += [subject.campaign.name, *subject.campaign.hashtags, *subject.campaign.words_to_use]
    return {word.text.lower() for name in names for word in words_of(name)}


@cache
def _words_of_the_trade() -> tuple[str, ...]:
    """Words of German posts that dictionaries lack, and short calls to action ("Schenk", "Lern")."""
    return (*word_set("spelling", "de"), *verb_forms().du)


def _finding(word: Stretch, near: tuple[str, ...]) -> Finding:
    span, values = (word.start, word.end), {"word": word.text, "near": ", ".join(near[:3])}
    if near:
        template = mark("“{word}” is not in the dictionary. Did you mean: {near}?")
    else:
        template = mark("“{word}” is not in the dictionary. Mistyped? If not, add it to the own words.")
    return Finding("spelling", "notice", span, values, template=template)


CHECKS = (
    Check(
        "spelling",
        mark("Spelling"),
        mark("Words the dictionary does not know; needs hunspell with a German or English dictionary."),
        "language",
        _spelling,
    ),
)
