"""Estimate at completion: what is reckoned by hand, what always holds, how often the interval is right."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.validation.pacing import CAMPAIGNS, measured
from smmlib.errors import InvalidValueError
from smmlib.planning import forecast
from smmlib.planning.level import dispersion_of, read_level, weekday_factors, weekdays

FIRST = date(2026, 3, 2)  # a Monday
LAST = FIRST + timedelta(days=27)


def told(values, last=LAST, seed=1, **more):
    values = [Decimal(str(v)) for v in values]
    return forecast(values, first=FIRST, last=last, rng=np.random.default_rng(seed), **more)


@pytest.mark.slow
@pytest.mark.parametrize("spend", [True, False], ids=["spend", "results"])
def test_the_interval_at_half_time_holds_as_often_as_it_says(spend):
    """500 campaigns with weekday pattern, overdispersion and a change on the way."""
    at_half = measured(CAMPAIGNS, 20_260, spend=spend)
    assert 0.75 <= at_half.inside / CAMPAIGNS <= 0.85
    assert at_half.error < at_half.linear_error - 3 * at_half.standard_error


def test_an_even_flight_is_linear():
    even = told([100] * 14)
    assert even.linear == 2800
    assert abs(even.estimate - 2800) < 60
    assert even.low < 2800 < even.high


def test_a_weekday_pattern_is_seen_where_linear_pacing_errs():
    week = [150, 150, 150, 150, 150, 25, 25]  # 800 a week
    seen = told(week * 2 + week[:5])  # until a Friday, so working days weigh too much
    assert seen.linear == round(Decimal(2350) * 28 / 19)  # 3,463 instead of 3,200
    assert abs(seen.estimate - 3200) < Decimal("0.6") * abs(seen.linear - 3200)
    assert seen.factors[0] > 1.1
    assert seen.factors[6] < 0.7
    assert np.mean(seen.factors) == pytest.approx(1)


def test_a_change_of_level_is_followed():
    doubled = told([100] * 10 + [200] * 8)
    assert abs(doubled.estimate - (1000 + 18 * 200)) < 350
    assert doubled.linear == round(Decimal(2600) * 28 / 18)


def test_holidays_behave_like_sundays():
    week = [150, 150, 150, 150, 150, 25, 25]
    free = [FIRST + timedelta(days=i) for i in (21, 22, 23)]
    assert told(week * 3, holidays=free).estimate < told(week * 3).estimate - 150


def test_dispersion_of_poisson_figures_is_one():
    random = np.random.default_rng(5)
    found = [dispersion_of(random.poisson(200, 56).astype(float), np.ones(56)) for _ in range(200)]
    assert np.mean(found) == pytest.approx(
        56 / (56 - 6 * (2 * 0.8 - 0.64)), rel=0.05
    )  # as if factors were learned


def test_weekday_factors_by_hand():
    values = np.array([70.0] * 28)
    assert weekday_factors(values, weekdays(FIRST, 28)) == pytest.approx(np.ones(7))
    assert weekdays(FIRST, 3, [FIRST + timedelta(days=1)]).tolist() == [0, 6, 2]


def test_the_level_weighs_how_long_it_has_lasted():
    random = np.random.default_rng(2)
    days = np.concatenate([random.poisson(50, 20), random.poisson(120, 20)]).astype(float)
    level = read_level(days, weekdays(FIRST, 40), hazard=0.03)
    assert level.weights.sum() == pytest.approx(1)
    assert abs(int(level.starts[level.weights.argmax()]) - 20) <= 1
    best = level.weights.argmax()
    assert level.dispersion * level.shape[best] / level.rate[best] == pytest.approx(120, rel=0.1)


def test_the_weights_are_those_of_the_recursion_day_by_day():
    """Adams and MacKay (2007), algorithm 1, with the negative binomial that a gamma prior leads to."""
    from scipy.stats import nbinom

    counts, hazard = [3, 5, 4, 9, 11, 8, 10], 0.1
    level = read_level(counts, np.zeros(7, dtype=np.intp), hazard=hazard)
    expected, scale = level.factors[0], level.dispersion
    shapes, rates, weights = [], [], []
    mean = np.mean(counts) / scale
    for day, count in enumerate(np.array(counts) / scale):
        weights = [w * (1 - hazard) for w in weights] + [hazard if day else 1.0]
        shapes, rates = [*shapes, max(mean / 2, 0.5)], [*rates, max(mean / 2, 0.5) / mean]
        told_by = [
            nbinom_density(nbinom, count, shape, rate, expected)
            for shape, rate in zip(shapes, rates, strict=True)
        ]
        weights = [w * p for w, p in zip(weights, told_by, strict=True)]
        weights = [w / sum(weights) for w in weights]
        shapes, rates = [s + count for s in shapes], [r + expected for r in rates]
    assert level.weights == pytest.approx(weights)
    assert level.shape == pytest.approx(shapes)
    assert level.rate == pytest.approx(rates)


def nbinom_density(nbinom, count, shape, rate, expected):
    """Negative binomial at a count that need not be whole; what all shapes share is left out."""
    from scipy.special import gamma

    share = rate / (rate + expected)
    assert nbinom.pmf(3, shape, share) == pytest.approx(
        gamma(shape + 3) / gamma(shape) / 6 * share**shape * (1 - share) ** 3
    )
    return gamma(shape + count) / gamma(shape) * share**shape * (1 - share) ** count


FIGURES = st.lists(st.decimals(0, 5000, places=2), min_size=7, max_size=28).filter(any)


@settings(max_examples=40)
@given(values=FIGURES, seed=st.integers(0, 99))
def test_what_always_holds(values, seed):
    seen = forecast(values, first=FIRST, last=LAST, rng=np.random.default_rng(seed), currency="EUR")
    assert seen.so_far == sum(values)
    assert seen.so_far <= seen.low <= seen.estimate <= seen.high
    assert all(isinstance(v, Decimal) for point in seen.path for v in point)
    assert seen.estimate == seen.estimate.quantize(Decimal("0.01"))
    assert len(seen.path) == 28 - len(values)
    for before, after in zip(seen.path, seen.path[1:], strict=False):
        assert all(a <= b for a, b in zip(before, after, strict=True))  # sums never fall
    again = forecast(values, first=FIRST, last=LAST, rng=np.random.default_rng(seed), currency="EUR")
    assert again == seen


def test_a_finished_flight_is_what_it_was():
    done = told([100.5] * 28, currency="EUR")
    assert done.low == done.estimate == done.high == Decimal("2814.0")
    assert done.path == ()


def test_the_final_sum_is_the_same_with_and_without_the_daily_path():
    values = [int(v) for v in np.random.default_rng(1).poisson(60, 14)]
    whole, quick = told(values), told(values, daily=False)
    assert (quick.estimate, quick.low, quick.high) == (whole.estimate, whole.low, whole.high)
    assert quick.path == whole.path[-1:]
    assert quick.to_frame()["day"].tolist() == [LAST]


def test_changes_to_come_are_added_up_as_day_by_day():
    from smmlib.planning.forecasting import DRAWS, _changes, _whole

    rng = np.random.default_rng(4)
    factors = rng.uniform(0.5, 1.5, 40)
    changes = _changes(40, 0.05, rng)
    steps = np.zeros((DRAWS, 40))
    np.add.at(steps, (changes.draw, changes.day), changes.step)
    assert _whole(factors, changes) == pytest.approx((np.exp(steps.cumsum(axis=1)) * factors).sum(axis=1))
    assert np.bincount(changes.draw, minlength=DRAWS).mean() == pytest.approx(2, rel=0.1)  # 40 × 0.05


def test_a_wider_level_gives_a_wider_interval():
    random = np.random.default_rng(1)
    values = [int(v) for v in random.poisson(60, 14)]
    narrow, wide = told(values, level=0.5), told(values, level=0.95)
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(
    ("values", "more", "reason"),
    [
        ([5] * 6, {}, "6 days of figures in a flight of 28 days"),
        ([5] * 29, {}, "29 days of figures"),
        ([0] * 10, {}, "one of them above 0"),
        ([5] * 9 + [-1], {}, "at least 0"),
        ([5] * 9, {"level": 1}, "level is 1; it must lie between 0 and 1"),
        ([5] * 9, {"level": 0}, "level is 0"),
    ],
)
def test_what_cannot_be_forecast(values, more, reason):
    with pytest.raises(InvalidValueError, match=reason):
        told(values, **more)


def test_in_words_and_as_a_table():
    seen = told([100] * 14, currency="EUR")
    assert seen.text("de").startswith("Hochrechnung auf den 29.03.2026: 2.")
    assert "mit 80\u00a0% Wahrscheinlichkeit zwischen" in seen.text("de")
    assert "with 80% probability between" in seen.text()
    frame = seen.to_frame()
    assert frame.columns.tolist() == ["day", "estimate", "low", "high"]
    assert frame["day"].tolist()[0] == FIRST + timedelta(days=14)
    assert frame["estimate"].tolist()[-1] == seen.estimate
