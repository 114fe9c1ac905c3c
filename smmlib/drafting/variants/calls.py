"""Calls to action: which sentence tells readers to do something, and which only invites them."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from smmlib.drafting.variants.parts import sentences
from smmlib.language import Language

Call = Literal["direct", "soft"]

_IMPERATIVES: dict[Language, str] = {
    "de": """
abonniere abonniert abstimme abstimmt antworte antwortet bestelle bestellt besuche besucht bewerbt bewirb
bleib bleibt buche bucht entdecke entdeckt erfahre erfahrt erzähl erzähle erzählt fahr fahre fahrt feiere
feiert finde findet folg folge folgt fordere fordert frag fragt fülle füllt genieße genießt gestalte
gestaltet gewinne gewinnt greif greift guck guckt gönn gönnt helft hilf hol hole holt hör hört informiere
informiert kaufe kauft klick klicke klickt komm kommentiere kommentiert kommt kontaktiere kontaktiert lad
lade ladet lass lasst lerne lernt lest lies like likt mach macht melde meldet merk merke merkt nehmt nimm
nutze nutzt probier probiere probiert prüfe prüft rechne rechnet registriere registriert reserviere
reserviert ruf ruft sag sagt schau schaut schick schickt schreib schreibt seht sichere sichert sieh spar
spare spart speichere speichert spende spendet sprecht sprich starte startet stell stellt stöbere stöbert
teile teilt teste testet trag tragt tretet tritt unterstütze unterstützt vereinbare vereinbart vergleiche
vergleicht verpasse verpasst wechseln wechselt wechsle werft wirf wähle wählt zieh zieht überzeuge
überzeugt
""",
    "en": """
add apply ask book browse buy call check choose claim click come comment compare contact discover donate
download drop enjoy enter explore find follow get give go grab have head hear help hurry join keep learn
leave let like listen look make meet message open order pick plan pre-order read register reply request
reserve save schedule secure see send share shop sign start stop stream subscribe swipe switch take talk
tap tell test try tune view visit vote watch win write
""",
}
_INFINITIVES = """
abonnieren abstimmen anfordern anmelden anrufen anschauen ansehen ansprechen antworten ausfüllen
ausprobieren berechnen bestellen besuchen bewerben bleiben buchen eintragen entdecken erfahren erzählen
fahren feiern finden folgen fragen genießen gestalten gewinnen greifen gucken gönnen helfen herunterladen
holen hören informieren kaufen kennenlernen klicken kommen kommentieren kontaktieren laden lassen lern
lernen lesen liken machen melden merken mitmachen nehmen nutzen probieren prüfen registrieren reservieren
sagen schauen schicken schreiben sehen sichern sparen speichern spenden starten stellen stöbern suchen
teilen testen unterstützen verabreden vereinbaren vergleichen verpassen vormerken weitersagen werfen
wählen ziehen überzeugen
"""
_ENDINGS = tuple(_INFINITIVES.split())
_BEFORE: dict[Language, str] = {
    "de": "jetzt|hier|heute|gleich|noch|einfach|schnell|direkt|sofort|also|los|und|dann|am|besten|bitte|nun",
    "en": "now|today|just|simply|so|then|and|please|go|ahead|don't|do|not|never",
}
_URGED = re.compile(r"\W*(?:jetzt|hier|heute|gleich|sofort|direkt|einfach|schnell|noch|am besten)\b", re.I)
"""What stands before an infinitive that tells readers what to do: "Jetzt testen."."""

_LEAVES: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"^\W*(?:wer|vielleicht|bei interesse|für neugierige)\b|\b(?:vielleicht|eventuell|wenn|falls"
        r"|gerne?|lohnt|mag"
        r"|magst|mögt|mögen|möchten?|möchtest|möchtet|könn(?:ten?|test|tet)|kannst|könnt|können)\b",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:perhaps|maybe|might|may|could|can|if you|worth|happy to|delighted|glad|love to|would"
        r"|feel free|whenever"
        r"|in case)\b",
        re.I,
    ),
}
"""Words that leave it to the reader, whatever else the sentence holds."""

_MENTIONS: dict[Language, re.Pattern[str]] = {
    "de": re.compile(
        r"\b(?:link|website|details|einzelheiten|alles weitere|infos?|mehr (?:dazu|über|gibt|hinter|unter"
        r"|auf)|steht"
        r"|freuen uns|willkommen|lust|zeit für|neugierig\w*|interesse)\b",
        re.I,
    ),
    "en": re.compile(
        r"\b(?:link|website|details|more (?:at|about|on|here)|welcome|interested|curious|look forward"
        r"|info)\b",
        re.I,
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
    if sentence.rstrip('"“”’»«) ').endswith("?"):
        return False
    if _imperative(language).match(sentence):
        return True
    last = re.findall(r"\w+", sentence.lower())[-1:]
    return language == "de" and bool(last) and bool(_URGED.match(sentence)) and last[0].endswith(_ENDINGS)


@cache
def _imperative(language: Language) -> re.Pattern[str]:
    polite = r"\w+(?:en|ern|eln)\s+Sie\b|" if language == "de" else ""
    words = "|".join(map(re.escape, _IMPERATIVES[language].split()))
    return re.compile(rf"\W*(?:(?:{_BEFORE[language]})\b\W*)*(?:{polite}(?:{words})\b)", re.I)
