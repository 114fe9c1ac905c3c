"""What an import read, what it left out and why; and the import itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from smmlib.language import Language, Message, mark, say, say_many
from smmlib.response.formats import CERTAINTIES, Certainty
from smmlib.response.sums import Sum

if TYPE_CHECKING:
    import pandas as pd

ROWS_KEPT = 1_000
"""Row numbers a problem remembers; `count` is always exact."""

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about some rows that the user should know.

    Attributes:
        message: What it is.
        count: How many rows.
        rows: The first of their numbers, as a spreadsheet shows them.
        sheet: Sheet they stand in, "" when there is only one.
        choice: Option of `read_export` that settles it, such as "day_first", or "".
    """

    message: Message
    count: int
    rows: tuple[int, ...] = ()
    sheet: str = ""
    choice: str = ""

    @classmethod
    def about(cls, message: Message, rows: Iterable[int], *, choice: str = "") -> Problem:
        """A problem of these rows."""
        numbers = [int(row) for row in rows]
        return cls(message=message, count=len(numbers), rows=tuple(numbers[:ROWS_KEPT]), choice=choice)

    def text(self, language: Language = "en") -> str:
        """The message with how many rows and which."""
        told = " · ".join(filter(None, (self.sheet, self.message.text(language))))
        if not self.count:
            return told
        rows = ", ".join(map(str, self.rows[:_SHOWN])) + (", …" if self.count > _SHOWN else "")
        where = say_many("1 row: {rows}", "{count} rows: {rows}", self.count, language, rows=rows)
        return f"{told} ({where})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingReport:
    """What was read from a file, or typed.

    Attributes:
        file: Name of the file, "" when typed.
        sha256: Of its content.
        format: Id of the format.
        format_name: What people call it.
        certainty: How well the format is known.
        source: "export" or "typed".
        encoding: Encoding of the text, or "spreadsheet".
        locale: How numbers were read, "de" or "en".
        time_zone: Clock of the dates.
        rows_read: Rows below the headings.
        rows_kept: Rows that became posts, days or ads.
        values: Rows of the response table.
        first_day: Earliest local day, None when undated.
        last_day: Latest.
        dropped: Rows left out, by reason.
        problems: What else is worth knowing.
        unknown_columns: Columns that were not read; they stay in the original.
        empty_columns: Columns without a single value.
        sums: The metrics.
        note: About the format, by language.
        described_in: Where the format is described.
        checked_on: When somebody last compared the description with that source.
    """

    file: str = ""
    sha256: str = ""
    format: str
    format_name: str
    certainty: Certainty = "high"
    source: Literal["export", "typed"] = "export"
    encoding: str = ""
    locale: str = ""
    time_zone: str = ""
    rows_read: int
    rows_kept: int
    values: int
    first_day: date | None = None
    last_day: date | None = None
    dropped: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    empty_columns: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    note: dict[Language, str] = field(default_factory=dict)
    described_in: str = ""
    checked_on: date | None = None

    def text(self, language: Language = "en") -> str:
        """The whole report, plain text, some lines."""
        blocks = [self._summary(language)]
        for title, lines in (
            (mark("Sums, to compare with the platform's own page:"), [s.text(language) for s in self.sums]),
            (mark("Left out:"), [p.text(language) for p in self.dropped]),
            (mark("Please check:"), [p.text(language) for p in self.problems]),
            (mark("Columns not imported (they stay in the original file):"), _wrapped(self.unknown_columns)),
            (mark("Empty columns:"), _wrapped(self.empty_columns)),
        ):
            if lines:
                blocks.append("\n".join([say(title, language), *(f"  {line}" for line in lines)]))
        return "\n".join(blocks)

    def _summary(self, language: Language) -> str:
        if self.source == "typed":
            lines = [say("Typed figures", language)]
        else:
            certainty = say(CERTAINTIES[self.certainty], language)
            lines = [f"{self.file}: {say(self.format_name, language)}"]
            lines.append(say("Certainty of the format: {certainty}", language, certainty=certainty))
        lines.append(
            say(
                "{kept} of {read} rows read, {values} values",
                language,
                kept=self.rows_kept,
                read=self.rows_read,
                values=self.values,
            )
        )
        if self.first_day and self.last_day:
            days = say("{first:date} to {last:date}", language, first=self.first_day, last=self.last_day)
            lines.append(say("Period: {days}, clock of {zone}", language, days=days, zone=self.time_zone))
        if note := self.note.get(language):
            lines.append(say("Note: {note}", language, note=note))
        return "\n".join(lines)

    def to_json(self) -> str:
        """The report as JSON; `from_json` reads it."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ReadingReport:
        """Read what `to_json` wrote."""
        from pydantic import TypeAdapter

        return TypeAdapter(cls).validate_json(text)

    def to_frame(self) -> pd.DataFrame:
        """The sums: metric, currency, total, values, missing, additive."""
        import pandas as pd

        return pd.DataFrame([asdict(s) for s in self.sums], columns=[f.name for f in fields(Sum)])

    def problems_to_frame(self, language: Language = "en") -> pd.DataFrame:
        """What was left out or needs a look: kind ("dropped", "problem"), message, count, rows."""
        import pandas as pd

        listed = [("dropped", p) for p in self.dropped] + [("problem", p) for p in self.problems]
        return pd.DataFrame(
            [(kind, p.message.text(language), p.count, ", ".join(map(str, p.rows))) for kind, p in listed],
            columns=["kind", "message", "count", "rows"],
        )


@dataclass(frozen=True, slots=True)
class Import:
    """An export that was read, or figures that were typed; nothing is stored yet.

    Attributes:
        table: Response table; see `response.table.COLUMNS`.
        posts: Posts table; see `response.table.POST_COLUMNS`.
        format: Id of the format.
        report: What was read and what was not.
        source: Name of the file, or "typed".
        sha256: Of `original`.
        original: The file as it was, or what was typed as CSV.
    """

    table: pd.DataFrame
    posts: pd.DataFrame
    format: str
    report: ReadingReport
    source: str
    sha256: str
    original: bytes


def joined(reports: list[ReadingReport], left: Iterable[Message] = ()) -> ReadingReport:
    """One report of all sheets of a file.

    Args:
        reports: Of each sheet that was read.
        left: About the sheets that were not.
    """
    days = [day for report in reports for day in (report.first_day, report.last_day) if day]

    def all_of(name: str) -> Any:
        return tuple(entry for report in reports for entry in getattr(report, name))

    return replace(
        reports[0],
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        rows_read=sum(report.rows_read for report in reports),
        rows_kept=sum(report.rows_kept for report in reports),
        values=sum(report.values for report in reports),
        dropped=all_of("dropped"),
        problems=all_of("problems") + tuple(Problem(message=message, count=0) for message in left),
        unknown_columns=all_of("unknown_columns"),
        empty_columns=all_of("empty_columns"),
        sums=all_of("sums"),
    )


def _wrapped(names: tuple[str, ...]) -> list[str]:
    return [", ".join(names[i : i + 6]) for i in range(0, len(names), 6)]
