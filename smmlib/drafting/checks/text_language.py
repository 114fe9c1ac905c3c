"""Is the text in the account's language?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.language import LANGUAGES, Language, Message, mark
from smmlib.networks import Finding

# Measured on pieces of 200 German posts and 500 English headlines: of those with 10 to 20 letters 2 and 7 %
# are taken for the other language, of those with 40 and more none.
LEAST_LETTERS = 40
ENOUGH = 240  # characters; more make it slower and no surer
SURE = 0.9
NAMES: dict[Language, str] = {"de": mark("German"), "en": mark("English")}


def language_of(text: str) -> tuple[Language, float]:
    """German or English, and how sure that is (0.5 to 1).

    Only these two are told apart: a French text is called one of them. Source of the model: py3langid.
    """
    return _language_of(" ".join(text.split())[:ENOUGH])


@lru_cache(maxsize=16)
def _language_of(text: str) -> tuple[Language, float]:
    name, share = _identifier().classify(text)
    return ("de" if name == "de" else "en"), float(share)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def _language(subject: Subject) -> Iterator[Finding]:
    if subject.account is None or sum(len(word.text) for word in subject.words) < LEAST_LETTERS:
        return
    found, sure = language_of(subject.prose)
    if found != subject.language and sure >= SURE:
        template = mark(
            "The text looks {found}, but the account is {wanted}. Translate it, or change the account."
        )
        values = {"found": Message(NAMES[found]), "wanted": Message(NAMES[subject.language])}
        yield Finding("language", "warning", values=values, template=template)


CHECKS = (
    Check(
        "language",
        mark("Language"),
        mark("Whether the text is in the account's language; from about one sentence on."),
        "language",
        _language,
    ),
)
