"""Pictures, films and documents of a team: every file once, under the hash of its cleaned content."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmlib.asset import Asset
from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError, WorkspaceError
from smmlib.language import mark
from smmlib.workspace.collection import Collection
from smmlib.workspace.database import Database, in_our_words
from smmlib.workspace.parts import MEDIA, forget_file, write_safely

if TYPE_CHECKING:
    from smmlib.drafting.media import Prepared

_LEFT_FOR = timedelta(hours=1)
_TOLD_BY_FILE = frozenset({"id", "kind", "name", "mime", "size", "width", "height", "duration_s"})


class MediaStore:
    """The media of a workspace: `workspace.media`.

    Files lie in `media/<sha256>.<ending>`; what is known about them, whose they are and until when they
    may be used, is a record in `assets` with a history like any other.

    Args:
        database: The workspace's.
        clock: Returns the current time, with time zone.

    Attributes:
        assets: What is known about each file.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._folder = database.folder / MEDIA
        self.assets: Collection[Asset] = Collection(
            database, "asset", lambda: Asset, noun=mark("Media file"), clock=clock
        )

    def add(self, source: str | Path | bytes, *, name: str = "", author: str = "", **known: Any) -> Asset:
        """Clean a file and keep it. The same file again is not kept twice; what is given anew is noted.

        Args:
            source: A path, or the content.
            name: Name of the file; empty: the path's.
            author: Who adds it.
            **known: What is known: `alt_text`, `source`, `licence`, `licence_until`, `consent`, `persons`,
                `ai_origin`, and `creator`, `copyright`, `credit` where the file does not say them.

        Returns:
            What is known now; `removed` says what was taken out, `remarks` what else to know.

        Raises:
            UnreadableFileError: It is empty, too large, damaged, a link, or of a kind that is not kept.
            InvalidRecordError: A field does not exist or its value does not fit.
            WorkspaceError: It cannot be stored; nothing was.
        """
        from smmlib.drafting.media import prepare

        self._database.must_be_writable()
        data = source if isinstance(source, bytes) else _content(Path(source).expanduser())
        prepared = prepare(data, name or ("" if isinstance(source, bytes) else Path(source).name), **known)
        with in_our_words(self._folder):
            self._clear_away()
            self._keep(prepared)
        return self._note(prepared.asset, known, author)

    def list(self) -> tuple[Asset, ...]:
        """What is known of every file that is kept, the one added last first."""
        return tuple(reversed(self.known().values()))

    def known(self) -> dict[str, Asset]:
        """Every file that is kept, by id."""
        there = {path.stem for path in self._folder.glob("[0-9a-f]*") if path.is_file()}
        return {asset.id: asset for asset in self.assets.list() if asset.id in there}

    def path(self, id: str) -> Path:
        """Where a file lies.

        Raises:
            UnknownNameError: There is none with this id, or it was deleted.
        """
        found = next(iter(self._files(id)), None)
        if found is None:
            raise UnknownNameError(mark("Media file"), id, [asset.name for asset in self.assets.list()])
        return found

    def read(self, id: str) -> bytes:
        """The content of a file, after checking that it is still what was kept.

        Raises:
            UnknownNameError: There is none with this id.
            UnreadableFileError: It was changed since.
        """
        path = self.path(id)
        with in_our_words(path):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != id:
            raise UnreadableFileError(
                mark("{path} was changed from outside; add the file again or restore a backup."),
                path=str(path),
            )
        return data

    def describe(self, id: str, *, author: str = "", **known: Any) -> Asset:
        """Change what is known about a file, e.g. `describe(id, licence="CC BY 4.0")`.

        Raises:
            UnknownNameError: There is none with this id.
            InvalidRecordError: A field does not exist or its value does not fit.
            InvalidValueError: A field is told by the file itself.
        """
        fixed = sorted(_TOLD_BY_FILE & known.keys())
        if fixed:
            raise InvalidValueError(
                mark("{fields} is told by the file itself and cannot be changed."), fields=", ".join(fixed)
            )
        return self.assets.update(self.assets.get(id).replace(**known), author=author)

    def remove(self, id: str, *, author: str = "") -> None:
        """Take a file off the list. It stays on the disk and `assets.revert` brings it back.

        Raises:
            UnknownNameError: There is none with this id.
        """
        self.assets.remove(id, author=author)

    def delete(self, id: str, *, author: str = "") -> None:
        """Delete a file for good, e.g. when consent was withdrawn; its record stays in the history.

        Raises:
            UnknownNameError: There has never been one with this id.
            WorkspaceError: It cannot be deleted.
        """
        self._database.must_be_writable()
        self.assets.history(id)
        if id in self.assets:
            self.assets.remove(id, author=author)
        with in_our_words(self._folder):
            for path in self._files(id):
                if not forget_file(path):
                    raise WorkspaceError(
                        mark("{path} is open in another program; close it, then delete the file again."),
                        path=str(path),
                    )

    def _keep(self, prepared: Prepared) -> None:
        path = self._folder / f"{prepared.asset.id}{prepared.ending}"
        plain = path.is_file() and not path.is_symlink()
        if not plain or hashlib.sha256(path.read_bytes()).hexdigest() != prepared.asset.id:
            write_safely(path, lambda file: file.write(prepared.data))

    def _note(self, asset: Asset, known: dict[str, Any], author: str) -> Asset:
        try:
            past = [state.record for state in self.assets.history(asset.id) if state.record is not None]
        except UnknownNameError:
            return self.assets.add(asset, author=author)
        removed = tuple(dict.fromkeys((*past[-1].removed, *asset.removed)))
        return self.assets.keep(past[-1].replace(**known, removed=removed), author=author)

    def _files(self, id: str) -> Iterator[Path]:
        plain = id.isalnum() and id.isascii()
        found = sorted(self._folder.glob(f"{id}.*")) if plain else []
        return (path for path in found if path.is_file() and not path.is_symlink())

    def _clear_away(self) -> None:
        """Delete what a crash left; what another process writes right now is younger."""
        before = (self._clock() - _LEFT_FOR).timestamp()
        for path in self._folder.glob(".*.tmp"):
            if path.lstat().st_mtime < before:
                forget_file(path)


def _content(path: Path) -> bytes:
    """The content of a file that is one; its size is looked at before it is read."""
    from smmlib.drafting.media import MOST_BYTES, too_large

    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise UnreadableFileError(
                mark("{path} is a link to another file; name that file."), path=str(path)
            )
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFileError(
                mark("{path} is no file; choose a picture, film or PDF."), path=str(path)
            )
        if found.st_size > MOST_BYTES:
            raise too_large(path.name, found.st_size, MOST_BYTES)
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise UnreadableFileError(
            mark("{path} cannot be read: {why}."), path=str(path), why=problem
        ) from None
