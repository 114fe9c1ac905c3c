"""Places of a template nobody has filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.checks.word_lists import entry
from smmlib.language import mark
from smmlib.networks import Finding
from smmlib.networks.findings import Severity, Span

_KINDS: tuple[tuple[str, Severity], ...] = (("certain", "error"), ("likely", "warning"))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    nouns = "|".join(entry("blank", "nouns"))
    return re.compile("|".join(entry("blank", kind)).replace("NOUN", nouns))


def _blanks(subject: Subject) -> Iterator[Finding]:
    pointed_at: list[Span] = []
    for kind, severity in _KINDS:
        for found in _pattern(kind).finditer(subject.text):
            if not any(start < found.end() and found.start() < end for start, end in pointed_at):
                pointed_at.append(found.span())
                template = mark("“{found}” looks like a blank of a template. Fill it in or delete it.")
                yield Finding("blank", severity, found.span(), {"found": found.group()}, template=template)


CHECKS = (
    Check(
        "blank",
        mark("Blanks of a template"),
        mark("Placeholders nobody has filled in: [Datum], XX €, *|FNAME|*, Lorem ipsum."),
        "style",
        _blanks,
    ),
)
