"""The language the command line speaks."""

from __future__ import annotations

from collections.abc import Mapping

from smmlib.errors import InvalidValueError
from smmlib.language import LANGUAGES, Language, as_language, mark

VARIABLE = "SMM_LANGUAGE"


def asked_language(environ: Mapping[str, str]) -> Language:
    """$SMM_LANGUAGE, else English.

    Raises:
        InvalidValueError: It is set to a language that is not there.
    """
    try:
        return as_language(environ.get(VARIABLE) or "en")
    except ValueError:
        raise InvalidValueError(
            mark("{variable} is {value!r}; set it to one of {allowed}, or leave it out for English."),
            variable=VARIABLE,
            value=environ[VARIABLE],
            allowed=", ".join(LANGUAGES),
        ) from None


def language_of_errors(environ: Mapping[str, str]) -> Language:
    """The same, but English where it is set to a language that is not there."""
    try:
        return asked_language(environ)
    except InvalidValueError:
        return "en"
