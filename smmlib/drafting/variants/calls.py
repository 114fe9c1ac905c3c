"""Calls to action: which sentence tells readers to do something, and which only invites them."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from smmlib.drafting.variants.parts import sentences
from smmlib.language import Language

Call = Literal["direct", "soft"]

_GERMAN = """
abonniere abonniert abonnieren|hole holt holen|hol|abstimme abstimmt abstimmen|antworte antwortet antworten
bestelle bestellt bestellen|besuche besucht besuchen|bewirb bewerbt bewerben|bleib bleibt bleiben
buche bucht buchen|entdecke entdeckt entdecken|erfahre erfahrt erfahren|erzähle erzählt erzählen|erzähl
fahre fahrt fahren|fahr|feiere feiert feiern|finde findet finden|folge folgt folgen|folg|frage fragt fragen|frag
fülle füllt ausfüllen|genieße genießt genießen|gewinne gewinnt gewinnen|greif greift greifen|hilf helft helfen
hör hört hören|informiere informiert informieren|kaufe kauft kaufen|klicke klickt klicken|klick
komm kommt kommen|kommentiere kommentiert kommentieren|lade ladet laden|lad herunterladen|lass lasst lassen
lerne lernt lernen|lern kennenlernen|lies lest lesen|like likt liken|mach macht machen|melde meldet melden
anmelden|merke merkt merken|merk vormerken|mitmachen|nimm nehmt nehmen|nutze nutzt nutzen|probiere probiert
probieren|probier ausprobieren|registriere registriert registrieren|reserviere reserviert reservieren|ruf ruft
anrufen|sag sagt sagen weitersagen|schau schaut schauen anschauen|guck guckt gucken|schick schickt schicken
schreib schreibt schreiben|sichere sichert sichern|sieh seht sehen ansehen|speichere speichert speichern
spende spendet spenden|stell stellt stellen|starte startet starten|stöbere stöbert stöbern|teile teilt teilen
teste testet testen|tritt tretet|überzeuge überzeugt überzeugen|vereinbare vereinbart vereinbaren|vergleiche
vergleicht vergleichen|verpasse verpasst verpassen|wähle wählt wählen|wechsle wechselt wechseln|wirf werft werfen
zieh zieht ziehen|prüfe prüft prüfen|fordere fordert anfordern|sucht suche suchen|trag tragt eintragen
rechne rechnet berechnen|sprich sprecht ansprechen|kontaktiere kontaktiert kontaktieren|gönn gönnt gönnen
gestalte gestaltet gestalten|unterstütze unterstützt unterstützen|spare spart sparen|spar verabreden
"""
_ENGLISH = """
add apply ask book browse buy call check choose claim click come comment compare contact discover donate download
drop enjoy enter explore find follow get give go grab have head hear help hurry join keep learn leave let listen like
look make meet message open order pick plan pre-order read register reply request reserve save schedule secure see
send share shop sign start stop stream subscribe swipe switch take talk tap tell test try tune view visit vote watch
win write
"""
_BEFORE: dict[Language, str] = {
    "de": r"jetzt|hier|heute|gleich|noch|einfach|schnell|direkt|sofort|also|los|und|dann|am|besten|bitte|nun|doch",
    "en": r"now|today|just|simply|so|then|and|please|go|ahead|don't|do|not|never",
}
_INFINITIVE = ("en", "ern", "eln")
_URGED = re.compile(r"\W*(?:jetzt|hier|heute|gleich|sofort|direkt|einfach|schnell|noch|am besten)\b", re.I)
"""What stands before an infinitive that tells readers what to do: "Jetzt testen."."""

_LEAVES: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"^\W*(?:wer|vielleicht|bei interesse|für neugierige)\b|\b(?:vielleicht|eventuell|wenn|falls|gerne?|lohnt|mag"
        r"|magst|mögt|mögen|möchten?|möchtest|möchtet|könn(?:ten?|test|tet)|kannst|könnt|können)\b",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:perhaps|maybe|might|may|could|can|if you|worth|happy to|delighted|glad|love to|would|feel free|whenever"
        r"|in case)\b",
        re.I,
    ),
}
"""Words that leave it to the reader, whatever else the sentence holds."""

_MENTIONS: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:link|website|details|einzelheiten|alles weitere|infos?|mehr (?:dazu|über|gibt|hinter|unter|auf)|steht"
        r"|freuen uns|willkommen|lust|zeit für|neugierig\w*|interesse)\b",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:link|website|details|more (?:at|about|on|here)|welcome|interested|curious|look forward|info)\b", re.I
    ),
}
"""Words that point somewhere without telling anybody to go there."""


def call_kind(text: str, language: Language) -> Call | None:
    """Whether a call to action is direct or soft; None when there is none.

    Direct is a sentence that tells readers what to do: an imperative ("Teste …", "Testen Sie …",
    "Testet …", "Discover …") or the infinitive that stands for one ("Jetzt testen."). Soft is one that
    leaves it to them ("Wer mag, …", "Vielleicht …", "If you like, …"), even when it holds an imperative. The
    last two sentences are looked at, the last one first.

    Args:
        text: The last part of a text; see `smmlib.drafting.variants.parts`.
        language: Language of the text.
    """
    for sentence in reversed(sentences(text)[-2:]):
        if _LEAVES[language].search(sentence):
            return "soft"
        if _tells(sentence, language):
            return "direct"
        if _MENTIONS[language].search(sentence):
            return "soft"
    return None


def _tells(sentence: str, language: Language) -> bool:
    """Whether a sentence is an imperative, or an infinitive used as one; questions are not."""
    if sentence.rstrip("\"“”’»«) ").endswith("?"):
        return False
    if _imperative(language).match(sentence):
        return True
    last = re.findall(r"\w+", sentence.casefold())[-1:]
    return language == "de" and bool(last) and bool(_URGED.match(sentence)) and last[0].endswith(_infinitives())


@cache
def _imperative(language: Language) -> re.Pattern[str]:
    opening = rf"\W*(?:(?:{_BEFORE[language]})\b\W*)*"
    if language == "en":
        return re.compile(rf"{opening}(?:{'|'.join(_ENGLISH.split())})\b", re.I)
    words = "|".join(word for word in _words() if not word.endswith(_INFINITIVE))
    return re.compile(rf"{opening}(?:\w+(?:en|ern|eln)\s+Sie\b|(?:{words})\b)", re.I)


@cache
def _infinitives() -> tuple[str, ...]:
    return tuple(word for word in _words() if word.endswith(_INFINITIVE))


def _words() -> list[str]:
    return re.findall(r"\w+", _GERMAN)
