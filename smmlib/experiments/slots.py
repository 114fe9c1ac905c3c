"""Organic posts: pair slots by weekday and hour, draw who gets which, and test the pairs exactly.

A post is one unit, however many people saw it. What makes a comparison of posts fair is that chance
decided which of two like slots got which variant; the analysis repeats exactly that draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.language import Language, mark, say

_EXACT = 20  # pairs up to which all draws are counted
_DRAWS = 200_000  # beyond


@dataclass(frozen=True, eq=False)
class SlotPlan:
    """Slots in pairs, with the variant chance gave to each.

    Attributes:
        slots: One row per slot: pair (from 1), start, the columns matched on, variant.
        left_over: Slots that found no partner.
        seed: Seed of the draw; with it the draw can be repeated.
        smallest_p: The smallest two-sided p value this many pairs can give, 2 / 2^pairs.
    """

    slots: pd.DataFrame
    left_over: pd.DataFrame
    seed: int
    smallest_p: float

    def to_frame(self) -> pd.DataFrame:
        """One row per slot; a copy."""
        return self.slots.copy()

    def text(self, language: Language = "en") -> str:
        """What the plan can show, before anything is posted."""
        return say(
            "{pairs} pairs of slots, drawn with seed {seed:plain}. The smallest p value they can give is "
            "{p:.3}, so a difference can be shown.",
            language,
            pairs=len(self.slots) // 2,
            seed=self.seed,
            p=self.smallest_p,
        )


@dataclass(frozen=True, slots=True)
class SlotComparison:
    """Outcome of matched slots.

    Attributes:
        first: Variant whose values are reckoned from.
        second: The other one.
        pairs: Pairs compared.
        diff: Mean over the pairs of the first's value minus the second's, in the unit of the value.
        p_value: Share of all draws that give a difference at least as large, two-sided.
        exact: True if all draws were counted, False if many were drawn at random.
        alpha: Error allowed.
    """

    first: str
    second: str
    pairs: int
    diff: float
    p_value: float
    exact: bool
    alpha: float

    @property
    def decision(self) -> str:
        """What the pairs allow: "winner" or "no decision"."""
        return "winner" if self.p_value < self.alpha else "no decision"

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute and the decision."""
        return pd.DataFrame(
            [{name: getattr(self, name) for name in (*self.__slots__, "decision")}],
        )

    def text(self, language: Language = "en") -> str:
        """The verdict in plain words."""
        better, worse = (self.first, self.second) if self.diff >= 0 else (self.second, self.first)
        values = {"better": better, "worse": worse, "diff": abs(self.diff), "pairs": self.pairs}
        if self.decision == "winner":
            return say(
                "{better} wins: {diff:.2} more than {worse} on average over {pairs} pairs of slots "
                "(p = {p:.3}).",
                language,
                p=self.p_value,
                **values,
            )
        return say(
            "No decision: {better} is ahead of {worse} by {diff:.2} on average over {pairs} pairs of "
            "slots, which chance alone can explain (p = {p:.3}).",
            language,
            p=self.p_value,
            **values,
        )


