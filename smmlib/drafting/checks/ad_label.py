"""The label advertising has to carry, at the beginning of the text.

Germany: UWG § 5a Abs. 4 (since 28 May 2022) and the guide of the media authorities, "Werbekennzeichnung
bei Online-Medien": "Werbung" or "Anzeige" first; #ad, "sponsored by" or a hashtag at the end do not
suffice (OLG Celle, 8 June 2017, 13 U 53/17). United Kingdom: CAP Code, section 2, and the ASA's advice
"Recognising ads: Social media": "Ad" or "Advert" first. The account's language decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import Language, mark
from smmlib.networks import Finding

_CHECKED = date(2026, 11, 24)
_SOURCES: dict[Language, str] = {
    "de": "UWG § 5a Abs. 4; Leitfaden der Medienanstalten, Werbekennzeichnung bei Online-Medien",
    "en": "CAP Code, section 2; asa.org.uk, Recognising ads: Social media",
}
_LABELS: dict[Language, str] = {"de": "Anzeige", "en": "Ad"}
_VALID: dict[Language, str] = {
    "de": r"(?:Anzeige|Werbung|Werbevideo|Dauerwerbesendung|(?:enthält|bezahlte) Werbung|"
    r"Bezahlte (?:Werbe)?Partnerschaft)",
    "en": r"(?:Ad|Advert|Advertisement(?: feature)?|Paid (?:ad|advert|partnership))",
}
_AT_START = {
    language: re.compile(rf"[\W_]{{0,12}}{words}(?!\w)", re.IGNORECASE) for language, words in _VALID.items()
}
_ANYWHERE = {
    "de": re.compile(rf"(?<!\w)(?:{_VALID['de']}|ad|sponsored|sponsoring|kooperation)(?!\w)", re.IGNORECASE),
    "en": re.compile(rf"(?<!\w)(?:{_VALID['en']}|sponsored|spon|gifted|anzeige)(?!\w)", re.IGNORECASE),
}


def _label(subject: Subject) -> Iterator[Finding]:
    language = subject.language
    if not subject.draft.sponsored or not subject.text.strip() or _AT_START[language].match(subject.text):
        return
    values: dict[str, object] = {"label": _LABELS[language]}
    source = _SOURCES[language]
    if found := _ANYWHERE[language].search(subject.text):
        template = mark(
            "Advertising has to be recognised at first sight: “{found}” does not suffice here. "
            "Begin the text with “{label}”."
        )
        values["found"] = found.group()
        yield Finding("ad_label", "error", found.span(), values, source, _CHECKED, template=template)
    else:
        template = mark("The post is advertising and does not say so. Begin the text with “{label}”.")
        yield Finding("ad_label", "error", None, values, source, _CHECKED, template=template)


CHECKS = (
    Check(
        "ad_label",
        mark("Advertising label"),
        mark("Whether sponsored posts begin with a label such as “Anzeige”."),
        "briefing",
        _label,
    ),
)
