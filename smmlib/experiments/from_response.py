"""Counts from the response table: posts summed by variant or label, or one by one for matched slots."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import narwhals as nw
    from narwhals.typing import IntoFrame

    from smmlib.experiments.assignment import Assignment

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


def counts_by_slot(
    table: ResponseTable,
    assignment: Assignment,
    *,
    trials: str = "impressions",
    successes: str = "link_clicks",
) -> pd.DataFrame:
    """What the posts of a drawn assignment brought, slot by slot.

    A post belongs to a slot by the labels which `Assignment.drafts` gave its draft. For the periods of a
    switchback see `period_values`.

    Args:
        table: Response table (any frame narwhals knows); lifetime values of posts are used.
        assignment: What `match_slots` drew.
        trials: Metric id of what is counted as shown.
        successes: Metric id of what is counted as a response.

    Returns:
        One row per slot, in order: block, variant, account, start, trials, successes (both float64, missing
        where the figures are not there yet; two posts in one slot are summed), posts.
    """
    import narwhals as nw

    rows: Any = nw.from_native(table).filter(
        nw.col("metric").is_in([trials, successes]),
        nw.col("window") == "lifetime",
        nw.col("entity") == "post",
    )
    frame: pd.DataFrame = rows.select(*_POST, "labels", "metric", "value").lazy().collect().to_pandas()
    labels = frame["labels"].map(json.loads)
    frame = frame[labels.map(lambda of: of.get("test")) == (assignment.name or assignment.id)]
    labels = labels[frame.index]
    frame = frame.assign(
        block=labels.map(lambda of: of.get("block", "")), variant=labels.map(lambda of: of.get("variant", ""))
    )
    wide = frame.pivot_table(index=["block", "variant"], columns="metric", values="value", aggfunc="sum")
    wide = wide.reindex(columns=[trials, successes])
    posts = frame.groupby(["block", "variant"])["entity_id"].nunique()
    counted = wide.assign(posts=posts).rename(columns={trials: "trials", successes: "successes"})
    slots = pd.DataFrame(
        {
            "block": [slot.block for slot in assignment.slots],
            "variant": [slot.variant for slot in assignment.slots],
            "account": [slot.account for slot in assignment.slots],
            "start": [slot.start for slot in assignment.slots],
        }
    )
    keys = pd.MultiIndex.from_arrays([slots["block"].astype(str), slots["variant"]])
    found = counted.reindex(keys).astype({"trials": "float64", "successes": "float64"})
    found["posts"] = found["posts"].fillna(0).astype("int64")
    return pd.concat([slots, found.reset_index(drop=True)], axis=1)
