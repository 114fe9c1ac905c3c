"""Who may do what, and what it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smmlib.campaign import Campaign
from smmlib.drafting.signoff import Deed, Situation, Window, allow, allow_comment
from smmlib.errors import InvalidValueError, UnknownNameError
from tests.drafting.signoff.made_up import CAMPAIGN, DRAFT, LEGAL, PLANNED, PR, REQUEST, deed, stands

FREE = CAMPAIGN.replace(reviewers={})


def meets(*deeds: Deed, campaign: Campaign = CAMPAIGN) -> Situation:
    sign_off = stands(DRAFT, *deeds, campaign=campaign).accounts["x"]
    return Situation(sign_off, "x · @rad", frozenset({"Anna"}), campaign)


def test_a_deed_is_bound_to_what_the_post_is_today() -> None:
    allowed = allow(replace(PR, content="something older"), meets(REQUEST))
    assert allowed.content == REQUEST.content
    assert not allowed.own


@pytest.mark.parametrize(
    ("act", "before", "says"),
    [
        (replace(PR, actor="  "), [REQUEST], "name is missing"),
        (replace(PR, actor="Mallory"), [REQUEST], "Mallory is not named for the role PR"),
        (replace(PR, role=""), [REQUEST], "not named for the role –.*PR: Paula; Legal: anyone"),
        (PR, [], "no review has been asked for"),
        (PR, [REQUEST, PR], "has approved this"),
        (replace(PR, window=Window(PLANNED.replace(hour=18), None)), [REQUEST], "planned time lies outside"),
        (deed("approve", "anna ", role="legal"), [REQUEST], "draft of your own"),
        (deed("return", "Leo", role="legal"), [REQUEST], "takes a comment"),
        (deed("return", "Leo", text="Nein"), [], "no review has been asked for"),
        (deed("comment", "Leo", text="  "), [], "comment is empty"),
        (deed("withdraw", "Anna"), [], "nothing to withdraw"),
        (deed("urgent release", "Chef"), [], "takes a reason"),
        (deed("hand over", "Anna"), [REQUEST], "not approved, so not handed over. .*PR, Legal"),
        (REQUEST, [REQUEST], "In review already"),
        (REQUEST, [REQUEST, PR, LEGAL], "Approved already"),
    ],
)
def test_what_is_not_allowed_is_said(act: Deed, before: list[Deed], says: str) -> None:
    with pytest.raises(InvalidValueError, match=says) as caught:
        allow(act, meets(*before))
    assert caught.value.text("de") != str(caught.value)


def test_approving_ones_own_draft_takes_a_reason_and_is_marked() -> None:
    own = allow(deed("approve", "ANNA", role="legal", text="Bin allein im Haus"), meets(REQUEST))
    assert own.own
    urgent = allow(deed("urgent release", "Anna", text="Rückruf"), meets(REQUEST))
    assert urgent.own


def test_without_roles_anybody_may() -> None:
    assert allow(deed("approve", "Irgendwer"), meets(REQUEST, campaign=FREE)).actor == "Irgendwer"


def test_unknown_actions_and_roles_are_told() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'approve'"):
        allow(replace(PR, action="aprove"), meets(REQUEST))  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="'erase' is unknown"):
        allow(replace(PR, action="erase"), meets(REQUEST))
    with pytest.raises(UnknownNameError, match="Role 'boss' is unknown"):
        allow(replace(PR, role="boss"), meets(REQUEST))  # type: ignore[arg-type]


def test_what_has_happened_may_always_be_logged() -> None:
    assert allow(deed("posted", "Anna", text="https://x.com/1"), meets()).action == "posted"


def test_a_comment_about_the_draft_binds_no_content() -> None:
    comment = allow_comment(deed("comment", " Leo ", text="Schön"))
    assert (comment.actor, comment.account, comment.content) == ("Leo", "", "")
    with pytest.raises(InvalidValueError, match="comment is empty"):
        allow_comment(deed("comment", "Leo"))
    with pytest.raises(InvalidValueError, match="name is missing"):
        allow_comment(deed("comment", "", text="Schön"))
