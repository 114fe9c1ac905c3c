"""What the page of review sheets knows: the sheet to send, and what an answer that came back says."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import traitlets as t

from smmlib.drafting.signoff import ReviewReport, review_html, review_xlsx
from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark
from smmlib.panels.drafting.signoff_model import SignoffModel

SheetKind = Literal["html", "xlsx"]

_WRITERS = {"html": review_html, "xlsx": review_xlsx}
_MIME = {
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ReviewModel(t.HasTraits):
    """Review sheets out and in. Holds no widgets, so tests need no notebook.

    Args:
        signoff: The sign-off of the open draft.

    Attributes:
        report: What an answered sheet says, until it is taken over or left.
    """

    report = t.Instance(ReviewReport, allow_none=True)

    def __init__(self, signoff: SignoffModel) -> None:
        super().__init__()
        self.signoff = signoff

    def sheet(
        self, kind: SheetKind, *, everything: bool, deadline: date | None, language: Language
    ) -> tuple[str, bytes, str]:
        """A review sheet: name of the file, content, MIME type.

        Args:
            kind: "html" or "xlsx".
            everything: All drafts in review; else the open one.
            deadline: Day by which an answer is asked for.
            language: Language of the sheet.

        Raises:
            InvalidValueError: Nothing is in review.
        """
        self.signoff.drafts.settle()
        opened = [self.signoff.drafts.draft.id] if self.signoff.drafts.draft else []
        ids = [draft.id for draft in self.signoff.workspace.drafts.list()] if everything else opened
        sheet = self.signoff.workspace.reviews.sheet(ids, made_by=self.signoff.name, deadline=deadline)
        name = f"{'freigabe' if language == 'de' else 'review'}-{sheet.made_at:%Y-%m-%d}.{kind}"
        written: Any = _WRITERS[kind](sheet, language)
        return name, written.encode("utf-8") if isinstance(written, str) else written, _MIME[kind]

    def read(self, name: str, data: bytes) -> None:
        """Read an answered sheet; nothing is stored before `take_over`.

        Raises:
            UnreadableFileError: It is no answered review sheet.
        """
        self.report = None
        self.report = self.signoff.workspace.reviews.read(data, name, entered_by=self.signoff.name)

    def take_over(self, *, partly: bool = False) -> int:
        """Log what the sheet decided; returns how many entries that made.

        Raises:
            SmmError: Rows are refused and `partly` is not set, or a post was changed meanwhile.
        """
        if self.report is None:
            raise InvalidValueError(mark("No answered sheet was read yet; choose its file first."))
        logged = self.signoff.workspace.reviews.take_over(self.report, partly=partly)
        self.report = None
        self.signoff.refresh()
        return len(logged)
