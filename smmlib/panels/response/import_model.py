"""What the import page knows: the file that was chosen, what its columns mean, what has been imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import traitlets as t

from smmlib import response
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, moment, say
from smmlib.workspace import ColumnMapping

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.response import Suggestion
    from smmlib.workspace import ImportReport, Workspace


class ImportModel(t.HasTraits):
    """A file on its way into the workspace. Nothing is stored before `store`.

    Attributes:
        name: Name of the chosen file, or path; "" when none is.
        columns: Heading to field or metric id, as proposed, remembered or set by the user.
        locale: How numbers are written: "de", "en", or "" for the format's own.
        network: Network of every row, or "" when the file says so.
        account: Account of every row, or "".
        day_first: True or False where 04/12 must be settled, None to leave such dates out.
        stored: Counts what was stored or taken back.
    """

    name = t.Unicode("")
    columns = t.Dict()
    locale = t.Unicode("")
    network = t.Unicode("")
    account = t.Unicode("")
    day_first = t.Bool(None, allow_none=True)
    stored = t.Int(0)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.suggestion: Suggestion | None = None
        self.remembered = False
        self.report: ImportReport | None = None
        self._data: bytes | None = None

    def look(self, name: str, data: bytes | None = None) -> None:
        """Look into a file: an upload, or a path when `data` is None.

        Raises:
            SmmError: It cannot be read as a table.
        """
        path = name.strip() if data is not None else str(Path(name.strip()).expanduser())
        if not name.strip():
            raise InvalidValueError(mark("No file is chosen; choose one or type its path."))
        suggestion = response.suggest_mapping(path, data=data)
        self._data, self.suggestion, self.report = data, suggestion, None
        known = self._remembered(suggestion.fingerprint)
        self.remembered = known is not None and suggestion.format is None
        self.day_first = None
        self.locale = (known.locale if known else "") or suggestion.locale or ""
        self.network = known.network if known else ""
        self.account = known.account if known else ""
        self.columns = dict(known.columns) if known else dict(suggestion.columns)
        self.name = ""
        self.name = path

    @property
    def recognised(self) -> str:
        """Name of the format the file was recognised as, else ""."""
        format = self.suggestion.format if self.suggestion else None
        return response.load_formats()[format].name if format else ""

    def store(self, *, author: str = "") -> ImportReport:
        """Import the file; a mapping the user confirmed is remembered.

        Raises:
            SmmError: The file or the mapping does not do; nothing is stored.
        """
        if self.suggestion is None:
            raise InvalidValueError(mark("No file is chosen; choose one or type its path."))
        mapped = self.suggestion.format is None
        incoming = response.read_export(
            self.name,
            data=self._data,
            columns=self._meanings() if mapped else None,
            locale=self.locale or None,  # type: ignore[arg-type]
            network=self.network or None,
            account=self.account or None,
            time_zone=self.workspace.settings.time_zone,
            day_first=self.day_first,
        )
        report = self.workspace.response.add(incoming, author=author)
        if mapped:
            self._remember(self.suggestion.fingerprint)
        self.report = report
        self.stored += 1
        return report

    def undo(self, import_id: str) -> None:
        """Take an import back.

        Raises:
            SmmError: It was undone already.
        """
        self.workspace.response.undo(import_id)
        self.stored += 1

    def imports(self) -> pd.DataFrame:
        """What was imported, newest first; times on the clock of the workspace."""
        rows = self.workspace.response.imports().iloc[::-1].reset_index(drop=True)
        zone = self.workspace.settings.time_zone
        return rows.assign(at=rows["at"].dt.tz_convert(zone), undone_at=rows["undone_at"].dt.tz_convert(zone))

    def standing(self, language: Language) -> list[tuple[str, str]]:
        """Imports that can be taken back: what a list calls them, and their id."""
        rows = self.imports()
        rows = rows[rows["undone_at"].isna()]
        typed = say("typed figures", language)
        return [
            (f"{typed if source == 'typed' else source} · {moment(at, language)}", import_id)
            for source, at, import_id in zip(rows["source"], rows["at"], rows["import_id"], strict=True)
        ]

    def _meanings(self) -> dict[str, str]:
        return {heading: meaning for heading, meaning in self.columns.items() if meaning}

    def _remembered(self, fingerprint: str) -> ColumnMapping | None:
        mappings = self.workspace.mappings
        return mappings.get(fingerprint) if fingerprint in mappings else None

    def _remember(self, fingerprint: str) -> None:
        mapping = ColumnMapping(
            id=fingerprint,
            columns=self._meanings(),
            locale=self.locale,
            network=self.network,
            account=self.account,
        )
        self.workspace.mappings.keep(mapping)
