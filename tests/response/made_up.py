"""A small response table with known truth: two networks, six weeks, ads with spend."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pandas as pd

from smmlib.response.table import as_posts, as_table

BERLIN = timezone(timedelta(hours=1))


def rows(entity_id, when=None, *, network="facebook", account="brand", **values):
    """Rows of one post: metric to value; other columns by their name."""
    own = {k: values.pop(k) for k in ("entity", "window", "segment", "campaign", "labels") if k in values}
    local = when and {"local_day": when.date(), "local_weekday": when.isoweekday(), "local_hour": when.hour}
    utc = when and {"period_start_utc": when.astimezone(UTC)}
    one = {
        "network": network,
        "account": account,
        "entity_id": str(entity_id),
        **own,
        **(local or {}),
        **(utc or {}),
    }
    return [
        {**one, "metric": m, "amount": v[0], "currency": v[1]}
        if isinstance(v, tuple)
        else {**one, "metric": m, "value": float(v)}
        for m, v in values.items()
    ]


def table(*groups):
    return as_table(pd.DataFrame([row for group in groups for row in group]))


def euros(amount):
    return (Decimal(str(amount)), "EUR")


def six_weeks(seed=7, posts=60):
    """A plausible table and its posts: facebook with impressions, mastodon without."""
    rng = np.random.default_rng(seed)
    groups, known = [], []
    for i in range(posts):
        network = "facebook" if i % 3 else "mastodon"
        when = datetime(2026, 6, 1, 7, tzinfo=BERLIN) + timedelta(
            days=int(i * 0.7), hours=int(rng.integers(0, 14))
        )
        shown = int(rng.lognormal(7.5, 0.6))
        values = {"likes": rng.binomial(shown, 0.02), "comments": rng.binomial(shown, 0.004)}
        values["shares"] = rng.binomial(shown, 0.003)
        if network == "facebook":
            values |= {
                "impressions": shown,
                "reach": int(shown * 0.8),
                "link_clicks": rng.binomial(shown, 0.012),
            }
        groups.append(
            rows(
                f"p{i}",
                when,
                network=network,
                campaign="spring" if i < 30 else "",
                labels='{"pillar": "How-to"}',
                **values,
            )
        )
        known.append(
            {
                "network": network,
                "account": "brand",
                "entity_id": f"p{i}",
                "text": f"Post {i}: Ein ganz normaler Tag in der Werkstatt – und warum er Freude macht #{i}",
                "link": f"https://example.org/{i}",
                "published_at_utc": when.astimezone(UTC),
                "published_on_local": when.date(),
            }
        )
    return table(*groups), as_posts(pd.DataFrame(known))


def as_duckdb(frame):
    """The same table as a DuckDB relation, as the workspace hands it out."""
    import duckdb
    import pyarrow as pa

    from smmlib.response.table import table_schema

    return duckdb.connect().from_arrow(
        pa.Table.from_pandas(frame, schema=table_schema(), preserve_index=False)
    )


def date_of(text):
    return date.fromisoformat(text)
