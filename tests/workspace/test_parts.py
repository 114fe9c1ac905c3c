"""How rows are cut into parts, and what tells one import from another."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmlib.response.table import as_posts, as_table, posts_schema, table_schema
from smmlib.workspace.merging import fingerprint, merge
from smmlib.workspace.parts import in_order, in_short, months_of, write_response
from smmlib.workspace.reader import Shelf, connect

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["mastodon", "x"]),
        st.sampled_from(["b", "ä", "a", ""]),
        st.sampled_from(["likes", "reach"]),
        st.sampled_from(["2025-12-31 23:59", "2026-01-01", "2026-01-20", "1999-02-03", None]),
        st.sampled_from(["lifetime", "day"]),
    ),
    max_size=12,
)


def rows(said: list[tuple[str, str, str, str | None, str]]) -> pa.Table:
    columns = list(zip(*said, strict=True)) or [()] * 5
    names = ("network", "entity_id", "metric", "period_start_utc", "window")
    told = {name: list(column) for name, column in zip(names, columns, strict=True)}
    when = pd.Series(told["period_start_utc"], dtype="str")
    told["period_start_utc"] = pd.to_datetime(when, utc=True, format="ISO8601")
    table = as_table({**told, "value": [float(i) for i in range(len(said))]})
    return pa.Table.from_pandas(table, table_schema(), preserve_index=False)


def posts() -> pa.Table:
    return in_short(
        pa.Table.from_pandas(as_posts({"network": [], "entity_id": []}), posts_schema(), preserve_index=False)
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(said=ROWS)
def test_parts_hold_their_month_in_the_order_of_reading(tmp_path_factory, said) -> None:
    folder: Path = tmp_path_factory.mktemp("parts")
    table = rows(said)
    written = write_response(folder, table, "one", "one")
    expected = sorted(set(months_of(table).to_pylist()))
    assert [part.month for part in written] == expected
    for part in written:
        read = pq.read_table(folder / part.path, partitioning=None)
        assert read.schema.equals(table_schema())
        wanted = table.filter(pa.array([month == part.month for month in months_of(table).to_pylist()]))
        assert read.equals(in_order(wanted).combine_chunks()), part
        assert part.rows == read.num_rows


@settings(deadline=None, max_examples=40)
@given(said=ROWS)
def test_of_rows_with_one_key_the_last_is_new(said) -> None:
    table = in_short(rows(said))
    merged = merge(connect(), table, Shelf(Path(), [], {}, table_schema().empty_table()))
    # Of a lifetime the date does not count.
    keys = [(*row[:3], None if row[4] == "lifetime" else row[3], row[4]) for row in said]
    last = sorted({key: i for i, key in enumerate(keys)}.values())
    assert merged.rows["value"].to_pylist() == last
    assert (merged.added, merged.corrected, merged.unchanged) == (len(last), 0, len(said) - len(last))


def test_months_are_written_as_such() -> None:
    row = ("x", "a", "likes", None, "day")
    months = months_of(rows([row, (*row[:3], "0987-02-03", "day"), (*row[:3], "2026-11-30 23:59", "day")]))
    assert months.to_pylist() == ["undated", "0987-02", "2026-11"]


def test_a_fingerprint_tells_every_column_and_row_but_not_the_import() -> None:
    row = ("x", "a", "likes", "2026-01-01", "day")

    def told(table: pa.Table) -> str:
        return fingerprint(in_short(table), posts())

    one = rows([row, (*row[:1], "b", *row[2:])])
    assert told(one) == told(rows([row, (*row[:1], "b", *row[2:])]))
    numbered = one.set_column(one.column_names.index("import_id"), "import_id", pa.array(["1", "2"]))
    assert told(numbered) == told(one)
    others = [one.slice(0, 1), one.slice(1, 1), one.take([1, 0])]
    for name in one.column_names[:-1]:
        kind = one.schema.field(name).type
        changed = pa.array(["?", "?"]) if pa.types.is_string(kind) else pa.nulls(2, kind)
        if changed.equals(one[name].combine_chunks()):
            continue
        others.append(one.set_column(one.column_names.index(name), name, changed))
    assert len({told(table) for table in [one, *others]}) == len(others) + 1
