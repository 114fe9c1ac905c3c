"""Is the workspace on a disk that can be trusted? Not on a network drive, nor in a synchronised folder.

SQLite's write-ahead log needs a local disk (SQLite documentation, "Write-Ahead Logging", section 1), and a
client that synchronises single files can put an old database beside a new log.
"""

from __future__ import annotations

import fnmatch
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath

from smmlib.language import Message, mark

NETWORK_DRIVES = {
    "9p": "9P",
    "afpfs": "AFP",
    "afs": "AFS",
    "ceph": "Ceph",
    "cifs": "SMB",
    "davfs": "WebDAV",
    "glusterfs": "GlusterFS",
    "gvfsd-fuse": "GVfs",
    "ncpfs": "NCP",
    "nfs": "NFS",
    "nfs4": "NFS",
    "rclone": "rclone",
    "smb": "SMB",
    "smb2": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "sshfs": "SSHFS",
    "webdav": "WebDAV",
}
"""Kind of file system, without "fuse.", to what people call it."""

SYNC_FOLDERS = {
    "com~apple~clouddocs": "iCloud Drive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
}
"""How the folder of a sync client is called, in lower case, to the client."""

SYNC_MARKERS = {
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
}
"""Files a sync client leaves in its folder, in lower case, to the client."""

_WINDOWS_REMOTE = 4


def surroundings_warnings(path: Path) -> tuple[Message, ...]:
    """What is risky about this folder, with a local one that is offered instead."""
    offer = {"path": str(path), "offer": str(local_alternative(path))}
    warnings = []
    if kind := _network_drive_here(path):
        text = mark(
            "The workspace {path} lies on a network drive ({kind}). Its database can be damaged there; "
            "move it to a local folder, for example {offer}."
        )
        warnings.append(Message(text, {**offer, "kind": kind}))
    if client := sync_client(path, names_in=_names_in, environ=os.environ):
        text = mark(
            "The workspace {path} lies in a folder that {client} synchronises. Its database can be damaged "
            "there; move it to a local folder, for example {offer}, and share backups instead."
        )
        warnings.append(Message(text, {**offer, "client": client}))
    return tuple(warnings)


def local_alternative(path: PurePath) -> Path:
    """A folder of the same name on this machine's own disk."""
    return own_folder(path.name or "workspace")


def own_folder(name: str = "workspace") -> Path:
    """A folder of this user on this machine, outside any project, network drive or sync client."""
    import platformdirs

    return Path(platformdirs.user_data_path("smmlib", appauthor=False)) / name


def network_drive(path: PurePath, mounts: str) -> str | None:
    """The kind of network drive a folder is on, e.g. "SMB"; None when it is local.

    Args:
        path: The folder, absolute.
        mounts: What /proc/mounts says on Linux, or the command `mount` on macOS.
    """
    best: tuple[int, str] = (0, "")
    for line in mounts.splitlines():
        mount = _mount(line)
        if mount and path.is_relative_to(mount[0]):
            best = max(best, (len(PurePath(mount[0]).parts), mount[1]), key=lambda found: found[0])
    return NETWORK_DRIVES.get(best[1].lower().removeprefix("fuse."))


def sync_client(
    path: PurePath, *, names_in: Callable[[PurePath], Iterable[str]], environ: Mapping[str, str]
) -> str | None:
    """The client that synchronises a folder, e.g. "OneDrive"; None when there is no sign of one.

    Args:
        path: The folder, absolute.
        names_in: Names of the files in a folder.
        environ: Environment variables; OneDrive names its folders in some.
    """
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if environ.get(variable) and path.is_relative_to(environ[variable]):
            return "OneDrive"
    for part in path.parts:
        # "Dropbox (Firma)", "OneDrive - Firma" and, on macOS, "GoogleDrive-name@example.com".
        name = re.split(r" ?[(-]", part.lower(), maxsplit=1)[0].strip()
        if name in SYNC_FOLDERS:
            return SYNC_FOLDERS[name]
    for folder in (path, *path.parents):
        for name in names_in(folder):
            for sign, client in SYNC_MARKERS.items():
                if fnmatch.fnmatchcase(name.lower(), sign):
                    return client
    return None


def _mount(line: str) -> tuple[str, str] | None:
    """Where a line of a list of mounts mounts, and the kind of file system."""
    if found := re.fullmatch(r".+ on (/.*) \(([\w.]+)[,)].*", line):
        return found[1], found[2]
    fields = line.split()
    if len(fields) < 3:
        return None
    place = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
    return place, fields[2]


def _network_drive_here(path: Path) -> str | None:
    if sys.platform == "win32":
        return _windows_drive(path)
    try:
        return network_drive(path, _mounts())
    except (OSError, subprocess.SubprocessError):
        return None


def _mounts() -> str:
    if sys.platform == "darwin":
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
        return listed.stdout
    return Path("/proc/mounts").read_text("utf-8", errors="replace")


def _windows_drive(path: Path) -> str | None:
    if path.drive.startswith("\\\\"):
        return "SMB"
    import ctypes

    windows = getattr(ctypes, "windll", None)
    remote = windows is not None and windows.kernel32.GetDriveTypeW(path.anchor) == _WINDOWS_REMOTE
    return "SMB" if remote else None


def _names_in(folder: PurePath) -> Iterable[str]:
    try:
        found = list(os.scandir(folder))
    except OSError:
        return ()
    # A folder of this name lies in the home of everybody who has Dropbox; in its own folder it is a file.
    return [entry.name for entry in found if entry.name != ".dropbox" or entry.is_file()]
