"""Matched slots and switchbacks: false winners, coverage, and power as planned."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.validation import Row, share_row
from smmlib.experiments import SlotComparison, compare_slots, plan_slots
from smmlib.experiments.redrawing import STATISTICS, Statistic, redraw

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

SHAPES: dict[str, Callable[[np.random.Generator, tuple[int, ...]], Floats]] = {
    "log-normal": lambda random, size: random.normal(0, 0.3 / math.sqrt(2), size),
    "heavy-tailed": lambda random, size: 0.2 * random.standard_t(2.5, size),
}


def rows(runs: int, seed: int) -> list[Row]:
    """Posts whose blocks differ a lot, with and without an effect; each run is one test of slots."""
    random = np.random.default_rng(seed)
    runs = max(20, runs // 20)  # a test of slots takes some milliseconds
    found = []
    for shape, noise in SHAPES.items():
        for statistic in STATISTICS:
            found += _size_and_coverage(shape, noise, statistic, (runs, random))
    found.append(_three(runs, random))
    for sd, lift, variants in [(0.3, 0.25, 2), (0.3, 0.15, 2), (0.3, 0.25, 3)]:
        blocks = plan_slots(sd, lift, variants=variants).blocks
        hits = sum(
            _winner(random, blocks, "ABC"[:variants], sd, lift) == "ABC"[variants - 1] for _ in range(runs)
        )
        claim = f"{variants} variants, lift {lift:.0%} over scatter {sd:g}, {blocks} blocks: power"
        found.append(share_row("slots", claim, hits, runs, least=0.78, most=0.85))
    return found


def _size_and_coverage(
    shape: str,
    noise: Callable[[np.random.Generator, tuple[int, ...]], Floats],
    statistic: Statistic,
    drawn: tuple[int, np.random.Generator],
) -> list[Row]:
    runs, random = drawn
    found = []
    for blocks in (6, 12, 40) if statistic == "rank" else (6, 12):  # means of 40 are sampled, and slow
        results = [
            redraw(noise(random, (blocks,)) - noise(random, (blocks,)) + 0.5, statistic, alpha=0.05, seed=i)
            for i in range(runs)
        ]
        covered = sum(result.low <= 0.5 <= result.high for result in results)
        claim = f"{shape}, {statistic}, {blocks} blocks"
        found.append(share_row("slots", f"{claim}: coverage", covered, runs, least=0.95))
        false = sum(
            redraw(noise(random, (blocks,)) - noise(random, (blocks,)), statistic, alpha=0.05, seed=i).p_value
            < 0.05
            for i in range(runs)
        )
        found.append(share_row("slots", f"{claim}: false winners", false, runs, most=0.05))
    return found


def _three(runs: int, random: np.random.Generator) -> Row:
    false = sum(_winner(random, 9, "ABC", 0.3, 0.0) is not None for _ in range(runs))
    return share_row("slots", "3 variants, 9 blocks: false winners", false, runs, most=0.05)


def _winner(random: np.random.Generator, blocks: int, names: str, sd: float, lift: float) -> str | None:
    return _compared(random, blocks, names, sd, lift).winner


def _compared(random: np.random.Generator, blocks: int, names: str, sd: float, lift: float) -> SlotComparison:
    """One test: blocks differ by a factor of e, the last variant is better by the lift."""
    logs = random.normal(0, sd / math.sqrt(2), (blocks, len(names))) + random.normal(0, 1, (blocks, 1))
    logs[:, -1] += math.log1p(lift)
    table = pd.DataFrame(
        {
            "block": np.repeat(np.arange(blocks), len(names)),
            "variant": list(names) * blocks,
            "clicks": np.exp(logs).ravel(),
        }
    )
    return compare_slots(table, block="block", variant="variant", value="clicks", scale="ratio")
