"""How a grid will be read: which format, which column is what, in which locale and time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError, UnreadableFileError
from smmlib.headings import plain
from smmlib.language import mark
from smmlib.response.dates import EITHER, PLAIN, DateStyle
from smmlib.response.formats import (
    Format,
    Layout,
    best_layout,
    find_format,
    is_metric,
    load_formats,
    recognise,
)
from smmlib.response.grid import Grid
from smmlib.response.numbers import LOCALES, Locale, settle_locale, without_currency
from smmlib.response.own_columns import OWN, own_format

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DEFAULT_ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says about a file; None leaves it to the format.

    Attributes:
        locale: "de" or "en", how numbers are written.
        network: Network of all rows.
        account: Account of all rows.
        time_zone: IANA name, the clock of its dates.
        day_first: Whether the day comes first where that cannot be told.
    """

    locale: Locale | None = None
    network: str | None = None
    account: str | None = None
    time_zone: str | None = None
    day_first: bool | None = None

    def __post_init__(self) -> None:
        if self.locale is not None and self.locale not in LOCALES:
            raise UnknownNameError(mark("Locale"), self.locale, LOCALES)
        try:
            ZoneInfo(self.time_zone or DEFAULT_ZONE)
        except (KeyError, ValueError, OSError):
            raise InvalidValueError(
                mark("Time zone {name!r} is unknown; use an IANA name such as 'Europe/Berlin'."),
                name=self.time_zone,
            ) from None


@dataclass(frozen=True, slots=True)
class Plan:
    """A grid and how to read it.

    Attributes:
        grid: The cells.
        format: The format.
        layout: Which of its layouts.
        places: Field, "label:…" or metric id to the column of the grid.
        network: Network of all rows, "" if a column says.
        account: Account of all rows, "" if a column or the id says.
        locale: How numbers are written.
        time_zone: Clock of the dates.
        dates: How dates are written.
        keep: Rows of the grid that are read, as positions.
    """

    grid: Grid
    format: Format
    layout: Layout
    places: Mapping[str, int]
    network: str
    account: str
    locale: Locale
    time_zone: str
    dates: DateStyle
    keep: NDArray[np.intp]

    @property
    def rows(self) -> NDArray[np.int64]:
        """Row numbers of the rows that are read."""
        return self.grid.rows[self.keep]

    @property
    def metrics(self) -> list[str]:
        """Metric ids there are columns for, in the order of the format."""
        return [target for target in self.places if is_metric(target)]

    def text(self, target: str) -> pd.Series[str] | None:
        """The cells of a field or metric in the rows that are read, or None without such a column."""
        return self.cells(self.places[target]) if target in self.places else None

    def cells(self, column: int) -> pd.Series[str]:
        """The cells of a column of the grid in the rows that are read."""
        return self.grid.columns[column].take(self.keep).reset_index(drop=True)

    def native(self, column: int) -> NDArray[np.bool_] | None:
        """Where a column held numbers of a spreadsheet, in the rows that are read."""
        flags = self.grid.native[column]
        return None if flags is None else flags[self.keep]

    def column(self, heading: str) -> int | None:
        """The first column with this heading, however it is spelt."""
        wanted = plain(heading)
        return next((i for i, name in enumerate(self.grid.header) if plain(name) == wanted), None)


def make_plan(
    grids: list[Grid],
    name: str,
    format: str | None,
    columns: Mapping[str, str] | None,
    options: Options,
) -> Plan:
    """Decide how to read a file.

    Args:
        grids: Its sheets.
        name: What messages call it.
        format: Id of the format, or None to recognise it.
        columns: Heading to field or metric id, in place of a format.
        options: What the user says.

    Raises:
        UnreadableFileError: No format fits, or a column that is needed stands there twice.
        MissingColumnError: Columns that were named are not there.
        UnknownNameError: No such format, field or metric.
        InvalidValueError: The network is not known, or numbers could be read in two ways.
    """
    if columns is not None:
        grid, known = grids[0], own_format(columns)
        for candidate in grids:
            if not known.layouts[0].missing(set(map(plain, candidate.header))):
                grid = candidate
                break
        layout = known.layouts[0]
        _must_have(layout, grid, name)
    elif format is not None:
        grid, known = grids[0], find_format(format)
        layout = best_layout(known, grid.header)
        _must_have(layout, grid, name)
    else:
        grid, known, layout = _recognised(grids, name)
    return _plan(grid, known, layout, options, name)


