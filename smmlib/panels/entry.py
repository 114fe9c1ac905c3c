"""A field of a form with its help below it and, when there is something to say about it, a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import ipywidgets as w

from smmlib.language import Language
from smmlib.networks import Finding
from smmlib.panels import kit

LOOKS = {"error": "bad", "warning": "warn", "notice": "quiet"}

Section = tuple[str, Sequence[Sequence[str]]]
"""A heading, and the fields under it, those of one line together."""


@dataclass(frozen=True)
class Guidance:
    """What a form tells the user beside the fields themselves.

    Attributes:
        help: Field to what stands below its control, in the user's language.
        sections: Headings and the fields under them; None puts all fields below each other.
        judge: What there is to say about a record; a finding's rule is the field it is shown at.
    """

    help: Mapping[str, str] = field(default_factory=dict)
    sections: Sequence[Section] | None = None
    judge: Callable[[Any], Iterable[Finding]] = lambda _record: ()


class Entry(w.VBox):
    """A control with help and notes.

    Args:
        control: What shows and changes the value.
        help: What to put in, in the user's language; "" for nothing.
    """

    def __init__(self, control: w.Widget, help: str = "") -> None:
        self.control = control
        self._note = kit.html("", "smm-field-note")
        explained = (kit.html(f'<div class="smm-note">{escape(help)}</div>'),) if help else ()
        super().__init__([control, *explained, self._note])
        self.add_class("smm-entry")

    def tell(self, findings: Iterable[Finding], language: Language) -> None:
        """Show what the checks say about the field; nothing clears it."""
        lines = (f'<div class="smm-{LOOKS[f.severity]}">{escape(f.text(language))}</div>' for f in findings)
        kit.put(self._note, "".join(lines))

    def refuse(self, why: str) -> None:
        """Say why what was typed is not kept; what was typed stays to be corrected."""
        self._note.value = f'<div class="smm-bad" role="alert">{escape(why)}</div>'


def sectioned(entries: Mapping[str, Entry], sections: Sequence[Section]) -> list[w.Widget]:
    """The entries in cards under headings, as `sections` says; headings are in the user's language."""
    cards = []
    for title, lines in sections:
        rows = [kit.row(*(entries[name] for name in line)) for line in lines]
        cards.append(kit.card(*rows, title=title))
    return cards
