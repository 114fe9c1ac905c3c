from datetime import UTC, date, datetime

import pytest

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.response import choices, in_order, narrow
from tests.response.made_up import as_duckdb, rows, six_weeks, table

T = table(
    rows(
        1,
        datetime(2026, 5, 1, tzinfo=UTC),
        account="a",
        campaign="spring",
        labels='{"pillar": "How-to"}',
        likes=1,
    ),
    rows(
        2,
        datetime(2026, 5, 9, tzinfo=UTC),
        account="b",
        network="x",
        labels='{"pillar":"News","city":"Köln"}',
        likes=2,
    ),
    rows(3, account="b", network="x", likes=4),
)


def kept(**filters):
    return sorted(narrow(T, **filters).collect().to_pandas()["value"])


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        ({}, [1, 2, 4]),
        ({"networks": ["x"]}, [2, 4]),
        ({"accounts": ("a", "b"), "networks": ["x"]}, [2, 4]),
        ({"campaigns": ["spring"]}, [1]),
        ({"labels": {"pillar": "News"}}, [2]),
        ({"labels": {"pillar": "News", "city": "Köln"}}, [2]),
        ({"start": date(2026, 5, 2)}, [2]),
        ({"end": date(2026, 5, 1)}, [1]),
        ({"start": date(2026, 5, 9), "end": date(2026, 5, 9)}, [2]),
    ],
)
def test_rows_that_fit_stay(filters, values):
    assert kept(**filters) == values
    assert sorted(narrow(as_duckdb(T), **filters).collect().to_pandas()["value"]) == values


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"accounts": ["c"], "networks": ["y"]}, "Network 'y' is unknown"),
        ({"campaigns": ["sprin"]}, "Did you mean 'spring'"),
        ({"labels": {"pilar": "News"}}, "Did you mean 'pillar'"),
        ({"labels": {"pillar": "Nws"}}, "Did you mean 'News'"),
    ],
)
def test_misspelt_values_are_said(filters, words):
    with pytest.raises(UnknownNameError, match=words):
        narrow(T, **filters)


def test_days_in_the_wrong_order():
    with pytest.raises(InvalidValueError, match="swap the two days"):
        narrow(T, start=date(2026, 5, 2), end=date(2026, 5, 1))


def test_choices_are_what_the_rows_hold():
    there = choices(as_duckdb(T))
    assert (there.networks, there.accounts, there.campaigns) == (("facebook", "x"), ("a", "b"), ("spring",))
    assert there.labels == {"city": ("Köln",), "pillar": ("How-to", "News")}
    assert (there.start, there.end, there.undated, there.rows) == (date(2026, 5, 1), date(2026, 5, 9), 1, 3)


def test_only_metrics_that_can_be_computed_are_offered():
    assert [m.id for m in choices(T).metrics] == [
        "engagements",
        "likes",
        "applause_rate",
        "engagements_per_post",
    ]
    offered = {m.id for m in choices(six_weeks()[0]).metrics}
    assert {"ctr", "reach", "engagement_rate_impressions"} <= offered
    assert not {"engagement_rate_followers", "cpm", "posts"} & offered


def test_a_table_without_rows_offers_nothing():
    assert choices(T.iloc[:0]).metrics == ()
    assert choices(T.iloc[:0]).start is None


def test_rows_come_in_the_order_of_their_key():
    mixed, _posts = six_weeks()
    ordered = in_order(as_duckdb(mixed)).collect().to_pandas()
    again = in_order(as_duckdb(mixed.sample(frac=1, random_state=1))).collect().to_pandas()
    assert ordered.equals(again)
    assert len(ordered) == len(mixed)