def _must_have(layout: Layout, grid: Grid, name: str) -> None:
    if missing := layout.missing(set(map(plain, grid.header))):
        raise MissingColumnError(missing, grid.header, source=name)


def _recognised(grids: list[Grid], name: str) -> tuple[Grid, Format, Layout]:
    for grid in grids:
        if found := recognise(grid.header):
            return (grid, *found)
    header = grids[0].header
    present = set(map(plain, header))
    close = max(
        (
            (len(layout.columns) - len(layout.missing(present)), format, layout)
            for format in load_formats().values()
            for layout in format.layouts
        ),
        key=lambda row: row[0] / len(row[2].columns),
    )
    near, known, layout = close
    if near >= 0.6 * len(layout.columns):
        raise UnreadableFileError(
            mark(
                "{name} looks like “{format}”, but lacks the column(s) {columns}. Name its columns yourself."
            ),
            name=name,
            format=known.name,
            columns=", ".join(map(repr, layout.missing(present))),
        )
    raise UnreadableFileError(
        mark("{name}: no known export has these columns. Say what they mean. Columns found: {columns}."),
        name=name,
        columns=", ".join(map(repr, header[:40])),
    )


def _plan(grid: Grid, format: Format, layout: Layout, options: Options, name: str) -> Plan:
    places = _places(grid, layout, name)
    network = _network(format, places, options)
    own = format.id == OWN
    locale = options.locale or (_settled(grid, places, name) if own else layout.locale)
    style = DateStyle(
        layout.dates or PLAIN, layout.either or (EITHER if not layout.dates else ()), options.day_first
    )
    return Plan(
        grid=grid,
        format=format,
        layout=layout,
        places=places,
        network=network,
        account=options.account or "",
        locale=locale,
        time_zone=options.time_zone or format.time_zone or DEFAULT_ZONE,
        dates=style,
        keep=np.arange(len(grid.rows)),
    )


def _places(grid: Grid, layout: Layout, name: str) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for i, heading in enumerate(grid.header):
        found.setdefault(plain(heading), []).append(i)
    places: dict[str, int] = {}
    for heading, target in layout.columns.items():
        columns = found.get(plain(heading), [])
        if any(not grid.columns[i].equals(grid.columns[columns[0]]) for i in columns[1:]):
            raise UnreadableFileError(
                mark(
                    "{name} has the column {column!r} twice, with different content; "
                    "please rename one of them."
                ),
                name=name,
                column=heading,
            )
        if columns:
            places.setdefault(target, columns[0])
    return places


def _network(format: Format, places: Mapping[str, int], options: Options) -> str:
    given = options.network or ""
    if given and format.network and given != format.network:
        raise InvalidValueError(
            mark("“{format}” is an export of {own!r}, not of {given!r}; leave the network out."),
            format=format.name,
            own=format.network,
            given=given,
        )
    network = given or format.network
    if not network and "network" not in places:
        raise InvalidValueError(
            mark("The file does not say which network it is from; please name the network.")
        )
    return network


def _settled(grid: Grid, places: Mapping[str, int], name: str) -> Locale:
    figures = [column for target, column in places.items() if is_metric(target)]
    answers = {
        settle_locale(without_currency(grid.columns[column]), grid.native[column]): column
        for column in figures
    }
    if "de" in answers and "en" not in answers:
        return "de"
    if "de" not in answers and ("en" in answers or "open" not in answers):
        return "en"
    raise InvalidValueError(
        mark(
            "{name}: numbers in {column!r} can be read as German or as English (1.234 is 1234 or 1.234). "
            "Say which: locale 'de' or 'en'."
        ),
        name=name,
        column=grid.header[answers.get("open", answers.get("de", 0))],
    )
