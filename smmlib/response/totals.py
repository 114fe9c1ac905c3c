"""Put values together as their passports allow: sums, ranges of people, newest levels, rates.

- A sum is a sum of known values; where none is known it is missing, not zero.
- Reach is a range: largest value <= true value <= sum. It is exact for a single value only.
- A rate is recomputed from the sums of numerator and denominator over the posts that have both; a
  missing denominator gives a missing rate, never another denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from smmlib.errors import UnknownNameError
from smmlib.intervals import wilson
from smmlib.language import mark
from smmlib.metrics import Passport
from smmlib.response.pivot import (
    ENTITY,
    WHOLE_FIRST,
    Column,
    as_lazy,
    columns_of,
    contents,
    counted,
    definitions_for,
    made_of_parts,
    one_window,
    per_entity,
)

if TYPE_CHECKING:
    import pandas as pd

FIGURES = (
    "metric",
    "currency",
    "value",
    "low",
    "high",
    "bound",
    "posts",
    "known",
    "numerator",
    "denominator",
)
"""Columns of `totals` after the grouping ones."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric to report, with the columns it comes from; `over` is None save for rates."""

    metric: Passport
    main: Column
    over: Column | None = None

    @property
    def currency(self) -> str:
        """Its currency where money is in it."""
        return self.main.currency or (self.over.currency if self.over else "")


@dataclass(frozen=True, slots=True)
class Entities:
    """One row per post (ad, account) and group: the frame, its columns and what may be reported."""

    frame: nw.LazyFrame[Any]
    columns: tuple[Column, ...]
    figures: tuple[Figure, ...]


def totals(
    table: Any,
    metrics: Sequence[str] | None = None,
    *,
    by: Sequence[str],
    order: Sequence[str] = WHOLE_FIRST,
    confidence: float = 0.95,
    definitions: Mapping[str, Passport] | None = None,
) -> pd.DataFrame:
    """Values of metrics per group, only the small result is collected.

    Args:
        table: Response table; see `as_lazy`.
        metrics: Metric ids; None: all that the table allows.
        by: Columns to group by.
        order: Windows, the preferred first, where an entity has values of several.
        confidence: Level of the Wilson intervals of proportions.
        definitions: Passports of the workspace's own metrics.

    Returns:
        Columns `by`, then `FIGURES`: value (float64, NaN when missing or only a range), low and high
        (Wilson limits, or the range of a `bound`), posts in the group, known (posts with the metric),
        numerator and denominator of rates.

    Raises:
        UnknownNameError: A metric is neither defined nor in the table.
    """
    import pandas as pd

    lazy, given = as_lazy(table), by
    if not by:  # grouping by nothing is not known to every engine
        lazy, by = lazy.with_columns(whole=nw.lit("")), ("whole",)
    held = contents(lazy)
    known = definitions_for(held["metric"], definitions)
    for name in metrics or ():
        if name not in known:
            raise UnknownNameError(mark("Metric"), name, known)
    entities = entity_frame(lazy, metrics, by=by, order=order, held=held, known=known)
    wanted = [known[m] for m in metrics] if metrics else [known[m] for m in sorted(set(held["metric"]))]
    pieces = [_report(entities, by, confidence)] if entities.figures else []
    pieces += [
        latest(lazy, m, by=by) for m in wanted if m.combine == "latest" and (held["metric"] == m.id).any()
    ]
    if not pieces:
        return pd.DataFrame(columns=[*given, *FIGURES])
    found = pd.concat(pieces).sort_values([*by, "metric", "currency"], ignore_index=True)
    return found[[*given, *FIGURES]]


def entity_frame(
    lazy: nw.LazyFrame[Any],
    metrics: Sequence[str] | None,
    *,
    by: Sequence[str],
    order: Sequence[str],
    held: pd.DataFrame,
    known: Mapping[str, Passport],
) -> Entities:
    """One row per entity and group with every column that `metrics` need."""
    wanted = list(known.values()) if metrics is None else [known[m] for m in metrics]
    columns = columns_of(counted(wanted, known), held)
    if not columns:
        return Entities(lazy, (), ())
    keys = list(dict.fromkeys([*by, *ENTITY]))
    frame = per_entity(one_window(lazy, held, order), columns, keys)
    have = {(c.metric.id, c.currency): c for c in columns}
    for metric in {m.id: m for m in known.values() if m.parts}.values():
        frame, made = made_of_parts(frame, metric, columns)
        if made is not None:
            have[metric.id, ""] = made
    figures = tuple(f for m in wanted for f in _figures(m, list(have.values())))
    return Entities(frame, tuple(have.values()), figures)


def latest(lazy: nw.LazyFrame[Any], metric: Passport, *, by: Sequence[str]) -> pd.DataFrame:
    """The newest value of a level such as followers; over several accounts a range."""
    keys = list(dict.fromkeys([*by, "network", "account"]))
    rows = lazy.filter((nw.col("metric") == metric.id) & nw.col("value").is_finite())
    rows = rows.with_columns(_last=nw.col("period_start_utc").max().over(*keys))
    newest = rows.filter(nw.col("period_start_utc") == nw.col("_last"))
    each = newest.group_by(*keys).agg(_level=nw.col("value").max())
    grouped = each.group_by(*by).agg(
        a=nw.col("_level").sum(), b=nw.col("_level").max(), n=nw.col("_level").count()
    )
    frame = grouped.collect().to_pandas()
    return _finish(frame, by, metric, _range(frame["b"], frame["a"], frame["n"]), known=frame["n"])


