"""Advice on designs: euro, weeks, and a recommendation that follows from them."""

from __future__ import annotations

import math

import pytest

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments import advise, plan_slots, plan_test

RATES = {"base_rate": 0.05, "lift": 0.2}


def test_cost_and_weeks_are_those_of_the_plans():
    found = advise("copy", **RATES, cpm=6.0, budget=50, posts_per_week=5, scatter=0.6, subscribers=9_000)
    people = plan_test(0.05, 0.2).trials
    assert found.option("paid").cost == pytest.approx(people / 1000 * 6)
    assert found.option("slots").weeks == math.ceil(plan_slots(0.6, 0.2).posts / 5)
    assert found.option("newsletter").units == people
    assert f"€{people * 6 / 1000:.2f}" in found.text("en")
    assert f"{people * 6 / 1000:.2f} €".replace(".", ",") in found.text("de").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("means", "way"),
    [
        pytest.param({"scatter": 0.15, "posts_per_week": 5}, "slots", id="calm posts decide by themselves"),
        pytest.param(
            {"scatter": 0.6, "posts_per_week": 5, "subscribers": 20_000}, "newsletter", id="newsletter"
        ),
        pytest.param({"scatter": 0.6, "posts_per_week": 5, "cpm": 6, "budget": 200}, "paid", id="paid"),
        pytest.param({"scatter": 0.6, "posts_per_week": 5, "subscribers": 4_000}, "pooling", id="pooling"),
        pytest.param({"scatter": 0.6, "posts_per_week": 5}, None, id="nothing decides"),
        pytest.param({}, None, id="nothing known"),
    ],
)
def test_the_way_that_can_decide_is_recommended(means, way):
    found = advise("copy", **RATES, **means)
    assert found.recommended == way
    assert found.to_frame()["recommended"].sum() == (way is not None)
    told = found.text("en").splitlines()[-1]
    assert told.startswith("Recommended:" if way else "Nothing can be recommended yet")


def test_where_all_is_known_and_nothing_decides_the_ways_in_which_it_fails_are_told():
    everything = {"scatter": 0.6, "posts_per_week": 5, "subscribers": 900, "cpm": 6, "budget": 20}
    found = advise("copy", **RATES, **everything, weeks=1)
    obstacles = {option.way: option.obstacle for option in found.options}
    assert obstacles == {
        "slots": "time",
        "newsletter": "subscribers",
        "paid": "budget",
        "pooling": "time",
        "history": "",
    }
    assert "None of these can decide this in 1 week:" in found.text("en")
    assert "In 1 Woche kann das keiner" in found.text("de")


def test_a_paid_split_goes_on_with_the_budget_of_the_next_month():
    option = advise("copy", **RATES, cpm=6.0, budget=50).option("paid")
    assert option.weeks == math.ceil(option.cost / 50 * 365.25 / 12 / 7) == 9
    assert option.decides
    assert not advise("copy", **RATES, cpm=6.0, budget=50, weeks=8).option("paid").decides


def test_more_time_or_money_lets_more_ways_decide():
    short = advise("style", **RATES, scatter=0.6, posts_per_week=5)
    assert advise("style", **RATES, scatter=0.6, posts_per_week=5, weeks=60).recommended == "slots"
    assert short.option("slots").decides is False


def test_a_policy_is_switched_never_split():
    found = advise("policy", **RATES, scatter=0.6, posts_per_week=10, weeks=30, subscribers=10**6)
    assert [option.way for option in found.options] == ["switchback", "history"]
    assert found.recommended == "switchback"
    assert found.option("switchback").units == found.option("switchback").weeks


def test_history_never_decides():
    for question in ("copy", "style", "policy"):
        option = advise(question, **RATES, weeks=1000).option("history")
        assert not option.decides
    assert "never what caused it" in advise("copy", **RATES).text("en")
    assert "nie die Ursache" in advise("copy", **RATES).text("de")


def test_too_small_a_budget_is_told_what_it_finds():
    found = advise("copy", **RATES, cpm=6.0, budget=20, weeks=3)
    assert found.recommended is None
    assert found.affordable_lift == pytest.approx(plan_test(0.05, 0.2).lift_with(20 / 6 * 1000))
    # a budget of less than a month is that of the month
    assert f"finds a lift of {found.affordable_lift:.0%}" in found.text("en")


def test_pooling_counts_the_people_it_takes():
    option = advise("style", **RATES, subscribers=2_000).option("pooling")
    assert option.units == option.tests * 2_000
    assert option.weeks == option.tests
    twice = advise("style", **RATES, subscribers=2_000, newsletters_per_week=2).option("pooling")
    assert twice.weeks == math.ceil(option.tests / 2)


def test_what_is_not_known_is_asked_for():
    text = advise("copy", **RATES).text("en")
    for wanted in ("how past posts scatter", "number of newsletter recipients", "CPM has to be known"):
        assert wanted in text


def test_means_out_of_range_are_refused():
    with pytest.raises(InvalidValueError, match=r"cpm is '6,00'; give a number"):
        advise("copy", **RATES, cpm="6,00")
    with pytest.raises(InvalidValueError, match=r"cpm is -1; give a number above 0"):
        advise("copy", **RATES, cpm=-1)
    with pytest.raises(UnknownNameError, match=r"Question 'text' is unknown"):
        advise("text", **RATES)
    with pytest.raises(UnknownNameError, match=r"Design 'slots' is unknown"):
        advise("policy", **RATES).option("slots")
    with pytest.raises(InvalidValueError, match=r"The base rate is 0"):
        advise("copy", base_rate=0, lift=0.2)
