import pytest

from smmlib.errors import InvalidRecordError, UnknownNameError
from smmlib.metrics import breaks_of, load_metrics, passport

ALL = load_metrics()
NAMED_IN_THE_DESIGN = (  # noqa: SIM905
    "impressions views reach engagements reactions likes comments shares saves clicks link_clicks "
    "video_views watch_time_s completions follows unfollows followers profile_visits negative_feedback "
    "spend revenue results conversions"
).split()


def test_every_metric_of_the_response_table_has_a_passport():
    assert set(NAMED_IN_THE_DESIGN) <= set(ALL)


@pytest.mark.parametrize("metric", ALL.values(), ids=ALL.keys())
def test_passport_is_whole_and_in_both_languages(metric):
    for words in (metric.name, metric.formula):
        assert set(words) == {"de", "en"}
        assert all(words.values())
    assert set(metric.note) in (set(), {"de", "en"})
    assert all(set(cut.note) == {"de", "en"} for cut in metric.breaks)
    if metric.combine == "rate":
        assert {metric.numerator, metric.denominator} <= set(ALL)
    assert {part for group in metric.parts for part in group} <= set(ALL)


def test_rates_with_another_denominator_are_other_metrics():
    denominators = {ALL[m].denominator for m in ALL if m.startswith("engagement_rate")}
    assert denominators == {"impressions", "views", "reach", "followers"}


def test_reach_may_not_be_added_and_says_so():
    reach = passport("reach")
    assert not reach.additive
    assert "from the largest to the sum" in reach.text("en")
    assert "vom größten Wert bis zur Summe" in reach.text("de")
    assert passport("impressions").additive


def test_text_names_formula_denominator_and_break():
    text = passport("engagement_rate_reach").text("de")
    assert "Formel: Interaktionen ÷ Reichweite." in text
    assert "Nenner: Reichweite." in text
    assert "15 Jun 2026" in passport("reach").text("en")


def test_a_rate_inherits_the_breaks_of_both_its_counts():
    on = [cut.on.isoformat() for cut in breaks_of(passport("frequency"), "facebook")]
    assert on == ["2024-11-01", "2026-06-15"]
    assert breaks_of(passport("frequency"), "mastodon") == ()


@pytest.mark.parametrize(
    ("metric", "value", "language", "shown"),
    [
        ("ctr", 0.01234, "en", "1.23%"),
        ("ctr", 0.01234, "de", "1,23\u00a0%"),
        ("impressions", 1234567.0, "de", "1.234.567"),
        ("watch_time_s", 5400.0, "en", "1.5 h"),
        ("frequency", 1.5, "de", "1,50"),
        ("reach", float("nan"), "en", "–"),
    ],
)
def test_values_are_shown_with_their_unit(metric, value, language, shown):
    assert passport(metric).show(value, language) == shown


def test_money_is_shown_in_its_currency():
    assert passport("spend").show(12.5, "de", "EUR") == "12,50\u00a0€"


def test_misspelt_metric_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'impressions'"):
        passport("impresions")


def test_own_metrics_are_data(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('[dwell_time]\nname = "Dwell time"\nunit = "seconds"\n', encoding="utf-8")
    own = load_metrics(file)
    assert own["dwell_time"].label("de") == "Dwell time"
    assert set(own) - set(ALL) == {"dwell_time"}
    changed = load_metrics({"ctr": {"note": "Ours"}})["ctr"]
    assert (changed.denominator, changed.note) == ("impressions", {"en": "Ours"})


def test_a_rate_without_denominator_is_refused():
    with pytest.raises(InvalidRecordError, match="name its numerator and its denominator"):
        load_metrics({"odd": {"name": "Odd", "combine": "rate", "numerator": "likes"}})
