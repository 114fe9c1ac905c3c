"""Read an export: text first, then converted as its format declares; nothing is changed silently."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from smmlib.language import Message, mark
from smmlib.response.entities import read_entities, without_duplicates
from smmlib.response.formats import Format, find_format, load_formats
from smmlib.response.grid import Grid, Progress, read_grids
from smmlib.response.left_out import leave_out, refuse_second_table
from smmlib.response.notes import Notes
from smmlib.response.plan import Options, Plan, make_plans
from smmlib.response.recognition import left_sheets
from smmlib.response.report import Import, Problem, ReadingReport, joined
from smmlib.response.source_file import file_content
from smmlib.response.sums import sums_of
from smmlib.response.values import check_sums, read_values

if TYPE_CHECKING:
    import pandas as pd


def read_export(  # noqa: PLR0913 - the front door of reading; every option is a keyword
    path: str | Path,
    *,
    data: bytes | None = None,
    folder: str | Path | None = None,
    format: str | Format | None = None,
    columns: Mapping[str, str] | None = None,
    locale: Literal["de", "en"] | None = None,
    network: str | None = None,
    account: str | None = None,
    time_zone: str | None = None,
    day_first: bool | None = None,
    formats: Mapping[str, Format] | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Import:
    """Read an export of a platform: CSV, XLSX, XLS, JSON, HTML, or a ZIP of the last two. Nothing is stored.

    Args:
        path: The file; with `data`, only its name.
        data: Its content, when it was uploaded.
        folder: Where the file must lie, links followed; None: anywhere.
        format: The format or its id (`load_formats`), or None to recognise it by its headings.
        columns: Heading in the file to metric id or field (`formats.FIELDS`, "label:…"), for a table of
            any kind; `suggest_mapping` proposes it.
        locale: How numbers are written; None: as the format does.
        network: Network of every row, when the file does not say.
        account: Account of every row, when the file does not say or says it otherwise.
        time_zone: Clock of the dates, IANA name; None: the format's, else Europe/Berlin.
        day_first: Whether 04-12-18 is the 4th of December; None: such dates stay missing and are reported.
        formats: The formats there are; None: `load_formats()`.
        now: The current time, with time zone; dates after it are reported. None: they are not.
        progress: Told the share that is done.

    Returns:
        Response table, posts and the report of what was left out, and why.

    Raises:
        UnreadableFileError: The file is missing, a folder, empty, binary, damaged, or of no known format.
        MissingColumnError: Columns that are needed are not there.
        UnknownNameError: No such format, metric, field or locale.
        InvalidValueError: The network is not known, or numbers could be read in two ways.
    """
    path, known = Path(path), load_formats() if formats is None else formats
    options = Options(locale, network, account, time_zone, day_first, now)
    content = file_content(path, folder=Path(folder) if folder else None) if data is None else data
    grids = read_grids(content, path.name, _part(progress, 0.0, 0.5))
    named = find_format(format, known) if isinstance(format, str) else format
    plans = make_plans(grids, path.name, named, columns, options, known)
    if columns is None:
        for plan in plans:
            refuse_second_table(plan, known, path.name)
    left = left_sheets(grids, [plan.grid for plan in plans], known)
    return _import(plans, left, content, path.name, _part(progress, 0.5, 1.0))


def _import(plans: list[Plan], left: list[Message], content: bytes, name: str, progress: Progress) -> Import:
    sha256, tables, posts, reports = hashlib.sha256(content).hexdigest(), [], [], []
    for done, plan in enumerate(plans, 1):
        table, listed, report = _read(plan, sha256, sheet=plan.grid.sheet if len(plans) > 1 else "")
        tables.append(table)
        posts.append(listed)
        reports.append(report)
        progress(done / len(plans))
    report = replace(joined(reports, left), file=name, sha256=sha256)
    return Import(_one(tables), _one(posts), report.format, report, name, sha256, content)


def _read(plan: Plan, sha256: str, *, sheet: str) -> tuple[pd.DataFrame, pd.DataFrame, ReadingReport]:
    """Response table, posts and report of one sheet."""
    notes = Notes([], [])
    _about_the_file(plan.grid, notes)
    plan = leave_out(plan, notes)
    entities = read_entities(plan, sha256[:10], notes)
    rows = without_duplicates(plan, entities, notes)
    check_sums(plan, notes)
    table = read_values(plan, entities, rows, notes)
    posts = entities.posts.iloc[rows].reset_index(drop=True)
    report = _report(plan, table, posts, notes, sheet)
    # Rows of days know neither the text nor the publication; as posts they would blank what is known.
    tells_posts = plan.entity == "post" and plan.window == "lifetime"
    return table, posts if tells_posts else posts.iloc[:0], report


def _one(frames: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    filled = [frame for frame in frames if len(frame)] or frames[:1]
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


def _about_the_file(grid: Grid, notes: Notes) -> None:
    if grid.encoding == "cp1252":
        notes.remark(
            Message(
                mark("The file is not UTF-8 and was read as Windows-1252; please check umlauts and emoji.")
            )
        )
    if grid.other_lines:
        message = Message(
            mark(
                "lines that are Windows-1252 in a file that is otherwise UTF-8; each was read in its own "
                "encoding, please check umlauts"
            )
        )
        notes.tell(message, np.array(grid.other_lines, dtype=np.int64))
    if grid.macros:
        notes.remark(Message(mark("The file carries macros. They were not run; the figures are its cells.")))
    if grid.damaged:
        message = Message(mark("rows whose cells do not fit the headings, such as notes"))
        notes.dropped.append(Problem.about(message, grid.damaged))


def _report(plan: Plan, table: pd.DataFrame, posts: pd.DataFrame, notes: Notes, sheet: str) -> ReadingReport:
    empty, unknown = _unread(plan)
    days = posts["published_on_local"].dropna()
    dropped = sum(problem.count for problem in notes.dropped)
    return ReadingReport(
        format=plan.format.id,
        format_name=plan.format.name,
        certainty=plan.layout.certainty,
        encoding=plan.grid.encoding,
        locale=plan.locale,
        time_zone=plan.time_zone,
        rows_read=len(posts) + dropped,
        rows_kept=len(posts),
        values=len(table),
        first_day=days.min() if len(days) else None,
        last_day=days.max() if len(days) else None,
        dropped=tuple(replace(problem, sheet=sheet) for problem in notes.dropped),
        problems=tuple(replace(problem, sheet=sheet) for problem in notes.problems),
        unknown_columns=unknown,
        empty_columns=empty,
        sums=sums_of(table, len(posts), sheet=sheet),
        note=plan.format.note,
        described_in=plan.format.source,
        checked_on=plan.format.checked_on,
    )


def _unread(plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings of columns without any value, and of those with values that were not read."""
    read = set(plan.places.values())
    public = plan.format.public.columns if plan.format.public else ()
    used = (*plan.format.only, *plan.layout.id_from, *public)
    read |= {column for heading in used if (column := plan.column(heading)) is not None}
    empty: list[str] = []
    unknown: list[str] = []
    for i, heading in enumerate(plan.grid.header):
        if i in read:
            continue
        blank = not (plan.grid.columns[i] != "").any()
        (empty if blank else unknown).append(heading)
    return tuple(h for h in empty if h), tuple(unknown)


def _part(progress: Progress | None, start: float, end: float) -> Progress:
    """A progress that fills the part from `start` to `end` of the whole."""

    def tell(share: float) -> None:
        if progress:
            progress(start + (end - start) * share)

    return tell
