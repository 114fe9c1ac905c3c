from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import narwhals as nw
import pandas as pd
import pyarrow.parquet as pq
import pytest

from smmlib import Draft
from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.response.table import COLUMNS, POST_COLUMNS, table_schema
from smmlib.workspace import ColumnMapping, Match, Workspace, open_workspace
from smmlib.workspace import response_store as store_module
from tests.workspace.made_up import likes, stored

pytestmark = pytest.mark.slow  # Parquet parts, several processes

QUICK = [((1, 2, 0), ()), ((1, 0, 2), (0,)), ((2, 1, 0), (1,))]


def parts(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/**/part-*.parquet"))


def test_an_empty_store_has_the_columns(workspace: Workspace) -> None:
    frame = workspace.response.to_pandas()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(COLUMNS)
    assert list(workspace.response.posts()) == [*POST_COLUMNS, "draft"]
    assert workspace.response.imports().empty
    assert workspace.response.sql("SELECT count(*) AS n FROM response")["n"].tolist() == [0]


def test_an_import_is_one_part_a_month_and_the_original(workspace: Workspace, folder: Path) -> None:
    incoming = likes({"a": 1, "b": 2, "c": 3, "d": 4})
    report = workspace.response.add(incoming, author="Ada")
    id = report.import_id
    assert (report.rows, report.added, report.corrected, report.unchanged, report.posts) == (4, 4, 0, 0, 4)
    assert parts(folder) == [
        f"posts/part-{id}.parquet",
        f"response/month=2026-01/part-{id}.parquet",
        f"response/month=2026-02/part-{id}.parquet",
        f"response/month=undated/part-{id}.parquet",
    ]
    part = pq.ParquetFile(folder / f"response/month=2026-01/part-{id}.parquet")
    assert part.schema_arrow.equals(table_schema())
    assert part.metadata.row_group(0).column(0).compression == "ZSTD"
    assert (folder / f"raw/{incoming.sha256}.csv").read_bytes() == incoming.original
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert set(workspace.response.to_pandas()["import_id"]) == {id}


def test_the_list_of_imports_says_when_who_and_what(folder: Path) -> None:
    with open_workspace(folder, clock=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)) as workspace:
        workspace.response.add(likes({"a": 1}), author="Ada")
        row = workspace.response.imports().iloc[0]
    assert (row["author"], row["source"], row["format"], row["added"]) == ("Ada", "export.csv", "generic", 1)
    assert row["at"] == pd.Timestamp("2026-03-01 12:00", tz="UTC")
    assert pd.isna(row["undone_at"])
    assert json.loads(row["report"])["rows_read"] == 1


def test_the_same_file_again_adds_nothing(workspace: Workspace, folder: Path) -> None:
    workspace.response.add(likes({"a": 1, "d": 4}))
    before = (parts(folder), workspace.response.version())
    again = workspace.response.add(likes({"a": 1, "d": 4}))
    assert (again.import_id, again.added, again.corrected, again.unchanged) == ("", 0, 0, 2)
    assert not again.stored
    assert "Nothing new" in again.summary()
    assert (parts(folder), workspace.response.version()) == before


def test_an_old_file_again_does_not_undo_a_later_correction(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1}))
    workspace.response.add(likes({"a": 5}))
    workspace.response.add(likes({"a": 1}))
    assert stored(workspace.response.to_pandas()) == {"a": 5}


def test_typed_figures_are_always_the_latest_word(workspace: Workspace) -> None:
    for value in (1, 5, 1):
        workspace.response.add(likes({"a": value}, source="typed"))
        assert stored(workspace.response.to_pandas()) == {"a": value}


def test_an_overlapping_export_adds_and_corrects(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1, "b": 2, "d": 4}))
    report = workspace.response.add(likes({"b": 2, "c": 3, "d": 40}))
    assert (report.added, report.corrected, report.unchanged, report.posts) == (1, 1, 1, 1)
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 2, "c": 3, "d": 40}


def test_a_lifetime_value_is_one_figure_with_a_date_and_without(workspace: Workspace) -> None:
    undated = likes({"a": 1, "b": 2})
    undated.table["period_start_utc"] = pd.Series(
        pd.NaT, index=undated.table.index, dtype="datetime64[us, UTC]"
    )
    workspace.response.add(undated)
    dated = workspace.response.add(likes({"a": 1, "b": 2}))
    assert dated.corrected == 2
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 2}
    assert workspace.response.to_pandas()["period_start_utc"].notna().all()
    workspace.response.undo(dated.import_id)
    assert workspace.response.to_pandas()["period_start_utc"].isna().all()


