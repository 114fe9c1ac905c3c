"""The response table: its columns, dtypes and defaults."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from smmlib.errors import MissingColumnError, UnknownNameError
from smmlib.response.table import (
    COLUMNS,
    KEY,
    POST_COLUMNS,
    POST_KEY,
    as_posts,
    as_table,
    posts_schema,
    table_schema,
)


def test_missing_columns_get_their_default_and_missing_values_stay_missing():
    table = as_table({"network": "x", "entity_id": ["1", "2"], "metric": "likes", "value": [3.0, None]})
    assert list(table) == list(COLUMNS)
    assert table.loc[0, ["entity", "segment", "labels", "window", "source"]].tolist() == [
        "post",
        "unknown",
        "{}",
        "lifetime",
        "export",
    ]
    assert table["value"].isna().tolist() == [False, True]
    assert table["period_start_utc"].isna().all()
    assert not table[["account", "campaign", "variant", "import_id"]].isna().any().any()


def test_tables_go_into_arrow_and_back():
    table = as_table(
        {
            "network": "x",
            "entity_id": ["1"],
            "metric": "spend",
            "amount": [Decimal("12.5000")],
            "period_start_utc": pd.to_datetime(["2026-09-01 08:00"], utc=True),
            "local_day": [date(2026, 9, 1)],
            "local_hour": [10],
        }
    )
    stored = pa.Table.from_pandas(table, table_schema(), preserve_index=False)
    assert stored.schema.names == list(COLUMNS)
    assert stored["amount"].to_pylist() == [Decimal("12.5000")]
    assert as_table(stored.to_pandas()).equals(table)
    posts = as_posts({"network": "x", "entity_id": ["1"], "paid": [None]})
    assert pa.Table.from_pandas(posts, posts_schema(), preserve_index=False)["paid"].null_count == 1


def test_an_empty_table_has_all_columns():
    table = as_table({"network": [], "entity_id": [], "metric": []})
    assert table.shape == (0, len(COLUMNS))


def test_keys_are_columns():
    assert set(KEY) <= set(COLUMNS)
    assert set(POST_KEY) <= set(POST_COLUMNS)


def test_columns_that_do_not_belong_are_refused():
    with pytest.raises(UnknownNameError, match="Did you mean 'metric'"):
        as_table({"network": "x", "entity_id": ["1"], "metrik": ["likes"]})
    with pytest.raises(MissingColumnError, match="'metric'"):
        as_table({"network": "x", "entity_id": ["1"]})
