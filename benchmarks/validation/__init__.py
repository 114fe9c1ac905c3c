"""Does what is promised come true? Simulations with a known truth; `make validate` prints what they found."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One promise and what a simulation measured.

    Attributes:
        topic: What it is about, e.g. "size".
        claim: The promise in words.
        expected: What was promised, e.g. "≤ 0.05".
        measured: What came out, as text.
        monte_carlo_error: Standard error of what came out, from the number of runs.
        ok: Whether the promise was kept, within two such errors.
    """

    topic: str
    claim: str
    expected: str
    measured: str
    monte_carlo_error: float
    ok: bool


def share_row(
    topic: str, claim: str, hits: float, runs: int, *, least: float = 0.0, most: float = 1.0
) -> Row:
    """A share of runs that is to lie between two bounds."""
    share = hits / runs
    nearest = min(max(share, least), most)  # none hit by chance still has an error
    error = math.sqrt(max(nearest * (1 - nearest), 1 / runs) / runs)
    if least > 0 and most < 1:
        expected = f"{least:g}" if least == most else f"{least:g} to {most:g}"
    else:
        expected = f"≥ {least:g}" if least > 0 else f"≤ {most:g}"
    kept = least - 2 * error <= share <= most + 2 * error
    return Row(topic, claim, expected, f"{share:.4f}", error, kept)
