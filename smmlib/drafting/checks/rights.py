"""May a file be used on the planned day, and does the post say what AI made?

AI: Regulation (EU) 2024/1689, Article 50(4), in force since 2 August 2026: who uses AI to make or change
a picture or film that looks real has to say so. Whether it looks real is for people to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from smmlib.asset import Asset
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.media import RIGHTS_RULES, rights_problems
from smmlib.language import mark
from smmlib.networks import Finding

_AI_LAW = "Regulation (EU) 2024/1689, Article 50(4)"
_AI_CHECKED = date(2026, 11, 24)
_SAYS_AI = re.compile(
    r"(?<!\w)(?:KI|AI|A\.I\.)(?!\w)|künstliche[rn]? Intelligenz|artificial intelligence|deepfake",
    re.IGNORECASE,
)


def _assets(subject: Subject) -> Iterator[tuple[str, Asset]]:
    for item in subject.version.media:
        if asset := subject.assets.get(item.asset):
            yield item.name or asset.name, asset


def _rights(subject: Subject) -> Iterator[Finding]:
    for _, asset in _assets(subject):
        yield from rights_problems(asset, subject.day)


def _ai(subject: Subject) -> Iterator[Finding]:
    said = " ".join((subject.text, *(item.alt_text for item in subject.version.media)))
    for name, asset in _assets(subject):
        if asset.ai_origin == "none" or _SAYS_AI.search(said):
            continue
        template = (
            mark("{name} was made by AI, and the post does not say so. If it looks real, say it.")
            if asset.ai_origin == "generated"
            else mark("{name} was edited with AI, and the post does not say so. If it looks real, say it.")
        )
        severity = "warning" if asset.ai_origin == "generated" else "notice"
        yield Finding("ai_label", severity, None, {"name": name}, _AI_LAW, _AI_CHECKED, template=template)  # type: ignore[arg-type]


CHECKS = (
    Check(
        "rights",
        mark("Rights"),
        mark("Whether licence and consent of every file hold on the planned day."),
        "media",
        _rights,
        rules=RIGHTS_RULES,
    ),
    Check(
        "ai_label",
        mark("Made by AI"),
        mark("Whether the post says that a picture or film was made or edited by AI."),
        "media",
        _ai,
    ),
)
