"""The planted effects, and that simple estimates find them again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from smmlib.practice.counts import day_shares, draw_days, draw_posts
from smmlib.practice.effects import ENGAGEMENTS, hours_of, read_effects, slot_of
from smmlib.practice.story import read_story

STORY, EFFECTS = read_story(), read_effects()
BERLIN = ZoneInfo("Europe/Berlin")
QUIET = [post for post in STORY.posts if not post.storm]
DRAWS = 200


def _post(key):
    return next(post for post in STORY.posts if post.key == key)


def test_expected_showings_are_the_product_of_the_factors() -> None:
    # Instagram 5200, carousel 1.3, Sunday 1.2, evening 1.35, Sunday evening 1.25
    assert EFFECTS.showings(_post("Kürbisrechnung/instagram")) == pytest.approx(13689.0)
    # Facebook 4800, reel 1.8, Tuesday 1.1, evening 1.35, the joke 3.6
    assert EFFECTS.showings(_post("Parklücke/facebook")) == pytest.approx(46189.44)


def test_rates_carry_pillar_and_hook() -> None:
    question = _post("Azubi Malik/team")  # Menschen 1.4, question 1.7
    assert EFFECTS.rate(question, "comments") == pytest.approx(0.006 * 1.4 * 1.7)
    assert EFFECTS.rate(question, "shares") == pytest.approx(0.003)
    assert EFFECTS.rate(_post("Herbst-Check/instagram"), "saves") == pytest.approx(0.005 * 2)


@pytest.mark.parametrize(
    ("hour", "name"), [(6, "morning"), (9, "morning"), (10, "midday"), (14, "afternoon"), (18, "evening")]
)
def test_hours(hour, name) -> None:
    assert hours_of(datetime(2026, 10, 5, hour, tzinfo=BERLIN)) == name


def test_slots() -> None:
    assert slot_of(datetime(2026, 10, 11, 19, tzinfo=BERLIN)) == "sunday evening"
    assert slot_of(datetime(2026, 10, 10, 9, tzinfo=BERLIN)) == "weekend morning"
    assert slot_of(datetime(2026, 10, 10, 19, tzinfo=BERLIN)) == ""


def test_showings_are_negative_binomial() -> None:
    """Mean mu, variance mu + mu² / shape (Hilbe 2011, Negative Binomial Regression, eq. 8.1)."""
    post, rng = _post("Kürbisrechnung/instagram"), np.random.default_rng(1)
    drawn = draw_posts([post] * 10_000, EFFECTS, rng)["shown"].to_numpy()
    mu = EFFECTS.showings(post)
    variance = mu + mu**2 / EFFECTS.dispersion.shown
    assert drawn.mean() == pytest.approx(mu, abs=4 * np.sqrt(variance / 10_000))
    assert drawn.var() == pytest.approx(variance, rel=0.07)


def test_regression_of_log_showings_finds_the_planted_factors() -> None:
    """Least squares on the log of 140 posts, without the storm; mean of 200 draws within 4 errors."""
    columns = _design()
    logs = [_log_showings(seed) for seed in range(DRAWS)]
    found = np.linalg.lstsq(np.column_stack(list(columns.values())), np.array(logs).T, rcond=None)[0]
    truth = _log_truth()
    for row, name in enumerate(columns):
        if name == "constant":
            continue
        error = found[row].std(ddof=1) / np.sqrt(DRAWS)
        assert found[row].mean() == pytest.approx(truth[name], abs=4 * error), name
        assert error < 0.03, name


@pytest.mark.parametrize(
    ("field", "value", "answer", "factor"),
    [("hook", "Frage", "comments", 1.7), ("pillar", "Tipps", "saves", 2.0), ("hook", "Frage", "shares", 1.0)],
)
def test_ratio_of_rates_finds_what_answers_depend_on(field, value, answer, factor) -> None:
    """Answers ÷ showings with and without the feature, at equal other features (their rates divided out)."""
    with_it = np.array([getattr(post, field) == value for post in QUIET])
    other = np.array([EFFECTS.rate(post, answer) for post in QUIET]) / np.where(with_it, factor, 1.0)
    ratios = []
    for seed in range(DRAWS):
        drawn = draw_posts(QUIET, EFFECTS, np.random.default_rng(seed))
        weight = drawn["shown"].to_numpy() * other
        rate = [drawn[answer].to_numpy()[rows].sum() / weight[rows].sum() for rows in (with_it, ~with_it)]
        ratios.append(rate[0] / rate[1])
    error = np.std(ratios, ddof=1) / np.sqrt(DRAWS)
    assert np.mean(ratios) == pytest.approx(factor, abs=4 * error + 0.01 * factor)


def test_half_comes_in_within_the_half_life() -> None:
    # published at midnight, half-life of a day: 1/2, 1/4, … of it, scaled to 1 after 14 days
    days, shares = day_shares(datetime(2026, 10, 5, tzinfo=BERLIN), 24.0, 14, date(2026, 12, 1))
    assert len(days) == 14
    assert shares == pytest.approx(0.5 ** np.arange(1, 15) / (1 - 0.5**14))


def test_the_long_sunday_of_the_clock_change_has_25_hours() -> None:
    _, shares = day_shares(datetime(2026, 10, 25, tzinfo=BERLIN), 25.0, 2, date(2026, 12, 1))
    assert shares[0] == pytest.approx(0.5 / (1 - 2 ** (-49 / 25)))


def test_days_add_up_to_the_final_figures() -> None:
    rng = np.random.default_rng(5)
    final = draw_posts(STORY.posts, EFFECTS, rng)
    days = draw_days(STORY.posts, final, EFFECTS, STORY.observed_until, rng)
    sums = days.groupby("key")[["shown", "engagements", "comments"]].sum().loc[final.index]
    assert (sums["shown"] == final["shown"]).all()
    assert (sums["comments"] == final["comments"]).all()
    assert (sums["engagements"] == final[list(ENGAGEMENTS)].sum(axis=1)).all()
    assert days["day"].max() <= STORY.observed_until


def test_the_storm_is_a_storm() -> None:
    posts = draw_posts(STORY.posts, EFFECTS, np.random.default_rng(2026))
    joke, other = posts.loc["Parklücke/facebook"], posts.loc["Verdeck im Härtetest/facebook"]
    assert joke["comments"] > 20 * other["comments"]
    assert joke["negative"] > 50 * max(other["negative"], 1)
    assert joke["reach"] > 2 * other["reach"]


def _design():
    rows = {"constant": np.ones(len(QUIET))}
    for name, levels in _levels().items():
        values = np.array([_features(post)[name] for post in QUIET])
        rows |= {f"{name} {level}": (values == level).astype(float) for level in levels[1:]}
    return rows


def _features(post):
    return {
        "account": post.account,
        "format": post.format,
        "weekday": str(post.at.isoweekday()),
        "hours": hours_of(post.at),
        "slot": slot_of(post.at),
    }


def _factors():
    shown = EFFECTS.shown
    return {
        "account": {name: readers.shown for name, readers in EFFECTS.accounts.items()},
        "format": shown.format,
        "weekday": shown.weekday,
        "hours": shown.hours,
        "slot": {"": 1.0, **shown.slot},
    }


def _levels():
    """Levels of each feature, the reference first."""
    return {name: list(factors) for name, factors in _factors().items()}


def _log_truth():
    return {
        f"{name} {level}": np.log(factor / next(iter(factors.values())))
        for name, factors in _factors().items()
        for level, factor in factors.items()
    }


def _log_showings(seed):
    return np.log(draw_posts(QUIET, EFFECTS, np.random.default_rng(seed))["shown"].to_numpy())
