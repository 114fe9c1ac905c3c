"""The posts that did best by one metric, with their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.intervals import critical, wilson
from smmlib.language import Message, mark
from smmlib.metrics import Passport
from smmlib.response.pivot import WHOLE_FIRST, as_lazy, contents, definitions_for
from smmlib.response.totals import Entities, Figure, entity_frame

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.figures import Chart
    from smmlib.language import Language

KEY = ("network", "account", "entity_id")
COLUMNS = (
    "rank",
    *KEY,
    "text",
    "link",
    "published_at_utc",
    "published_on_local",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "currency",
)
WORDS = ("text", "link", "published_at_utc", "published_on_local")
_NO_METRIC = mark("None of these rows has a value for {metric!r}.")


@dataclass(frozen=True, slots=True, eq=False)
class TopPosts:
    """The best posts by one metric, best first.

    Attributes:
        metric: Its passport. Proportions are ranked by the lower end of their interval, so that a post
            that three people saw does not win.
        rows: rank, network, account, entity_id, text, link, published_at_utc and
            published_on_local (missing where unknown),
            value, low, high (95 % Wilson limits of a proportion), numerator, denominator, currency.
        posts: Posts that have the metric.
        problem: Why there is nothing to show; None when there is.
    """

    metric: Passport
    rows: pd.DataFrame
    posts: int
    problem: Message | None = None

    def to_frame(self) -> pd.DataFrame:
        """`rows`, as a copy."""
        return self.rows.copy()

    def plot(self, language: Language = "en") -> Chart:
        """Draw it; see `smmlib.figures.top_posts`."""
        from smmlib.figures import Chart

        return Chart("top_posts", language=language).update(self)


def top_posts(
    table: Any,
    posts: pd.DataFrame,
    metric: str,
    n: int = 10,
    *,
    definitions: Mapping[str, Passport] | None = None,
) -> TopPosts:
    """The `n` best posts; sorting happens in the engine, only they are collected.

    Args:
        table: Response table; see `kpis`.
        posts: Posts table, for text, link and time; may be empty.
        metric: Metric id.
        n: How many, at least 1.
        definitions: Passports of metrics of one's own.

    Raises:
        InvalidValueError: `n` is less than 1.
        UnknownNameError: The metric does not exist.
    """
    import pandas as pd

    if n < 1:
        raise InvalidValueError(mark("The number of posts is {n:plain}; it must be at least 1."), n=n)
    lazy = as_lazy(table).filter(nw.col("entity") == "post")
    held = contents(lazy)
    known = definitions_for(held["metric"], definitions)
    if metric not in known:
        raise UnknownNameError(mark("Metric"), metric, known)
    entities = entity_frame(lazy, [metric], by=(), order=WHOLE_FIRST, held=held, known=known)
    if not entities.figures:
        nothing = pd.DataFrame(columns=list(COLUMNS))
        return TopPosts(known[metric], nothing, 0, Message(_NO_METRIC, {"metric": metric}))
    best, count = _best(entities, entities.figures[0], n)
    return TopPosts(known[metric], _worded(best, posts, known[metric]), count)


def _best(entities: Entities, figure: Figure, n: int) -> tuple[pd.DataFrame, int]:
    above, below = _parts(figure)
    ready = entities.frame.select(*KEY, numerator=above, denominator=below)
    value = nw.col("numerator") / nw.col("denominator") * figure.metric.factor
    scored = ready.filter(~nw.col("numerator").is_null() & (nw.col("denominator") > 0)).with_columns(
        value=value
    )
    score = _lower_end() if figure.metric.proportion else nw.col("value")
    count = scored.select(nw.len().alias("n")).collect().item(0, "n")
    best = (
        scored.with_columns(_score=score).sort("_score", *KEY, descending=[True, False, False, False]).head(n)
    )
    return best.collect().to_pandas().assign(currency=figure.currency), int(count)


def _parts(figure: Figure) -> tuple[nw.Expr, nw.Expr]:
    main = nw.col(figure.main.name)
    if figure.metric.combine == "bound":
        main = nw.col(figure.main.name + "max")
    if figure.over is None:
        return main, nw.lit(1.0)
    people = figure.over.metric.combine != "sum"
    return main, nw.col(figure.over.name + ("max" if people else ""))


def _lower_end() -> nw.Expr:
    """Lower Wilson limit by the engine; more responses than people count as all of them."""
    k, n, z2 = nw.col("numerator"), nw.col("denominator"), critical(0.95) ** 2
    rate = nw.when(k > n).then(nw.lit(1.0)).otherwise(k / n)
    half = (rate * (1 - rate) * z2 / n + z2 * z2 / (4 * n * n)).sqrt()
    return (rate + z2 / (2 * n) - half) / (1 + z2 / n)


def _worded(best: pd.DataFrame, posts: pd.DataFrame, metric: Passport) -> pd.DataFrame:
    best = best.astype({"value": "float64", "numerator": "float64", "denominator": "float64"})
    known = posts.loc[posts["entity_id"].isin(best["entity_id"]), [*KEY, *WORDS]]
    rows = best.merge(known.drop_duplicates(list(KEY)), on=list(KEY), how="left")
    rows[["text", "link"]] = rows[["text", "link"]].fillna("")
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    if metric.proportion and len(rows):
        fits = rows["numerator"] <= rows["denominator"]
        low, high = (
            np.where(fits, end, np.nan)
            for end in wilson(np.minimum(rows["numerator"], rows["denominator"]), rows["denominator"])
        )
    if metric.combine != "rate":
        rows[["numerator", "denominator"]] = np.nan
    return rows.assign(rank=range(1, len(rows) + 1), low=low, high=high)[list(COLUMNS)]
