"""What the page for typed figures knows: a grid of cells, or text pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import traitlets as t

from smmlib import response
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.workspace import ImportReport, Workspace

LINK, PUBLISHED = "link", "published_at"


class TypingModel(t.HasTraits):
    """Figures that no platform exports, on their way into the workspace.

    Attributes:
        network: Network or medium they belong to, e.g. "xing" or "print".
        account: Whose figures, or "".
        author: Who types; asked for, because typed figures say who typed them.
        month: Any day of the month, for figures of a whole account.
        stored: Counts what was stored.
    """

    network = t.Unicode("")
    account = t.Unicode("")
    author = t.Unicode("")
    month = t.Instance(date, allow_none=True)
    stored = t.Int(0)

    def __init__(
        self, workspace: Workspace, language: Language, clock: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__()
        self.workspace, self.language = workspace, language
        self.report: ImportReport | None = None
        self._clock = clock or self._now

    def _now(self) -> datetime:
        return datetime.now(ZoneInfo(self.workspace.settings.time_zone))

    def read_cells(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
        """Rows of the grid, read as numbers of the language; empty rows are left out.

        Args:
            columns: `LINK`, `PUBLISHED` or a metric id for each column.
            rows: What was typed, as text.

        Raises:
            SmmError: Nothing was typed, or a figure is no number.
        """
        if len(set(columns)) < len(columns):
            raise InvalidValueError(mark("Two columns hold the same metric; choose another for one of them."))
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        lines = ["\t".join(columns), *("\t".join(_cell(cell) for cell in row) for row in filled)]
        if not filled:
            raise InvalidValueError(mark("There are no figures yet; please type at least one number."))
        return self.read_pasted("\n".join(lines))

    def read_pasted(self, text: str) -> pd.DataFrame:
        """Text copied from a spreadsheet, as rows.

        Raises:
            SmmError: It has no headings or rows, or a figure is no number.
        """
        return response.parse_pasted(text, self.language)

    def store(self, rows: pd.DataFrame) -> ImportReport:
        """Store rows, marked as typed with author and time.

        Raises:
            SmmError: Author, network or month is missing, or nothing was typed; nothing is stored.
        """
        if not self.network.strip():
            raise InvalidValueError(mark("Please say which network or medium the figures belong to."))
        incoming = response.typed_figures(
            rows,
            author=self.author,
            at=self._clock(),
            network=self.network.strip(),
            account=self.account.strip(),
            period=self.month,
        )
        self.report = self.workspace.response.add(incoming, author=self.author)
        self.stored += 1
        return self.report


def _cell(text: str) -> str:
    """What was typed, without what would end a cell or a line."""
    return " ".join(text.replace('"', "'").split())
