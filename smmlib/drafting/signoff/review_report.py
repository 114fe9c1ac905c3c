"""What becomes of each row of an answered review sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from smmlib.drafting.signoff.answers import Answer
from smmlib.drafting.signoff.step import Step
from smmlib.language import Language, Message, mark, say, say_many

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """An answer and what becomes of it.

    Attributes:
        answer: The answer as it was typed.
        post: How lists show the post's account; "" where it is not known.
        step: What would be logged, or None.
        problem: Why it cannot be taken over, or None. With neither, nothing was answered there.
    """

    answer: Answer
    post: str = ""
    step: Step | None = None
    problem: Message | None = None

    @property
    def outcome(self) -> Literal["good", "refused", "unanswered"]:
        """What becomes of it."""
        return "refused" if self.problem else "good" if self.step else "unanswered"

    def text(self, language: Language = "en") -> str:
        """The row in one line."""
        where = say(mark("row {row:plain}"), language, row=self.answer.row)
        about = " · ".join(
            filter(None, (where, self.post, self.answer.name.strip(), self.answer.decision.strip()))
        )
        outcome = self.problem or Message(_OUTCOMES[self.outcome])
        return f"{about}: {outcome.text(language)}"


_OUTCOMES = {
    "good": mark("can be taken over"),
    "refused": mark("refused"),
    "unanswered": mark("not answered"),
}


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """Outcome of `judge`.

    Attributes:
        rows: Every row of the sheet.
        warnings: What the sheet tells about the log of this workspace, e.g. that entries are gone.
    """

    rows: tuple[JudgedRow, ...]
    warnings: tuple[Message, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """What can be logged: approvals first, returns last, so that none gets in the way of another."""
        order = {"approve": 0, "comment": 1, "return": 2}
        steps = [row.step for row in self.rows if row.step is not None]
        return tuple(sorted(steps, key=lambda step: order[step.action]))

    @property
    def refused(self) -> tuple[JudgedRow, ...]:
        """Rows that cannot be taken over."""
        return tuple(row for row in self.rows if row.problem is not None)

    def text(self, language: Language = "en") -> str:
        """How many, and a line for each row that is refused."""
        lines = [warning.text(language) for warning in self.warnings]
        good = say_many(
            "1 answer can be taken over.", "{count} answers can be taken over.", len(self.steps), language
        )
        bad = say_many("1 row is refused.", "{count} rows are refused.", len(self.refused), language)
        return "\n".join([*lines, f"{good} {bad}", *(f"  {row.text(language)}" for row in self.refused)])

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per answer. Columns: row, post, name, role, decision, comment, outcome, why."""
        import pandas as pd

        rows = [
            {
                "row": row.answer.row,
                "post": row.post,
                **{name: getattr(row.answer, name) for name in ("name", "role", "decision", "comment")},
                "outcome": say(_OUTCOMES[row.outcome], language),
                "why": row.problem.text(language) if row.problem else "",
            }
            for row in self.rows
        ]
        return pd.DataFrame(
            rows, columns=["row", "post", "name", "role", "decision", "comment", "outcome", "why"]
        )
