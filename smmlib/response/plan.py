"""How a grid will be read: which format, which column is what, in which locale and time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError, UnreadableFileError
from smmlib.headings import alike, plain
from smmlib.language import Message, mark
from smmlib.response.dates import EITHER, PLAIN, DateStyle
from smmlib.response.formats import SPLIT, Entity, Format, Layout, Window, is_metric
from smmlib.response.grid import Grid
from smmlib.response.numbers import LOCALES, Locale, settle_locale, without_currency
from smmlib.response.own_columns import OWN, own_format
from smmlib.response.recognition import Chosen, Formats, best_layout, choose

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
        now: The current time, with time zone; dates after it are reported. None: they are not.
    """

    locale: Locale | None = None
    network: str | None = None
    account: str | None = None
    time_zone: str | None = None
    day_first: bool | None = None
    now: datetime | None = None

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
        now: The current time, None when nobody says.
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
    now: datetime | None
    keep: NDArray[np.intp]

    @property
    def entity(self) -> Entity:
        """What a row is about."""
        return self.layout.entity or self.format.entity

    @property
    def window(self) -> Window:
        """What span of time a value covers, unless the row says otherwise."""
        return self.layout.window or self.format.window

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
        wanted = alike(heading)
        return next((i for i, name in enumerate(self.grid.header) if alike(name) == wanted), None)


def make_plans(
    grids: list[Grid],
    name: str,
    format: Format | None,
    columns: Mapping[str, str] | None,
    options: Options,
    formats: Formats,
) -> list[Plan]:
    """Decide how to read a file: one plan for each sheet that is read.

    Args:
        grids: Its sheets.
        name: What messages call it.
        format: The format, or None to recognise it.
        columns: Heading to field or metric id, in place of a format.
        options: What the user says.
        formats: The formats there are.

    Raises:
        UnreadableFileError: No format fits, or a column that is needed stands there twice.
        MissingColumnError: Columns that were named are not there.
        UnknownNameError: No such field or metric.
        InvalidValueError: The network is not known, or numbers could be read in two ways.
    """
    if columns is None:
        return [_plan(one, options, name) for one in choose(grids, name, format, formats)]
    own = own_format(columns)
    for grid in grids:
        if found := best_layout(own, grid):
            return [_plan(found, options, name)]
    present = set(map(alike, grids[0].header))
    raise MissingColumnError(own.layouts[0].missing(present), grids[0].header, source=name)


def _plan(chosen: Chosen, options: Options, name: str) -> Plan:
    grid, format, layout = chosen.grid, chosen.format, chosen.layout
    below = _descriptions(grid, layout)
    places = _places(grid, layout, below, name)
    own = format.id == OWN
    style = DateStyle(
        layout.dates or PLAIN, layout.either or (EITHER if not layout.dates else ()), options.day_first
    )
    return Plan(
        grid=grid,
        format=format,
        layout=layout,
        places=places,
        network=_network(format, places, options),
        account=options.account or "",
        locale=options.locale or (_settled(grid, places, name) if own else layout.locale),
        time_zone=options.time_zone or format.time_zone or DEFAULT_ZONE,
        dates=style,
        now=options.now,
        keep=np.arange(1 if below else 0, len(grid.rows)),
    )


def _descriptions(grid: Grid, layout: Layout) -> tuple[str, ...]:
    """The row of descriptions below the headings: it has no id, but says what figures are."""
    first = tuple(column.iloc[0] for column in grid.columns) if layout.described else ()
    return first if first and not first[0].strip() and sum(map(bool, first)) > 1 else ()


def _places(grid: Grid, layout: Layout, below: tuple[str, ...], name: str) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for i, heading in enumerate(grid.header):
        found.setdefault(alike(heading), []).append(i)
    places: dict[str, int] = {}
    for heading, target in layout.columns.items():
        title, split, words = heading.partition(SPLIT)
        columns = found.get(alike(title), [])
        if split:
            columns = [i for i in columns if below and plain(words) in plain(below[i])]
        if any(not grid.columns[i].equals(grid.columns[columns[0]]) for i in columns[1:]):
            raise UnreadableFileError(
                mark(
                    "{name} has the column {column!r} twice, with different content; "
                    "please rename one of them."
                ),
                name=name,
                column=title,
            )
        if columns:
            places.setdefault(target, columns[0])
    return places


def _network(format: Format, places: Mapping[str, int], options: Options) -> str:
    given = options.network or ""
    if given and format.network and given != format.network:
        raise InvalidValueError(
            mark("“{format}” is an export of {own!r}, not of {given!r}; leave the network out."),
            format=Message(format.name),
            own=format.network,
            given=given,
        )
    network = given or format.network or ("" if "network" in places else format.usual_network)
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
