"""What a check found: which rule, how bad, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from smmlib.language import Language, Message, mark, say

Severity = Literal["error", "warning", "notice"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """Words of the interface, shown one after the other in the user's language."""

    words: tuple[str, ...]

    def text(self, language: Language = "en") -> str:
        """The words, with commas between."""
        return ", ".join(say(word, language) for word in self.words)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has to say about a post.

    Attributes:
        rule: Rule or check it comes from, e.g. "text" or "hashtags".
        severity: "error" keeps the post from being published, "warning" costs effect, "notice" is to know.
        span: Start and end in the text, or None when it is about the whole post.
        values: Numbers and words the sentence is filled with.
        source: Where the rule stands; empty for what holds everywhere.
        checked_on: When the rule was last looked up, or None.
        template: English sentence, marked for the catalogue.
        doubt: A second sentence for a rule that is old or uncertain.
        part: Number of the part of a thread it is about, counted from 1; 0: of the whole post.
    """

    rule: str
    severity: Severity
    span: Span | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    checked_on: date | None = None
    template: str = field(default="", repr=False)
    doubt: str = field(default="", repr=False)
    part: int = 0

    def text(self, language: Language = "en") -> str:
        """What was found and what to do now, in `language`."""
        filled = {
            name: value.text(language) if isinstance(value, (Message, Listed)) else value
            for name, value in self.values.items()
        }
        sentences = [say(part, language, **filled) for part in (self.template, self.doubt) if part]
        text = " ".join(sentences).encode("utf-8", "replace").decode()
        return say("Part {part}: {text}", language, part=self.part, text=text) if self.part else text


SEVERITIES: dict[Severity, str] = {
    "error": mark("Error"),
    "warning": mark("Warning"),
    "notice": mark("Notice"),
}
