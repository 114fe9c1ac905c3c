"""Narrow a response table to networks, accounts, days, campaigns and labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import narwhals as nw

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import mark
from smmlib.response.choosing import Choices, choices, labels_of
from smmlib.response.pivot import as_lazy

_KEY = ("network", "account", "entity", "entity_id", "metric", "window", "period_start_utc", "segment")


def narrow(  # noqa: PLR0913
    table: Any,
    *,
    networks: Iterable[str] = (),
    accounts: Iterable[str] = (),
    campaigns: Iterable[str] = (),
    labels: Mapping[str, str] | None = None,
    start: date | None = None,
    end: date | None = None,
) -> nw.LazyFrame[Any]:
    """The rows that fit all filters; an empty filter lets everything through.

    Args:
        table: Response table; see `kpis`.
        networks: Network ids to keep.
        accounts: Accounts to keep.
        campaigns: Campaigns to keep.
        labels: Kind of label to the value to keep; all must fit.
        start: First local day. Rows without a day do not fit once a day is given.
        end: Last local day (included), not before `start`.

    Returns:
        A lazy frame; nothing is collected save the lists that misspelt values are checked against.

    Raises:
        InvalidValueError: `end` lies before `start`.
        UnknownNameError: The table has no such network, account, campaign or label.
    """
    lazy = as_lazy(table)
    wanted = {"network": tuple(networks), "account": tuple(accounts), "campaign": tuple(campaigns)}
    if start and end and end < start:
        raise InvalidValueError(
            mark("The period ends on {end:date}, before it starts on {start:date}; swap the two days."),
            start=start,
            end=end,
        )
    if any(wanted.values()) or labels:
        lazy = _by_name(lazy, wanted, dict(labels or {}))
    if start:
        lazy = lazy.filter(nw.col("local_day") >= nw.lit(start))
    if end:
        lazy = lazy.filter(nw.col("local_day") <= nw.lit(end))
    return lazy


def in_order(table: Any) -> nw.LazyFrame[Any]:
    """The same rows in the order of their key; without it they come in another order each time.

    Args:
        table: Response table; see `kpis`.
    """
    return as_lazy(table).sort(*_KEY)


def _by_name(
    lazy: nw.LazyFrame[Any], wanted: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]
) -> nw.LazyFrame[Any]:
    there = choices(lazy)
    _check(wanted, labels, there)
    for column, values in wanted.items():
        if values:
            lazy = lazy.filter(nw.col(column).is_in(values))
    if labels:
        cells = lazy.select("labels").unique().collect()["labels"].to_list()
        fitting = [c for c in cells if labels.items() <= labels_of(c).items()]
        lazy = lazy.filter(nw.col("labels").is_in(fitting))
    return lazy


def _check(wanted: Mapping[str, tuple[str, ...]], labels: Mapping[str, str], there: Choices) -> None:
    kinds = {
        "network": (mark("Network"), there.networks),
        "account": (mark("Account"), there.accounts),
        "campaign": (mark("Campaign"), there.campaigns),
    }
    for column, values in wanted.items():
        kind, known = kinds[column]
        for value in values:
            if value not in known:
                raise UnknownNameError(kind, value, known)
    for kind, value in labels.items():
        if kind not in there.labels:
            raise UnknownNameError(mark("Kind of label"), kind, there.labels)
        if value not in there.labels[kind]:
            raise UnknownNameError(mark("Label"), value, there.labels[kind])
