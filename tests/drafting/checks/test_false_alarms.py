"""No check that is on speaks up without reason about more than one good post in twenty."""

from __future__ import annotations

import pytest

from smmlib.drafting import CHECKS
from tests.drafting.checks import false_alarms as alarms


def too_many(rows: list[alarms.Row]) -> dict[str, str]:
    return {row.check: f"{row.false_alarms:.1%}" for row in rows if row.on and row.false_alarms > alarms.MOST}


def test_german_posts_are_enough_and_for_every_form_of_address() -> None:
    posts = alarms.german_posts()
    assert len(posts) == len({post.text for post in posts}) >= 200
    assert {post.account.address for post in posts} == {"du", "Sie", "ihr", "neutral"}


@pytest.mark.slow
def test_few_false_alarms_on_german_posts() -> None:
    rows = alarms.rows(alarms.german_posts())
    assert [row.check for row in rows] == [check.id for check in CHECKS]
    assert too_many(rows) == {}


@pytest.mark.slow
def test_few_false_alarms_on_published_headlines() -> None:
    if not alarms.headlines():
        pytest.skip("the published headlines are not on this machine")
    assert len(alarms.headlines()) == 500
    assert too_many(alarms.rows(alarms.headlines())) == {}


@pytest.mark.slow
def test_few_false_alarms_of_the_spelling() -> None:
    posts = (*alarms.german_posts(), *alarms.headlines())
    speller = alarms.speller_of_this_machine(posts)
    if speller is None:
        pytest.skip("hunspell with a German and an English dictionary is not installed")
    for some in (alarms.german_posts(), alarms.headlines()):
        assert (
            not some or too_many([row for row in alarms.rows(some, speller) if row.check == "spelling"]) == {}
        )


def test_what_is_judged_is_there() -> None:
    texts = [post.text for post in (*alarms.german_posts(), *alarms.headlines())]
    if not alarms.headlines():
        pytest.skip("the published headlines are not on this machine")
    begun = [start for starts in alarms.judged().values() for start in starts]
    assert [start for start in begun if not any(text.startswith(start) for text in texts)] == []


def test_the_table_has_a_row_for_each_check() -> None:
    some = alarms.rows(alarms.german_posts()[:3])
    lines = alarms.markdown(some, []).splitlines()
    assert len(lines) == len(CHECKS) + 2
    assert "| address | on | 0.0% | 0.0% | – | – |" in lines
