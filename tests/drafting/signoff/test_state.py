"""Where a draft stands follows from the log and from what it is today."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smmlib import Draft, Version
from smmlib.draft import Media
from smmlib.drafting.signoff import Window, days_around, state_of
from tests.drafting.signoff.made_up import (
    ACCOUNTS,
    CAMPAIGN,
    DRAFT,
    LEGAL,
    PLANNED,
    PR,
    REQUEST,
    deed,
    log,
    stands,
)

RETURN = deed("return", "Leo", role="legal", text="Die 20 % stimmen nicht.")


def x_changed(**changes: object) -> Draft:
    return DRAFT.replace(versions=(DRAFT.versions[0].replace(**changes), DRAFT.versions[1]))


def test_from_draft_to_approved() -> None:
    states = [
        stands(DRAFT, *deeds).accounts["x"] for deeds in ((), (REQUEST,), (REQUEST, PR), (REQUEST, PR, LEGAL))
    ]
    assert [s.state for s in states] == ["draft", "review", "review", "approved"]
    assert [s.missing for s in states] == [("PR", "legal"), ("PR", "legal"), ("legal",), ()]
    assert states[2].reason.text("de") == "Es fehlt noch die Freigabe von: Recht."
    assert [entry.actor for entry in states[3].approvals] == ["Paula", "Leo"]
    assert states[3].reason.text() == "Approved by Paula, Leo."


def test_each_account_stands_by_itself() -> None:
    found = stands(DRAFT, REQUEST, PR, LEGAL)
    assert found.approved("x")
    assert not found.approved("m")
    assert found.reason("m").text() == "Nobody has asked for a review yet."
    assert not found.approved("elsewhere")
    assert found.reason("elsewhere").text() == "This draft does not go to that account."
    assert found.state == "draft"
    both = stands(DRAFT.replace(versions=DRAFT.versions[:1]), REQUEST, PR, LEGAL)
    assert both.state == "approved"
    assert stands(DRAFT.replace(versions=())).state == "draft"


def test_an_edit_voids_the_approval_and_says_what_changed() -> None:
    found = stands(DRAFT.replace(text="Grüße aus Bonn. Heute 20 % auf alles!"), REQUEST, PR, LEGAL)
    assert not found.approved("x")
    here = found.accounts["x"]
    assert here.state == "draft"
    assert [void.entry.action for void in here.void] == ["request", "approve", "approve"]
    assert "The text was edited since" in found.reason("x").text()
    assert "Der Text wurde" in found.reason("x").text("de")
    (change,) = here.void[-1].changes()
    assert [(s.fate, s.text) for s in change.stretches][1:3] == [("gone", "Köln"), ("new", "Bonn")]


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (x_changed(media=(Media(name="rad.jpg", alt_text="anders"),)), "Pictures and films"),
        (x_changed(fields={"title": "Neu"}), "Title"),
        (DRAFT.replace(link="https://example.com/neu"), "Link"),
        (DRAFT.replace(sponsored=True, text="x"), "Text, Advertising"),
    ],
)
def test_what_else_was_edited_is_named(draft: Draft, said: str) -> None:
    found = stands(draft, REQUEST, PR, LEGAL)
    assert not found.approved("x")
    assert found.reason("x").text().endswith(f": {said}.")


def test_taking_the_edit_back_makes_it_valid_again() -> None:
    assert stands(DRAFT.replace(title="anders"), REQUEST, PR, LEGAL).approved("x")
    assert stands(DRAFT, REQUEST, PR, LEGAL).approved("x")


def test_a_move_out_of_the_window_voids_and_back_again_holds() -> None:
    moved = x_changed(planned_at=PLANNED + timedelta(hours=4))
    found = stands(moved, REQUEST, PR, LEGAL)
    assert found.accounts["x"].state == "review"
    assert found.accounts["x"].missing == ("PR",)
    (void,) = found.accounts["x"].void
    assert void.changes() == ()
    # The window is told on the clock of the account, in Berlin.
    assert void.reason.text("de") == (
        "Der Beitrag wurde aus dem Zeitraum verschoben, den Paula freigegeben hat "
        "(05.11.2026, 18:00 Uhr bis 05.11.2026, 21:00 Uhr)."
    )
    assert found.reason("x") == void.reason
    edited = x_changed(text="Neu")
    assert stands(edited, REQUEST, PR, LEGAL).reason("x").text().startswith("The text was edited since")
    assert stands(x_changed(planned_at=PLANNED + timedelta(hours=3)), REQUEST, PR, LEGAL).approved("x")
    assert not stands(x_changed(planned_at=None), REQUEST, PR, LEGAL).approved("x")


def test_the_approval_of_one_account_does_not_hold_for_another() -> None:
    elsewhere = replace(PR, account="m")
    assert stands(DRAFT, replace(REQUEST, account="m"), elsewhere).accounts["m"].state == "draft"


def test_a_return_asks_for_a_new_review() -> None:
    found = stands(DRAFT, REQUEST, PR, RETURN)
    assert found.accounts["x"].state == "returned"
    assert found.reason("x").text() == "Returned by Leo: Die 20 % stimmen nicht."
    assert found.accounts["x"].approvals == ()
    edited = DRAFT.replace(text="neu")
    assert stands(edited, REQUEST, RETURN).accounts["x"].state == "returned"
    again = deed("request", "Anna", draft=edited)
    assert stands(edited, REQUEST, PR, RETURN, again).accounts["x"].state == "review"
    assert stands(edited, REQUEST, PR, RETURN, again).accounts["x"].missing == ("PR", "legal")


def test_withdrawn_is_as_never_asked() -> None:
    found = stands(DRAFT, REQUEST, PR, LEGAL, deed("withdraw", "Anna"))
    assert found.accounts["x"].state == "draft"
    assert found.accounts["x"].void == ()


def test_only_the_people_named_for_a_role_count() -> None:
    assert stands(DRAFT, REQUEST, replace(PR, actor="Mallory"), LEGAL).accounts["x"].missing == ("PR",)
    assert stands(DRAFT, REQUEST, replace(PR, actor=" PAULA "), LEGAL).approved("x")
    assert not stands(DRAFT, REQUEST, replace(PR, role="marketing"), LEGAL).approved("x")
    named_later = CAMPAIGN.replace(reviewers={"legal": ("Someone",)})
    assert not stands(DRAFT, REQUEST, PR, LEGAL, campaign=named_later).approved("x")


def test_without_roles_one_approval_by_anyone_suffices() -> None:
    free = CAMPAIGN.replace(reviewers={})
    assert stands(DRAFT, REQUEST, campaign=free).accounts["x"].missing == ("",)
    assert stands(DRAFT, REQUEST, deed("approve", "Irgendwer"), campaign=free).approved("x")


def test_an_urgent_release_lets_it_out_and_says_so() -> None:
    urgent = deed("urgent release", "Chef", text="Rückruf läuft")
    found = stands(DRAFT, REQUEST, urgent)
    assert found.approved("x")
    assert found.accounts["x"].urgent is not None
    assert found.reason("x").text() == "Urgent release by Chef: Rückruf läuft"
    assert not stands(DRAFT.replace(text="neu"), REQUEST, urgent).approved("x")


def test_an_entry_that_was_tampered_with_does_not_count() -> None:
    entries = log([REQUEST, PR, LEGAL])
    forged = (entries[0], replace(entries[1], window=Window()), entries[2])
    found = state_of(DRAFT, forged, accounts=ACCOUNTS, campaign=CAMPAIGN)
    assert not found.approved("x")
    assert found.accounts["x"].tampered == (2,)
    assert "entry 2 of the sign-off log" in found.reason("x").text()
    loose = state_of(DRAFT, entries, accounts=ACCOUNTS, campaign=CAMPAIGN, unlinked=frozenset({3}))
    assert not loose.approved("x")


def test_comments_are_kept_in_order_and_change_nothing() -> None:
    comments = [deed("comment", "Leo", text="Eins"), deed("comment", "Anna", account="", text="Zwei")]
    found = stands(DRAFT, REQUEST, PR, *comments, LEGAL)
    assert [entry.text for entry in found.comments] == ["Eins", "Zwei"]
    assert found.approved("x")


def test_an_account_that_is_gone_is_passed_over() -> None:
    draft = DRAFT.replace(versions=(*DRAFT.versions, Version(account="gone")))
    assert set(stands(draft).accounts) == {"x", "m"}


def test_the_window_is_the_local_day_also_when_clocks_change() -> None:
    night = PLANNED.replace(day=25, month=10, hour=0, minute=30)  # 02:30 in Berlin, the hour that comes twice
    day = days_around(night, "Europe/Berlin")
    assert day.opens is not None
    assert day.closes is not None
    assert (day.closes - day.opens.astimezone(day.closes.tzinfo)).days == 0
    assert day.text("en", "Europe/Berlin") == "25 Oct 2026, 00:00 to 25 Oct 2026, 23:59"
    assert day.holds(night)
    assert not day.holds(night + timedelta(days=1))
    assert days_around(night, "Europe/Berlin", 3).holds(night + timedelta(days=3))
    assert days_around(None, "Europe/Berlin").open
    assert Window().holds(None)
    assert not Window(opens=PLANNED).holds(None)
