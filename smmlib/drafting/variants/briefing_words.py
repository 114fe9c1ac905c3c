"""What a briefing has for the places of phrases: whole noun phrases, sentences, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from smmlib.campaign import Campaign
from smmlib.drafting.variants.templates import CASES, NOUNS
from smmlib.language import Language, mark, money
from smmlib.message_house import Wording
from smmlib.networks import Network

WORD_NAMES: dict[str, str] = {
    "offer": mark("the offer"),
    "benefit": mark("the benefit"),
    "problem": mark("the problem"),
    "audience": mark("the audience"),
    "core": mark("the core message"),
    "message": mark("a supporting message"),
    "proof": mark("a proof"),
    "source": mark("the source of a proof"),
    "price": mark("a price"),
    "percentage": mark("a percentage with its label"),
    "day": mark("a date with its label"),
    "link": mark("the landing page"),
}
"""Words of `smmlib.drafting.variants.templates`, as errors call them."""

_ENDS = re.compile(r"[.!?…][\"“”’»«)]*$")
_OF = {
    "de": re.compile(
        r"\b(?:der|die|das|den|dem|ein|eine|einen|und|ist|sind|mit|für|auf|von|zu|nicht|ohne|wir|mehr|ab|bis)\b"
        r"|[äöüß]",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:the|a|an|and|is|are|with|for|on|of|to|not|without|we|more|our|your|from)\b", re.I
    ),
}


def briefing_words(
    campaign: Campaign, language: Language, *, network: Network | None = None, format: str = "post"
) -> Mapping[str, Any]:
    """Name of each word the briefing has in this language to what phrases put in its place.

    The core message, supporting messages and labels are written once: they are left out where they read like
    the other language, or, when that cannot be told, where the briefing's first language is the other one.

    Args:
        campaign: The campaign.
        language: Language of the texts.
        network: Says whether a link in the text can be clicked; None: it can.
        format: Form of the post.
    """
    wording = campaign.wording.get(language, Wording())
    words: dict[str, Any] = {}
    for noun in NOUNS:
        if phrase := getattr(wording, noun):
            cases = {case: phrase.case(case).strip() for case in CASES}
            words[noun] = {**cases, "plural": phrase.plural}
    said = {**_messages(campaign), **_figures(campaign, language)}
    main = next(iter(campaign.wording), language)
    words |= {name: text for name, text in said.items() if text and (_reads_as(text) or main) == language}
    if "proof" not in words:
        words.pop("source", None)
    if campaign.link:
        words["link"] = _link(language, network, format)
    return words


def _messages(campaign: Campaign) -> dict[str, str]:
    """The core message, and a supporting message with its own proof, not that of another one."""
    proved = next((s for s in campaign.supporting if s.proof), None)
    said = proved or next(iter(campaign.supporting), None)
    return {
        "core": _sentence(campaign.core_message),
        "message": _sentence(said.text) if said else "",
        "proof": _sentence(proved.proof) if proved else "",
        "source": proved.source.strip().rstrip(".") if proved else "",
    }


def _figures(campaign: Campaign, language: Language) -> dict[str, str]:
    """Figures with what they are figures of: a bare "20 %" says nothing."""
    from babel.dates import format_skeleton

    offer, found = campaign.offer, {}
    for price in offer.prices[:1]:
        amount = (
            money(price.amount, price.currency, language).replace(",00\u00a0", "\u00a0").removesuffix(".00")
        )
        found["price"] = f"{price.label}: {amount}" if price.label else amount
    for share in (s for s in offer.percentages[:1] if s.label):
        value = f"{share.value.normalize():f}".replace(".", "," if language == "de" else ".")
        found["percentage"] = (
            f"{value}\u00a0% {share.label}" if language == "de" else f"{value}% {share.label}"
        )
    for date in (d for d in offer.dates[:1] if d.label):
        shown = format_skeleton("MMMMd", date.day, locale={"de": "de_DE", "en": "en_GB"}[language])
        found["day"] = f"{date.label}: {shown}"
    return found


def _link(language: Language, network: Network | None, format: str) -> str:
    """Where the link is, in the dative: networks that do not make it clickable have it in the profile."""
    rule = network.rule("links_clickable", format) if network else None
    in_profile = rule is not None and rule.value is False
    if language == "de":
        return "dem Link im Profil" if in_profile else "dem Link"
    return "the link in our profile" if in_profile else "the link"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or _ENDS.search(text) else f"{text}."


def _reads_as(text: str) -> Language | None:
    """The language whose small words a text has more of; None when it cannot be told."""
    german, english = (len(_OF[language].findall(text)) for language in ("de", "en"))
    return None if german == english else "de" if german > english else "en"