def test_a_missing_value_is_stored_as_missing_and_equal_to_itself(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": float("nan")}))
    assert workspace.response.to_pandas()["value"].isna().all()
    assert workspace.response.sql("SELECT count(value) AS n FROM response")["n"].tolist() == [0]
    assert workspace.response.add(likes({"a": float("nan")}, text="Anders")).unchanged == 1
    assert workspace.response.add(likes({"a": 0.0})).corrected == 1


def test_of_a_row_that_comes_twice_the_last_counts(workspace: Workspace) -> None:
    incoming = likes({"a": 1, "b": 2})
    incoming.table["entity_id"] = incoming.posts["entity_id"] = "a"
    incoming.table["period_start_utc"] = incoming.table["period_start_utc"].iloc[0]
    report = workspace.response.add(incoming)
    assert (report.added, report.unchanged, report.posts) == (1, 1, 1)
    assert stored(workspace.response.to_pandas()) == {"a": 2}
    assert workspace.response.posts()["text"].tolist() == ["Hallo b"]


def test_posts_have_one_row_each_and_the_newest_counts(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1, "b": 2}))
    second = workspace.response.add(likes({"a": 1, "c": 3}, text="Neu"))
    posts = workspace.response.posts()
    assert dict(zip(posts["entity_id"], posts["text"], strict=True)) == {
        "a": "Neu a",
        "b": "Hallo b",
        "c": "Neu c",
    }
    workspace.response.undo(second.import_id)
    assert workspace.response.posts()["text"].tolist() == ["Hallo a", "Hallo b"]


def test_undo_brings_back_what_was_replaced(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1, "b": 2}))
    second = workspace.response.add(likes({"b": 20, "c": 30}))
    workspace.response.undo(second.import_id, author="Ben")
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 2}
    row = workspace.response.imports().iloc[1]
    assert row["undone_by"] == "Ben"
    assert not pd.isna(row["undone_at"])
    with pytest.raises(InvalidValueError, match="undone already"):
        workspace.response.undo(second.import_id)
    with pytest.raises(UnknownNameError, match="Import 'nothing' is unknown"):
        workspace.response.undo("nothing")
    assert workspace.response.add(likes({"b": 20, "c": 30})).corrected == 1
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 20, "c": 30}


@pytest.mark.parametrize(
    ("order", "compact"),
    [
        pytest.param(order, compact, marks=[pytest.mark.slow] if (order, compact) not in QUICK else [])
        for order in itertools.permutations(range(3))
        for compact in ((), (0,), (1,), (0, 1, 2))
    ],
    ids=str,
)
def test_undone_in_any_order_and_folded_at_any_time(
    workspace: Workspace, order: tuple[int, ...], compact: tuple[int, ...]
) -> None:
    """Three imports that correct each other: what is left is as if the undone ones had never come."""
    given = [{"a": 1.0, "b": 1.0, "d": 1.0}, {"a": 2.0, "b": 2.0, "c": 2.0}, {"a": 3.0, "c": 3.0, "d": 3.0}]
    ids = [workspace.response.add(likes(values)).import_id for values in given]
    left = dict(enumerate(given))
    for step, number in enumerate(order):
        if step in compact:
            workspace.response.compact()
        del left[number]
        workspace.response.undo(ids[number])
        expected: dict[str, float] = {}
        for values in left.values():
            expected |= values
        assert stored(workspace.response.to_pandas()) == expected
    assert workspace.response.posts().empty


def test_folding_changes_nothing_but_the_files(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "CROWDED", 3)
    for number in range(6):
        workspace.response.add(likes({"a": number, "b": 2, "d": -number}, text=f"Text {number}"))
    with workspace._database.reading() as connection:
        counting = store_module.manifest.parts(connection, kind="response", months=["2026-01"])
    assert len(counting) <= 4
    before = workspace.response.to_pandas().sort_values("entity_id", ignore_index=True)
    workspace.response.compact()
    after = workspace.response.to_pandas().sort_values("entity_id", ignore_index=True)
    pd.testing.assert_frame_equal(before, after)
    assert stored(after) == {"a": 5, "b": 2, "d": -5}


