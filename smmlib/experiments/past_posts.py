"""What past posts say before a test is planned: the usual rate, how many a week, how much they scatter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from smmlib.errors import SmmError
from smmlib.experiments.scatter import SlotScatter, slot_scatter

if TYPE_CHECKING:
    import narwhals as nw
    from narwhals.typing import IntoFrame

    ResponseTable = IntoFrame | nw.LazyFrame[Any] | nw.DataFrame[Any]

_WEEKS = 8


@dataclass(frozen=True, slots=True)
class PastPosts:
    """What posts of the past say.

    Attributes:
        posts: Posts with both figures.
        rate: Successes over trials of all of them, a fraction; None: no posts.
        a_week: Posts a week, over the last eight weeks with posts; None: no posts.
        scatter: How much two posts in like slots differ; None: too few pairs of them.
    """

    posts: int
    rate: float | None
    a_week: float | None
    scatter: SlotScatter | None


def past_posts(
    table: ResponseTable,
    *,
    trials: str,
    successes: str,
    account: str = "",
    zone_name: str = "Europe/Berlin",
) -> PastPosts:
    """Sum up the unpaid posts of the past.

    Args:
        table: Response table (any frame narwhals knows); lifetime values of posts are used.
        trials: Metric id of what is counted as shown.
        successes: Metric id of what is counted as a response.
        account: Account, as in the table; empty: all.
        zone_name: IANA name; weekday and hour of a slot are local to it.
    """
    posts = post_rates(table, trials=trials, successes=successes, account=account)
    if not len(posts):
        return PastPosts(0, None, None, None)
    shown = float(posts["trials"].sum())
    last: datetime = posts["published"].max()
    recent = posts[posts["published"] > last - timedelta(weeks=_WEEKS)]
    span = max(1.0, (last - recent["published"].min()) / timedelta(weeks=1))
    try:
        scatter = slot_scatter(
            posts, published="published", value="successes", trials="trials", account="account",
            zone_name=zone_name,
        )  # fmt: skip
    except SmmError:
        scatter = None  # too few pairs in like slots
    rate = float(posts["successes"].sum()) / shown if shown else None
    return PastPosts(len(posts), rate, len(recent) / span, scatter)


def post_rates(table: ResponseTable, *, trials: str, successes: str, account: str = "") -> pd.DataFrame:
    """Two figures of each post, where both are known.

    Returns:
        One row per post: network, account, entity_id, published (UTC), trials, successes (float64).
    """
    import narwhals as nw

    rows: Any = nw.from_native(table).filter(
        nw.col("metric").is_in([trials, successes]),
        nw.col("window") == "lifetime",
        nw.col("entity") == "post",
    )
    if account:
        rows = rows.filter(nw.col("account") == account)
    keys = ["network", "account", "entity_id"]
    frame = rows.select(*keys, "period_start_utc", "metric", "value").lazy().collect().to_pandas()
    wide = frame.pivot_table(index=keys, columns="metric", values="value", aggfunc="sum")
    wide = wide.reindex(columns=[trials, successes]).dropna()
    when = frame.groupby(keys)["period_start_utc"].min()
    found = wide.join(when).reset_index()
    found.columns = pd.Index([*keys, "trials", "successes", "published"])
    ordered: pd.DataFrame = found[[*keys, "published", "trials", "successes"]]
    return ordered
