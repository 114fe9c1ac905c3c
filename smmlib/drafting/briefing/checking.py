"""Everything to say about a campaign brief, before anything is written from it."""

from __future__ import annotations

from datetime import date, datetime

from smmlib.campaign import Campaign
from smmlib.drafting.briefing import facts, times, words
from smmlib.networks import Finding

_ORDER = {"error": 0, "warning": 1, "notice": 2}


def check_briefing(campaign: Campaign, *, today: date | None = None) -> tuple[Finding, ...]:
    """What contradicts itself, is missing or will hurt later, and what to do about it; worst first.

    An "error" cannot be meant, a "warning" costs effect or holds posts up, a "notice" is to know.

    Args:
        campaign: The brief.
        today: The day validity is judged by; None: the day it is.

    Returns:
        Findings whose `rule` is the field of `Campaign` they are about, e.g. "embargo" or "offer".
    """
    day = today or datetime.now().astimezone().date()
    found = (*times.findings(campaign, day), *words.findings(campaign), *facts.findings(campaign))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))
