"""Words of a brief: the core message, phrases with their cases, words to use and to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smmlib.campaign import Campaign
from smmlib.language import Language, mark
from smmlib.message_house import NounPhrase, Wording
from smmlib.networks import Finding
from smmlib.networks.findings import Listed

PHRASES = {
    "offer": mark("Offer"),
    "benefit": mark("Benefit"),
    "problem": mark("Problem"),
    "audience": mark("Audience"),
}
"""The phrases of a `Wording`, and what a form calls them."""

# First words that change with the case in German; feminine and plural ones only in the dative.
_BOTH_CASES = re.compile(r"(?i)(der|(?:k|m|d|s)?ein|unser|euer|ihr|dieser|jeder)\b(?!\s*,)")
_DATIVE_ONLY = re.compile(
    r"(?i)(die|das|(?:k|m|d|s)?eine|unsere|eure|ihre|diese|dieses|jede|jedes|alle|viele)\b"
)


def findings(campaign: Campaign) -> Iterator[Finding]:
    """What is missing for writing texts, and which words contradict each other."""
    if not campaign.core_message.strip():
        template = mark("The core message is missing. Write the one sentence every channel says.")
        yield Finding("core_message", "warning", template=template)
    if not campaign.wording:
        template = mark("There are no phrases yet; variants are written from them. Enter offer and benefit.")
        yield Finding("wording", "warning", template=template)
    for language, wording in campaign.wording.items():
        yield from _phrases(wording, language)
    yield from _words(campaign)


def _phrases(wording: Wording, language: Language) -> Iterator[Finding]:
    missing = tuple(name for key, name in PHRASES.items() if getattr(wording, key) is None)
    if missing:
        template = mark("Phrases missing in {language}: {names}. Some texts cannot be written without them.")
        names = {"de": mark("German"), "en": mark("English")}
        values = {"language": Listed((names[language],)), "names": Listed(missing)}
        yield Finding("wording", "notice", values=values, template=template)
    if language == "de":
        for key in PHRASES:
            phrase = getattr(wording, key)
            if phrase is not None:
                yield from _cases(phrase)


def _cases(phrase: NounPhrase) -> Iterator[Finding]:
    both = _BOTH_CASES.match(phrase.nominative) and not phrase.plural
    values = {"phrase": phrase.nominative}
    if both and not phrase.accusative and not _neuter(phrase):
        template = mark(
            "“{phrase}” has no accusative (as in “Teste …”: den neuen Helm). "
            "Enter it, unless nothing changes."
        )
        yield Finding("wording", "warning", values=values, template=template)
    if (both or _DATIVE_ONLY.match(phrase.nominative)) and not phrase.dative:
        template = mark(
            "“{phrase}” has no dative (as in “mit …”: dem neuen Lastenrad). Without it, texts read wrong."
        )
        yield Finding("wording", "warning", values=values, template=template)


def _neuter(phrase: NounPhrase) -> bool:
    """Whether it is neuter by its adjective, "ein neues Rad", so that the accusative is the same."""
    first, _, rest = phrase.nominative.partition(" ")
    return first.casefold() != "der" and bool(re.match(r"\w+es\b", rest))


def _words(campaign: Campaign) -> Iterator[Finding]:
    avoided = {word.casefold().strip(): word for word in campaign.words_to_avoid if word.strip()}
    for word in campaign.words_to_use:
        if word.casefold().strip() in avoided:
            template = mark("“{word}” is to be used and to be avoided. Decide on one.")
            yield Finding("words_to_avoid", "error", values={"word": word}, template=template)
    said = [("core_message", campaign.core_message)]
    said += [("supporting", text) for m in campaign.supporting for text in (m.text, m.proof)]
    said += [("claims", claim.text) for claim in campaign.claims]
    for field, text in said:
        for known, word in avoided.items():
            if re.search(rf"(?<!\w){re.escape(known)}(?!\w)", text.casefold()):
                template = mark(
                    "“{text}” has the word “{word}”, which is to be avoided. Change one of the two."
                )
                yield Finding(field, "warning", values={"text": text, "word": word}, template=template)
