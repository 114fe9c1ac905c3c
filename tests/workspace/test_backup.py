from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from smmlib import Draft
from smmlib.errors import InvalidValueError, SmmError, UnreadableFileError, WorkspaceError
from smmlib.workspace import Workspace, open_workspace, restore_workspace
from smmlib.workspace import restore as restore_module
from tests.workspace.made_up import likes, stored

Entries = dict[str | zipfile.ZipInfo, bytes]


@pytest.fixture
def backup(workspace: Workspace, tmp_path: Path) -> Path:
    fill(workspace)
    return workspace.backup(tmp_path / "out" / "backup.zip")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Path:
    """A folder with a backup, and a workspace "home" that no bad backup may change."""
    place = tmp_path_factory.mktemp("place")
    for name in ("source", "home"):
        shutil.copytree(empty, place / name)
    with open_workspace(place / "source") as workspace:
        fill(workspace)
        workspace.backup(place / "backup.zip")
    with open_workspace(place / "home") as workspace:
        workspace.drafts.add(Draft(id="mine", text="untouched"))
    return place


def fill(workspace: Workspace) -> None:
    workspace.drafts.add(Draft(id="a", text="kept"))
    workspace.response.add(likes({"a": 1, "d": 4}))
    workspace.response.undo(workspace.response.add(likes({"a": 7})).import_id)


def test_a_backup_restores_everything_elsewhere(backup: Path, tmp_path: Path) -> None:
    folder, aside = restore_workspace(backup, tmp_path / "new" / "home")
    assert aside is None
    with open_workspace(folder, create=False) as restored:
        assert restored.drafts.get("a").text == "kept"
        assert stored(restored.response.to_pandas()) == {"a": 1, "d": 4}
        assert len(restored.response.imports()) == 2
        restored.response.add(likes({"b": 2}))
        assert stored(restored.response.to_pandas()) == {"a": 1, "b": 2, "d": 4}
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"home"}


def test_the_workspace_that_was_there_is_moved_aside(workspace: Workspace, backup: Path) -> None:
    workspace.drafts.update(Draft(id="a", text="newer"))
    with open_workspace(workspace.path) as other:
        assert other.drafts.get("a").text == "newer"
        other.response.to_pandas()
        aside = workspace.restore(backup)
        assert aside is not None
        assert workspace.drafts.get("a").text == "kept"
        assert other.drafts.get("a").text == "kept"
        assert stored(other.response.to_pandas()) == {"a": 1, "d": 4}
        other.drafts.update(Draft(id="a", text="written by the other"))
        assert workspace.drafts.get("a").text == "written by the other"
    with open_workspace(aside, create=False) as old:
        assert old.drafts.get("a").text == "newer"
        assert stored(old.response.to_pandas()) == {"a": 1, "d": 4}


def test_a_damaged_workspace_can_be_restored(workspace: Workspace, backup: Path) -> None:
    workspace.close()
    (workspace.path / "state.sqlite").write_bytes(b"broken" * 1000)
    restore_workspace(backup, workspace.path)
    with open_workspace(workspace.path) as restored:
        assert restored.drafts.get("a").text == "kept"


def test_the_backup_is_one_zip_with_checksums_and_no_more(backup: Path, workspace: Workspace) -> None:
    with zipfile.ZipFile(backup) as archive:
        names = set(archive.namelist())
        listed = json.loads(archive.read("backup.json"))["sha256"]
    assert names == {*listed, "backup.json"}
    assert sum(name.startswith("response/") for name in names) == 2
    assert sum(name.startswith("raw/") for name in names) == 2
    assert [path.name for path in backup.parent.iterdir()] == ["backup.zip"]


def test_progress_ends_at_the_whole(workspace: Workspace, tmp_path: Path) -> None:
    workspace.response.add(likes({"a": 1}))
    told: list[tuple[int, int]] = []
    workspace.backup(tmp_path / "b.zip", progress=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1] > 0


def test_a_backup_that_cannot_be_written_leaves_the_old_one(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="file"):
        workspace.backup(tmp_path / "file" / "b.zip")


def with_changes(backup: Path, change: Callable[[Entries], object]) -> Path:
    """A copy of a backup with other entries; the list of contents is kept as it was unless changed."""
    with zipfile.ZipFile(backup) as archive:
        entries: Entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    changed = backup.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return changed


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


HEX = "ab" * 32


