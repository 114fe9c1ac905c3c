"""Arms from the response table: the posts of a campaign, summed by variant or by a label."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import narwhals as nw
    from narwhals.typing import IntoFrame

    ResponseTable = IntoFrame | nw.LazyFrame[Any] | nw.DataFrame[Any]

VARIANT = "variant"
_POST = ["network", "account", "entity_id"]


def counts_by_variant(
    table: ResponseTable, *, trials: str = "impressions", successes: str = "link_clicks", by: str = VARIANT
) -> pd.DataFrame:
    """Sum two metrics over the posts of each campaign, by variant or by a kind of label.

    The posts were most likely not randomised: compare them as "history", unless the platform split the
    audience. Rows without a campaign or without that variant or label are left out, and so are posts of
    which one of the two metrics is missing, because half of a rate is no rate.

    Args:
        table: Response table (any frame narwhals knows); its lifetime values of posts and ads are used.
        trials: Metric id of what is counted as shown, e.g. "impressions".
        successes: Metric id of what is counted as a response, e.g. "link_clicks".
        by: "variant", or a kind of label, e.g. "pillar".

    Returns:
        One row per campaign and variant, in that order: test (the campaign), variant, trials,
        successes (both float64), posts.
    """
    import narwhals as nw

    rows: Any = nw.from_native(table).filter(
        nw.col("metric").is_in([trials, successes]),
        nw.col("window") == "lifetime",
        nw.col("entity").is_in(["post", "ad"]),
        nw.col("campaign") != "",
    )
    source = VARIANT if by == VARIANT else "labels"
    frame: pd.DataFrame = (
        rows.select(*_POST, "campaign", source, "metric", "value").lazy().collect().to_pandas()
    )
    if by != VARIANT:
        frame[VARIANT] = frame["labels"].map(lambda labels: json.loads(labels).get(by, ""))
    frame = frame[frame[VARIANT] != ""]
    keys = ["campaign", VARIANT, *_POST]
    posts = frame.pivot_table(index=keys, columns="metric", values="value", aggfunc="sum")
    posts = posts.reindex(columns=[trials, successes]).dropna().reset_index()
    posts.columns = pd.Index(["test", VARIANT, *_POST, "trials", "successes"])
    grouped = posts.groupby(["test", VARIANT], as_index=False)
    return grouped.agg(trials=("trials", "sum"), successes=("successes", "sum"), posts=("entity_id", "size"))
