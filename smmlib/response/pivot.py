"""From the response table to one row per post (ad, account) with a column per metric, in the engine.

Written once in Narwhals: the same expressions run on DuckDB and on a pandas frame. Nothing is
collected here save the short list of what a table contains.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw

from smmlib.metrics import Passport, load_metrics

if TYPE_CHECKING:
    import pandas as pd

ENTITY = ("network", "account", "entity", "entity_id")
WHOLE_FIRST = ("lifetime", "day", "hour", "20min", "month")
DAYS_FIRST = ("day", "hour", "20min", "month", "lifetime")


@dataclass(frozen=True, slots=True)
class Column:
    """A metric, and its currency where it is money; amounts of two currencies never meet."""

    metric: Passport
    currency: str = ""

    @property
    def name(self) -> str:
        """Name of its column while the engine works."""
        return f"{self.metric.id}|{self.currency}"


def as_lazy(table: Any) -> nw.LazyFrame[Any]:
    """A response table of any kind as a Narwhals lazy frame.

    Args:
        table: Narwhals frame, DuckDB relation, pandas, Polars or Arrow table with the columns of
            `smmlib.response.table.COLUMNS`.
    """
    lazy: nw.LazyFrame[Any] = nw.from_native(table, pass_through=False).lazy()
    return lazy


def contents(table: nw.LazyFrame[Any]) -> pd.DataFrame:
    """What a table holds: entity, metric, currency and window, with the number of rows of each."""
    found = table.group_by("entity", "metric", "currency", "window").agg(rows=nw.len())
    return (
        found.collect().to_pandas().sort_values(["entity", "metric", "currency", "window"], ignore_index=True)
    )


def definitions_for(found: Iterable[str], own: Mapping[str, Passport] | None = None) -> dict[str, Passport]:
    """The passports, `own` ones first, and a plain one for each metric nobody has defined."""
    known = {**load_metrics(), **(own or {})}
    return {**{m: Passport(id=m, name={"en": m}) for m in found if m not in known}, **known}


def one_window(table: nw.LazyFrame[Any], held: pd.DataFrame, order: Sequence[str]) -> nw.LazyFrame[Any]:
    """Leave one window per entity and metric, so that a lifetime value and its days are not added.

    Args:
        table: Response table.
        held: Its `contents`.
        order: Windows, the preferred one first.
    """
    if held.groupby(["entity", "metric"])["window"].nunique().max() <= 1:
        return table
    rank = nw.lit(len(order))
    for place, window in enumerate(order):
        rank = nw.when(nw.col("window") == window).then(nw.lit(place)).otherwise(rank)
    ranked = table.with_columns(_rank=rank)
    best = ranked.with_columns(_best=nw.col("_rank").min().over(*ENTITY, "metric"))
    return best.filter(nw.col("_rank") == nw.col("_best")).drop("_rank", "_best")


def counted(metrics: Iterable[Passport], known: Mapping[str, Passport]) -> list[Passport]:
    """The metrics that must be read from the table to know `metrics`: parts of rates, parts of sums."""
    needed: dict[str, Passport] = {}
    for metric in metrics:
        parts = [p for group in metric.parts for p in group]
        ids = (
            [metric.numerator, metric.denominator, *parts]
            if metric.combine == "rate"
            else [metric.id, *parts]
        )
        for id in ids:
            if id in known and id != "posts":
                needed[id] = known[id]
                needed.update({p: known[p] for group in known[id].parts for p in group})
    return list(needed.values())


def columns_of(metrics: Iterable[Passport], held: pd.DataFrame) -> list[Column]:
    """One column per metric the table holds, of money one per currency."""
    found = []
    for metric in metrics:
        rows = held[held["metric"] == metric.id]
        currencies = sorted(set(rows["currency"].fillna(""))) if metric.unit == "money" else [""]
        found += [Column(metric, currency) for currency in currencies if len(rows)]
    return found


def per_entity(table: nw.LazyFrame[Any], columns: Sequence[Column], keys: Sequence[str]) -> nw.LazyFrame[Any]:
    """One row per combination of `keys`, one column per `Column`; missing where nothing is known.

    Sums are over the rows of a combination (days, segments). Of a metric that counts people the
    sum is `name` and the largest value `name + "max"`.
    """
    names = sorted({c.metric.id for c in columns})
    lean = table.filter(nw.col("metric").is_in(names)).with_columns(_number=_number(columns))
    lean = lean.filter(nw.col("_number").is_finite())
    wide = lean.with_columns(**{c.name: nw.when(_is(c)).then(nw.col("_number")) for c in columns})
    sums = [nw.col(c.name).sum() for c in columns]
    counts = [nw.col(c.name).count().alias(c.name + "n") for c in columns]
    peaks = [nw.col(c.name).max().alias(c.name + "max") for c in columns if c.metric.combine != "sum"]
    one = wide.group_by(*keys).agg(*sums, *counts, *peaks)
    return one.with_columns(
        *(nw.when(nw.col(c.name + "n") > 0).then(nw.col(c.name)).alias(c.name) for c in columns)
    )


def made_of_parts(
    frame: nw.LazyFrame[Any], metric: Passport, columns: Sequence[Column]
) -> tuple[nw.LazyFrame[Any], Column | None]:
    """Fill a metric such as engagements from its parts wherever the platform does not state it.

    Returns:
        The frame with the column of `metric`, and that column; None when no part is there either.
    """
    have = {c.metric.id: c.name for c in columns}
    groups = [[nw.col(have[p]) for p in group if p in have] for group in metric.parts]
    known = [nw.coalesce(*g) if len(g) > 1 else g[0] for g in groups if g]
    own = Column(metric)
    if not known and metric.id not in have:
        return frame, None
    if known:
        some = reduce(lambda a, b: a | b, [~k.is_null() for k in known])
        total = reduce(
            lambda a, b: a + b, [nw.when(~k.is_null()).then(k).otherwise(nw.lit(0.0)) for k in known]
        )
        made = nw.when(some).then(total)
        frame = frame.with_columns(
            (nw.coalesce(nw.col(own.name), made) if metric.id in have else made).alias(own.name)
        )
    return frame, own


def _is(column: Column) -> nw.Expr:
    same = nw.col("metric") == column.metric.id
    if column.metric.unit != "money":
        return same
    if column.currency:
        return same & (nw.col("currency") == column.currency)
    return same & (nw.col("currency").is_null() | (nw.col("currency") == ""))


def _number(columns: Sequence[Column]) -> nw.Expr:
    if all(c.metric.unit != "money" for c in columns):
        return nw.col("value")
    amount = nw.col("amount").cast(nw.Float64)
    return nw.when(~nw.col("amount").is_null()).then(amount).otherwise(nw.col("value"))
