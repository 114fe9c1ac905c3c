"""What an import did to the response table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmlib.language import Language, say, say_many

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.response.report import ReadingReport


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Outcome of `workspace.response.add`. Counts are rows of the response table.

    Attributes:
        import_id: Give it to `undo`; "" when nothing was new and nothing was stored.
        rows: Rows in the import.
        added: New rows.
        corrected: Rows that replaced a stored one.
        unchanged: Rows that were stored already, or come twice in the import (the last one counts).
        posts: Posts that are new or changed.
        read: What the reader of the file kept, left out and why.
    """

    import_id: str
    rows: int
    added: int
    corrected: int
    unchanged: int
    posts: int
    read: ReadingReport

    @property
    def stored(self) -> bool:
        """True when the import changed anything."""
        return bool(self.import_id)

    def summary(self, language: Language = "en") -> str:
        """What changed, in one sentence."""
        if not self.stored:
            return say("Nothing new: all {rows} values are stored already.", language, rows=self.rows)
        values = say(
            "{added} values new, {corrected} corrected, {unchanged} as they were",
            language,
            added=self.added,
            corrected=self.corrected,
            unchanged=self.unchanged,
        )
        posts = say_many(
            "{count} post new or changed.", "{count} posts new or changed.", self.posts, language
        )
        return f"{values}; {posts}"

    def text(self, language: Language = "en") -> str:
        """What changed, and what was read."""
        return f"{self.summary(language)}\n{self.read.text(language)}"

    def to_frame(self) -> pd.DataFrame:
        """One row: import_id, file, format and the counts."""
        import pandas as pd

        named = {"import_id": self.import_id, "file": self.read.file, "format": self.read.format}
        return pd.DataFrame([{**named, "rows": self.rows, **self._counts()}])

    def _counts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("added", "corrected", "unchanged", "posts")}
