from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from smmlib.workspace import open_workspace
from smmlib.workspace.surroundings import local_alternative, network_drive, surroundings_warnings, sync_client

LINUX = r"""
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /home/ada nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ada/local ext4 rw 0 0
//nas/team /mnt/Team\040Ablage cifs rw,username=ada 0 0
ada@host:/x /mnt/ssh fuse.sshfs rw,nosuid 0 0
C:\134 /mnt/c 9p rw,dirsync 0 0
portal /run/user/1000/doc fuse.portal rw 0 0
"""

MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ada@nas._smb._tcp.local/Team on /Volumes/Team (1) (smbfs, nodev, nosuid, mounted by ada)
nas:/export on /Volumes/export (nfs)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/smm", None),
        ("/tmp/smm", None),
        ("/home/ada/smm", "NFS"),
        ("/home/ada", "NFS"),
        ("/home/adam/smm", None),
        ("/home/ada/local/smm", None),
        ("/mnt/Team Ablage/smm", "SMB"),
        ("/mnt/ssh/smm", "SSHFS"),
        ("/mnt/c/Users/ada", "9P"),
        ("/run/user/1000/doc/x", None),
    ],
)
def test_network_drives_on_linux(path: str, kind: str | None) -> None:
    assert network_drive(PurePosixPath(path), LINUX) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/Users/ada/smm", None), ("/Volumes/Team (1)/smm", "SMB"), ("/Volumes/export/smm", "NFS")],
)
def test_network_drives_on_macos(path: str, kind: str | None) -> None:
    assert network_drive(PurePosixPath(path), MACOS) == kind


def holding(**found: str) -> Callable[[PurePath], Iterable[str]]:
    """Folders by the end of their path, and the one file in each."""
    return lambda folder: [name for end, name in found.items() if folder.name == end]


@pytest.mark.parametrize(
    ("path", "client"),
    [
        (PurePosixPath("/home/ada/Dropbox/smm"), "Dropbox"),
        (PurePosixPath("/home/ada/Dropbox (Firma)/smm"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\ada\OneDrive - Rad GmbH\smm"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\ada\iCloudDrive\smm"), "iCloud Drive"),
        (PurePosixPath("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/smm"), "iCloud Drive"),
        (PurePosixPath("/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.com/smm"), "Google Drive"),
        (PurePosixPath("/home/ada/Nextcloud/smm"), "Nextcloud"),
        (PurePosixPath("/home/ada/dropboxes/smm"), None),
        (PurePosixPath("/home/ada/smm"), None),
    ],
)
def test_sync_clients_by_the_name_of_the_folder(path: PurePath, client: str | None) -> None:
    assert sync_client(path, names_in=holding(), environ={}) == client


@pytest.mark.parametrize(
    ("name", "client"),
    [
        (".sync_1a2b3c.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".dropbox", "Dropbox"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.drivedownload", "Google Drive"),
        ("sync.db", None),
        (".gitignore", None),
    ],
)
def test_sync_clients_by_what_they_leave(name: str, client: str | None) -> None:
    path = PurePosixPath("/home/ada/Cloud/team/smm")
    assert sync_client(path, names_in=holding(Cloud=name), environ={}) == client


def test_onedrive_names_its_folder() -> None:
    path = PureWindowsPath(r"D:\Wolke\smm")
    environ = {"OneDriveCommercial": "D:\\Wolke"}
    assert sync_client(path, names_in=holding(), environ=environ) == "OneDrive"
    assert sync_client(PureWindowsPath(r"D:\Wolken\smm"), names_in=holding(), environ=environ) is None


def test_the_workspace_warns_and_offers_a_local_folder(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "Nextcloud" / "smm") as workspace:
        (warning,) = workspace.warnings
    assert "Nextcloud" in warning.text("en")
    assert "Nextcloud" in warning.text("de")
    assert str(local_alternative(tmp_path / "Nextcloud" / "smm")) in warning.text("de")
    with open_workspace(tmp_path / "local") as workspace:
        assert workspace.warnings == ()


def test_who_has_dropbox_has_a_folder_of_its_settings_at_home(tmp_path: Path) -> None:
    (tmp_path / "home" / ".dropbox").mkdir(parents=True)
    (tmp_path / "box" / "team").mkdir(parents=True)
    (tmp_path / "box" / ".dropbox").touch()
    assert surroundings_warnings(tmp_path / "home" / "smm") == ()
    (warning,) = surroundings_warnings(tmp_path / "box" / "team")
    assert "Dropbox" in warning.text("en")
