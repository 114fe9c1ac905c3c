"""The test in matched slots: drawn before it was posted, one subject to a block, an outcome that is true."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from smmlib.drafting.variants import pair
from smmlib.experiments import compare_slots, counts_by_slot, review_history
from smmlib.practice import build_practice_company, practice_company
from smmlib.practice.effects import read_effects
from smmlib.practice.post import QUESTION, STATEMENT
from smmlib.practice.story import read_story

STORY, EFFECTS = read_story(), read_effects()
TEST = STORY.slot_test
ASSIGNMENT = TEST.assignment


def test_the_draw_is_as_it_was_drawn_and_older_than_its_slots() -> None:
    assert ASSIGNMENT.verify() == ()
    assert ASSIGNMENT.created_at < min(slot.start for slot in ASSIGNMENT.slots)
    assert read_story().slot_test.assignment == ASSIGNMENT


def test_twelve_blocks_of_like_slots_a_week_apart() -> None:
    slots = {number: [s for s in ASSIGNMENT.slots if s.block == number] for number in range(1, 13)}
    assert Counter(s.block for s in ASSIGNMENT.slots) == dict.fromkeys(slots, 2)
    for first, second in slots.values():
        assert (first.start + timedelta(weeks=1)).replace(tzinfo=None) == second.start.replace(tzinfo=None)
        assert {first.variant, second.variant} == {QUESTION, STATEMENT}
    orders = Counter(ASSIGNMENT.blocks().values())
    assert list(orders.values()) == [6, 6]


def test_the_texts_of_a_block_differ_in_their_opening_only() -> None:
    for block in range(1, 13):
        texts = {d.labels["variant"]: d.text for d in TEST.drafts if d.labels["block"] == str(block)}
        opened = {name: text.partition("\n\n") for name, text in texts.items()}
        assert opened[QUESTION][2] == opened[STATEMENT][2]
        found = pair(texts[QUESTION], texts[STATEMENT], factor="hook", levels=("question", "statement"))
        assert [f.text() for f in found.findings()] == []


def test_every_slot_has_its_post_at_its_time() -> None:
    posted = {(p.account, p.at): p.hook for p in STORY.posts if p.test}
    assert posted == {(s.account, s.start): s.variant for s in ASSIGNMENT.slots}
    assert len(posted) == len(TEST.drafts) == 24


def test_nothing_else_is_posted_on_that_page() -> None:
    assert {p.test for p in STORY.posts if p.account == "werkstatt"} == {"werkstatt-frage"}
    assert {p.account for p in STORY.posts if p.test} == {"werkstatt"}


def test_a_question_brings_more_clicks_on_this_page_only() -> None:
    rates = {p.hook: EFFECTS.rate(p, "link_clicks") for p in TEST.posts}
    assert rates[QUESTION] == pytest.approx(1.6 * rates[STATEMENT])
    elsewhere = {p.hook: EFFECTS.rate(p, "link_clicks") for p in STORY.posts if p.account == "facebook"}
    assert elsewhere[QUESTION] == elsewhere[STATEMENT]
    told = practice_company().truth["tests"]["werkstatt-frage"]
    assert told["rates"] == {STATEMENT: 0.024, QUESTION: 0.0384}
    assert told["assignment"] == ASSIGNMENT.id


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slots") / "made"
    with build_practice_company(folder, clock=lambda: datetime(2026, 11, 24, tzinfo=UTC)) as made:
        yield made


@pytest.mark.slow
def test_the_posts_give_every_slot_its_figures_and_a_true_winner(workspace) -> None:
    test = workspace.tests.get("werkstatt-frage")
    assignment = workspace.assignments.get(test.assignment)
    values = counts_by_slot(workspace.response.table(), assignment)
    assert list(values["posts"]) == [1] * 24
    assert (values[["trials", "successes"]] > 0).all(axis=None)
    assert test.metric == "link_clicks"
    assert {arm.variant for arm in test.arms} == set(values["variant"])
    assert {arm.trials for arm in test.arms} == {None}
    found = compare_slots(values, block="block", variant="variant", value="successes", trials="trials")
    assert (found.winner, found.blocks, found.exact) == (QUESTION, 12, True)
    assert found.smallest_p <= found.overall_p < 0.05
    row = found.pairs.iloc[0]
    assert 0 < row["low"] < 0.0144 < row["high"]  # the true difference, 3.84 % against 2.4 %


@pytest.mark.slow
def test_the_workspace_knows_the_draw_from_before_the_first_slot(workspace) -> None:
    history = workspace.assignments.history(ASSIGNMENT.id)
    assert [state.at for state in history] == [ASSIGNMENT.created_at]
    assert review_history(history) == ()
