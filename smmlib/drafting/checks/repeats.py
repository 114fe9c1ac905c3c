"""Whether nearly the same was said before."""

from __future__ import annotations

from collections.abc import Iterator

from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.earlier_posts import EarlierPosts, Likeness
from smmlib.drafting.checks.subject import Subject
from smmlib.language import mark
from smmlib.networks import Finding


def _repeats(subject: Subject) -> Iterator[Finding]:
    """The most alike post; versions and variants of the draft itself are meant to be alike."""
    if not subject.earlier:
        return
    alike = EarlierPosts.of(subject.earlier).like(subject.text, apart_from=subject.draft.id)
    if not alike:
        return
    own = subject.account.id if subject.account else None
    here = next((one for one in alike if own is not None and one.post.account == own), None)
    yield _found(here or alike[0], subject, here=here is not None)


def _found(one: Likeness, subject: Subject, *, here: bool) -> Finding:
    when = one.post.when
    values = {
        "share": one.share,
        "title": one.post.draft.name,
        "when": subject.local(when) if when else None,
    }
    if here and when:
        template = mark(
            "{share:%0} the same as “{title}” of {when:date} on this account. "
            "Say it in another way, or leave more time between them."
        )
    elif here:
        template = mark("{share:%0} the same as the draft “{title}” for this account. Say it in another way.")
    elif when:
        template = mark("{share:%0} the same as “{title}” of {when:date} on another account.")
    else:
        template = mark("{share:%0} the same as the draft “{title}”.")
    return Finding("repeat", "warning" if here else "notice", values=values, template=template)


CHECKS = (
    Check(
        "repeat",
        mark("Repetition"),
        mark("Whether an earlier post says nearly the same; variants of one draft may."),
        "style",
        _repeats,
    ),
)