def test_files_that_no_longer_count_stay_an_hour(folder: Path) -> None:
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    with open_workspace(folder, clock=lambda: now[0]) as workspace:
        first = workspace.response.add(likes({"a": 1}))
        lazy = workspace.response.table()
        workspace.response.undo(first.import_id)
        now[0] += timedelta(minutes=59)
        workspace.response.add(likes({"b": 1}))
        assert lazy.collect()["value"].to_list() == [1]
        now[0] += timedelta(minutes=2)
        workspace.response.add(likes({"c": 1}))
        assert not [part for part in parts(folder) if first.import_id in part]
        assert stored(workspace.response.to_pandas()) == {"b": 1, "c": 1}


def test_what_a_crash_left_is_ignored_and_cleared_away(workspace: Workspace, folder: Path) -> None:
    kept = workspace.response.add(likes({"a": 1}))
    part = folder / f"response/month=2026-01/part-{kept.import_id}.parquet"
    orphan = part.with_name("part-feed.parquet")
    orphan.write_bytes(part.read_bytes())
    half = part.with_name(".part-beef.parquet.12.tmp")
    half.write_bytes(b"PAR1")
    assert stored(workspace.response.to_pandas()) == {"a": 1}
    workspace.response.add(likes({"b": 1}))
    assert not orphan.exists()
    assert not half.exists()
    assert stored(workspace.response.to_pandas()) == {"a": 1, "b": 1}


def test_a_match_fills_campaign_variant_and_labels_until_it_goes(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1, "b": 2}))
    draft = workspace.drafts.add(Draft(campaign="spring", labels={"pillar": "Tipps für's Rad"}))
    match = workspace.matches.add(
        Match(network="mastodon", account="rad", entity_id="a", draft=draft.id, variant="B")
    )

    def seen(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
        columns = ["campaign", "variant", "labels"]
        return {row["entity_id"]: tuple(row[columns]) for _, row in table.iterrows()}

    filled = {"a": ("spring", "B", '{"pillar": "Tipps für\'s Rad"}'), "b": ("", "", "{}")}
    assert seen(workspace.response.to_pandas()) == filled
    assert seen(workspace.response.posts()) == filled
    assert workspace.response.posts()["draft"].tolist() == [draft.id, ""]
    workspace.drafts.update(draft.replace(campaign="summer", labels={}))
    assert seen(workspace.response.to_pandas())["a"] == ("summer", "B", "{}")
    workspace.matches.remove(match.id)
    assert seen(workspace.response.to_pandas())["a"] == ("", "", "{}")


def test_the_table_is_lazy_and_answers_narwhals(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1, "b": 2, "c": 4}))
    table = workspace.response.table()
    assert isinstance(table, nw.LazyFrame)
    total = table.filter(nw.col("value") > 1).select(nw.col("value").sum()).collect()
    assert total["value"].to_list() == [6]


def test_another_kernel_sees_the_import(folder: Path) -> None:
    with open_workspace(folder) as ours, open_workspace(folder) as theirs:
        assert theirs.response.to_pandas().empty
        version = theirs.response.version()
        ours.response.add(likes({"a": 1}))
        assert theirs.response.version() > version
        assert stored(theirs.response.to_pandas()) == {"a": 1}


def test_a_folder_with_odd_letters_works(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "Größe [1] '#50%? *") as workspace:
        workspace.response.add(likes({"a": 1, "b": 1}))
        workspace.response.add(likes({"a": 2}))
        assert stored(workspace.response.to_pandas()) == {"a": 2, "b": 1}


FORBIDDEN = (
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM glob('/etc/*')",
    "COPY response TO 'stolen.csv'",
    "ATTACH 'other.db'",
    "INSTALL httpfs",
    "SET enable_external_access = true",
    "DROP VIEW response",
    "DELETE FROM stored_response_empty",
    "INSERT INTO matched SELECT 1, 2, 3, 4, 5, 6, 7",
    "CREATE TABLE x AS SELECT 1",
    "PRAGMA database_list",
    "SELECT 1; DROP VIEW response",
    "SELECT * FROM outside",
    "SELECT nonsense FROM response",
    "not sql at all",
    "",
)


