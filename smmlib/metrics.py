"""What each figure means: its passport. Definitions are data, in `metrics.toml`.

A passport names formula, numerator and denominator, unit, window and whether values may be added
up. Rates with different denominators are different metrics with different ids: nothing here, and
nothing built on it, exchanges one denominator for another.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, model_validator

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, mark, money, number, percent, say
from smmlib.record import Record

Combine = Literal["sum", "bound", "latest", "rate"]
Unit = Literal["count", "people", "seconds", "money", "share", "ratio"]
Words = dict[Language, str]

SHIPPED = Path(__file__).with_name("metrics.toml")

UNITS: dict[Unit, str] = {
    "count": mark("a count"),
    "people": mark("people"),
    "seconds": mark("seconds"),
    "money": mark("money, in its currency"),
    "share": mark("a share, in per cent"),
    "ratio": mark("a ratio"),
}
ADDING: dict[Combine, str] = {
    "sum": mark("May be added up over posts, days and networks."),
    "bound": mark(
        "May not be added up: of several values only a range is known, from the largest to the sum."
    ),
    "latest": mark("May not be added up over time: the newest value counts."),
    "rate": mark("May not be added up or averaged: recomputed from the sums of both counts."),
}
_WINDOW = mark("The window of its rows: the life of the post so far, or the day or hour the export states.")


class Break(Record):
    """A day from which on a platform counts something else: lines are cut there.

    Attributes:
        networks: Ids of the networks concerned.
        on: First day of the new way of counting.
        note: What changed, per language.
    """

    networks: tuple[str, ...]
    on: date
    note: Words = Field(default_factory=dict)


class Passport(Record):
    """What one figure means and how it may be used.

    Attributes:
        id: Metric id, as in the response table.
        name: What people call it, per language.
        formula: How it comes about, per language.
        unit: One of `UNITS`.
        combine: How several values are put together; see `ADDING`.
        numerator: Metric id, of a rate.
        denominator: Metric id of a rate; "posts" stands for the number of posts.
        factor: What the rate is multiplied by (1000 for cost per mille).
        proportion: Each unit of the denominator responded or not, so a Wilson interval applies.
        parts: What it is made of where a platform does not state it; of each group the first known.
        note: A caution, per language; may be empty.
        source: Where the definition comes from.
        breaks: Days on which a platform changed what it counts.
    """

    id: str
    name: Words
    formula: Words = Field(default_factory=dict)
    unit: Unit = "count"
    combine: Combine = "sum"
    numerator: str = ""
    denominator: str = ""
    factor: float = 1.0
    proportion: bool = False
    parts: tuple[tuple[str, ...], ...] = ()
    note: Words = Field(default_factory=dict)
    source: str = ""
    breaks: tuple[Break, ...] = ()

    @model_validator(mode="after")
    def _rate_has_both(self) -> Passport:
        if self.combine == "rate" and not (self.numerator and self.denominator):
            raise InvalidValueError(
                mark("Metric {id!r} is a rate; please name its numerator and its denominator."), id=self.id
            )
        return self

    @property
    def additive(self) -> bool:
        """Whether values may be added up."""
        return self.combine == "sum"

    def label(self, language: Language = "en") -> str:
        """Its name in `language`."""
        return in_language(self.name, language) or self.id

    def show(self, value: float, language: Language, currency: str = "") -> str:
        """`value` with its unit, as people read it; a missing one is an en dash."""
        if math.isnan(value):
            return "–"
        if self.unit == "share":
            return percent(value, language, 2)
        if self.unit == "money":
            return money(value, currency, language) if currency else number(value, language, 2)
        if self.unit == "ratio":
            return number(value, language, 2)
        if self.unit == "seconds":
            return say("{hours} h", language, hours=number(value / 3600, language, 1))
        return number(value, language, 0)

    def text(self, language: Language = "en") -> str:
        """The whole passport, one fact a line."""
        lines = [self.label(language)]
        lines.append(say("Formula: {formula}.", language, formula=in_language(self.formula, language)))
        lines.append(say("Unit: {unit}.", language, unit=say(UNITS[self.unit], language)))
        if self.combine == "rate":
            lines.append(
                say("Denominator: {name}.", language, name=passport(self.denominator).label(language))
            )
        lines.append(say(ADDING[self.combine], language))
        lines.append(say("Window: {window}", language, window=say(_WINDOW, language)))
        if self.note:
            lines.append(say("Note: {note}", language, note=in_language(self.note, language)))
        lines += [_break_text(cut, language) for cut in self.breaks]
        if self.source:
            lines.append(say("Source: {source}.", language, source=self.source))
        return "\n".join(lines)


def in_language(words: Mapping[Language, str], language: Language) -> str:
    """The text in `language`, else in any language it has, else empty."""
    return words.get(language) or next(iter(words.values()), "")


def load_metrics(
    overrides: Mapping[str, Mapping[str, Any]] | Path | str | None = None,
) -> dict[str, Passport]:
    """All passports by metric id, those of `overrides` added or put in place of the shipped ones.

    Args:
        overrides: Metric id to fields of `Passport`, in the form of `metrics.toml`, or the path of
            such a file. Names may be plain text instead of a text per language.

    Raises:
        InvalidRecordError: A field is unknown or does not fit.
    """
    known = dict(_shipped())
    if overrides is None:
        return known
    if isinstance(overrides, (str, Path)):
        overrides = tomllib.loads(Path(overrides).read_text(encoding="utf-8"))
    for id, fields in overrides.items():
        before = dict(known[id]) if id in known else {}
        known[id] = Passport(**{**before, **_worded(fields), "id": id})
    return known


def passport(metric: str) -> Passport:
    """The shipped passport of a metric id.

    Raises:
        UnknownNameError: There is no such metric.
    """
    if metric not in _shipped():
        raise UnknownNameError(mark("Metric"), metric, _shipped())
    return _shipped()[metric]


def breaks_of(metric: Passport, network: str) -> tuple[Break, ...]:
    """Days on which `network` changed what it counts as this metric; of a rate, as either part."""
    own = [cut for cut in metric.breaks if network in cut.networks]
    parts = [m for m in (metric.numerator, metric.denominator) if m]
    inherited = [cut for part in parts for cut in breaks_of(passport(part), network)]
    return tuple(sorted(own + inherited, key=lambda cut: cut.on))


@cache
def _shipped() -> dict[str, Passport]:
    table = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return {id: Passport(id=id, **fields) for id, fields in table.items()}


def _worded(fields: Mapping[str, Any]) -> dict[str, Any]:
    texts = ("name", "formula", "note")
    return {k: {"en": v} if k in texts and isinstance(v, str) else v for k, v in fields.items()}


def _break_text(cut: Break, language: Language) -> str:
    note = in_language(cut.note, language)
    names = ", ".join(cut.networks)
    return say("Break on {on:date} ({networks}): {note}", language, on=cut.on, networks=names, note=note)
