"""Export formats as data: one TOML file each. A new format is a file here and a test.

A format is recognised by its headings, never by the name of the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from smmlib.errors import UnknownNameError
from smmlib.headings import plain
from smmlib.language import mark
from smmlib.record import Record

Certainty = Literal["high", "medium", "low", "named"]

CERTAINTIES: dict[Certainty, str] = {
    "high": mark("high: seen in real exports"),
    "medium": mark("medium: from published examples"),
    "named": mark("columns named by the user"),
    "low": mark("low: put together from descriptions; please compare the sums"),
}
FIELDS = {
    "entity_id": mark("Id of the post"),
    "ad_id": mark("Id of the advertisement"),
    "link": mark("Address of the post"),
    "text": mark("Text"),
    "published_at": mark("Published at"),
    "day": mark("Day (one row per day)"),
    "month": mark("Month, 1 to 12"),
    "weekday": mark("Day of the week, as a number"),
    "hour": mark("Hour"),
    "format": mark("Kind of post"),
    "paid": mark("Paid"),
    "campaign": mark("Campaign"),
    "variant": mark("Variant"),
    "network": mark("Network"),
    "account": mark("Account"),
    "currency": mark("Currency"),
}
"""What a column may be apart from a metric; "label:pillar" makes it a label of the kind "pillar"."""


def is_metric(target: str) -> bool:
    """Whether a column of this meaning holds figures."""
    return target not in FIELDS and not target.startswith("label:")


class Layout(Record):
    """One way a format writes its headings: an interface language, an age.

    Attributes:
        language: Language of the headings.
        locale: How numbers are written, "de" or "en".
        dates: strptime patterns of its dates; empty: the usual ones.
        either: Patterns whose order of day and month is not known.
        certainty: How well this is known.
        columns: Heading to field (`FIELDS`, "label:…") or metric id.
        optional: Headings of `columns` that may be absent.
    """

    language: str = "en"
    locale: Literal["de", "en"] = "en"
    dates: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    certainty: Certainty = "high"
    columns: dict[str, str]
    optional: tuple[str, ...] = ()

    def missing(self, headings: Collection[str]) -> tuple[str, ...]:
        """Headings that are needed and not among `headings`, which are in plain form."""
        optional = set(map(plain, self.optional))
        return tuple(h for h in self.columns if plain(h) not in headings and plain(h) not in optional)


class Format(Record):
    """What a kind of export contains and how to read it.

    Attributes:
        id: Name in code and on the command line.
        name: What people call it.
        network: Network of every row, "" when a column says so or the user must.
        entity: What a row is about.
        window: What span of time a value covers.
        time_zone: IANA name, if the platform fixes it.
        layouts: The ways its headings are written.
        totals: First cells of rows that are totals or notes, not entities.
        only: Heading to the values that are read; rows with another value are left out.
        factors: Heading to what its numbers are multiplied by (hours to seconds: 3600).
        sums: Heading of a sum to the headings of its parts; rows where they differ are reported.
        kinds: The platform's words for kinds of post to ours.
        weekday_one: Day of the week that the number 1 stands for, 1 = Monday … 7 = Sunday.
        account_in_id: Regular expression with one group that finds the account in the id.
        note: What a user should know, English and German.
        source: Where the format is described.
    """

    id: str
    name: str
    network: str = ""
    entity: Literal["post", "ad", "account"] = "post"
    window: Literal["lifetime", "day", "month"] = "lifetime"
    time_zone: str = ""
    layouts: tuple[Layout, ...] = Field(min_length=1)
    totals: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    factors: dict[str, float] = Field(default_factory=dict)
    sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    kinds: dict[str, str] = Field(default_factory=dict)
    weekday_one: int = Field(default=1, ge=1, le=7)
    account_in_id: str = ""
    note: dict[Literal["en", "de"], str] = Field(default_factory=dict)
    source: str = ""


@cache
def load_formats() -> dict[str, Format]:
    """Every format that is known, by id."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    read = (Format(**tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)
    return {format.id: format for format in read}


def find_format(id: str) -> Format:
    """The format with this id.

    Raises:
        UnknownNameError: There is none.
    """
    formats = load_formats()
    if id not in formats:
        raise UnknownNameError(mark("Export format"), id, formats)
    return formats[id]


def best_layout(format: Format, headings: Iterable[str]) -> Layout:
    """The layout of the format that lacks the fewest of these headings."""
    present = set(map(plain, headings))
    return min(format.layouts, key=lambda layout: len(layout.missing(present)))


def recognise(headings: Iterable[str]) -> tuple[Format, Layout] | None:
    """The format and layout that all the needed headings speak for; the most specific of several."""
    present = set(map(plain, headings))
    fitting = [
        (format, layout)
        for format in load_formats().values()
        for layout in format.layouts
        if not layout.missing(present)
    ]
    return max(fitting, key=lambda pair: len(pair[1].columns), default=None)
