"""How the command line speaks: its language, and nothing that would steer the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from smmlib.errors import InvalidValueError
from smmlib.language import LANGUAGES, Language, as_language, mark

VARIABLE = "SMM_LANGUAGE"

_SOFT_HYPHEN = "\u00ad"
_JOINER = "\u200d"


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


def plain(text: str, *, lines: bool = False) -> str:
    """The text without what would steer the terminal, such as escape sequences.

    Args:
        text: What somebody wrote, or a file holds.
        lines: Keep its lines and tabs.
    """
    kept = _JOINER + ("\n\t" if lines else "")
    seen = text.replace(_SOFT_HYPHEN, "")
    return "".join(c if c.isprintable() or c in kept else "\ufffd" if c.strip() else " " for c in seen)
