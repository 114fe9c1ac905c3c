"""The plan and the costs of the practice company: readable, and with the lesson that was planted."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from smmlib.planning import control_board, suggest_booking_mapping
from smmlib.practice import practice_company
from smmlib.practice.control_story import SPEND_FILE, control_story

UNTIL = date(2026, 11, 22)
CONTROL = practice_company().control


@pytest.fixture(scope="module")
def board():
    bookings = [booking for sheet in CONTROL.sheets() for booking in sheet.bookings]
    rng = np.random.default_rng(1)
    return control_board(CONTROL.plan, bookings, CONTROL.results, on=UNTIL, rng=rng, rates=CONTROL.rates)


def test_the_same_seed_draws_the_same_and_another_seed_only_other_costs() -> None:
    assert practice_company().control == CONTROL
    other = control_story(UNTIL, ZoneInfo("Europe/Berlin"), np.random.default_rng(7))
    assert (other.plan, other.rates, other.truth) == (CONTROL.plan, CONTROL.rates, CONTROL.truth)
    same = {file.name for file in other.files if file in CONTROL.files}
    assert same == {file.name for file in CONTROL.files} - {SPEND_FILE}


def test_it_belongs_to_a_campaign_and_accounts_of_the_company() -> None:
    company = practice_company()
    assert CONTROL.plan.campaign in {campaign.id for campaign in company.campaigns}
    accounts = {channel.account for channel in CONTROL.plan.current.channels} - {""}
    assert accounts <= {account.id for account in company.accounts}


def test_every_heading_of_the_files_is_understood() -> None:
    for file in CONTROL.files:
        headings = file.content.decode("utf-8-sig").splitlines()[0].split(";")
        assert set(suggest_booking_mapping(headings).columns) == set(headings), file.name


def test_the_documents_have_what_a_controller_meets(board) -> None:
    bookings = [booking for sheet in CONTROL.sheets() for booking in sheet.bookings]
    assert {booking.kind for booking in bookings} == {
        "invoice", "credit note", "commitment", "spend", "hours",
    }  # fmt: skip
    assert {booking.currency for booking in bookings} == {"EUR", "CHF", "USD"}
    assert any(booking.late for booking in bookings)
    assert board.lines["radio"].commitment == Decimal("550.00")
    assert board.lines["zeitung"].commitment == 0  # billed too much, and credited
    assert board.lines[""].actual == Decimal("85.00")


def test_the_board_finds_what_was_planted(board) -> None:
    truth = CONTROL.truth
    estimate = board.estimates[truth["line"]]
    assert estimate.low <= Decimal(str(truth["expected_at_the_end"])) <= estimate.high
    assert estimate.low > Decimal(truth["planned"])
    assert estimate.forecast.linear < estimate.estimate
    kinds = {alert.kind for alert in board.alerts}
    assert kinds == {"overspend", "no data", "late invoice"}
    assert {light.light for light in board.lights} >= {"green", "amber", None}
