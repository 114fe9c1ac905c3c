import re

import numpy as np
import pytest

from smmlib.experiments import Arm, CopyTest, what_works
from smmlib.experiments.learning import LEAST, effect_name

ENDS = {"question": " Wann fährst du?", "statement": " Wir fahren jetzt."}


def made(count, lift, *, seed=1, metric="link_clicks", design="randomised", levels=True):
    """Tests of a question against a statement; questions do better by `lift` (log)."""
    random = np.random.default_rng(seed)
    tests = []
    for number in range(count):
        rate = 0.03 * np.exp(random.normal(0, 0.3))
        arms = [
            Arm(
                variant=name,
                text=f"Das Rad {number % 7}." + end,
                trials=8_000,
                successes=int(random.binomial(8_000, rate * np.exp(lift * (level == "question")))),
                levels={"hook": level} if levels else {},
            )
            for name, (level, end) in zip("AB", ENDS.items(), strict=True)
        ]
        tests.append(CopyTest(name=f"Test {number}", metric=metric, design=design, arms=arms))
    return tests


def test_a_hook_that_works_is_found_and_said():
    found = what_works(made(30, 0.2), "de")
    first = found.effects.iloc[0]
    assert (first["source"], first["factor"], first["metric"]) == ("design", "hook", "link_clicks")
    assert (first["level"], first["against"]) == ("statement", "question")
    assert np.log1p(first["lift"]) == pytest.approx(-0.2, abs=0.04)
    words = found.text("de")
    assert words.startswith("Aus 3")
    assert "Hook: Aussage statt Frage: -1" in words or "Aussage statt Frage" in words
    assert "statement rather than question" in found.text("en")
    assert "Link-Klicks" in words


def test_gains_and_losses_have_their_sign_in_the_next_test_too():
    gain = what_works(made(30, -0.2), "en").text("en")
    assert re.search(r"\+2\d(\.\d)?% Link clicks .* in a single one \+\d+% to \+\d+%", gain)


def test_a_feature_that_changes_with_a_level_is_not_counted_twice():
    found = what_works(made(20, 0.2), "de").effects
    assert list(found["factor"]).count("hook") == 1
    assert "question" not in set(found["factor"])  # every question is the level, too


def test_without_levels_the_texts_speak_and_the_words_warn():
    found = what_works(made(30, 0.3, levels=False), "de")
    assert set(found.effects["source"]) == {"text"}
    assert "test variants that differ in nothing else" in found.text("en")


def test_history_slots_and_broken_tests_are_left_out_and_counted():
    good = made(LEAST + 15, 0.2)
    broken = good[0].replace(name="Broken", arms=(good[0].arms[0].replace(trials=5_000), good[0].arms[1]))
    half = CopyTest(name="Half typed", arms=[Arm(variant="A"), Arm(variant="B")])
    mixed = [*good, *made(2, 0.2, design="history"), broken, half]
    found = what_works(mixed, "de")
    assert found.tests == what_works(good, "de").tests
    assert {"Broken", "Half typed", "Test 0", "Test 1"} <= set(found.aside["test"])
    assert "were left out" in found.text("en")


def test_metrics_are_not_mixed():
    both = [*made(12, 0.2), *made(12, -0.2, seed=2, metric="comments")]
    effects = what_works(both, "de").effects
    hook = effects[effects["factor"] == "hook"].set_index("metric")["lift"]
    assert hook["link_clicks"] < 0 < hook["comments"]


def test_nothing_is_said_from_too_little():
    for few in ([], made(LEAST - 2, 0.5)):
        found = what_works(few, "en")
        assert found.to_frame().empty
        assert found.text("en").startswith("Nothing can be said yet")
    alike = what_works(made(40, 0.0, seed=5), "en")
    assert "No factor has a clear effect so far." in alike.text("en")


def test_texts_that_are_missing_leave_the_levels_to_speak():
    bare = [test.replace(arms=tuple(arm.replace(text="") for arm in test.arms)) for test in made(15, 0.3)]
    assert set(what_works(bare, "de").effects["factor"]) == {"hook"}


def test_a_teams_own_factor_keeps_its_name():
    row = {"factor": "Rabatt", "level": "mit", "against": "ohne"}
    assert effect_name(row, "de") == "Rabatt: mit statt ohne"
    assert effect_name({"factor": "negative", "level": "", "against": ""}, "de") == "jedes negative Wort"
