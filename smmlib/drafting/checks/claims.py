"""Advertising claims: whether those of the briefing are cleared, and what sounds like one that is not there.

Advertising that misleads about what cannot be proved is unfair: UWG § 5 Abs. 1 and 2 (misleading
statements). Whether a superlative is a claim or plain praise is for people to say; the check points at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.inflection import find_statement
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.checks.word_lists import entry
from smmlib.language import Language, mark
from smmlib.message_house import Claim
from smmlib.networks import Finding
from smmlib.networks.findings import Span

_LAW = "UWG § 5 Abs. 1 und 2"
_LAW_CHECKED = date(2026, 11, 24)


@cache
def _absolute(language: Language) -> re.Pattern[str]:
    parts = {name: entry("absolute", name)[language] for name in ("best", "scope", "plain")}
    patterns = "|".join(pattern.format(**parts) for pattern in entry("absolute", language))
    # In English a headline may have every word in capitals; in German only nouns have them.
    return re.compile(rf"(?<!\w)(?:{patterns})", re.IGNORECASE if language == "en" else 0)


def _used(subject: Subject) -> Iterator[tuple[Claim, Span]]:
    for claim in subject.campaign.claims if subject.campaign else ():
        if span := find_statement(subject.text, claim.text, subject.language):
            yield claim, span


def _claims(subject: Subject) -> Iterator[Finding]:
    for claim, span in _used(subject):
        values = {"claim": claim.text, "until": claim.valid_until, "day": subject.day}
        if not claim.cleared_by:
            template = mark(
                "The advertising claim “{claim}” is not cleared. Ask PR or legal, or leave it out."
            )
            yield Finding("claim_uncleared", "error", span, values, template=template)
        elif not claim.usable(subject.day):
            template = mark(
                "The advertising claim “{claim}” may be used until {until:date}, not on {day:date}. "
                "Have it cleared again, or leave it out."
            )
            yield Finding("claim_expired", "error", span, values, template=template)


def _superlatives(subject: Subject) -> Iterator[Finding]:
    covered: list[Span] | None = None
    for found in _absolute(subject.language).finditer(subject.prose):
        if covered is None:  # looked for only when there is something to cover
            covered = [span for _, span in _used(subject)]  # those not cleared are told by `_claims`
        if any(start < found.end() and found.start() < end for start, end in covered):
            continue
        template = mark(
            "“{found}” is a statement that needs proof, and no cleared claim of the briefing covers it. "
            "Have it cleared, or say it more modestly."
        )
        values = {"found": found.group()}
        yield Finding("superlative", "notice", found.span(), values, _LAW, _LAW_CHECKED, template=template)


CHECKS = (
    Check(
        "claims",
        mark("Advertising claims"),
        mark("Whether the briefing's claims in the text are cleared and still valid on the planned day."),
        "briefing",
        _claims,
        rules=("claim_uncleared", "claim_expired"),
    ),
    Check(
        "superlative",
        mark("Statements that need proof"),
        mark("Superlatives and absolute statements such as “number 1 in” that no cleared claim covers."),
        "briefing",
        _superlatives,
    ),
)
