"""Tests day by day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import day_by_day, split_by_segment
from smmlib.intervals import wilson

NAMES = {name: name for name in ("test", "variant", "trials", "successes", "day")}
FIRST = dt.date(2026, 3, 1)


def table(*days, test="T", start=FIRST):
    """One row per arm and day from tuples of (successes, trials), one tuple a day."""
    return pd.DataFrame(
        [
            (test, chr(65 + place), start + dt.timedelta(number), n, x)
            for number, arms in enumerate(days)
            for place, (x, n) in enumerate(arms)
        ],
        columns=["test", "variant", "day", "trials", "successes"],
    )


FAIR = [((30, 1000), (45, 1000))] * 6
# Even totals, and an opposite split on two days.
TURNED = [*FAIR[:4], ((36, 1200), (36, 800)), ((24, 800), (54, 1200))]


def test_rates_shares_and_intervals_of_each_day():
    days = day_by_day(table(*FAIR), **NAMES).days
    assert len(days) == 12
    assert days["rate"].tolist() == [0.03, 0.045] * 6
    assert days["share"].tolist() == [0.5] * 12 == days["expected"].tolist()
    low, high = wilson(30, 1000)
    assert days.loc[0, ["low", "high"]].tolist() == pytest.approx([low, high])
    assert days["day"].tolist()[:3] == [FIRST, FIRST, FIRST + dt.timedelta(1)]
    wide = day_by_day(table(*FAIR), **NAMES, dispersion=1.8, confidence=0.9).days
    assert wide.loc[0, "high"] == pytest.approx(wilson(30, 1000, confidence=0.9, dispersion=1.8)[1])


def test_a_split_that_is_even_in_sum_is_broken_on_its_days():
    counts = table(*TURNED)
    found = day_by_day(counts, **NAMES)
    assert counts.groupby("variant")["trials"].sum().nunique() == 1
    assert found.broken_days()["day"].tolist() == [FIRST + dt.timedelta(4), FIRST + dt.timedelta(5)]
    assert found.tests.at[0, "broken"]
    assert "broken on 2 of 6 days (5 Mar 2026, 6 Mar 2026; p < 0.001)" in found.text("en")
    assert "An 2 von 6 Tagen stimmt die Aufteilung nicht (05.03.2026, 06.03.2026" in found.text("de")


def test_the_days_have_the_p_values_of_the_segments():
    counts = table(*TURNED)
    split = split_by_segment(counts, test="test", variant="variant", trials="trials", segment="day")
    p = day_by_day(counts, **NAMES).days.drop_duplicates("day")["p_value"]
    assert p.tolist() == split.segments["p_adjusted"].tolist()


def test_a_day_is_only_broken_where_its_test_is():
    # Holm gives the worst of four days p = .0064, and half of the error is for all days together.
    counts = table(*[((10, 1000), (10, 1000))] * 3, ((10, 1000), (10, 1147)))
    found = day_by_day(counts, **NAMES)
    assert 0.005 < found.days["p_value"].min() < 0.01
    assert not found.days["broken"].any()
    assert not found.tests.at[0, "broken"]


def test_planned_shares_are_those_the_days_are_checked_against():
    counts = table(*[((10, 100), (20, 200), (90, 700))] * 3)
    plan = {"A": 1, "B": 2, "C": 7}
    found = day_by_day(counts, **NAMES, shares=plan)
    assert found.days["expected"].tolist()[:3] == pytest.approx([0.1, 0.2, 0.7])
    assert not found.days["broken"].any()
    assert day_by_day(counts, **NAMES).days["broken"].all()
    column = counts.assign(plan=counts["variant"].map(plan))
    assert day_by_day(column, **NAMES, shares="plan").days.equals(found.days)


def test_a_lead_that_fades_is_told():
    counts = table(*[((30, 1000), (60, 1000))] * 4, *[((30, 1000), (30, 1000))] * 3)
    found = day_by_day(counts, **NAMES)
    assert [caveat.kind for caveat in found.novelty] == ["novelty"]
    assert "by -50% in the first half and by 0% in the second" in found.text()
    lasting = day_by_day(table(*FAIR), **NAMES)
    assert lasting.novelty == ()
    assert "did not clearly change between first and second half" in lasting.text()


def test_days_in_any_order_and_form_are_the_same():
    counts = table(*TURNED)
    expected = day_by_day(counts, **NAMES).days
    texts = counts.assign(day=[f"{day}T10:00+02:00" for day in counts["day"]])
    stamps = counts.assign(day=pd.to_datetime(counts["day"]))
    for given in (texts, stamps, counts.iloc[::-1].sort_values("variant")):
        before = given.copy()
        assert day_by_day(given, **NAMES).days.equals(expected)
        pd.testing.assert_frame_equal(given, before)


def test_a_bad_row_takes_its_day_away_and_nothing_else():
    counts = table(*FAIR)
    counts.loc[2, "successes"] = 5000
    found = day_by_day(counts, **NAMES)
    assert found.problems[["test", "variant", "row"]].to_numpy().tolist() == [["T", "A", 2]]
    assert len(found.days) == 10
    assert FIRST + dt.timedelta(1) not in set(found.days["day"])
    assert "1 row cannot be used; its day is left out." in found.text()
    gaps = pd.concat([counts, counts.iloc[[0]]]).assign(trials=lambda f: f["trials"].astype("float64"))
    gaps.iloc[5, 3] = np.nan
    assert set(day_by_day(gaps, **NAMES).problems["row"]) == {0, 2, 5, 12}


def test_a_test_without_name_is_a_problem_not_a_test():
    counts = pd.concat([table(*FAIR), table(*FAIR[:1], test=None)], ignore_index=True)
    found = day_by_day(counts, **NAMES)
    assert found.tests["test"].tolist() == ["T"]
    assert found.problems["problem"].tolist() == ["The test has no name."] * 2


def test_several_tests_are_told_in_sum_and_one_by_one():
    counts = pd.concat([table(*FAIR), table(*TURNED, test="U"), table(*FAIR[:1], test=7)])
    found = day_by_day(counts, **NAMES)
    assert found.text().startswith("3 tests looked at day by day. 1 has a split that is broken by day.")
    assert found.text("de").startswith("3 Tests Tag für Tag betrachtet. Bei 1 stimmt")
    assert found.one("U").broken_days()["test"].tolist() == ["U", "U"]
    assert found.one().tests["test"].tolist() == ["T"]
    assert "One day has no halves" in found.one(7).text()
    with pytest.raises(UnknownNameError, match="'V' is unknown"):
        found.one("V")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("day", "gestern", "'gestern' in row 3, which is no date; write 2026-03-01"),
        ("day", None, "which is no date"),
        ("day", 20260301, "'20260301' in row 3"),
    ],
)
def test_what_is_no_date_is_named(column, value, words):
    counts = table(*FAIR).astype({"day": object})
    counts.loc[2, column] = value
    with pytest.raises(InvalidValueError, match=words):
        day_by_day(counts, **NAMES)


def test_a_table_nothing_of_which_can_be_used_is_refused():
    with pytest.raises(InvalidValueError, match=r"No day can be used\. A, row 1: There are more successes"):
        day_by_day(table(*FAIR).assign(successes=2000), **NAMES)
    with pytest.raises(InvalidValueError, match="The table is empty"):
        day_by_day(table(*FAIR).iloc[:0], **NAMES)
    with pytest.raises(MissingColumnError, match=r"missing column.* 'day'"):
        day_by_day(table(*FAIR).drop(columns="day"), **NAMES)
