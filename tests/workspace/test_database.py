from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from smmlib import Draft
from smmlib.errors import WorkspaceError
from smmlib.workspace import database as database_module
from smmlib.workspace import open_workspace, tables
from smmlib.workspace.database import Database


def test_every_commit_is_on_the_disk(folder: Path) -> None:
    with open_workspace(folder) as workspace, workspace._database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL


def test_the_known_versions_are_those_of_alembic() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "smmlib.workspace:migrations")
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    revisions = [step.revision for step in script.walk_revisions()]
    assert tuple(reversed(revisions)) == tables.SCHEMA_VERSIONS


def test_the_migrations_make_the_tables_the_code_uses(folder: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with open_workspace(folder) as workspace, workspace._database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), tables.METADATA)
    assert [change for change in found if change[0] != "remove_index"] == []


def first_version(folder: Path) -> None:
    """A workspace as the first version of the tables has it, with one draft."""
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "SCHEMA_VERSIONS", ("0001",))
        database = Database(folder)
        with database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO revisions (kind, id, number, at, author, action, data) VALUES "
                "('draft', 'old', 1, '2026-01-01T00:00:00+00:00', '', 'add', ?)",
                ('{"id": "old", "text": "kept"}',),
            )
        database.close()


def test_an_older_workspace_is_brought_up_to_date_and_a_copy_kept(folder: Path) -> None:
    first_version(folder)
    assert database_module.schema_version(folder / "state.sqlite") == "0001"
    with open_workspace(folder) as workspace:
        assert workspace.schema_version == tables.SCHEMA_VERSIONS[-1]
        assert workspace.drafts.get("old").text == "kept"
        assert workspace.response.to_pandas().empty
    (copy,) = (folder / "kept").iterdir()
    assert database_module.schema_version(copy) == "0001"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT id FROM revisions").fetchall() == [("old",)]


def test_a_migration_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first_version(folder)
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        connection.execute("CREATE TABLE superseded (in_the_way)")
    with pytest.raises(WorkspaceError, match="already exists"):
        open_workspace(folder)
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "imports" not in names
    assert database_module.schema_version(folder / "state.sqlite") == "0001"


def test_a_newer_workspace_is_refused_and_left_alone(folder: Path) -> None:
    open_workspace(folder).close()
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()
    before = (folder / "state.sqlite").read_bytes()
    with pytest.raises(WorkspaceError, match=r"made by a newer smmlib .*0099.*nothing was changed") as caught:
        open_workspace(folder)
    assert "neueren smmlib" in caught.value.text("de")
    assert (folder / "state.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be one" * 40, b"SQLite format 3\0"]
)
def test_a_damaged_workspace_is_told_and_left_alone(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "state.sqlite").write_bytes(content)
    with pytest.raises(WorkspaceError, match="damaged"):
        open_workspace(folder)
    assert (folder / "state.sqlite").read_bytes() == content


def test_a_locked_workspace_is_told_and_nothing_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.1)
    with open_workspace(folder) as workspace, closing(sqlite3.connect(folder / "state.sqlite")) as other:
        workspace.drafts.add(Draft(id="a", text="kept"))
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match=r"is locked by another program; nothing was stored"):
            workspace.drafts.update(Draft(id="a", text="lost?"))
        assert workspace.drafts.get("a").text == "kept"
        other.execute("ROLLBACK")
        workspace.drafts.update(Draft(id="a", text="now"))
        assert workspace.drafts.get("a").text == "now"


def test_opening_a_locked_workspace_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.1)
    open_workspace(folder).close()
    with closing(sqlite3.connect(folder / "state.sqlite", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceError, match="is locked by another program"):
            open_workspace(folder)


def test_a_workspace_deleted_meanwhile_is_not_made_anew(folder: Path) -> None:
    workspace = open_workspace(folder)
    workspace.drafts.add(Draft(id="a"))
    (folder / "state.sqlite").rename(folder / "elsewhere.sqlite")
    with pytest.raises(WorkspaceError, match=r"state\.sqlite"):
        workspace.drafts.list()
    assert not (folder / "state.sqlite").exists()
    workspace.close()
