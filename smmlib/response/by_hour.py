"""A metric by weekday and hour of publication, with the number of posts behind every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from smmlib.language import Message, mark
from smmlib.metrics import Passport
from smmlib.response.pivot import as_lazy, definitions_for
from smmlib.response.totals import totals

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.figures import Chart
    from smmlib.language import Language

COLUMNS = ("weekday", "hour", "value", "low", "high", "posts", "few")
_NO_HOURS = mark("These posts have no weekday and hour of publication, so there is no heatmap.")
_NO_METRIC = mark("None of these rows has a value for {metric!r}.")


@dataclass(frozen=True, slots=True, eq=False)
class Heatmap:
    """A metric by weekday and hour of publication. What it shows is association, not effect.

    Attributes:
        metric: Its passport. Of a metric that is not a rate, the value is the average per post.
        rows: 168 rows, Monday 0 h first: weekday (1 = Monday), hour (0–23), value (NaN where nothing
            is known), low and high (95 % Wilson limits of proportions), posts (with the metric), few
            (fewer than `few` posts: not enough to go by).
        few: The threshold.
        posts: Posts in all cells together.
        problem: Why there is nothing to show; None when there is.
    """

    metric: Passport
    rows: pd.DataFrame
    few: int
    posts: int
    problem: Message | None = None

    @property
    def per_post(self) -> bool:
        """True when values are averages per post, False when they are rates."""
        return self.metric.combine != "rate"

    def to_frame(self) -> pd.DataFrame:
        """`rows`, as a copy."""
        return self.rows.copy()

    def plot(self, language: Language = "en") -> Chart:
        """Draw it; see `smmlib.figures.heatmap`."""
        from smmlib.figures import Chart

        return Chart("heatmap", language=language).update(self)


def heatmap(
    table: Any, metric: str, *, few: int = 3, definitions: Mapping[str, Passport] | None = None
) -> Heatmap:
    """A metric by weekday × hour of publication, from lifetime values of posts.

    Args:
        table: Response table; see `kpis`.
        metric: Metric id. Rates are recomputed from the sums of a cell; all else is averaged per post.
        few: Cells with fewer posts are marked.
        definitions: Passports of metrics of one's own.

    Raises:
        UnknownNameError: The metric does not exist.
    """
    slots = (nw.col("window") == "lifetime") & (nw.col("entity") == "post")
    known = ~(nw.col("local_weekday").is_null() | nw.col("local_hour").is_null())
    lazy = as_lazy(table).filter(slots & known)
    found = totals(lazy, [metric], by=("local_weekday", "local_hour"), definitions=definitions)
    passport = definitions_for([metric], definitions)[metric]
    found = found[found["known"] > 0].drop_duplicates(["local_weekday", "local_hour"])
    posts = int(found["known"].sum())
    grid = _grid(_per_post(found, passport), few)
    if posts:
        return Heatmap(passport, grid, few, posts)
    nothing = len(lazy.head(1).select("metric").collect()) == 0
    problem = Message(_NO_HOURS) if nothing else Message(_NO_METRIC, {"metric": metric})
    return Heatmap(passport, grid, few, posts, problem)


def _per_post(found: pd.DataFrame, metric: Passport) -> pd.DataFrame:
    if metric.combine == "rate":
        return found
    total = np.where(found["bound"], found["high"], found["value"])
    return found.assign(value=total / found["known"], low=np.nan, high=np.nan)


def _grid(found: pd.DataFrame, few: int) -> pd.DataFrame:
    import pandas as pd

    all_slots = pd.MultiIndex.from_product([range(1, 8), range(24)], names=["weekday", "hour"])
    named = found.rename(columns={"local_weekday": "weekday", "local_hour": "hour"})
    full = named.assign(posts=named["known"]).set_index(["weekday", "hour"]).reindex(all_slots)
    posts = full["posts"].fillna(0).astype("int64")
    rows = full.assign(posts=posts, few=posts.between(1, few - 1)).reset_index()
    return rows[list(COLUMNS)].astype({"value": "float64", "low": "float64", "high": "float64"})
