"""Counting 10,000 posts in every unit against `len`: what being right costs.

CPU time, best of several, same posts, same run: `python -m benchmarks.counting`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from smmlib.networks import load_networks

POSTS = 10_000
ROUNDS = 3
SEED = 2026
_TEXT = (
    "Heute neu im Laden unser Lastenrad für die ganze Familie fährt leise sicher und weit Probefahrt am "
    "Samstag wir freuen uns auf Grüße aus Köln größer schöner schneller morgen wieder"
)
_WORDS = tuple(_TEXT.split())
_EXTRAS = (
    "👋",
    "🚲",
    "👨‍👩‍👧‍👦",
    "#Lastenrad",
    "@radwerk",
    "https://bollerbeck.example/herbst?farbe=rot",
    "20 %",
    "–",
)


def posts(number: int = POSTS, seed: int = SEED) -> list[str]:
    """Made-up German posts of about 200 characters with emoji, hashtags, mentions and links."""
    draw = random.Random(seed)
    return [" ".join(_one(draw)) for _ in range(number)]


def _one(draw: random.Random) -> list[str]:
    words = draw.choices(_WORDS, k=draw.randint(18, 32))
    return words + draw.sample(_EXTRAS, k=draw.randint(0, 4))


def run() -> list[dict[str, Any]]:
    """One row per network: unit, CPU milliseconds for all posts, microseconds a post, ratio to `len`."""
    texts = posts()
    bare = _best(len, texts)
    rows = [
        {
            "network": "len",
            "unit": "characters",
            "ms": 1e3 * bare,
            "us_per_post": 1e6 * bare / POSTS,
            "ratio": 1.0,
        }
    ]
    for network in load_networks().values():
        network.count("warm up 👋 a.de")
        seconds = _best(network.count, texts)
        rows.append(
            {
                "network": network.id,
                "unit": network.unit,
                "ms": 1e3 * seconds,
                "us_per_post": 1e6 * seconds / POSTS,
                "ratio": seconds / bare,
            }
        )
    return rows


def _best(count: Callable[[str], int], texts: list[str]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            count(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the rows side by side."""
    print(f"{POSTS:,} posts, about 200 characters each")
    print(f"{'network':<12}{'unit':<14}{'ms':>9}{'µs/post':>10}{'× len':>9}")
    for row in run():
        print(
            f"{row['network']:<12}{row['unit']:<14}{row['ms']:>9.1f}"
            f"{row['us_per_post']:>10.2f}{row['ratio']:>9.1f}"
        )


if __name__ == "__main__":
    main()
