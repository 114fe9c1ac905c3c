"""Which answers of a review sheet can be taken over, and why the others cannot. Nothing is stored here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from smmlib.campaign import ROLES, Role
from smmlib.drafting.signoff.answers import Answer
from smmlib.drafting.signoff.entry import Deed, LogEntry
from smmlib.drafting.signoff.review_report import JudgedRow, ReviewReport
from smmlib.drafting.signoff.review_sheet import DECISIONS, Decision, shown_content, shown_time
from smmlib.drafting.signoff.review_xlsx import SHOWN
from smmlib.drafting.signoff.rules import Situation, allow
from smmlib.drafting.signoff.state import same_person
from smmlib.drafting.signoff.step import Step
from smmlib.drafting.signoff.window import Window, days_around
from smmlib.errors import InvalidValueError, SmmError
from smmlib.language import LANGUAGES, Message, mark, say

Key = tuple[str, str]
"""Id of a draft and id of an account."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is known here of a post that a sheet may decide on.

    Attributes:
        situation: Where it stands, who may decide.
        account: What a sheet calls the account.
        time_zone: The account's.
        entries: What the log says about it.
    """

    situation: Situation
    account: str
    time_zone: str
    entries: tuple[LogEntry, ...] = ()


def judge(
    answers: Iterable[Answer], posts: Mapping[Key, Reviewed], *, workspace: str, entered_by: str = ""
) -> ReviewReport:
    """Say of every answer whether it can be taken over.

    Args:
        answers: What `read_answers` read.
        posts: Draft and account to what is known of them here.
        workspace: What this workspace is known by on its sheets.
        entered_by: Who reads the sheet in.
    """
    rows = [_judge_one(answer, posts, workspace, entered_by) for answer in answers]
    twice = {
        key for key, count in Counter(_who_and_what(row) for row in rows if row.step).items() if count > 1
    }
    problem = Message(
        mark(
            "The same person decides twice on this post in the same role; leave one row and read it in again."
        )
    )
    return ReviewReport(
        tuple(
            replace(row, step=None, problem=problem) if row.step and _who_and_what(row) in twice else row
            for row in rows
        )
    )


def _who_and_what(row: JudgedRow) -> tuple[str, ...]:
    answer = row.answer
    said = answer.comment if row.step and row.step.action == "comment" else ""
    return (
        answer.draft,
        answer.account,
        answer.name.strip().casefold(),
        row.step.role if row.step else "",
        said,
    )


def _judge_one(answer: Answer, posts: Mapping[Key, Reviewed], workspace: str, entered_by: str) -> JudgedRow:
    if answer.blank:
        return JudgedRow(answer)
    try:
        if not workspace or answer.workspace != workspace:
            raise InvalidValueError(mark("This row belongs to another workspace."))
        post = posts.get((answer.draft, answer.account))
        if post is None:
            raise InvalidValueError(mark("This post is no longer there, or its id was changed in the sheet."))
    except SmmError as problem:
        return JudgedRow(answer, problem=problem.message)
    label = post.situation.label
    try:
        return JudgedRow(answer, label, step=_step(answer, post, entered_by))
    except SmmError as problem:
        return JudgedRow(answer, label, problem=problem.message)


def _step(answer: Answer, post: Reviewed, entered_by: str) -> Step:
    """What to log for an answer, checked as if it were done now."""
    if not answer.name.strip():
        raise InvalidValueError(mark("The name is missing; the log has to say who decided."))
    _check_fingerprint(answer, post)
    _check_shown(answer, post)
    step = Step(
        action=_decision(answer),
        draft=answer.draft,
        actor=answer.name.strip(),
        accounts=(answer.account,),
        role=_role(answer, post),
        text=answer.comment.strip(),
        window=_window(answer, post),
        seen={answer.account: answer.fingerprint},
        source="review sheet",
        entered_by=entered_by,
    )
    _check_new(step, post)
    deed = Deed(step.action, step.actor, step.draft, answer.account, role=step.role, text=step.text)
    allow(replace(deed, window=step.window or Window()), post.situation)
    return step


def _check_fingerprint(answer: Answer, post: Reviewed) -> None:
    now = post.situation.sign_off.content.fingerprint
    if answer.fingerprint.strip() == now:
        return
    if answer.fingerprint.strip() in {entry.fingerprint for entry in post.entries if entry.fingerprint}:
        raise InvalidValueError(
            mark(
                "The post was changed after this sheet was made, so the answer does not count; "
                "send a new sheet."
            )
        )
    raise InvalidValueError(
        mark("The fingerprint {fingerprint!r} belongs to no state of this post that was ever in review."),
        fingerprint=answer.fingerprint[:16],
    )


def _check_shown(answer: Answer, post: Reviewed) -> None:
    """Whether the sheet shows what the fingerprint stands for; spaces do not matter."""
    told = {
        "account": post.account,
        "planned": shown_time(_planned(answer), post.time_zone, answer.language),
        **shown_content(post.situation.sign_off.content, answer.language),
    }
    for name, text in answer.shown.items():
        if text.split() != told[name].split():
            raise InvalidValueError(
                mark(
                    "{field} was changed in the sheet, so it is not clear what was decided on; "
                    "wishes belong in the comment."
                ),
                field=Message(SHOWN[name]),
            )


def _decision(answer: Answer) -> Decision:
    typed = answer.decision.strip().casefold()
    if not typed:
        return "comment"
    for decision, word in DECISIONS.items():
        if typed in {decision, *(say(word, language).casefold() for language in LANGUAGES)}:
            return decision
    raise InvalidValueError(
        mark("The decision is {typed!r}; it must be one of: {allowed}."),
        typed=answer.decision[:60],
        allowed=", ".join(say(word, answer.language) for word in DECISIONS.values()),
    )


def _role(answer: Answer, post: Reviewed) -> Role | Literal[""]:
    """The role typed, or the only one this campaign asks for."""
    typed = answer.role.strip().casefold()
    campaign = post.situation.campaign
    wanted = tuple(campaign.reviewers) if campaign else ()
    if not typed or typed == "–":
        return wanted[0] if len(wanted) == 1 else ""
    for role, word in ROLES.items():
        if typed in {role.casefold(), *(say(word, language).casefold() for language in LANGUAGES)}:
            return role
    raise InvalidValueError(
        mark("The role is {typed!r}; it must be one of: {allowed}."),
        typed=answer.role[:60],
        allowed=", ".join(say(word, answer.language) for word in ROLES.values()),
    )


def _window(answer: Answer, post: Reviewed) -> Window:
    """The day the sheet says it is planned for."""
    planned = _planned(answer)
    return days_around(planned, post.time_zone) if planned else Window()


def _planned(answer: Answer) -> datetime | None:
    """When the post was planned for on the sheet."""
    if not answer.planned:
        return None
    try:
        planned = datetime.fromisoformat(answer.planned)
    except ValueError:
        planned = None
    if planned is None or planned.tzinfo is None:
        raise InvalidValueError(
            mark("The planned time {typed!r} was changed in the sheet; use the sheet as it was sent."),
            typed=answer.planned[:40],
        )
    return planned


def _check_new(step: Step, post: Reviewed) -> None:
    seen = step.seen or {}
    for entry in post.entries:
        same = entry.action == step.action and entry.role == step.role and entry.text == step.text
        if same and entry.fingerprint in seen.values() and same_person(step.actor, entry.actor):
            raise InvalidValueError(
                mark("This answer is in the log already, as entry {number:plain}."), number=entry.number
            )