@pytest.mark.parametrize(
    ("entry", "match"),
    [
        ("../climbs.txt", "which no backup does"),
        ("raw/../../climbs.txt", "which no backup does"),
        ("/etc/climbs.txt", "which no backup does"),
        ("C:\\climbs.txt", "which no backup does"),
        ("C:climbs.txt", "which no backup does"),
        ("\\\\server\\share\\climbs.txt", "which no backup does"),
        ("response/month=2026-01/..\\part-a.parquet", "which no backup does"),
        ("raw/con.txt", "which no backup does"),
        ("raw/", "which no backup does"),
        ("state.sqlite-wal", "which no backup does"),
        (f"raw/{HEX}.csv\n", "which no backup does"),
        (link(f"raw/{HEX}.csv"), "which no backup does"),
        (f"raw/{HEX}.csv", "damaged"),
    ],
    ids=str,
)
def test_paths_that_climb_out_are_refused(place: Path, entry: str | zipfile.ZipInfo, match: str) -> None:
    def add(entries: Entries) -> None:
        entries[entry] = b"evil"
        name = entry if isinstance(entry, str) else entry.filename
        if match != "damaged":
            listed = json.loads(entries["backup.json"])
            listed["sha256"][name] = "0" * 64
            entries["backup.json"] = json.dumps(listed).encode()

    refused(with_changes(place / "backup.zip", add), place, match)


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: entries.pop("backup.json"),
        lambda entries: entries.pop("state.sqlite"),
        lambda entries: entries.pop(next(name for name in entries if str(name).startswith("response/"))),
        lambda entries: entries.update({"state.sqlite": b"other"}),
        lambda entries: entries.update({"backup.json": b"[]"}),
        lambda entries: entries.update({"backup.json": b"\xff"}),
        lambda entries: entries.update({"backup.json": b'{"format": 1, "sha256": {"state.sqlite": 3}}'}),
    ],
)
def test_what_does_not_agree_with_its_list_is_refused(
    place: Path, change: Callable[[Entries], object]
) -> None:
    refused(with_changes(place / "backup.zip", change), place, "damaged")


def test_a_file_that_was_changed_is_refused(place: Path) -> None:
    def change(entries: Entries) -> None:
        name = next(name for name in entries if str(name).startswith("raw/"))
        entries[name] += b" "

    refused(with_changes(place / "backup.zip", change), place, "raw/")


def test_a_stream_that_cannot_be_unpacked_is_refused(place: Path) -> None:
    source = place / "backup.zip"
    with zipfile.ZipFile(source) as archive:
        entry = archive.getinfo("state.sqlite")
    content = bytearray(source.read_bytes())
    lengths = content[entry.header_offset + 26 : entry.header_offset + 30]
    begin = entry.header_offset + 30 + sum(int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
    content[begin] = 0xFF  # no kind of block begins so
    broken = place / "broken.zip"
    broken.write_bytes(content)
    refused(broken, place, "damaged")


def test_a_part_the_database_names_must_be_there(place: Path) -> None:
    def lose(entries: Entries) -> None:
        listed = json.loads(entries["backup.json"])
        name = next(name for name in listed["sha256"] if name.startswith("response/"))
        del entries[name], listed["sha256"][name]
        entries["backup.json"] = json.dumps(listed).encode()

    refused(with_changes(place / "backup.zip", lose), place, "damaged")


def test_a_bomb_is_refused_before_it_is_unpacked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restore_module, "FREE_BYTES", 1_000_000)
    bomb = with_changes(
        place / "backup.zip", lambda entries: entries.update({f"raw/{HEX}.csv": bytes(50_000_000)})
    )

    def told(entries: Entries) -> None:
        listed = json.loads(entries["backup.json"])
        listed["sha256"][f"raw/{HEX}.csv"] = "0" * 64
        entries["backup.json"] = json.dumps(listed).encode()

    refused(with_changes(bomb, told), place, "more than a backup of its size can")


def test_a_newer_backup_is_refused(place: Path) -> None:
    newer = with_changes(
        place / "backup.zip", lambda entries: entries.update({"backup.json": b'{"format": 2, "sha256": {}}'})
    )
    refused(newer, place, "newer smmlib")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(UnreadableFileError, match="is no backup"):
        restore_workspace(tmp_path / "x.zip", tmp_path / "w")
    with pytest.raises(UnreadableFileError, match="does not exist"):
        restore_workspace(tmp_path / "nothing.zip", tmp_path / "w")
    assert not (tmp_path / "w").exists()


def refused(zipped: Path, place: Path, match: str) -> None:
    """It is refused, and neither the workspace that is there nor anything around it changes."""
    before = sorted(place.rglob("*"))
    with pytest.raises(SmmError, match=match):
        restore_workspace(zipped, place / "home")
    assert sorted(place.rglob("*")) == before
    with open_workspace(place / "home", create=False) as workspace:
        assert workspace.drafts.get("mine").text == "untouched"


def foreign_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE other (a)")
        return connection.serialize()


@pytest.mark.parametrize("state", [b"no database", foreign_database()], ids=["noise", "foreign"])
def test_a_backup_with_another_database_is_called_damaged_itself(place: Path, state: bytes) -> None:
    def swap(entries: Entries) -> None:
        listed = json.loads(entries["backup.json"])
        listed["sha256"]["state.sqlite"] = hashlib.sha256(state).hexdigest()
        entries["state.sqlite"], entries["backup.json"] = state, json.dumps(listed).encode()

    refused(with_changes(place / "backup.zip", swap), place, "damaged")


def test_a_backup_replaces_a_backup_and_no_other_file(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "backup.zip"
    workspace.backup(target)
    workspace.backup(target)
    other = tmp_path / "budget.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("sheet.xml", "1")
    before = other.read_bytes()
    for taken in (other, tmp_path):
        with pytest.raises(InvalidValueError, match="is no backup; it was not touched"):
            workspace.backup(taken)
    assert other.read_bytes() == before
