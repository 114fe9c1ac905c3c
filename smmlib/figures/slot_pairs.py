"""Matched slots block by block: the two values of each, their difference, and what they say together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from smmlib.experiments.leading import p_text
from smmlib.experiments.slots import SlotComparison
from smmlib.figures.block_rows import MOST, BlockRows
from smmlib.figures.leading_pair import LeadingPair, leading_pair
from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import BLUE, INK, QUIET
from smmlib.language import Language, percent, say, say_many, short_day

if TYPE_CHECKING:
    from typing import Any

    from matplotlib.figure import Figure

_LEAD = 24  # letters of a variant in the title
_HEAD = 14  # letters of a variant above its dots


class SlotPairs:
    """Draws a `SlotComparison`: the leader against its strongest rival, one row per block in their order."""

    def __init__(self, figure: Figure) -> None:
        self.alt = ""
        self._words = Words(figure, 0.02)
        self._rows = BlockRows(figure)
        self.ax, pairs = self._rows.ax, self._rows.pairs
        dots: Any = {"linewidths": 1.2}
        self._joins = pairs.hlines([], [], [], color=QUIET, linewidth=1.1, zorder=1)
        self._worse = pairs.scatter([], [], s=30, facecolor="white", edgecolor=INK, zorder=2, **dots)
        self._better = pairs.scatter([], [], s=46, facecolor=BLUE, edgecolor="white", zorder=3, **dots)
        self._zero = self.ax.axvline(0, color=QUIET, linewidth=1)
        self._interval = self.ax.hlines([], [], [], color=BLUE, linewidth=2.8, capstyle="round")
        self._diffs = self.ax.scatter([], [], s=22, zorder=3, linewidths=0)
        self._typical = self.ax.scatter([], [], s=58, marker="D", color=BLUE, zorder=4, edgecolor="white")

    def update(self, result: SlotComparison, language: Language) -> None:
        """Show `result` on the same axes."""
        pair = leading_pair(result)
        self._rows.resize(min(MOST, result.blocks))
        self._draw_values(pair)
        self._draw_differences(pair)
        self._write(pair, result, language)
        self._words.say(_title(pair, result, language), _note(result, language))
        self.alt = f"{self._words.title.get_text()}. {result.text(language)}"

    def _draw_values(self, pair: LeadingPair) -> None:
        values = pair.values.to_numpy(np.float64)[-MOST:]
        at = np.arange(len(values))
        self._joins.set_segments([[(a, row), (b, row)] for row, (a, b) in enumerate(values.tolist())])
        self._better.set_offsets(np.stack([values[:, 0], at], axis=1))
        self._worse.set_offsets(np.stack([values[:, 1], at], axis=1))

    def _draw_differences(self, pair: LeadingPair) -> None:
        diffs, row = pair.diffs[-MOST:], self._rows.together
        estimate, low, high = pair.typical.tolist()
        self._diffs.set_offsets(np.stack([diffs, np.arange(len(diffs))], axis=1))
        self._diffs.set_facecolor([BLUE if diff > 0 else QUIET for diff in diffs])
        self._interval.set_segments([[(low, row), (high, row)]] if np.isfinite([low, high]).all() else [])
        self._typical.set_offsets([(estimate, row)])

    def _write(self, pair: LeadingPair, result: SlotComparison, language: Language) -> None:
        blocks = [_block(block, language) for block in pair.values.index[-MOST:]]
        self._rows.write(blocks, [pair.figure(diff, language) for diff in pair.diffs[-MOST:].tolist()])
        better, worse = drawable(pair.better, _HEAD), drawable(pair.worse, _HEAD)
        between = f"{better} : {worse}" if pair.ratio else f"{better} − {worse}"
        self._rows.head(say("block", language), better, worse, between)
        self._rows.write_together(
            say_many("all {count} block", "all {count} blocks", result.blocks, language),
            say("typical difference and its {level} interval", language, level=_level(result, language)),
            _typical(pair, language),
        )
        unit = say("rate per post, per cent", language) if pair.rate else say("value per post", language)
        self._rows.scale_values(pair.values.to_numpy(np.float64)[-MOST:], language, unit)
        reach = np.array([0.0, *pair.diffs[-MOST:], *pair.typical])
        reach = reach[np.isfinite(reach)]
        self._rows.scale_differences(reach, language, unit=_unit(pair, language), ratio=pair.ratio)


def _block(block: object, language: Language) -> str:
    return short_day(block, language) if isinstance(block, date) else str(block)


def _level(result: SlotComparison, language: Language) -> str:
    """Level of the interval, as several pairs share the error: 97.5 %, but 95 %, not 95.0 %."""
    level = 1 - result.alpha / len(result.pairs)
    return percent(level, language, 0 if abs(100 * level - round(100 * level)) < 1e-9 else 1)


def _unit(pair: LeadingPair, language: Language) -> str:
    if pair.ratio:
        return say("relative difference, per cent", language)
    return say("percentage points", language) if pair.rate else say("difference of the values", language)


def _typical(pair: LeadingPair, language: Language) -> str:
    estimate, low, high = (pair.figure(value, language) for value in pair.typical.tolist())
    if not np.isfinite(pair.typical).all():
        return estimate
    return estimate + "\n" + say("({low} to {high})", language, low=low, high=high)


def _title(pair: LeadingPair, result: SlotComparison, language: Language) -> str:
    p = p_text(pair.p, language)
    if result.decision != "winner":
        return say("No decision: chance alone can explain the difference ({p})", language, p=p)
    ahead = pair.figure(float(pair.typical[0]), language).lstrip("+")
    if pair.rate and not pair.ratio:
        ahead = say("{points} percentage points", language, points=ahead)
    better, worse = drawable(pair.better, _LEAD), drawable(pair.worse, _LEAD)
    return say(
        "{better} is ahead of {worse} by {amount} ({p})",
        language,
        better=better,
        worse=worse,
        amount=ahead,
        p=p,
    )


def _note(result: SlotComparison, language: Language) -> str:
    posts = result.blocks * len(result.variants)
    parts = [
        say("n = {posts} posts or periods in {blocks} blocks", language, posts=posts, blocks=result.blocks)
    ]
    if len(result.variants) > 2:
        parts.append(say("the leader and its strongest rival", language))
    if result.blocks > MOST:
        parts.append(say("the last {shown} blocks shown", language, shown=MOST))
    if len(result.dropped):
        parts.append(
            say_many("{count} block left out", "{count} blocks left out", len(result.dropped), language)
        )
    return " · ".join(parts)
