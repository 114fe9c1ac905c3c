import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import compare_rates, guardrails

COLUMNS = {"test": "test", "variant": "variant"}


def table(**counts):
    size = len(next(iter(counts.values())))
    return pd.DataFrame({"test": "T", "variant": list("ABCD")[:size], "shown": 10_000, **counts})


def guarded(frame, metrics=("hidden",), **terms):
    named = {name: name for name in metrics}
    return guardrails(frame, **COLUMNS, trials="shown", metrics=named, control="A", **terms)


def states(result):
    return dict(zip(result.arms["variant"] + " " + result.arms["metric"], result.arms["state"], strict=True))


def test_harm_safety_and_doubt_are_told_apart():
    frame = table(hidden=[100, 160, 95], unfollows=[5000, 5000, 6])
    found = states(guarded(frame, ("hidden", "unfollows")))
    assert found == {
        "B hidden": "harmed",
        "C hidden": "unclear",
        "B unfollows": "safe",
        "C unfollows": "safe",
    }


def test_p_is_the_one_sided_score_test_corrected_by_holm():
    # Pooled z test of 20/300 against 21/298: two-sided p = 0.854006, so 0.427003 on one side.
    frame = pd.DataFrame({"test": "T", "variant": ["A", "B"], "shown": [300, 298], "hidden": [20, 21]})
    assert guarded(frame).arms["p_harm"].tolist() == pytest.approx([0.427003], abs=5e-7)
    twice = guarded(frame.assign(again=frame["hidden"]), ("hidden", "again"))
    assert twice.arms["p_harm"].tolist() == pytest.approx([0.854006, 0.854006], abs=5e-7)


def test_nothing_counted_is_no_proof_of_safety():
    assert states(guarded(table(hidden=[0, 0]))) == {"B hidden": "unclear"}


def test_dispersion_takes_certainty_away():
    frame = table(hidden=[100, 160])
    assert states(guarded(frame)) == {"B hidden": "harmed"}
    assert states(guarded(frame, dispersion=6.0)) == {"B hidden": "unclear"}


def test_faulty_rows_are_listed_and_the_rest_is_judged():
    frame = pd.concat([table(hidden=[100, 160]), table(hidden=[1, -2]).assign(test="U")])
    result = guarded(frame)
    assert result.problems["test"].tolist() == ["U"]
    assert result.arms["test"].tolist() == ["T"]


def test_the_words_name_what_is_harmed_and_never_call_doubt_safe():
    text = guarded(table(hidden=[100, 160, 95])).text("en")
    assert "Harm against A is shown for B: hidden" in text
    assert "Too few cases to say whether C: hidden" in text
    assert "Schaden" in guarded(table(hidden=[100, 160])).text("de")


def test_what_does_not_fit_is_refused():
    frame = table(hidden=[1, 2])
    with pytest.raises(InvalidValueError, match="margin of a guardrail is 0"):
        guarded(frame, margin=0)
    with pytest.raises(MissingColumnError, match="unfollowed"):
        guarded(frame, ("unfollowed",))
    with pytest.raises(UnknownNameError, match="'Z' is unknown"):
        guardrails(frame, **COLUMNS, trials="shown", metrics={"h": "hidden"}, control="Z")


def test_several_rates_are_corrected_for_their_number():
    frame = table(clicks=[500, 560], shares=[100, 130], saves=[50, 50])
    rates = {name: ("shown", name) for name in ("clicks", "shares", "saves")}
    result = compare_rates(frame, metrics=rates, primary="shares", **COLUMNS)
    assert result.decisive.arms["p_value"][0] == pytest.approx(0.04663, abs=5e-6)  # z = 1.98957 by hand
    of_b = result.arms[result.arms["variant"] == "B"].set_index("metric")
    assert of_b.at["clicks", "p_all"] == pytest.approx(
        max(2 * of_b.at["clicks", "p_value"], 3 * of_b["p_value"].min()), rel=1e-6
    )
    assert "corrected for 3 rates" in result.text("en")


@pytest.mark.slow
def test_with_no_difference_five_percent_of_tests_find_any_rate_at_most():
    draw, tests = np.random.default_rng(8), 4000
    names = ("clicks", "shares", "saves", "comments", "reactions")
    frame = pd.DataFrame({"test": np.repeat(np.arange(tests), 2), "variant": np.tile(["A", "B"], tests)})
    frame["shown"] = 20_000
    for name in names:
        frame[name] = draw.binomial(20_000, 0.02, 2 * tests)
    result = compare_rates(frame, metrics={name: ("shown", name) for name in names}, **COLUMNS)
    any_found = (result.arms["p_all"] < 0.05).groupby(result.arms["test"]).any().mean()
    assert any_found <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / tests)


def test_no_rate_and_an_unknown_primary_are_refused():
    with pytest.raises(InvalidValueError, match="No metric is given"):
        compare_rates(table(clicks=[1, 2]), metrics={}, **COLUMNS)
    with pytest.raises(UnknownNameError, match="'click' is unknown"):
        compare_rates(
            table(clicks=[1, 2]), metrics={"clicks": ("shown", "clicks")}, primary="click", **COLUMNS
        )
