"""Nothing acknowledged is lost: killed writers, full disks, folders that may only be read."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from smmlib import Draft
from smmlib.workspace import Workspace, open_workspace
from tests.workspace.made_up import likes, stored

PROJECT = Path(__file__).parents[2]
ROUNDS = 20
TIMEOUT = 60.0


class Writer:
    """A program of `writers.py`; what it says goes to a file, so that nothing is lost when it is killed."""

    def __init__(self, what: str, folder: Path, name: str, said: Path) -> None:
        words = [sys.executable, "-m", "tests.workspace.writers", what, str(folder), name]
        self.said, self.errors = said / f"{name}.out", said / f"{name}.err"
        with self.said.open("wb") as out, self.errors.open("wb") as err:
            self.process = subprocess.Popen(words, cwd=PROJECT, stdout=out, stderr=err)

    def wait_until_it_writes(self) -> None:
        end = time.monotonic() + TIMEOUT
        while not self.said.stat().st_size:
            assert self.process.poll() is None, self.errors.read_text()
            assert time.monotonic() < end, "the writer does not write"
            time.sleep(0.005)

    def told(self) -> list[list[str]]:
        """The whole lines it said, after it has ended."""
        self.process.wait(TIMEOUT)
        assert "Traceback" not in self.errors.read_text(), self.errors.read_text()
        whole, _, _half = self.said.read_text().rpartition("\n")
        return [line.split("\t") for line in whole.splitlines()]


def told_by(what: str, folder: Path, said: Path) -> list[list[str]]:
    return Writer(what, folder, "one", said).told()


def killed_at_random(what: str, folder: Path, dice: random.Random, said: Path) -> list[list[str]]:
    """What two writers were told was stored before both were killed."""
    writers = [Writer(what, folder, f"{name}{dice.randrange(10**9)}", said) for name in ("ada", "ben")]
    try:
        for writer in writers:
            writer.wait_until_it_writes()
        time.sleep(dice.uniform(0, 0.25))
    finally:
        dice.shuffle(writers)
        for writer in writers:
            writer.process.kill()
    return [line for writer in writers for line in writer.told()]


def integrity(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.slow
def test_two_writers_of_drafts_killed_twenty_times_lose_nothing(folder: Path, tmp_path: Path) -> None:
    dice = random.Random(20261124)
    acknowledged: dict[str, int] = {}
    for _ in range(ROUNDS):
        for id, number in killed_at_random("drafts", folder, dice, tmp_path):
            acknowledged[id] = int(number)
        assert integrity(folder) == "ok"
    with open_workspace(folder, create=False) as workspace:
        kept = {draft.id: workspace.drafts.revision(draft.id) for draft in workspace.drafts.list()}
        texts = {draft.id: draft.text for draft in workspace.drafts.list()}
    assert len(acknowledged) > 2 * ROUNDS
    assert {id: number for id, number in acknowledged.items() if kept.get(id, 0) < number} == {}
    for id, number in kept.items():
        assert texts[id] == ("new" if number == 1 else f"changed {id.split('-')[1]}")


@pytest.mark.slow
def test_two_importers_killed_leave_all_of_an_import_or_nothing(folder: Path, tmp_path: Path) -> None:
    dice = random.Random(20261125)
    acknowledged: dict[str, str] = {}
    for _ in range(ROUNDS // 3):
        acknowledged |= dict(killed_at_random("imports", folder, dice, tmp_path))
        assert integrity(folder) == "ok"
    with open_workspace(folder, create=False) as workspace:
        listed = workspace.response.imports()
        table, posts = workspace.response.to_pandas(), workspace.response.posts()
        assert set(acknowledged) <= set(listed["import_id"])
        own = stored(table[~table["entity_id"].isin(["a", "b", "c"])])
        assert set(acknowledged.values()) <= set(own)
        # Each import brought one post of its own; the three posts all correct are there once.
        assert len(own) == len(listed)
        assert sorted(stored(table[table["entity_id"].isin(["a", "b", "c"])])) == ["a", "b", "c"]
        assert len(posts) == len(listed) + 3
        newest = listed["import_id"].iloc[-1]
        assert set(table.loc[table["entity_id"].isin(["a", "b", "c"]), "import_id"]) == {newest}
        workspace.response.add(likes({"a": -1.0}))
        with workspace._database.reading() as connection:
            named = {row[0] for row in connection.exec_driver_sql("SELECT path FROM parts")}
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/**/*.parquet")}
    assert there == named
    assert not list(folder.rglob("*.tmp"))


@pytest.mark.slow
def test_two_importers_at_once_are_both_there_and_nothing_double(folder: Path, tmp_path: Path) -> None:
    writers = [Writer("some_imports", folder, name, tmp_path) for name in ("ada", "ben")]
    for writer in writers:
        assert writer.told() == [["done"]]
    with open_workspace(folder, create=False) as workspace:
        found = stored(workspace.response.to_pandas())
        assert len(workspace.response.imports()) == 21
        assert len(workspace.response.posts()) == 22
    assert found == {"a": 1, "b": 2} | {f"{name}-{i}": 1 for name in ("ada", "ben") for i in range(10)}


def filled(workspace: Workspace) -> None:
    workspace.drafts.add(Draft(id="old", text="kept"))
    workspace.response.add(likes({"a": 1.0, "b": 2.0}))


def check_after_full_disk(folder: Path, told: list[list[str]]) -> None:
    errors = [words[1] for words in told if words[0] == "error"]
    assert len(errors) == 2
    for error in errors:
        assert "nothing was stored" in error
        assert "room left" in error or "disk is full" in error
    assert integrity(folder) == "ok"
    acknowledged = [words[1] for words in told if words[0] == "draft"]
    assert acknowledged
    with open_workspace(folder, create=False) as workspace:
        assert {"old", *acknowledged} == {draft.id for draft in workspace.drafts.list()}
        assert stored(workspace.response.to_pandas()) == {"a": 1.0, "b": 2.0}
        assert len(workspace.response.imports()) == 1
    assert not list(folder.rglob("*.tmp"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
def test_a_limit_of_file_size_is_told_and_the_old_data_are_intact(
    workspace: Workspace, tmp_path: Path
) -> None:
    filled(workspace)
    workspace.close()
    check_after_full_disk(workspace.path, told_by("fill_limit", workspace.path, tmp_path))


@pytest.mark.slow
def test_a_full_disk_is_told_and_the_old_data_are_intact(empty: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1500k", "none") as disk:
        folder = disk / "workspace"
        shutil.copytree(empty, folder)
        with open_workspace(folder) as workspace:
            filled(workspace)
        told = told_by("fill_disk", folder, tmp_path)
        check_after_full_disk(folder, told)


@contextmanager
def mounted(place: Path, *how: str) -> Iterator[Path]:
    """Something mounted for a while; skips where that is not allowed."""
    place.mkdir()
    words = ["mount", *how, str(place)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(words, check=False).returncode:
        pytest.skip("needs Linux and the right to mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def check_reading_only(told: list[list[str]]) -> None:
    said = {words[0]: words[1:] for words in told}
    assert said["read_only"] == ["True"]
    assert said["drafts"] == ["kept"]
    assert said["likes"] == ["3.0"]
    assert any("can only be read" in warning for warning in said["warnings"])
    errors = [words[1] for words in told if words[0] == "error"]
    assert len(errors) == 2
    assert all("reading only; nothing was stored" in error for error in errors)


@pytest.mark.slow
def test_a_read_only_mount_is_opened_for_reading(workspace: Workspace, tmp_path: Path) -> None:
    filled(workspace)
    workspace.close()
    with mounted(tmp_path / "readonly", "--bind", "-o", "ro", str(workspace.path)) as place:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        check_reading_only(told_by("read_only", place, tmp_path))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root, to become nobody")
def test_a_folder_of_somebody_else_is_opened_for_reading(workspace: Workspace) -> None:
    filled(workspace)
    workspace.close()
    open_to_all = Path("/var/tmp") / f"smm-{os.getpid()}"
    shutil.copytree(workspace.path, open_to_all / "workspace")
    try:
        subprocess.run(["chmod", "-R", "a+rX,go-w", str(open_to_all)], check=True)
        check_reading_only(told_by("read_as_nobody", open_to_all / "workspace", workspace.path.parent))
    finally:
        shutil.rmtree(open_to_all)


@pytest.mark.slow
def test_a_read_only_folder_is_read_with_the_log_another_kernel_has_open(
    workspace: Workspace, tmp_path: Path
) -> None:
    filled(workspace)
    assert (workspace.path / "state.sqlite-wal").stat().st_size > 0
    with mounted(tmp_path / "readonly", "--bind", "-o", "ro", str(workspace.path)) as place:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        check_reading_only(told_by("read_only", place, tmp_path))


@pytest.mark.slow
def test_a_read_only_folder_without_a_workspace_is_told(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with mounted(tmp_path / "readonly", "--bind", "-o", "ro", str(tmp_path / "nothing")) as place:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        assert told_by("read_only", place, tmp_path)[0][0] == "not opened"
