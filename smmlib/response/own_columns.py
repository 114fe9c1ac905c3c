"""A table of any kind, whose columns the user names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import mark
from smmlib.metrics import load_metrics
from smmlib.response.dates import EITHER
from smmlib.response.formats import FIELDS, Format, Layout, is_metric

OWN = "own_columns"
"""Id of the format of a table whose columns the user named."""


def own_format(columns: Mapping[str, str]) -> Format:
    """A format for a table whose columns the user named.

    Raises:
        UnknownNameError: A column is given a meaning that does not exist.
        InvalidValueError: A meaning is given twice, is a rate, or there are no figures.
    """
    targets = [target for target in columns.values() if target]
    _check(targets)
    per_day = "day" in targets
    whole_account = per_day and not {"entity_id", "ad_id", "link"} & set(targets)
    about: Literal["post", "ad", "account"] = "account" if whole_account else "post"
    named = {name: target for name, target in columns.items() if target}
    layout = Layout(columns=named, either=EITHER, certainty="named")
    return Format(
        id=OWN,
        name=mark("Table with columns of its own"),
        entity="ad" if "ad_id" in targets else about,
        window="day" if per_day else "lifetime",
        layouts=(layout,),
        totals=("Gesamt", "Gesamtergebnis", "Summe", "Total", "Grand total"),
    )


def _check(targets: list[str]) -> None:
    metrics = load_metrics()
    for target in targets:
        if target not in metrics and is_metric(target):
            raise UnknownNameError(mark("Metric or field"), target, [*FIELDS, *metrics])
        if target in metrics and metrics[target].combine == "rate":
            raise InvalidValueError(
                mark(
                    "{metric!r} is a rate: it is computed from its parts, not imported. "
                    "Leave that column out."
                ),
                metric=target,
            )
        if targets.count(target) > 1:
            raise InvalidValueError(
                mark("Two columns are both meant to be {target!r}; please keep one of them."), target=target
            )
    if not any(map(is_metric, targets)):
        raise InvalidValueError(
            mark("No column is a metric; please name at least one, such as 'impressions'.")
        )