def match_slots(
    slots: pd.DataFrame,
    *,
    start: str,
    seed: int,
    match: Sequence[str] = (),
    variants: tuple[str, str] = ("A", "B"),
    alpha: float = 0.05,
) -> SlotPlan:
    """Pair slots of the same weekday and hour, and let chance decide which of a pair gets which variant.

    Args:
        slots: One row per slot; it is not changed.
        start: Column with the local time the slot begins.
        seed: Seed of the draw.
        match: Further columns that must agree in a pair, e.g. ["network", "account"].
        variants: Names of the two variants.
        alpha: Error the test will be allowed.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: There are too few pairs for any outcome to be below `alpha`.

    Source:
        Fisher (1935), The Design of Experiments, on paired randomisation.
    """
    missing = [name for name in (start, *match) if name not in slots.columns]
    if missing:
        raise MissingColumnError(missing, map(str, slots.columns), source="match_slots")
    when = pd.to_datetime(slots[start])
    table = slots.assign(weekday=when.dt.isocalendar().day, hour=when.dt.hour).sort_values(
        start, kind="stable"
    )
    place = table.groupby([*match, "weekday", "hour"], sort=False).cumcount()
    size = table.groupby([*match, "weekday", "hour"], sort=False)[start].transform("size")
    paired = place < size // 2 * 2
    chosen = table[paired].assign(round=place[paired] // 2)
    chosen["pair"] = chosen.groupby([*match, "weekday", "hour", "round"], sort=False).ngroup() + 1
    chosen = chosen.sort_values(["pair", start], kind="stable").reset_index(drop=True)
    pairs = len(chosen) // 2
    check_pairs(pairs, alpha)
    first = np.random.default_rng(seed).random(pairs) < 0.5
    order = np.stack([np.where(first, *variants), np.where(first, *variants[::-1])], axis=1)
    chosen["variant"] = order.ravel()
    columns = ["pair", start, *match, "weekday", "hour", "variant"]
    left_over = slots.loc[table.index[~paired]]
    return SlotPlan(chosen[columns], left_over, seed, 2 / 2**pairs)


def compare_slots(
    table: pd.DataFrame, *, pair: str, variant: str, value: str, alpha: float = 0.05, seed: int = 0
) -> SlotComparison:
    """Compare two variants over matched slots by repeating the draw that assigned them.

    Args:
        table: One row per slot, two per pair; pairs with a missing value are left out.
        pair: Column with the number of the pair.
        variant: Column with the variant, two different ones in all.
        value: Column with what is compared, e.g. a rate or link clicks per post.
        alpha: Error allowed, two-sided.
        seed: Used only beyond 20 pairs, where 200,000 draws stand for all.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: Not two variants, or too few pairs for any outcome to be below `alpha`.

    Source:
        Exact test of the sign flips that the paired randomisation allows; Fisher (1935).
    """
    missing = [name for name in (pair, variant, value) if name not in table.columns]
    if missing:
        raise MissingColumnError(missing, map(str, table.columns), source="compare_slots")
    names = sorted(map(str, table[variant].dropna().unique()))
    if len(names) != 2:
        raise InvalidValueError(
            mark("Matched slots compare two variants, but there are {count}: {names}."),
            count=len(names),
            names=", ".join(names),
        )
    values = pd.to_numeric(table[value], errors="coerce")
    wide = table.assign(_name=table[variant].astype(str), _value=values).pivot_table(
        index=pair, columns="_name", values="_value"
    )
    diffs = (wide.reindex(columns=names)[names[0]] - wide.reindex(columns=names)[names[1]]).dropna()
    check_pairs(len(diffs), alpha)
    p_value = _flip(diffs.to_numpy(np.float64), seed)
    return SlotComparison(
        names[0], names[1], len(diffs), float(diffs.mean()), p_value, len(diffs) <= _EXACT, alpha
    )


def check_pairs(pairs: int, alpha: float) -> None:
    """Raise an `InvalidValueError` if this many pairs cannot give a p value below `alpha`."""
    if 2 / 2**pairs >= alpha:
        needed = int(np.floor(np.log2(2 / alpha))) + 1
        raise InvalidValueError(
            mark(
                "{pairs} pairs of slots can give no p value below {smallest:.3}; {needed} pairs are needed "
                "for {alpha:plain}. Plan more slots of the same weekday and hour."
            ),
            pairs=pairs,
            smallest=2 / 2**pairs,
            needed=needed,
            alpha=alpha,
        )


def _flip(diffs: np.ndarray[tuple[int], np.dtype[np.float64]], seed: int) -> float:
    """Share of sign flips whose mean is at least as far from zero as the one observed."""
    observed = abs(diffs.sum()) * (1 - 1e-12)
    if len(diffs) <= _EXACT:
        sums = np.zeros(1)
        for diff in diffs:
            sums = np.concatenate([sums + diff, sums - diff])
        return float(np.mean(np.abs(sums) >= observed))
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(_DRAWS, len(diffs)))
    return float((np.sum(np.abs(signs @ diffs) >= observed) + 1) / (_DRAWS + 1))