def test_sql_reads_the_tables_and_nothing_else(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outside = pd.DataFrame({"secret": [1]})
    workspace.response.add(likes({"a": 1}))
    for query in FORBIDDEN:
        with pytest.raises(InvalidValueError, match=r"Only one SELECT|The query failed"):
            workspace.response.sql(query)
    assert workspace.response.sql("WITH t AS (FROM response) SELECT sum(value) AS s FROM t")[
        "s"
    ].tolist() == [1]
    assert {path.name for path in tmp_path.iterdir()} == {"workspace"}
    assert len(outside) == 1


def test_the_lock_holds_even_without_the_check_of_the_statement(workspace: Workspace, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    cursor = workspace.response._views.cursor()
    for query in (f"COPY response TO '{tmp_path}/x.csv'", "FROM read_text('/etc/passwd')", "INSTALL httpfs"):
        with pytest.raises(duckdb.PermissionException, match="disabled by configuration"):
            cursor.execute(query)


def test_sql_shows_times_in_utc_and_keeps_types(workspace: Workspace) -> None:
    workspace.response.add(likes({"a": 1}))
    frame = workspace.response.sql("SELECT period_start_utc AS t, local_day AS d FROM response")
    assert frame["t"].tolist() == [pd.Timestamp("2026-01-05", tz="UTC")]
    assert str(frame["d"].dtype) == "date32[day][pyarrow]"


def test_the_callers_frame_is_not_changed(workspace: Workspace) -> None:
    incoming = likes({"a": 1})
    before = incoming.table.copy()
    workspace.response.add(incoming)
    pd.testing.assert_frame_equal(incoming.table, before)


def test_a_file_is_read_as_its_columns_were_confirmed(workspace: Workspace, tmp_path: Path) -> None:
    from smmlib.response import suggest_mapping

    file = tmp_path / "beirat.csv"
    file.write_text("Nummer;Aufrufe\n1;1.234\n2;5\n", "utf-8")
    with pytest.raises(UnreadableFileError, match="no known export"):
        workspace.response.add(file)
    workspace.mappings.add(
        ColumnMapping(
            id=suggest_mapping(file).fingerprint,
            columns={"Nummer": "entity_id", "Aufrufe": "impressions"},
            locale="de",
            network="xing",
        )
    )
    assert workspace.response.add(file).added == 2
    assert stored(workspace.response.to_pandas()) == {"1": 1234, "2": 5}
    assert set(workspace.response.to_pandas()["network"]) == {"xing"}


def test_a_file_that_cannot_be_read_stores_nothing(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    for name in ("empty.csv", "nothing.csv"):
        with pytest.raises(UnreadableFileError, match=name):
            workspace.response.add(tmp_path / name)
    assert [path.name for path in folder.iterdir() if not path.name.startswith("state.")] == []
    assert workspace.response.imports().empty


BAD_FILES = {
    "headings.csv": b"Post ID,Publish time,Permalink,Reach,Likes,Shares,Comments\n",
    "truncated.xlsx": b"PK\x03\x04" + bytes(100),
    "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "broken.json": b'{"orderedItems": [',
    "empty.csv": b"",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_leaves_the_store_unchanged(
    name: str, workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    workspace.response.add(likes({"a": 1}))
    before = (workspace.response.version(), parts(folder), sorted((folder / "raw").iterdir()))
    (tmp_path / name).write_bytes(BAD_FILES[name])
    with pytest.raises(UnreadableFileError, match=name):
        workspace.response.add(tmp_path / name)
    assert (workspace.response.version(), parts(folder), sorted((folder / "raw").iterdir())) == before
    assert stored(workspace.response.to_pandas()) == {"a": 1}


def test_the_report_of_an_import_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "instagram.csv"
    path.write_text(
        "Post ID,Publish time,Permalink,Reach,Likes,Shares,Comments\n"
        "1.22158E+17,09/15/2026 18:00,https://x/1,1,2,3,4\n2,01/15/2999 18:00,https://x/2,1,2,3,4\n"
    )
    report = workspace.response.add(path)
    kept = workspace.response.report(report.import_id)
    assert kept == report.read
    assert "1.22158E+17" in kept.text()
    assert "dates in the future" in kept.text()
    with pytest.raises(UnknownNameError, match="Import 'nothing'"):
        workspace.response.report("nothing")


def test_an_archive_without_counts_brings_its_posts_and_its_original(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    public = "https://www.w3.org/ns/activitystreams#Public"
    post = {
        "id": "https://e/1",
        "content": "<p>Hallo</p>",
        "published": "2026-09-15T16:00:00Z",
        "to": [public],
    }
    path = tmp_path / "outbox.json"
    path.write_text(json.dumps({"orderedItems": [{"type": "Create", "actor": "https://e", "object": post}]}))
    report = workspace.response.add(path)
    assert (report.rows, report.posts, report.stored) == (0, 1, True)
    assert workspace.response.posts()["text"].tolist() == ["Hallo"]
    assert (folder / f"raw/{report.read.sha256}.json").read_bytes() == path.read_bytes()
