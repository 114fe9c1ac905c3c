"""Export files: their text, and how their figures are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Export:
    """A file as a network gives it, and what a user would say about it when importing it.

    Attributes:
        name: File name.
        content: The file.
        columns: Heading to field or metric id; None where the format is recognised.
        locale: How its numbers are written, None where the format knows.
        network: Network of all rows, None where the file or the format says.
        account: Account of all rows, None where the file says.
    """

    name: str
    content: bytes
    columns: Mapping[str, str] | None = None
    locale: str | None = None
    network: str | None = None
    account: str | None = None

    @property
    def options(self) -> dict[str, Any]:
        """Keyword arguments for `smmlib.response.read_export`."""
        fields = ("columns", "locale", "network", "account")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


def as_csv(rows: Iterable[Mapping[str, object]], *, delimiter: str = ",", bom: bool = False) -> bytes:
    """Rows as CSV with CRLF line ends; the headings are the keys of the first row."""
    listed: Sequence[Mapping[str, object]] = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(listed[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def english(value: int | Decimal) -> str:
    """A figure as an English export writes it: 15,000."""
    return f"{value:,}"


def german(value: int | Decimal) -> str:
    """A figure as a German export writes it: 15.000 or 1.234,50."""
    return english(value).translate(str.maketrans(",.", ".,"))
