"""Round ticks with labels as people write them in their language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from smmlib.language import Language, day, number, percent, whole_money

if TYPE_CHECKING:
    from matplotlib.axis import Axis

    from smmlib.metrics import Passport


def mark_values(axis: Axis, metric: Passport, language: Language, low: float, high: float) -> None:
    """Four or five round ticks between `low` and `high`, with the metric's unit."""
    from matplotlib.ticker import MaxNLocator

    ticks = [t for t in MaxNLocator(nbins=4).tick_values(low, high) if low <= t <= high]
    axis.set_ticks(ticks, labels=[tick(t, metric, language, ticks) for t in ticks])


def tick(value: float, metric: Passport, language: Language, ticks: Sequence[float]) -> str:
    """One tick label, with no more decimals than the steps between ticks need."""
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else 1.0
    if metric.unit == "share":
        return percent(value, language, decimals(100 * step))
    if metric.unit == "seconds":
        return number(value / 3600, language, decimals(step / 3600)) + " h"
    return number(value, language, decimals(step))


def mark_money(axis: Axis, currency: str, language: Language, low: float, high: float) -> None:
    """Four or five round ticks of money between `low` and `high`, without cents."""
    from matplotlib.ticker import MaxNLocator

    ticks = [t for t in MaxNLocator(nbins=4).tick_values(low, high) if low <= t <= high]
    axis.set_ticks(ticks, labels=[whole_money(t, currency, language) for t in ticks])


def decimals(step: float) -> int:
    """Digits behind the point that tell values apart which lie `step` from each other: 1 for 2.5."""
    if step <= 0:
        return 0
    least = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
    exact = (d for d in (least, least + 1, least + 2) if abs(step * 10**d - round(step * 10**d)) < 1e-6)
    return next(exact, least)


def mark_days(axis: Axis, days: Sequence[date], language: Language) -> None:
    """Up to five of the days, evenly spread; positions are proleptic ordinals."""
    shown = days[:: -(-len(days) // 5)]
    axis.set_ticks([d.toordinal() for d in shown], labels=[day(d, language) for d in shown])
