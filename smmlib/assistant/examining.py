"""Suggestions are held to the same checks as what people write, before anybody may take them over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from smmlib.assistant.problems import AssistantError, MarkupError, TooLongError
from smmlib.assistant.task import Task
from smmlib.campaign import Account
from smmlib.draft import Draft, Media, Variant, Version
from smmlib.drafting import check
from smmlib.language import mark
from smmlib.networks import Finding

Verify = Callable[[Variant], Iterable[Finding]]
"""Says whether a variant has the levels it is held to."""

_MARKUP = re.compile(
    r"<\s*[/!?]?\s*[a-z][^<>]*>"  # a tag
    r"|<!--|<[a-z]+[\s/][^<>]*="  # a comment, a tag with attributes that is not closed
    r"|&(?:#x?[0-9a-f]+|lt|gt|amp|quot);|\bjavascript\s*:",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Suggestion:
    """A text the model suggests, and what there is to say about it.

    Attributes:
        text: The text, as it came: show it escaped.
        findings: What the checks say, worst first; of the alternative text when that was asked for.
        manipulation: What the check of the levels says; empty when all are there.
        problem: Why it cannot be taken over as it is, or None.
        levels: Levels it is held to.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    manipulation: tuple[Finding, ...] = ()
    problem: AssistantError | None = None
    levels: Mapping[str, str] | None = None

    @property
    def is_usable(self) -> bool:
        """Whether it may be taken over without being edited first."""
        found = (*self.findings, *self.manipulation)
        return self.problem is None and all(finding.severity != "error" for finding in found)


def examine(
    texts: Iterable[str],
    task: Task,
    *,
    draft: Draft,
    account: Account | None = None,
    verify: Verify | None = None,
) -> tuple[Suggestion, ...]:
    """Look at every text of a reply.

    Args:
        texts: The texts, as `read_reply` returns them.
        task: What was asked for.
        draft: The draft they are for; its link, sponsoring and media count in the checks.
        account: Account they are for, or None.
        verify: Checks the levels of a variant; None where there are none.
    """
    return tuple(_examined(text, task, draft, account, verify) for text in texts)


def _examined(
    text: str, task: Task, draft: Draft, account: Account | None, verify: Verify | None
) -> Suggestion:
    manipulation: tuple[Finding, ...] = ()
    if task.use == "variants" and verify is not None:
        manipulation = tuple(verify(Variant(name="?", text=text, levels=dict(task.levels))))
    return Suggestion(
        text,
        findings=_findings(text, task, draft, account),
        manipulation=manipulation,
        problem=_problem(text, task),
        levels=dict(task.levels) if task.use == "variants" else None,
    )


def _findings(text: str, task: Task, draft: Draft, account: Account | None) -> tuple[Finding, ...]:
    if task.network is None:
        return ()
    if task.use == "alt text":
        shown = Media(kind="image", name="?", alt_text=text)
        found = task.network.check("", media=(shown,), format=task.format)
        return tuple(finding for finding in found if finding.rule.startswith("alt_text"))
    written = draft.replace(text=text, versions=tuple(_following(v) for v in draft.versions))
    there = any(v.account == account.id for v in draft.versions) if account else False
    return check(written, campaign=task.campaign, network=task.network, account=account if there else None)


def _following(version: Version) -> Version:
    return version.replace(text=None, thread=())


def _problem(text: str, task: Task) -> AssistantError | None:
    if _MARKUP.search(text):
        return MarkupError(
            mark("This suggestion holds HTML or script. It is shown as text; do not use it as it is.")
        )
    if task.network is None or task.limit is None:
        return None
    count = len(text) if task.use == "alt text" else task.network.count(text)
    if count <= task.limit:
        return None
    template = mark("This suggestion has {count} characters, {most} are allowed. Shorten it, or ask again.")
    return TooLongError(template, count=count, most=task.limit)
