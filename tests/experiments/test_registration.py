"""A plan that is kept before the test: what it allows at a look, and that a later change shows."""

from datetime import UTC, datetime

import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.experiments import Arm, CopyTest, plan_test, registered

AT = datetime(2026, 9, 7, 9, tzinfo=UTC)
TEXTS = {"A": "Ride home dry", "B": "Do you ride home dry?"}


def plan(**more):
    return registered(plan_test(0.05, 0.2), texts=TEXTS, at=AT, **more)


def counted(kept, trials=8158, clicks=(400, 490), **more):
    arms = [
        Arm(variant=name, text=text, trials=trials, successes=successes)
        for (name, text), successes in zip(TEXTS.items(), clicks, strict=True)
    ]
    return CopyTest(name="Headlines", plan=kept, arms=tuple(arms), **more)


def test_the_plan_is_what_was_planned_and_verifies():
    kept = plan()
    assert (kept.trials, kept.base_rate, round(kept.relative_lift, 12)) == (16316, 0.05, 0.2)
    assert kept.split() == {"A": 0.5, "B": 0.5}
    assert kept.verify() == ()


def test_it_is_the_same_after_it_was_written_and_read():
    test = counted(plan(looking="pocock", times=(0.5, 1.0)))
    again = CopyTest.from_json(test.model_dump_json())
    assert again == test
    assert again.plan.verify() == ()


@pytest.mark.parametrize(
    "change",
    [{"relative_lift": 0.1}, {"trials": 8000}, {"texts": {"A": "x", "B": "y"}}, {"looking": "pocock"}],
)
def test_a_later_change_shows_and_spoils_the_test(change):
    changed = plan().replace(**change)
    assert "changed after it was registered" in changed.verify()[0].text("en")
    result = counted(changed).compare()
    assert result.tests["decision"].tolist() == ["invalid"]
    assert "spoiled" in result.tests["reason"][0]


def test_a_text_that_was_changed_spoils_the_test():
    test = counted(plan())
    assert test.compare().tests["decision"].tolist() == ["winner"]
    changed = test.replace(arms=(test.arms[0].replace(text="Something else"), test.arms[1]))
    assert [caveat.kind for caveat in changed.doubts()] == ["text"]
    assert changed.compare().tests["decision"].tolist() == ["invalid"]


def test_one_look_is_judged_with_a_caveat_before_its_end():
    early = counted(plan(), trials=4000, clicks=(180, 260))
    assert [caveat.kind for caveat in early.doubts()] == ["early"]
    assert not early.between_looks


def test_between_two_looks_nothing_is_decided():
    kept = plan(looking="obrien-fleming", times=(0.5, 1.0))
    test = counted(kept, trials=4079, clicks=(150, 290))  # half of the plan, a huge difference
    assert test.between_looks
    waiting = test.compare()
    assert waiting.tests["decision"].tolist() == ["no decision"]
    assert "between two planned looks" in waiting.tests["reason"][0]
    looked = test.noted(AT, look=True)
    assert not looked.between_looks
    assert looked.compare().tests["winner"].tolist() == ["B"]


def test_a_look_is_judged_by_the_bound_of_its_share():
    kept = plan(looking="obrien-fleming", times=(0.5, 1.0))
    # z = 2.36 (pooled): beyond 1.96, within 2.963, the bound of the look at one half
    test = counted(kept, trials=4079, clicks=(190, 240)).noted(AT, look=True)
    assert test.look.bound(0.05) == pytest.approx(2.9626, abs=2e-3)  # gsDesign, sfLDOF at .5
    assert test.compare().tests["decision"].tolist() == ["no decision"]


def test_after_the_last_look_there_is_none():
    kept = plan(looking="pocock", times=(0.5, 1.0))
    test = counted(kept).noted(AT, look=True)
    later = test.replace(arms=tuple(arm.replace(trials=9000) for arm in test.arms))
    with pytest.raises(InvalidValueError, match="the look at 1 is the last"):
        later.noted(AT.replace(day=8), look=True)


def test_any_time_is_always_judged():
    test = counted(plan(looking="any time"), trials=2000, clicks=(100, 115))
    assert not test.between_looks
    assert test.compare().tests["decision"].tolist() == ["no decision"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"times": (0.5, 0.4, 1.0), "looking": "pocock"}, "rise"),
        ({"at": AT.replace(tzinfo=None)}, "time zone"),
    ],
)
def test_what_cannot_be_is_refused(change, words):
    with pytest.raises((InvalidRecordError, InvalidValueError), match=words):
        plan().replace(**change)
