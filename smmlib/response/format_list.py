"""The formats that can be read, how well each is known, and from where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from smmlib.response.formats import CERTAINTIES, Certainty, Format, load_formats

if TYPE_CHECKING:
    import pandas as pd


def list_formats(formats: Mapping[str, Format] | None = None) -> pd.DataFrame:
    """One row per format and language of its headings, sorted by id.

    Args:
        formats: The formats; None: those that come with smmlib.

    Returns:
        Columns id, name, language ("de" or "en"), certainty ("high", "medium", "low": the lowest of its
        layouts in that language), source, checked_on (date; missing when nobody wrote one).
    """
    import pandas as pd

    rows = []
    for id, format in sorted((load_formats() if formats is None else formats).items()):
        for language in sorted({layout.language for layout in format.layouts}):
            certainty = _lowest([x.certainty for x in format.layouts if x.language == language])
            rows.append((id, format.name, language, certainty, format.source, format.checked_on))
    return pd.DataFrame(rows, columns=["id", "name", "language", "certainty", "source", "checked_on"])


def _lowest(certainties: list[Certainty]) -> Certainty:
    return max(certainties, key=list(CERTAINTIES).index)
