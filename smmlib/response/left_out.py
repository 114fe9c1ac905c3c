"""Rows of a planned file that are no posts: blanks, totals, notes, private posts, headings once more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from smmlib.errors import UnreadableFileError
from smmlib.headings import alike, plain
from smmlib.language import Message, mark
from smmlib.response.grid import Grid
from smmlib.response.notes import Notes
from smmlib.response.plan import Plan
from smmlib.response.recognition import Formats, recognise

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_LOOKED_AT = 50
_NO_NAME = ("", "NA", "-", "--")


def leave_out(plan: Plan, notes: Notes) -> Plan:
    """The plan without blank rows, totals, notes, private posts and rows of another window."""
    keep = np.zeros(len(plan.grid.rows), dtype=bool)
    keep[plan.keep] = True
    notes.drop(Message(mark("the row of descriptions below the column names")), plan.grid.rows[~keep])
    keep &= _filled(plan.grid)
    for message, wanted in (
        (Message(mark("the column names once more")), ~_headings_again(plan)),
        (Message(mark("total rows and notes of the platform")), ~_totals(plan)),
        *_windows(plan),
        (Message(mark("posts that were not public")), _public(plan)),
    ):
        notes.drop(message, plan.grid.rows[keep & ~wanted])
        keep &= wanted
    return replace(plan, keep=np.flatnonzero(keep))


def refuse_second_table(plan: Plan, formats: Formats, name: str) -> None:
    """Refuse a file in which the column names of another export stand further down.

    Raises:
        UnreadableFileError: There are two tables in the file.
    """
    rows = dict(zip(plan.grid.damaged, plan.grid.odd, strict=False)) | _rows_of_words(plan)
    begin = [row for row, cells in rows.items() if _is_heading(cells, plan, formats)]
    if begin:
        raise UnreadableFileError(
            mark(
                "{name} holds two tables: in row {row} other column names begin. Save each as a file of its "
                "own and import both."
            ),
            name=name,
            row=min(begin),
        )


def _rows_of_words(plan: Plan) -> dict[int, tuple[str, ...]]:
    """The first rows in which a figure is a word, as it is where a second table begins."""
    column = next((plan.places[metric] for metric in plan.metrics), None)
    if column is None:
        return {}
    words = plan.grid.columns[column].str.contains("[a-zäöü]{3}", case=False, regex=True)
    places = np.flatnonzero(words.to_numpy(dtype=bool))[:_LOOKED_AT].tolist()
    return {int(plan.grid.rows[i]): tuple(str(c.iloc[i]) for c in plan.grid.columns) for i in places}


def _is_heading(cells: tuple[str, ...], plan: Plan, formats: Formats) -> bool:
    present = [cell for cell in cells if cell.strip()]
    same = set(map(alike, present)) <= set(map(alike, plan.grid.header))
    return len(present) > 2 and not same and recognise(present, formats=formats) is not None


def _filled(grid: Grid) -> NDArray[np.bool_]:
    filled = np.zeros(len(grid.rows), dtype=bool)
    for column in grid.columns:
        filled |= (column != "").to_numpy(dtype=bool)
    return filled


def _headings_again(plan: Plan) -> NDArray[np.bool_]:
    again = np.ones(len(plan.grid.rows), dtype=bool)
    used = set(plan.places.values())
    for column in used:
        again &= (plan.grid.columns[column] == plan.grid.header[column]).to_numpy(dtype=bool)
    return again if len(used) > 1 else np.zeros(len(again), dtype=bool)


def _totals(plan: Plan) -> NDArray[np.bool_]:
    """Rows that begin with a word for a total, and rows of ads that name no ad.

    A campaign may be called "Total Care": in a table of ads such a row is a total only when it names
    nothing else, and where nothing else has a name, when it stands at either end.
    """
    grid, words = plan.grid, plan.format.totals
    names = [column for heading in plan.layout.id_from if (column := plan.column(heading)) is not None]
    names += [plan.places[target] for target in ("ad_id", "entity_id") if names and target in plan.places]
    total = np.zeros(len(grid.rows), dtype=bool)
    for column in {*names, *([0] if grid.columns else [])}:
        total |= _begins(grid.columns[column], words)
    if not names:
        return total
    named = np.zeros(len(total), dtype=np.intp)
    for column in names:
        named += ~grid.columns[column].str.strip().isin(_NO_NAME).to_numpy(dtype=bool)
    if len(names) == 1:
        total[plan.keep[1:-1]] = False
    left_out: NDArray[np.bool_] = (total & (named < 2)) | (named == 0)
    return left_out


def _begins(cells: pd.Series[str], words: tuple[str, ...]) -> NDArray[np.bool_]:
    if not words:
        return np.zeros(len(cells), dtype=bool)
    exact = {plain(word) for word in words if not word.endswith("*")}
    starts = tuple(plain(word[:-1]) for word in words if word.endswith("*"))
    shown = _may_begin(cells, (*exact, *starts)).drop_duplicates()
    found = [cell for cell in shown if plain(cell) in exact or plain(cell).startswith(starts)]
    matching: NDArray[np.bool_] = cells.isin(found).to_numpy(dtype=bool)
    return matching


def _may_begin(cells: pd.Series[str], words: tuple[str, ...]) -> pd.Series[str]:
    """The cells whose first letter is that of one of the words, or may turn out to be in plain form."""
    letters = {next((c for c in word if c.isalnum()), "") for word in words}
    if "" in letters:
        return cells
    # Letters beyond ASCII are kept, as the plain form may make ASCII of them.
    ascii_letters = "".join(sorted(c for c in letters if c.isascii()))
    first = rf"(?:[^\x00-\x7f]|(?i:[{ascii_letters}]))" if ascii_letters else r"[^\x00-\x7f]"
    import pyarrow as pa
    import pyarrow.compute as pc

    begins = pc.match_substring_regex(pa.array(cells), rf"^[^\pL\pN]*{first}")
    fitting: pd.Series[str] = cells[begins.to_numpy(zero_copy_only=False)]
    return fitting


def _public(plan: Plan) -> NDArray[np.bool_]:
    public = plan.format.public
    if public is None:
        return np.ones(len(plan.grid.rows), dtype=bool)
    shown = np.zeros(len(plan.grid.rows), dtype=bool)
    for heading in public.columns:
        if (column := plan.column(heading)) is not None:
            for text in public.texts:
                shown |= plan.grid.columns[column].str.contains(text, regex=False).to_numpy(dtype=bool)
    return shown


def _windows(plan: Plan) -> list[tuple[Message, NDArray[np.bool_]]]:
    asked = []
    for heading, values in plan.format.only.items():
        if (column := plan.column(heading)) is not None:
            told = {"column": heading, "value": " / ".join(values)}
            fits = plan.grid.columns[column].str.strip().isin(values).to_numpy(dtype=bool)
            asked.append((Message(mark("rows in which {column} is not {value}"), told), fits))
    return asked
