"""Export formats as data: one TOML file each. A new format is a file here and a test.

A format is recognised by its headings, never by the name of the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from smmlib.errors import UnknownNameError
from smmlib.headings import alike
from smmlib.language import mark
from smmlib.record import Record

Certainty = Literal["high", "medium", "low", "named"]
Entity = Literal["post", "ad", "account"]
Window = Literal["lifetime", "day", "month"]

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
    "period_start": mark("First day the figures cover"),
    "period_end": mark("Last day the figures cover"),
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
"""What a column may be apart from a metric; "label:pillar" makes it a label of the kind "pillar", and
"segment:age" part of the audience segment a row is about."""

SPLIT = " | "
"""In a heading of a layout: what follows must stand in the row of descriptions below the headings."""

TITLED = "@title"
"""Meaning of the column whose metric the line above the headings names."""


def is_metric(target: str) -> bool:
    """Whether a column of this meaning holds figures."""
    return target not in FIELDS and not target.startswith(("label:", "segment:"))


class Layout(Record):
    """One way a format writes its headings: an interface language, an age, a sheet.

    Attributes:
        language: Language of the headings.
        locale: How numbers are written, "de" or "en".
        dates: strptime patterns of its dates; empty: the usual ones.
        either: Patterns whose order of day and month is not known.
        certainty: How well this is known.
        entity: What a row is about, if otherwise than the format says.
        window: What span of time a value covers, if otherwise than the format says.
        columns: Heading to field (`FIELDS`, "label:…", "segment:…") or metric id. Of several columns with
            one meaning the first that is there counts. "Heading | words" names, of several columns with
            this heading, the one whose description in the row below holds the words.
        optional: Headings of `columns` that may be absent.
        also: Headings that must be there too, though they are not read.
        described: Under the headings stands a row of descriptions.
        titles: The line above the headings to the metric of the column that means `TITLED`.
        id_from: Headings whose cells together stand in for an id when no column has one.
        alone: Too common to be recognised by: read in this way only when the format is named.
    """

    language: str = "en"
    locale: Literal["de", "en"] = "en"
    dates: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    certainty: Certainty = "high"
    entity: Entity | None = None
    window: Window | None = None
    columns: dict[str, str]
    optional: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    described: bool = False
    titles: dict[str, str] = Field(default_factory=dict)
    id_from: tuple[str, ...] = ()
    alone: bool = False

    def missing(self, headings: Collection[str]) -> tuple[str, ...]:
        """Headings that are needed and not among `headings`, which are in the form of `alike`."""
        optional = set(map(alike, self.optional))
        needed = (heading for heading in self.columns if alike(heading) not in optional)
        return tuple(h for h in (*needed, *self.also) if alike(h.partition(SPLIT)[0]) not in headings)


class Public(Record):
    """Where an archive says whether a post was public; others are private and left out.

    Attributes:
        columns: Headings, one of which must hold one of the texts.
        texts: The texts.
    """

    columns: tuple[str, ...] = Field(min_length=1)
    texts: tuple[str, ...] = Field(min_length=1)


class Format(Record):
    """What a kind of export contains and how to read it.

    Attributes:
        id: Name in code and on the command line.
        name: What people call it.
        network: Network of every row, "" when a column says so or the user must.
        usual_network: Network of every row unless a column or the user says another.
        entity: What a row is about.
        window: What span of time a value covers.
        time_zone: IANA name, if the platform fixes it.
        layouts: The ways its headings are written.
        all_sheets: Every sheet that fits a layout is read; otherwise the first.
        totals: First cells of rows that are totals or notes, not entities; "Gesamt*" is how they begin.
        only: Heading to the values that are read; rows with another value are left out.
        public: Where it says that a post was public, of archives that hold private ones too.
        html: Headings of columns that hold HTML; it is read as text.
        factors: Heading to what its numbers are multiplied by (hours to seconds: 3600).
        sums: Heading of a sum to the headings of its parts; rows where they differ are reported.
        kinds: The platform's words for kinds of post to ours.
        weekday_one: Day of the week that the number 1 stands for, 1 = Monday … 7 = Sunday.
        account_in_id: Regular expression with one group that finds the account in the id.
        note: What a user should know, English and German.
        source: Where the format is described.
        checked_on: When somebody last compared the description with its source.
    """

    id: str = Field(min_length=1, pattern=r"^[a-z0-9_]+$")
    name: str = Field(pattern=r"^[^{}]+$")
    network: str = ""
    usual_network: str = ""
    entity: Entity = "post"
    window: Window = "lifetime"
    time_zone: str = ""
    layouts: tuple[Layout, ...] = Field(min_length=1)
    all_sheets: bool = False
    totals: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    public: Public | None = None
    html: tuple[str, ...] = ()
    factors: dict[str, float] = Field(default_factory=dict)
    sums: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    kinds: dict[str, str] = Field(default_factory=dict)
    weekday_one: int = Field(default=1, ge=1, le=7)
    account_in_id: str = ""
    note: dict[Literal["en", "de"], str] = Field(default_factory=dict)
    source: str = ""
    checked_on: date | None = None


def load_formats(own: Iterable[Format] = ()) -> dict[str, Format]:
    """Every format that is known, by id: those that come with smmlib, and `own`, which take precedence."""
    return {**_shipped(), **{format.id: format for format in own}}


@cache
def _shipped() -> dict[str, Format]:
    files = sorted(Path(__file__).parent.glob("*.toml"))
    read = (Format(**tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)
    return {format.id: format for format in read}


def find_format(id: str, formats: Mapping[str, Format] | None = None) -> Format:
    """The format with this id.

    Raises:
        UnknownNameError: There is none.
    """
    known = load_formats() if formats is None else formats
    if id not in known:
        raise UnknownNameError(mark("Export format"), id, known)
    return known[id]
