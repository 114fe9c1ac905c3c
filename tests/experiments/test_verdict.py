import pandas as pd
import pytest

from smmlib.errors import UnknownNameError
from smmlib.experiments import compare

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}
CLEAR = [("T", "A", 10000, 300), ("T", "B", 10000, 600)]
CLOSE = [("U", "A", 1000, 30), ("U", "B", 1000, 31)]
BROKEN = [("V", "A", 12000, 300), ("V", "B", 10000, 600)]
FAULTY = [("W", "A", 100, 300), ("W", "B", 10000, 600)]


def verdict(rows, language="en", test=None, **settings):
    table = pd.DataFrame(rows, columns=["test", "variant", "trials", "successes"])
    return compare(table, **NAMES, **settings).verdict(language, test)


def test_a_winner_is_named_with_rates_difference_and_interval():
    assert verdict(CLEAR).startswith(
        "B wins. B had 6.00%, A had 3.00%: a difference of +3.00 percentage points "
        "(95% interval +2.43 to +3.58)."
    )
    assert verdict(CLEAR, "de").startswith(
        "B ist Sieger. B erreicht 6,00\u00a0%, A 3,00\u00a0%: ein Unterschied von +3,00 Prozentpunkten"
    )


def test_only_chance_lets_the_variant_take_the_credit():
    assert "put down to the variant" in verdict(CLEAR)
    platform = verdict(CLEAR, design="platform")
    assert "creative and delivery" in platform
    assert "put down to the variant" not in platform
    history = verdict(CLEAR, design="history")
    assert "wins" not in history
    assert "association, not proof" in history
    slots = verdict(CLEAR, design="slots")
    assert slots.startswith("No decision")
    assert "compare the pairs" in slots


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("design", ["randomised", "platform", "slots", "history"])
@pytest.mark.parametrize("rows", [CLEAR, CLOSE, BROKEN, FAULTY])
def test_every_design_and_outcome_has_words(rows, design, language):
    words = verdict(rows, language, design=design)
    assert len(words) > 40
    assert "{" not in words
    assert "nan" not in words


def test_a_broken_split_says_what_was_seen_and_what_to_do():
    words = verdict(BROKEN)
    assert words.startswith("Not usable: the split is broken.")
    assert "A 54.5%, B 45.5%" in words
    assert "p < 0.001" in words


def test_faulty_counts_name_the_row_as_a_person_counts_it():
    assert verdict(FAULTY).startswith("Not usable. A, row 1: There are more successes than trials.")
    assert verdict(FAULTY, "de").startswith("Nicht brauchbar. A, Zeile 1: Es gibt mehr Reaktionen")


def test_many_tests_are_summed_up():
    assert verdict(CLEAR + CLOSE + BROKEN + FAULTY) == (
        "4 tests compared. 1 has a winner. 1 is undecided. 1 is not usable because its split is broken. "
        "1 is not usable because its counts are faulty."
    )
    assert verdict(CLEAR + CLOSE, "de", design="history").startswith(
        "2 Tests verglichen. 1 zeigt einen Zusammenhang"
    )
    assert verdict(CLEAR + CLOSE, test="U").startswith("No decision yet. B had 3.1%")


def test_dispersion_and_looks_are_mentioned():
    words = verdict(CLEAR, dispersion=1.8, looks=4)
    assert "The counts have 1.80 times the variance" in words
    assert "allow for 4 planned looks" in words


def test_a_lead_that_is_not_over_every_arm_is_not_a_win():
    rows = [("T", "A", 1000, 20), ("T", "B", 1000, 75), ("T", "C", 1000, 80)]
    assert verdict(rows).startswith("No decision yet. C had 8.0%, B had 7.5%")


def test_a_control_that_wins_is_set_against_the_best_other_arm():
    rows = [("T", "A", 1000, 100), ("T", "B", 1000, 50), ("T", "C", 1000, 40)]
    words = verdict(rows, control="A")
    assert words.startswith("A wins. A had 10.0%, B had 5.0%: a difference of +5.0 percentage points")
    assert "interval +2.7" in words


def test_an_unknown_test_is_named():
    with pytest.raises(UnknownNameError, match=r"Test 'X' is unknown.*'T', 'U'"):
        verdict(CLEAR + CLOSE, test="X")
