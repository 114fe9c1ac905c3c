"""A description of an export format that a team wrote itself, in the form of the files in `formats/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from smmlib.errors import (
    InvalidRecordError,
    InvalidValueError,
    SmmError,
    UnknownNameError,
    UnreadableFileError,
)
from smmlib.language import mark
from smmlib.metrics import load_metrics
from smmlib.response.formats import FIELDS, TITLED, Format, Layout, is_metric


def read_format(data: bytes, name: str) -> Format:
    """Read and check a description.

    Args:
        data: Content of a TOML file; `smmlib/response/formats/*.toml` are examples.
        name: What messages call it.

    Raises:
        UnreadableFileError: It is no TOML.
        InvalidRecordError: A field is unknown, missing or does not fit; all of them at once.
    """
    try:
        fields = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UnreadableFileError(
            mark("{name} is no description of a format ({why}); it must be TOML in UTF-8."),
            name=name,
            why=str(problem)[:200],
        ) from None
    format = Format(**fields)
    if problems := list(check_format(format)):
        raise InvalidRecordError(name, problems)
    return format


def check_format(format: Format) -> Iterator[SmmError]:
    """What is wrong with a description that its fields alone do not show."""
    for layout in format.layouts:
        yield from _check_layout(layout)
    if format.account_in_id and not _has_one_group(format.account_in_id):
        yield InvalidValueError(
            mark("account_in_id {value!r} must be a regular expression with one group, such as '^(\\d+)_'."),
            value=format.account_in_id,
        )
    try:
        ZoneInfo(format.time_zone or "UTC")
    except (KeyError, ValueError, OSError):
        yield InvalidValueError(
            mark("Time zone {name!r} is unknown; use an IANA name such as 'Europe/Berlin'."),
            name=format.time_zone,
        )


def _check_layout(layout: Layout) -> Iterator[SmmError]:
    metrics = load_metrics()
    for target in (*layout.columns.values(), *layout.titles.values()):
        if is_metric(target) and target not in metrics and not (target == TITLED and layout.titles):
            yield UnknownNameError(mark("Metric or field"), target, [*FIELDS, *metrics])
        elif target in metrics and metrics[target].combine == "rate":
            yield InvalidValueError(
                mark(
                    "{metric!r} is a rate: it is computed from its parts, not imported. "
                    "Leave that column out."
                ),
                metric=target,
            )
    for heading in layout.optional:
        if heading not in layout.columns:
            yield UnknownNameError(mark("Column"), heading, layout.columns)


def _has_one_group(pattern: str) -> bool:
    try:
        return re.compile(pattern).groups == 1
    except re.error:
        return False
