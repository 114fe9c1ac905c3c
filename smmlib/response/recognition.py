"""Which format a file is in, told by its headings alone, and which of its sheets are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smmlib.errors import MissingColumnError, SmmError, UnreadableFileError
from smmlib.headings import alike, plain
from smmlib.language import Message, mark
from smmlib.response.formats import TITLED, Format, Layout, load_formats
from smmlib.response.grid import Grid

Formats = Mapping[str, Format]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet and how it will be read.

    Attributes:
        grid: The cells.
        format: The format.
        layout: Which of its layouts, with the metric of its title filled in.
    """

    grid: Grid
    format: Format
    layout: Layout


def recognise(
    headings: Iterable[str], *, title: str = "", formats: Formats | None = None
) -> tuple[Format, Layout] | None:
    """The format and layout that all the needed headings speak for; the most specific of several.

    Args:
        headings: Names of the columns.
        title: What stands above them.
        formats: The formats to choose from; None: those that come with smmlib.
    """
    present = set(map(alike, headings))
    fitting = [
        (format, titled)
        for format in (load_formats() if formats is None else formats).values()
        for layout in format.layouts
        if not layout.alone and not layout.missing(present) and (titled := _titled(layout, title))
    ]
    return max(fitting, key=lambda pair: (_found(pair[1], present), len(pair[1].columns)), default=None)


def recognise_grid(grid: Grid, formats: Formats | None = None) -> Chosen | None:
    """How a sheet is read when nobody says how, or None."""
    found = recognise(grid.header, title=grid.title, formats=formats)
    return Chosen(grid, *found) if found else None


def choose(grids: list[Grid], name: str, format: Format | None, formats: Formats) -> list[Chosen]:
    """The sheets that are read, and how.

    Args:
        grids: All sheets.
        name: What messages call the file.
        format: The format that was named, None to recognise it.
        formats: Those there are.

    Raises:
        UnreadableFileError: No sheet is in any known format, or the file is of another format than named.
        MissingColumnError: Columns that the named format needs are not there.
    """
    if format is None:
        known = [found for grid in grids if (found := recognise_grid(grid, formats))]
        if not known:
            raise _unknown(grids[0], name, formats)
        format = known[0].format
    fitting = [found for grid in grids if (found := best_layout(format, grid))]
    if not fitting:
        raise _misfit(grids, name, format, formats)
    return fitting if format.all_sheets else fitting[:1]


def best_layout(format: Format, grid: Grid) -> Chosen | None:
    """How a sheet is read in this format, or None when it lacks columns."""
    present = set(map(alike, grid.header))
    fitting = [
        titled
        for layout in format.layouts
        if not layout.missing(present) and (titled := _titled(layout, grid.title))
    ]
    best = max(fitting, key=lambda layout: _found(layout, present), default=None)
    return Chosen(grid, format, best) if best else None


def left_sheets(grids: list[Grid], chosen: Iterable[Grid], formats: Formats) -> list[Message]:
    """What to say about sheets of a spreadsheet, or tables of a text, that are not read."""
    read = set(map(id, chosen))
    return [_about(g, formats) for g in grids if g.encoding not in ("json", "html") and id(g) not in read]


def _about(grid: Grid, formats: Formats) -> Message:
    sheet, other = grid.sheet, recognise_grid(grid, formats)
    if other is None:
        return Message(mark("Sheet “{sheet}” was not read: its columns are not known."), {"sheet": sheet})
    return Message(
        mark("Sheet “{sheet}” was not read; it is “{format}”. To read it, name the format {id!r}."),
        {"sheet": sheet, "format": other.format.name, "id": other.format.id},
    )


def _found(layout: Layout, present: set[str]) -> int:
    return sum(alike(heading) in present for heading in layout.columns)


def _titled(layout: Layout, title: str) -> Layout | None:
    """The layout with the metric its title names; None when the title says nothing it knows."""
    if not layout.titles:
        return layout
    metrics = {plain(words): metric for words, metric in layout.titles.items()}
    metric = metrics.get(plain(title))
    if metric is None:
        return None
    columns = {h: metric if target == TITLED else target for h, target in layout.columns.items()}
    return layout.replace(columns=columns)


def _misfit(grids: list[Grid], name: str, format: Format, formats: Formats) -> SmmError:
    for grid in grids:
        if other := recognise_grid(grid, formats):
            return UnreadableFileError(
                mark(
                    "{name} is not “{wanted}” but looks like “{found}”. Leave the format out, or name {id!r}."
                ),
                name=name,
                wanted=Message(format.name),
                found=Message(other.format.name),
                id=other.format.id,
            )
    present = set(map(alike, grids[0].header))
    missing = min((layout.missing(present) for layout in format.layouts), key=len)
    if missing:
        return MissingColumnError(missing, grids[0].header, source=name)
    return UnreadableFileError(
        mark(
            "{name}: the line above the column names says {title!r}, which is none of the figures of "
            "“{format}”: {known}. Say what the columns mean."
        ),
        name=name,
        title=grids[0].title,
        format=Message(format.name),
        known=", ".join(words for layout in format.layouts for words in layout.titles),
    )


def _unknown(grid: Grid, name: str, formats: Formats) -> UnreadableFileError:
    present = set(map(alike, grid.header))
    columns = ", ".join(map(repr, grid.header[:40]))
    layouts = [(format, layout) for format in formats.values() for layout in format.layouts]
    for format, layout in layouts:
        if layout.alone and not layout.missing(present):
            return UnreadableFileError(
                mark(
                    "{name}: these columns could be “{format}”, but also many other tables. Name the format "
                    "{id!r}, or say what the columns mean: {columns}."
                ),
                name=name,
                format=Message(format.name),
                id=format.id,
                columns=columns,
            )
    near = max(layouts, key=lambda pair: _nearness(pair[1], present))
    if 0.6 <= _nearness(near[1], present) < 1:
        return UnreadableFileError(
            mark(
                "{name} looks like “{format}”, but lacks the column(s) {columns}. Name its columns yourself."
            ),
            name=name,
            format=Message(near[0].name),
            columns=", ".join(map(repr, near[1].missing(present))),
        )
    return UnreadableFileError(
        mark("{name}: no known export has these columns. Say what they mean. Columns found: {columns}."),
        name=name,
        columns=columns,
    )


def _nearness(layout: Layout, present: set[str]) -> float:
    """Share of the headings a layout needs that are there; 0 when only the line above them is missing."""
    optional = set(map(alike, layout.optional))
    needed = sum(alike(heading) not in optional for heading in layout.columns)
    share = 1 - len(layout.missing(present)) / max(needed, 1)
    return share if share < 1 else 0.0
