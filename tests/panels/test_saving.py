"""Keeping what is typed: late, once, and again when it failed."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from smmlib.errors import SmmError, WorkspaceError
from smmlib.language import mark
from smmlib.panels import DraftPanel, saving
from smmlib.panels.saving import Later


class Disk:
    """Counts what is written; full as long as it is told."""

    def __init__(self):
        self.full, self.written, self.told = False, 0, []

    def write(self):
        if self.full:
            raise WorkspaceError(mark("No room left to write to {path}."), path="disk")
        self.written += 1


@pytest.fixture
def disk(monkeypatch):
    monkeypatch.setattr(saving, "PAUSE", 0.01)
    monkeypatch.setattr(saving, "AGAIN", 0.05)
    return Disk()


def test_without_a_loop_it_is_written_at_once_and_failure_is_raised(disk):
    later = Later(disk.write, disk.told.append)
    later.soon()
    assert disk.written == 1
    disk.full = True
    with pytest.raises(WorkspaceError, match="No room"):
        later.soon()


def test_many_keys_are_written_once(disk):
    async def type_on():
        later = Later(disk.write, disk.told.append)
        for _ in range(5):
            later.soon()
        await asyncio.sleep(0.1)

    asyncio.run(type_on())
    assert (disk.written, disk.told) == (1, [])


def test_a_failed_write_is_told_and_tried_again_until_it_succeeds(disk):
    async def type_on():
        disk.full = True
        later = Later(disk.write, disk.told.append)
        later.soon()
        await asyncio.sleep(0.03)
        assert [str(problem) for problem in disk.told] == ["No room left to write to disk."]
        disk.full = False
        await asyncio.sleep(0.1)

    asyncio.run(type_on())
    assert disk.written == 1
    assert disk.told[-1] is None


def test_what_waits_stops_who_would_go_on_without_it(disk):
    async def leave():
        later = Later(disk.write, disk.told.append)
        later.soon()
        disk.full = True
        with pytest.raises(SmmError, match="No room"):
            later.now()
        disk.full = False
        later.now()

    asyncio.run(leave())
    assert disk.written == 1


def test_a_panel_says_that_a_text_is_not_stored_yet(workspace, monkeypatch):
    monkeypatch.setattr("smmlib.workspace.database.BUSY_SECONDS", 0.1)
    monkeypatch.setattr(saving, "AGAIN", 0.2)

    async def type_while_locked():
        with open_again(workspace) as mine:
            panel = DraftPanel(mine, language="de")
            panel.model.open("one")
            with closing(sqlite3.connect(mine.path / "state.sqlite", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                panel.model.write("Nicht verlieren")
                await asyncio.sleep(saving.PAUSE + 0.3)
                assert "gesperrt" in panel.status.value
                assert panel.model.draft.text == "Nicht verlieren"
                other.execute("ROLLBACK")
            await asyncio.sleep(0.5)
            assert "wieder gespeichert" in panel.status.value
            assert mine.drafts.get("one").text == "Nicht verlieren"

    asyncio.run(type_while_locked())


def open_again(workspace):
    from smmlib import open_workspace

    return open_workspace(workspace.path)
