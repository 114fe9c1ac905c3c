"""Media are kept once, come back from a backup, and go when a person asks for it."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError, SmmError, UnknownNameError, WorkspaceError
from smmlib.workspace import Workspace, open_workspace, restore_workspace
from tests.drafting.media import made_up as files


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "media").glob("*"))


def test_a_file_is_kept_once_and_cleaned(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "IMG_2041.JPEG"
    path.write_bytes(files.telling_jpeg())
    asset = workspace.media.add(path, licence="eigenes Foto", author="Ada")
    again = workspace.media.add(files.telling_jpeg(), name="Kopie.jpg", alt_text="Ein Rad")
    assert kept(workspace.path) == [f"{asset.id}.jpg"]
    assert (again.id, again.name) == (asset.id, "IMG_2041.JPEG")
    assert (again.licence, again.alt_text) == ("eigenes Foto", "Ein Rad")
    assert "GPS position" in again.removed
    assert workspace.media.list() == (again,)
    data = workspace.media.read(asset.id)
    assert not any(secret in data for secret in files.SECRETS)
    assert path.read_bytes() == files.telling_jpeg()


def test_a_cleaned_file_added_again_is_the_same_file(workspace: Workspace) -> None:
    asset = workspace.media.add(files.telling_png(), name="x.png")
    again = workspace.media.add(workspace.media.read(asset.id), name="y.png")
    assert again.id == asset.id
    assert again.removed == asset.removed


def test_what_is_known_has_a_history(workspace: Workspace) -> None:
    asset = workspace.media.add(files.telling_png(), name="x.png")
    workspace.media.describe(asset.id, licence="CC BY 4.0", licence_until=date(2027, 1, 1), author="Ben")
    first, second = workspace.media.assets.history(asset.id)
    assert (first.record and first.record.licence, second.author) == ("", "Ben")
    with pytest.raises(InvalidValueError, match=r"width is told by the file itself"):
        workspace.media.describe(asset.id, width=5)
    with pytest.raises(InvalidRecordError, match="consent is 'perhaps'"):
        workspace.media.describe(asset.id, consent="perhaps")


def test_a_removed_file_comes_back_and_a_deleted_one_does_not(workspace: Workspace) -> None:
    asset = workspace.media.add(files.telling_png(), name="x.png")
    workspace.media.remove(asset.id)
    assert workspace.media.list() == ()
    assert workspace.media.assets.revert(asset.id, 1) == asset
    assert workspace.media.list() == (asset,)
    workspace.media.delete(asset.id)
    assert kept(workspace.path) == []
    with pytest.raises(UnknownNameError, match="Media file"):
        workspace.media.read(asset.id)
    workspace.media.assets.revert(asset.id, 1)
    assert workspace.media.list() == ()
    workspace.media.remove(asset.id)
    assert workspace.media.add(files.telling_png(), name="y.png", licence="L").name == "x.png"
    assert workspace.media.list()[0].licence == "L"
    with pytest.raises(UnknownNameError, match="is unknown"):
        workspace.media.delete("0" * 64)


def test_bad_input_is_said_and_nothing_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    good = tmp_path / "x.png"
    good.write_bytes(files.telling_png())
    (tmp_path / "link.png").symlink_to(good)
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "empty.png").touch()
    (tmp_path / "cut.png").write_bytes(files.telling_png()[:-30])
    with (tmp_path / "huge.mp4").open("wb") as file:
        file.truncate(3 * 1024**3)
    for name, why in {
        "link.png": "is a link",
        "pipe.png": "is no file",
        "": "is no file",
        "empty.png": "is empty",
        "cut.png": "damaged or incomplete",
        "huge.mp4": "up to 512 MB",
        "nowhere.png": "cannot be read",
    }.items():
        with pytest.raises(SmmError, match=why):
            workspace.media.add(tmp_path / name)
    with pytest.raises(InvalidRecordError, match="nonsense"):
        workspace.media.add(good, nonsense=1)
    assert kept(workspace.path) == []
    assert workspace.media.list() == ()


def test_ids_from_elsewhere_lead_out_of_no_folder(workspace: Workspace) -> None:
    for id in ("../state", "*", "", "/etc/passwd", "[a-f]"):
        with pytest.raises(UnknownNameError, match="is unknown"):
            workspace.media.read(id)


def test_a_file_changed_from_outside_is_seen(workspace: Workspace) -> None:
    asset = workspace.media.add(files.telling_png(), name="x.png")
    workspace.media.path(asset.id).write_bytes(b"x" * asset.size)
    with pytest.raises(SmmError, match="changed from outside"):
        workspace.media.read(asset.id)
    workspace.media.add(files.telling_png(), name="x.png")
    assert workspace.media.read(asset.id)


def test_a_link_laid_in_the_folder_is_replaced_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    asset = workspace.media.add(files.telling_png(), name="x.png")
    victim, path = tmp_path / "victim", workspace.media.path(asset.id)
    victim.write_bytes(b"mine")
    path.unlink()
    path.symlink_to(victim)
    workspace.media.add(files.telling_png(), name="x.png")
    assert victim.read_bytes() == b"mine"
    assert not path.is_symlink()


def test_a_full_disk_leaves_nothing_behind(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("smmlib.workspace.parts.os.fsync", full)
    with pytest.raises(WorkspaceError, match="No room left"):
        workspace.media.add(files.telling_png(), name="x.png")
    assert kept(workspace.path) == []
    assert workspace.media.list() == ()


def test_leftovers_of_a_crash_go_when_they_are_old(folder: Path) -> None:
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    with open_workspace(folder, clock=lambda: at) as workspace:
        (folder / "media").mkdir()
        for name, hours in ((".old.tmp", 2), (".young.tmp", 0)):
            (folder / "media" / name).touch()
            os.utime(folder / "media" / name, (at.timestamp() - hours * 3600,) * 2)
        asset = workspace.media.add(files.telling_png(), name="x.png")
    assert kept(folder) == [".young.tmp", f"{asset.id}.png"]


def test_a_read_only_workspace_takes_nothing(workspace: Workspace) -> None:
    workspace._database.read_only = True
    with pytest.raises(WorkspaceError, match="open for reading only"):
        workspace.media.add(files.telling_png(), name="x.png")


def test_media_are_in_a_backup_and_come_back(workspace: Workspace, tmp_path: Path) -> None:
    asset = workspace.media.add(files.telling_jpeg(), name="x.jpg")
    backup = workspace.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(backup) as archive:
        assert f"media/{asset.id}.jpg" in archive.namelist()
    restore_workspace(backup, tmp_path / "new")
    with open_workspace(tmp_path / "new", create=False) as restored:
        assert restored.media.list() == (asset,)
        assert restored.media.read(asset.id) == workspace.media.read(asset.id)


def test_a_person_is_gone_from_the_media_too(workspace: Workspace) -> None:
    shown = workspace.media.add(files.telling_png(), name="x.png", persons="Erika Muster", creator="Ben")
    signed = workspace.media.add(
        files.jpeg(files.segment(0xED, files.iptc(creator="Erika Muster"))), creator="x"
    )
    other = workspace.media.add(files.telling_gif(), name="x.gif", persons="Erik Musterfrau")
    workspace.media.describe(shown.id, persons="niemand")
    erasure = workspace.erase("erika muster")
    assert erasure.media == 2
    assert "2 media files" in erasure.text()
    assert workspace.media.list() == (other,)
    assert kept(workspace.path) == [f"{other.id}.gif"]
    assert "Erika" not in str(workspace.media.assets.history(shown.id))
    assert signed.id not in workspace.media.known()
