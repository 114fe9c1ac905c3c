"""Propose what the columns of an unknown table mean; the user confirms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from smmlib.headings import fingerprint, plain
from smmlib.response.formats import Format, is_metric
from smmlib.response.grid import Grid, read_grids
from smmlib.response.numbers import Locale, settle_locale, without_currency
from smmlib.response.recognition import recognise_grid
from smmlib.response.source_file import file_content

if TYPE_CHECKING:
    import pandas as pd

_SYNONYMS = Path(__file__).with_name("synonyms.toml")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a table may mean.

    Attributes:
        fingerprint: Names its set of headings; a confirmed mapping is remembered under it.
        columns: Heading to the field or metric id proposed; headings nobody recognised are missing.
        headings: All of them.
        locale: How its numbers are written, None where that cannot be told and the user must say.
        format: Id of the known format, or None; with one no mapping is needed.
        preview: The first rows, as text; row numbers as index.
    """

    fingerprint: str
    columns: dict[str, str]
    headings: tuple[str, ...]
    locale: Locale | None
    format: str | None
    preview: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row per column: column, meaning ("" when not recognised), example (first cell with text)."""
        import pandas as pd

        rows = []
        for i, heading in enumerate(self.headings):
            cells = [cell for cell in self.preview.iloc[:, i] if cell.strip()]
            rows.append((heading, self.columns.get(heading, ""), cells[0] if cells else ""))
        return pd.DataFrame(rows, columns=["column", "meaning", "example"])


def suggest_mapping(
    path: str | Path,
    *,
    data: bytes | None = None,
    rows: int = 5,
    formats: Mapping[str, Format] | None = None,
) -> Suggestion:
    """Propose a meaning for each column of a table, by its heading, in German or English.

    Args:
        path: The file; with `data`, only its name.
        data: Its content, when it was uploaded.
        rows: How many rows the preview shows.
        formats: The formats it may be in; None: those that come with smmlib.

    Raises:
        UnreadableFileError: It is missing, empty, or no table.
    """
    path = Path(path)
    grids = read_grids(file_content(path) if data is None else data, path.name)
    known = next((found for grid in grids if (found := recognise_grid(grid, formats))), None)
    grid = known.grid if known else grids[0]
    columns = guess_columns(grid.header)
    return Suggestion(
        fingerprint=fingerprint(grid.header),
        columns=columns,
        headings=grid.header,
        locale=known.layout.locale if known else _locale(grid, columns),
        format=known.format.id if known else None,
        preview=grid.to_frame().head(rows),
    )


def guess_columns(headings: Iterable[str]) -> dict[str, str]:
    """Heading to field or metric id, for those that are recognised; each meaning is given once."""
    words = _words()
    guessed: dict[str, str] = {}
    for heading in headings:
        bare = re.sub(r"\s*[(\[].*?[)\]]", "", plain(heading)).strip(" :*")
        target = words.get(plain(heading)) or words.get(bare) or _as_id(bare)
        if target and target not in guessed.values():
            guessed[heading] = target
    return guessed


def _as_id(bare: str) -> str | None:
    """A heading that is itself the id of a field or metric, such as link_clicks."""
    name = bare.replace(" ", "_")
    return name if name in _targets() else None


def _locale(grid: Grid, columns: dict[str, str]) -> Locale | None:
    figures = [grid.header.index(heading) for heading, target in columns.items() if is_metric(target)]
    answers = {settle_locale(without_currency(grid.columns[i]), grid.native[i]) for i in figures}
    sure: list[Locale] = [locale for locale in ("de", "en") if locale in answers]
    if len(sure) == 1:
        return sure[0]
    return None if sure or "open" in answers else "en"


@cache
def _words() -> dict[str, str]:
    return {plain(word): target for target, words in _read_synonyms().items() for word in words}


@cache
def _targets() -> frozenset[str]:
    return frozenset(_read_synonyms())


@cache
def _read_synonyms() -> dict[str, list[str]]:
    return tomllib.loads(_SYNONYMS.read_text(encoding="utf-8"))
