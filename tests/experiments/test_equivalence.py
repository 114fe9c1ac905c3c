import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from smmlib.errors import InvalidValueError
from smmlib.experiments import compare
from smmlib.intervals import lift_limits, log_ratio

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}


def table(*arms):
    rows = [("T", chr(65 + i), n, x) for i, (x, n) in enumerate(arms)]
    return pd.DataFrame(rows, columns=list(NAMES))


def decision(*arms, **terms):
    return compare(table(*arms), **NAMES, **terms).tests.at[0, "decision"]


def test_interval_of_a_ratio_7_of_34_against_1_of_34():
    # Perondi et al. (2004), as worked by Fagerland, Lydersen and Laake (2015), Stat. Methods Med. Res.
    # 24:224-254: risk ratio 7.0, Katz log interval 0.91 to 54.
    low, high = lift_limits((7, 34), (1, 34))
    assert (1 + low, 1 + high) == (pytest.approx(0.91, abs=5e-3), pytest.approx(53.9, abs=5e-2))


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_a_ratio_always_exists_and_turns_round_with_its_arms(x, n, y, m):
    own, other = (min(x, n), n), (min(y, m), m)
    ratio, error = log_ratio(own, other)
    back, same = log_ratio(other, own)
    assert np.isfinite(ratio)
    assert error > 0
    assert (back, same) == (pytest.approx(-ratio), pytest.approx(error))


def test_two_one_sided_tests_are_the_interval_of_90_percent_inside_the_bounds():
    # Westlake's and Schuirmann's rule: equivalent at 5 % when the 90 % interval lies inside.
    for x in range(960, 1100, 5):
        low, high = lift_limits((x, 20_000), (1000, 20_000), confidence=0.9)
        inside = bool(low > 1 / 1.1 - 1 and high < 0.1)
        assert (decision((x, 20_000), (1000, 20_000), smallest_lift=0.1) == "no difference") == inside


def test_a_test_may_end_without_a_winner():
    assert decision((5000, 100_000), (5010, 100_000)) == "no decision"
    assert decision((5000, 100_000), (5010, 100_000), smallest_lift=0.1) == "no difference"
    assert decision((50, 1000), (51, 1000), smallest_lift=0.1) == "no decision"


def test_a_clear_difference_that_is_not_worth_it_is_no_winner():
    arms = (50_000, 1_000_000), (51_000, 1_000_000)
    assert decision(*arms) == "winner"
    result = compare(table(*arms), **NAMES, smallest_lift=0.1)
    assert result.tests.at[0, "decision"] == "no difference"
    assert pd.isna(result.tests.at[0, "winner"])
    assert "less than would be worth" in result.tests.at[0, "reason"]


def test_one_pair_that_differs_keeps_the_test_open():
    alike = (5000, 100_000), (5010, 100_000)
    assert decision(*alike, (5900, 100_000), smallest_lift=0.1) == "winner"
    assert decision(*alike, (5390, 100_000), smallest_lift=0.1, dispersion=9.0) == "no decision"


def test_a_broken_split_is_never_alike():
    assert decision((5000, 100_000), (5500, 110_000), smallest_lift=0.1) == "invalid"


def test_dispersion_and_looks_make_it_harder():
    arms = (5000, 100_000), (5010, 100_000)
    assert decision(*arms, smallest_lift=0.045) == "no difference"
    assert decision(*arms, smallest_lift=0.045, dispersion=3.0) == "no decision"
    assert decision(*arms, smallest_lift=0.045, looks=20) == "no decision"


@pytest.mark.slow
def test_variants_on_the_edge_are_called_alike_in_five_percent_of_tests():
    draw, tests = np.random.default_rng(3), 20_000
    n = 60_000
    x, y = draw.binomial(n, 0.05, tests), draw.binomial(n, 0.055, tests)
    frame = pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), 2),
            "variant": np.tile(["A", "B"], tests),
            "trials": n,
            "successes": np.stack([x, y], axis=1).ravel(),
        }
    )
    alike = compare(frame, **NAMES, smallest_lift=0.1).tests["decision"].eq("no difference").mean()
    assert alike == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / tests))


@pytest.mark.parametrize("lift", [0, -0.1, 1.5, float("nan"), "5 %", True])
def test_a_lift_outside_its_range_is_refused(lift):
    if lift is True:
        lift = np.inf
    with pytest.raises(InvalidValueError, match="smallest lift worth acting on"):
        compare(table((5, 100), (6, 100)), **NAMES, smallest_lift=lift)


def test_every_pair_has_its_row_and_the_stronger_variant_comes_first():
    result = compare(table((120, 1000), (100, 1000), (150, 1000)), **NAMES, adjust="hochberg")
    pairs = result.all_pairs()
    assert list(zip(pairs["variant"], pairs["other"], strict=True)) == [("A", "B"), ("C", "A"), ("C", "B")]
    assert (pairs["diff"] >= 0).all()
    p = [2 * norm.sf(z(*counts)) for counts in (((120, 1000), (100, 1000)), ((150, 1000), (120, 1000)))]
    assert pairs["p_value"][:2].tolist() == pytest.approx(p)
    assert (pairs["p_adjusted"] >= pairs["p_value"]).all()
    assert (pairs["lift_low"] < pairs["lift"]).all()
    assert (pairs["lift"] < pairs["lift_high"]).all()


def z(own, other):
    (x, n), (y, m) = own, other
    pooled = (x + y) / (n + m)
    return abs(x / n - y / m) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))


def test_pairs_of_posts_have_no_p_value():
    pairs = compare(table((120, 1000), (100, 1000)), **NAMES, design="slots").all_pairs()
    assert pairs["p_value"].isna().all()
    assert pairs["diff"].tolist() == pytest.approx([0.02])


def test_the_score_interval_is_there_when_asked_for():
    result = compare(table((56, 70), (48, 80)), **NAMES, interval="score")
    # Miettinen and Nurminen (1985): restricted likelihood solved by brute force.
    assert result.arms.loc[0, ["low", "high"]].tolist() == pytest.approx([0.0528, 0.3382], abs=5e-5)
