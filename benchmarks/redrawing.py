"""Redraw of each chart: a fresh figure saved with a tight bounding box against one updated in place.

Same results, same run, CPU time, best of several: `python -m benchmarks.redrawing`.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from smmlib import response
from smmlib.figures import Chart
from smmlib.figures.chart import SCREEN_DPI
from smmlib.response.table import as_posts, as_table

LIMIT = 0.45
ROUNDS = 9


def run() -> list[dict[str, Any]]:
    """One row per kind of chart: fresh and updated in CPU milliseconds, and their ratio."""
    return [_measure(kind, *pair) for kind, pair in _results()]


def _measure(kind: str, one: Any, other: Any) -> dict[str, Any]:
    chart = Chart(kind).update(one)
    chart.png()
    turns = iter([one, other] * (2 * ROUNDS))
    fresh = _best(lambda: _fresh(kind, next(turns)))
    updated = _best(lambda: chart.update(next(turns)).png())
    return {"chart": kind, "fresh_ms": 1e3 * fresh, "updated_ms": 1e3 * updated, "ratio": updated / fresh}


def _fresh(kind: str, result: Any) -> None:
    chart = Chart(kind).update(result)
    chart.figure.savefig(io.BytesIO(), format="png", dpi=SCREEN_DPI, bbox_inches="tight")


def _best(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def _results() -> Iterator[tuple[str, tuple[Any, Any]]]:
    table, posts = _table()
    metrics = ("engagements", "ctr")
    yield "timeline", tuple(response.timeline(table, m, window="week") for m in metrics)
    yield "heatmap", tuple(response.heatmap(table, m) for m in metrics)
    yield "top_posts", tuple(response.top_posts(table, posts, m) for m in metrics)
    comparisons = _comparisons()
    yield "forest", comparisons
    yield "posterior", comparisons


def _table(count: int = 400) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A made-up table of posts on five networks over half a year."""
    rng = np.random.default_rng(11)
    networks = rng.choice(["facebook", "instagram", "linkedin", "mastodon", "x"], count)
    hours = np.sort(rng.integers(0, 180 * 24, count))
    when = [datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=int(h)) for h in hours]
    shown = rng.lognormal(7.5, 0.7, count).round()
    values = {"impressions": shown, "link_clicks": rng.binomial(shown.astype(int), 0.012)}
    values |= {
        "likes": rng.binomial(shown.astype(int), 0.03),
        "comments": rng.binomial(shown.astype(int), 0.004),
    }
    post = {
        "network": networks,
        "entity_id": [f"p{i}" for i in range(count)],
        "period_start_utc": when,
        "local_day": [w.date() for w in when],
        "local_weekday": [w.isoweekday() for w in when],
        "local_hour": [w.hour for w in when],
    }
    rows = [pd.DataFrame({**post, "metric": m, "value": v.astype(float)}) for m, v in values.items()]
    texts = [f"Post {i}: a quite ordinary day in the workshop, and why we like it" for i in range(count)]
    posts = {"network": networks, "entity_id": post["entity_id"], "text": texts, "published_at_utc": when}
    return as_table(pd.concat(rows)), as_posts(pd.DataFrame(posts))


def _comparisons() -> tuple[Any, Any]:
    from smmlib.experiments import compare

    arms = pd.DataFrame(
        {
            "test": [1, 1, 1, 2, 2, 2],
            "variant": ["A", "B", "C"] * 2,
            "trials": [4000, 4100, 3900, 9000, 9100, 9050],
            "clicks": [60, 85, 41, 130, 120, 190],
        }
    )
    columns = {"test": "test", "variant": "variant", "trials": "trials", "successes": "clicks"}
    return compare(arms[arms["test"] == 1], **columns), compare(arms[arms["test"] == 2], **columns)


def main() -> int:
    """Print the rows; the exit code is the number of charts that are too slow."""
    rows = run()
    for row in rows:
        verdict = "ok" if row["ratio"] <= LIMIT else "TOO SLOW"
        print(
            f"{row['chart']:<10} fresh {row['fresh_ms']:6.1f} ms  updated {row['updated_ms']:6.1f} ms"
            f"  ratio {row['ratio']:.2f}  {verdict}"
        )
    return sum(row["ratio"] > LIMIT for row in rows)


if __name__ == "__main__":
    sys.exit(main())
