"""Read an export: text first, then converted as its format declares; nothing is changed silently."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from smmlib.errors import UnreadableFileError
from smmlib.language import Message, mark
from smmlib.response.entities import leave_out, read_entities, without_duplicates
from smmlib.response.grid import Grid, Progress, read_grids
from smmlib.response.notes import Notes
from smmlib.response.plan import Options, Plan, make_plan
from smmlib.response.report import Import, Problem, ReadingReport, sums_of
from smmlib.response.values import check_sums, read_values

if TYPE_CHECKING:
    import pandas as pd


def read_export(  # noqa: PLR0913 - the front door of reading; every option is a keyword
    path: str | Path,
    *,
    data: bytes | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    locale: Literal["de", "en"] | None = None,
    network: str | None = None,
    account: str | None = None,
    time_zone: str | None = None,
    day_first: bool | None = None,
    progress: Progress | None = None,
) -> Import:
    """Read an export of a platform, CSV, XLSX or XLS. Nothing is stored.

    Args:
        path: The file; with `data`, only its name.
        data: Its content, when it was uploaded.
        format: Id of the format (`load_formats`), or None to recognise it by its headings.
        columns: Heading in the file to metric id or field (`formats.FIELDS`, "label:…"), for a table of
            any kind; `suggest_mapping` proposes it.
        locale: How numbers are written; None: as the format does.
        network: Network of every row, when the file does not say.
        account: Account of every row, when the file does not say or says it otherwise.
        time_zone: Clock of the dates, IANA name; None: the format's, else Europe/Berlin.
        day_first: Whether 04-12-18 is the 4th of December; None: such dates stay missing and are reported.
        progress: Told the share that is done.

    Returns:
        Response table, posts and the report of what was left out, and why.

    Raises:
        UnreadableFileError: The file is missing, a folder, empty, binary, damaged, or of no known format.
        MissingColumnError: Columns that are needed are not there.
        UnknownNameError: No such format, metric, field or locale.
        InvalidValueError: The network is not known, or numbers could be read in two ways.
    """
    path, options = Path(path), Options(locale, network, account, time_zone, day_first)
    content = file_content(path) if data is None else data
    grids = read_grids(content, path.name, _part(progress, 0.0, 0.5))
    plan = make_plan(grids, path.name, format, columns, options)
    return _import(plan, content, path.name, _part(progress, 0.5, 1.0))


def file_content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableFileError: It does not exist, is a folder, or may not be read.
    """
    if path.is_dir():
        raise UnreadableFileError(mark("{path} is a folder; please name a file."), path=str(path))
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(mark("{path} does not exist."), path=str(path)) from None
    except OSError as problem:
        raise UnreadableFileError(
            mark("{path} cannot be opened: {why}."), path=str(path), why=problem.strerror or str(problem)
        ) from None


def _import(plan: Plan, content: bytes, name: str, progress: Progress) -> Import:
    sha256, notes = hashlib.sha256(content).hexdigest(), Notes([], [])
    _about_the_file(plan.grid, notes)
    plan = leave_out(plan, notes)
    progress(0.1)
    entities = read_entities(plan, sha256[:10], notes)
    rows = without_duplicates(plan, entities, notes)
    progress(0.4)
    check_sums(plan, notes)
    table = read_values(plan, entities, rows, notes)
    progress(0.9)
    posts = entities.posts.iloc[rows].reset_index(drop=True)
    report = replace(_report(plan, table, posts, notes), file=name, sha256=sha256)
    progress(1.0)
    # Rows of days know neither the text nor the publication; as posts they would blank what is known.
    tells_posts = plan.format.entity == "post" and plan.format.window == "lifetime"
    listed = posts if tells_posts else posts.iloc[:0]
    return Import(table, listed, plan.format.id, report, name, sha256, content)


def _about_the_file(grid: Grid, notes: Notes) -> None:
    if grid.encoding == "cp1252":
        notes.remark(
            Message(
                mark("The file is not UTF-8 and was read as Windows-1252; please check umlauts and emoji.")
            )
        )
    if grid.damaged:
        message = Message(mark("rows whose cells do not fit the headings, such as notes"))
        notes.dropped.append(Problem.about(message, grid.damaged))


def _report(plan: Plan, table: pd.DataFrame, posts: pd.DataFrame, notes: Notes) -> ReadingReport:
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
        dropped=tuple(notes.dropped),
        problems=tuple(notes.problems),
        unknown_columns=unknown,
        empty_columns=empty,
        sums=sums_of(table, len(posts)),
        note=plan.format.note,
    )


def _unread(plan: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings of columns without any value, and of those with values that were not read."""
    read = set(plan.places.values())
    read |= {column for heading in plan.format.only if (column := plan.column(heading)) is not None}
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
