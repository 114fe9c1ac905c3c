"""Several tables of the same columns one below the other, each with a title of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from smmlib.response.grid import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray


def split_blocks(grid: Grid) -> list[Grid]:
    """One grid for each title that stands right above the column names, such as the figures of an account.

    Args:
        grid: A table of text; without a title, or with one only, it stays as it is.

    Returns:
        The blocks, each called by its title where there are several.
    """
    titles = _titles(grid)
    if not titles:
        return [grid]
    # Not rows of the table: the column names once more, and the line that names the delimiter.
    named = grid.columns[0].str.fullmatch(r"sep=.?", case=False).to_numpy(dtype=bool, copy=True)
    named[list(titles)] = True
    above = {int(grid.rows[row]) - 1 for row in titles}
    grid = replace(grid, damaged=tuple(number for number in grid.damaged if number not in above), odd=())
    starts, shown = [0, *titles], [grid.title, *titles.values()]
    ends = [*starts[1:], len(grid.rows)]
    return [
        _block(grid, np.arange(start, end)[~named[start:end]], (start, end), title)
        for start, end, title in zip(starts, ends, shown, strict=True)
    ]


def _block(grid: Grid, body: NDArray[np.intp], span: tuple[int, int], title: str) -> Grid:
    start, end = span
    first = int(grid.rows[start])
    after = int(grid.rows[end]) if end < len(grid.rows) else max(*grid.damaged, int(grid.rows[-1]), 0) + 1
    return replace(
        grid,
        columns=tuple(column.take(body).reset_index(drop=True) for column in grid.columns),
        native=tuple(None if flags is None else flags[body] for flags in grid.native),
        rows=grid.rows[body],
        title=title,
        sheet=title,
        damaged=tuple(number for number in grid.damaged if first <= number < after),
    )


def _titles(grid: Grid) -> dict[int, str]:
    """Position of each row that repeats the column names to the title in the line above it."""
    if not grid.title or not len(grid.rows):
        return {}
    again = np.ones(len(grid.rows), dtype=bool)
    for heading, column in zip(grid.header, grid.columns, strict=True):
        again &= (column == heading).to_numpy(dtype=bool)
    alone = {
        number: " ".join(filter(None, map(str.strip, cells)))
        for number, cells in zip(grid.damaged, grid.odd, strict=False)
    }
    found = ((row, alone.get(int(grid.rows[row]) - 1)) for row in np.flatnonzero(again).tolist())
    return {row: title for row, title in found if title}