def _figures(metric: Passport, columns: Sequence[Column]) -> Iterable[Figure]:
    if metric.combine == "latest":
        return
    if metric.combine != "rate":
        yield from (Figure(metric, c) for c in columns if c.metric.id == metric.id)
        return
    for main in (c for c in columns if c.metric.id == metric.numerator):
        if metric.denominator == "posts":
            yield Figure(metric, main)
        for over in (c for c in columns if c.metric.id == metric.denominator):
            if not main.currency or not over.currency or main.currency == over.currency:
                yield Figure(metric, main, over)


def _report(entities: Entities, by: Sequence[str], confidence: float) -> pd.DataFrame:
    import pandas as pd

    frame = entities.frame.with_columns(*(e for i, f in enumerate(entities.figures) for e in _ready(i, f)))
    sums = [e for i, f in enumerate(entities.figures) for e in _sums(i, f)]
    small = frame.group_by(*by).agg(nw.len().alias("posts"), *sums).collect().to_pandas()
    small = small.astype({c: "float64" for c in small.columns if c not in (*by, "posts")})
    return pd.concat([_one(small, i, f, by, confidence) for i, f in enumerate(entities.figures)])


def _ready(i: int, figure: Figure) -> Iterable[nw.Expr]:
    """What is summed: of a rate only the posts that know both counts."""
    main = nw.col(figure.main.name)
    if figure.over is None:
        yield main.alias(f"_{i}a")
        if figure.metric.combine == "bound":
            yield nw.col(figure.main.name + "max").alias(f"_{i}m")
        return
    over = nw.col(figure.over.name)
    if figure.over.metric.combine == "latest":
        over = nw.col(figure.over.name + "max")
    both = ~(main.is_null() | over.is_null())
    yield nw.when(both).then(main).alias(f"_{i}a")
    yield nw.when(both).then(over).alias(f"_{i}b")
    if figure.over.metric.combine == "bound":
        yield nw.when(both).then(nw.col(figure.over.name + "max")).alias(f"_{i}m")


def _sums(i: int, figure: Figure) -> Iterable[nw.Expr]:
    yield nw.col(f"_{i}a").count().alias(f"_{i}n")
    yield nw.col(f"_{i}a").sum()
    if figure.over is not None:
        yield nw.col(f"_{i}b").sum()
    people = figure.over.metric if figure.over else figure.metric
    if people.combine == "bound":
        yield nw.col(f"_{i}m").max()


def _one(small: pd.DataFrame, i: int, figure: Figure, by: Sequence[str], confidence: float) -> pd.DataFrame:
    known, first = small[f"_{i}n"], small[f"_{i}a"]
    metric, nothing = figure.metric, np.full(len(small), np.nan)
    if metric.combine == "sum":
        value = np.where(known > 0, first, np.nan)
        figures = {"value": value, "low": nothing, "high": nothing, "bound": False}
    elif metric.combine == "bound":
        figures = _range(small[f"_{i}m"], first, known)
    else:
        figures = _rate(small, i, figure, confidence)
    return _finish(small, by, metric, figures, known=known, currency=figure.currency)


def _range(largest: pd.Series[float], total: pd.Series[float], known: pd.Series[float]) -> dict[str, Any]:
    largest, total = largest.astype("float64"), total.astype("float64")
    exact = (known == 1) & (largest == total)
    low, high = (np.where((known > 0) & ~exact, x, np.nan) for x in (largest, total))
    return {"value": np.where(exact, total, np.nan), "low": low, "high": high, "bound": ~exact & (known > 0)}


def _rate(small: pd.DataFrame, i: int, figure: Figure, confidence: float) -> dict[str, Any]:
    metric, known = figure.metric, small[f"_{i}n"].to_numpy()
    above = small[f"_{i}a"].to_numpy()
    below = known.astype("float64") if figure.over is None else small[f"_{i}b"].to_numpy()
    value = _divide(metric.factor * above, below, known)
    nothing = np.full(len(small), np.nan)
    figures = {"value": value, "low": nothing, "high": nothing, "bound": np.zeros(len(small), dtype=bool)}
    if metric.proportion:
        fits = (known > 0) & (below > 0) & (above >= 0) & (above <= below)
        low, high = wilson(np.where(fits, above, 0), np.where(fits, below, 1), confidence=confidence)
        figures |= {"low": np.where(fits, low, np.nan), "high": np.where(fits, high, np.nan)}
    if figure.over is not None and figure.over.metric.combine == "bound":
        most = _divide(metric.factor * above, small[f"_{i}m"].to_numpy(), known)
        exact = (known == 1) & (value == most)
        figures |= {"value": np.where(exact, value, np.nan), "bound": ~exact & (known > 0)}
        figures |= {"low": np.where(exact, np.nan, value), "high": np.where(exact, np.nan, most)}
    counts = {
        "numerator": np.where(known > 0, above, np.nan),
        "denominator": np.where(known > 0, below, np.nan),
    }
    return figures | counts


def _divide(above: np.ndarray[Any, Any], below: np.ndarray[Any, Any], known: Any) -> np.ndarray[Any, Any]:
    fits = (known > 0) & (below > 0)
    return np.where(fits, above / np.where(fits, below, 1.0), np.nan)


def _finish(
    small: pd.DataFrame,
    by: Sequence[str],
    metric: Passport,
    figures: Mapping[str, Any],
    *,
    known: pd.Series[float],
    currency: str = "",
) -> pd.DataFrame:
    given = {"metric": metric.id, "currency": currency, "numerator": np.nan, "denominator": np.nan}
    posts = small.get("posts", known)
    frame = small[list(by)].assign(**{**given, **figures, "posts": posts, "known": known})
    return frame[[*by, *FIGURES]].astype({"posts": "int64", "known": "int64", "value": "float64"})
