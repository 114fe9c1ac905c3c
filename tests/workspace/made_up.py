"""Imports as `smmlib.response` hands them over, from a few lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import pandas as pd

from smmlib.response.report import Import, ReadingReport
from smmlib.response.table import as_posts, as_table

DAYS = {"a": "2026-01-05", "b": "2026-01-20", "c": "2026-02-03", "d": None}
"""Four posts: two in January, one in February, one without a date."""


def likes(values: Mapping[str, float], *, text: str = "Hallo", source: str = "export.csv") -> Import:
    """An export with the likes of some of the posts in `DAYS`."""
    posts = list(values)
    when = pd.to_datetime(pd.Series([DAYS[post] for post in posts], dtype="str"), utc=True)
    typed = source == "typed"
    table = as_table(
        {
            "network": "mastodon",
            "account": "rad",
            "entity_id": posts,
            "metric": "likes",
            "value": list(values.values()),
            "period_start_utc": when,
            "source": "typed" if typed else "export",
        }
    )
    written = as_posts(
        {
            "network": "mastodon",
            "account": "rad",
            "entity_id": posts,
            "text": [f"{text} {post}" for post in posts],
            "published_at_utc": when,
        }
    )
    original = json.dumps([text, dict(values)]).encode()
    report = ReadingReport(
        file="" if typed else source,
        format="generic",
        format_name="Generic",
        rows_read=len(posts),
        rows_kept=len(posts),
        values=len(table),
    )
    return Import(table, written, "generic", report, source, hashlib.sha256(original).hexdigest(), original)


def stored(frame: pd.DataFrame) -> dict[str, float]:
    """Post to value of a response table that holds one metric."""
    assert not frame.duplicated(["network", "account", "entity_id", "metric"]).any()
    return dict(zip(frame["entity_id"], frame["value"], strict=True))
