from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, chisquare

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments import (
    changed_texts,
    compare,
    counting_breaks,
    novelty,
    split_by_segment,
    stopped_early,
)
from smmlib.metrics import load_metrics

NAMES = {"test": "test", "variant": "variant", "trials": "trials"}


def days(*splits, test="T"):
    """One row per arm and day; each split is the trials of A and B on that day."""
    rows = [
        (test, name, n, day) for day, split in enumerate(splits) for name, n in zip("AB", split, strict=True)
    ]
    return pd.DataFrame(rows, columns=[*NAMES, "day"])


def test_a_split_that_is_fair_overall_and_not_by_day_is_caught():
    frame = days((600, 400), (400, 600), (600, 400), (400, 600))
    found = split_by_segment(frame, **NAMES, segment="day").tests.iloc[0]
    assert found["p_total"] == 1.0
    assert found["broken"]
    totals = frame.groupby(["test", "variant"], as_index=False)["trials"].sum().assign(successes=10)
    assert compare(totals, **NAMES, successes="successes").tests.at[0, "decision"] == "no decision"


def test_the_sum_over_the_days_is_pearsons():
    splits = [(510, 490), (480, 515), (1003, 1000)]
    found = split_by_segment(days(*splits), **NAMES, segment="day")
    each = [chisquare(split) for split in splits]
    assert found.segments["p_value"].tolist() == pytest.approx([test.pvalue for test in each])
    assert found.tests.at[0, "p_within"] == pytest.approx(chi2.sf(sum(t.statistic for t in each), 3))


def test_one_broken_day_among_many_is_named():
    frame = days(*[(1000, 1000)] * 29, (1200, 1000))
    (caveat,) = split_by_segment(frame, **NAMES, segment="day").caveats()
    assert caveat.spoils
    assert "most in 29" in caveat.text("en")
    assert "kaputt" in caveat.text("de") or "gestört" in caveat.text("de")


def test_planned_shares_are_held_against_every_day():
    frame = days((100, 900), (110, 890))
    assert split_by_segment(frame, **NAMES, segment="day").tests.at[0, "broken"]
    fair = split_by_segment(frame, **NAMES, segment="day", shares={"A": 1, "B": 9})
    assert not fair.tests.at[0, "broken"]


def test_a_fair_randomiser_is_blamed_in_one_percent_of_tests_at_most():
    draw, tests, span = np.random.default_rng(4), 3000, 7
    first = draw.binomial(400, 0.5, (tests, span))
    frame = pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), span * 2),
            "variant": np.tile(["A", "B"], tests * span),
            "trials": np.stack([first, 400 - first], axis=-1).ravel(),
            "day": np.tile(np.repeat(np.arange(span), 2), tests),
        }
    )
    broken = split_by_segment(frame, **NAMES, segment="day").tests["broken"].mean()
    assert broken <= 0.01 + 3 * np.sqrt(0.01 * 0.99 / tests)


def test_faulty_days_are_listed():
    frame = pd.concat([days((500, 500)), days((-1, 500), test="U")])
    found = split_by_segment(frame, **NAMES, segment="day")
    assert found.problems["test"].tolist() == ["U"]
    assert found.tests["test"].tolist() == ["T"]
    with pytest.raises(MissingColumnError, match="'week'"):
        split_by_segment(frame, **NAMES, segment="week")


def halves(*counts):
    """Clicks of A and B in each half, of 10,000 shown."""
    rows = [
        ("T", name, 10_000, x, h)
        for h, pair in enumerate(counts, 1)
        for name, x in zip("AB", pair, strict=True)
    ]
    return pd.DataFrame(rows, columns=["test", "variant", "n", "x", "half"])


def test_an_effect_that_turns_round_is_novelty():
    columns = {"test": "test", "variant": "variant", "trials": "n", "successes": "x", "half": "half"}
    (caveat,) = novelty(halves((600, 500), (450, 550)), **columns)
    assert (caveat.kind, caveat.spoils) == ("novelty", False)
    assert "+20%" in caveat.text("en")
    assert novelty(halves((600, 500), (590, 510)), **columns) == ()
    assert novelty(halves((600, 500), (450, 550)), **columns, dispersion=4.0) == ()
    with pytest.raises(InvalidValueError, match="holds 3; it must say 1 or 2"):
        novelty(halves((600, 500), (450, 550)).replace({"half": {2: 3}}), **columns)
    with pytest.raises(MissingColumnError, match="part"):
        novelty(halves((600, 500), (450, 550)), **{**columns, "half": "part"})


def test_an_early_stop_and_a_changed_text_are_said():
    (early,) = stopped_early({"T": 500, "U": 900}, {"T": 1000, "U": 900, "V": 5})
    assert early.text("en").startswith("T has 50% of the 1,000 trials")
    changed = changed_texts("T", {"A": "alt", "B": "b", "C": "c"}, {"A": "neu", "B": "b"})
    assert [caveat.values["variant"] for caveat in changed] == ["A", "C"]
    assert all(caveat.spoils for caveat in changed)


def test_a_test_across_a_break_in_counting_is_said():
    metrics = [m for m in load_metrics().values() if m.breaks]
    metric = metrics[0]
    broken = metric.breaks[0]
    around = {"metrics": metrics[:1], "network": broken.networks[0]}
    before = date.fromordinal(broken.on.toordinal() - 3)
    (found,) = counting_breaks("T", **around, first=before, last=broken.on)
    assert found.values["day"] == broken.on
    assert counting_breaks("T", **around, first=broken.on, last=broken.on) == ()
    assert counting_breaks("T", **{**around, "network": "none"}, first=before, last=broken.on) == ()
