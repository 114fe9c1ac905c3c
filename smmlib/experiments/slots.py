"""Organic posts and switchback periods: test them by repeating the draw that assigned them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments.adjusting import holm
from smmlib.experiments.redrawing import STATISTICS, Statistic, redraw, redraw_blocks
from smmlib.experiments.slot_need import check_blocks, smallest_p
from smmlib.language import Language, mark, say

Scale = Literal["difference", "ratio"]


@dataclass(frozen=True, eq=False)
class SlotComparison:
    """Outcome of matched slots or of a switchback. The unit is the post or period, not the impression.

    Attributes:
        pairs: The variant that is ahead against every other one: variant, other, estimate, low, high,
            p_value, p_adjusted (Holm). Estimates are Hodges-Lehmann, in the unit of the value (a fraction,
            where it was divided by trials); on the ratio scale relative (0.2: 20 % more).
        variants: One row per variant: variant, posts, mean, median of the values.
        dropped: Blocks left out: block, reason (in English).
        overall_p: P value of "no variant differs from any other"; with two variants that of their pair.
        exact: Whether all draws were counted, not only `DRAWS` of them.
        blocks: Blocks compared.
        alpha: Error allowed; intervals are of level 1 - alpha.
        scale: "difference" or "ratio".
        statistic: "rank" or "mean".
        impressions: Sum of the trials of the blocks compared, or None.
        values: What was compared, also on the ratio scale as it was given: one row per block, in the order
            of the blocks (the index), one column per variant.
    """

    pairs: pd.DataFrame
    variants: pd.DataFrame
    dropped: pd.DataFrame
    overall_p: float
    exact: bool
    blocks: int
    alpha: float
    scale: Scale
    statistic: Statistic
    impressions: float | None
    values: pd.DataFrame

    @property
    def leader(self) -> str:
        """The variant that is ahead, by chance or not."""
        return str(self.pairs.at[0, "variant"])

    @property
    def decision(self) -> str:
        """What the blocks allow: "winner" or "no decision"."""
        ahead = (self.pairs["p_adjusted"] < self.alpha) & (self.pairs["estimate"] > 0)
        return "winner" if ahead.all() else "no decision"

    @property
    def winner(self) -> str | None:
        """The variant that beats every other one, or None."""
        return self.leader if self.decision == "winner" else None

    @property
    def smallest_p(self) -> float:
        """The smallest two-sided p value so many blocks could have given one pair."""
        return smallest_p(self.blocks)

    def to_frame(self) -> pd.DataFrame:
        """One row per pair, with decision, blocks and smallest_p; a copy."""
        return self.pairs.assign(decision=self.decision, blocks=self.blocks, smallest_p=self.smallest_p)

    def text(self, language: Language = "en") -> str:
        """The verdict in plain words."""
        from smmlib.experiments.slot_text import slot_text

        return slot_text(self, language)


@dataclass(frozen=True, slots=True)
class _Columns:
    block: str
    variant: str
    value: str
    trials: str | None


def compare_slots(  # noqa: PLR0913
    table: pd.DataFrame,
    *,
    block: str,
    variant: str,
    value: str,
    trials: str | None = None,
    scale: Scale = "difference",
    statistic: Statistic = "rank",
    alpha: float = 0.05,
    seed: int = 0,
) -> SlotComparison:
    """Compare variants over matched slots, or periods, by repeating the draw that assigned them.

    A test on impressions is not offered here: all who saw one post share its day, its hour and its luck,
    so 40,000 impressions of two posts are two values.

    Args:
        table: One row per post or period; it is not changed. A block in which a variant is missing, has no
            value or has two is left out and listed.
        block: Column with the number of the block (of the pair).
        variant: Column with the variant.
        value: Column with what is compared, e.g. link clicks.
        trials: Column it is divided by, e.g. impressions, so that rates per post are compared; None: the
            value itself.
        scale: "difference", or "ratio": differences of logs, told as relative differences.
        statistic: "rank" (signed ranks; robust to one extraordinary post) or "mean".
        alpha: Error allowed, two-sided.
        seed: Used only where the draws are too many to be counted.

    Raises:
        MissingColumnError: A column is not there.
        UnknownNameError: Unknown scale or statistic.
        InvalidValueError: Fewer than two variants, too few blocks for any outcome to be below `alpha`, or
            values of zero or below on the ratio scale.

    Source:
        See `redrawing`. With more than two variants two of them are compared by exchanging them within
        their blocks, which holds whatever the others do; the one ahead must beat every other, Holm (1979).
    """
    _check_names(scale, statistic)
    rows = _rows(table, _Columns(block, variant, value, trials))
    names = _variants(rows)
    dropped = _incomplete(rows, names)
    rows = rows[~rows["block"].isin(dropped["block"])]
    if rows.empty:
        raise InvalidValueError(
            mark(
                "No block has a usable value of each of the variants {names} (block {block}: {reason}). "
                "Check whether a variant changed its name and whether the values are numbers."
            ),
            names=", ".join(names),
            block=str(dropped["block"].iloc[0]),
            reason=str(dropped["reason"].iloc[0]),
        )
    blocks = rows["block"].nunique()
    check_blocks(blocks, alpha, len(names))
    wide = rows.pivot(index="block", columns="variant", values="value")[names]
    scored = _logs(wide) if scale == "ratio" else wide
    pairs, exact = _pairs(scored, statistic, alpha, seed)
    overall, counted = float(pairs["p_value"].iloc[0]), exact
    if len(names) > 2:
        overall, counted = redraw_blocks(scored.to_numpy(np.float64), statistic, seed=seed)
    if scale == "ratio":
        pairs[["estimate", "low", "high"]] = np.expm1(pairs[["estimate", "low", "high"]])
    return SlotComparison(
        pairs=pairs,
        variants=_per_variant(wide),
        dropped=dropped,
        overall_p=overall,
        exact=exact and counted,
        blocks=blocks,
        alpha=alpha,
        scale=scale,
        statistic=statistic,
        impressions=None if trials is None else float(rows["trials"].sum()),
        values=wide,
    )


def _check_names(scale: str, statistic: str) -> None:
    if scale not in get_args(Scale):
        raise UnknownNameError(mark("Scale"), str(scale), get_args(Scale))
    if statistic not in STATISTICS:
        raise UnknownNameError(mark("Statistic"), str(statistic), STATISTICS)


def _rows(table: pd.DataFrame, columns: _Columns) -> pd.DataFrame:
    """block, variant (text), value (missing where it cannot be one), trials."""
    named = (columns.block, columns.variant, columns.value, columns.trials)
    missing = [name for name in named if name is not None and name not in table.columns]
    if missing:
        raise MissingColumnError(missing, map(str, table.columns), source="compare_slots")
    rows = pd.DataFrame({"block": table[columns.block], "variant": table[columns.variant]})
    rows["value"] = pd.to_numeric(table[columns.value], errors="coerce")
    rows["trials"] = 1.0
    if columns.trials is not None:
        rows["trials"] = pd.to_numeric(table[columns.trials], errors="coerce")
        possible = (rows["trials"] > 0) & (rows["value"] >= 0) & (rows["value"] <= rows["trials"])
        rows["value"] = (rows["value"] / rows["trials"]).where(possible)
    rows["value"] = rows["value"].where(np.isfinite(rows["value"].to_numpy(np.float64, na_value=np.nan)))
    rows = rows.dropna(subset=["block", "variant"])
    return rows.assign(variant=rows["variant"].astype(str)).reset_index(drop=True)


def _variants(rows: pd.DataFrame) -> list[str]:
    names = sorted(map(str, rows["variant"].unique()))
    if len(names) < 2:
        raise InvalidValueError(
            mark("Matched slots compare two variants or more, but there is {count}: {names}."),
            count=len(names),
            names=", ".join(names),
        )
    return names


def _incomplete(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Blocks that cannot be used: block, reason."""
    found = []
    for block, part in rows.groupby("block", sort=True):
        usable = set(part.dropna(subset=["value"])["variant"])
        lacking = [name for name in names if name not in usable]
        if lacking:
            found.append((block, say("no usable value: {names}", "en", names=", ".join(lacking))))
        elif part["variant"].duplicated().any():
            found.append((block, say("more than one value of a variant", "en")))
    return pd.DataFrame(found, columns=["block", "reason"])


def _logs(wide: pd.DataFrame) -> pd.DataFrame:
    values = wide.to_numpy(np.float64)
    if (values <= 0).any():
        row, column = np.argwhere(values <= 0)[0]
        raise InvalidValueError(
            mark(
                "Block {block}, variant {variant!r} has {value:plain}; a ratio needs values above zero. "
                "Compare with scale='difference'."
            ),
            block=str(wide.index[row]),
            variant=str(wide.columns[column]),
            value=f"{values[row, column]:g}",
        )
    return pd.DataFrame(np.log(values), wide.index, wide.columns)


def _pairs(scored: pd.DataFrame, statistic: Statistic, alpha: float, seed: int) -> tuple[pd.DataFrame, bool]:
    """The variant with the highest mean against each other one, and whether all draws were counted."""
    leader = str(scored.mean().idxmax())
    others = [name for name in scored.columns if name != leader]
    level = alpha / len(others)  # intervals that hold together
    found = [
        redraw((scored[leader] - scored[name]).to_numpy(np.float64), statistic, alpha=level, seed=seed)
        for name in others
    ]
    p_values = np.array([one.p_value for one in found])
    frame = pd.DataFrame(
        {
            "variant": leader,
            "other": others,
            "estimate": [one.estimate for one in found],
            "low": [one.low for one in found],
            "high": [one.high for one in found],
            "p_value": p_values,
            "p_adjusted": holm(p_values[None, :])[0],
        }
    )
    return frame, all(one.exact for one in found)


def _per_variant(wide: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "variant": list(wide.columns),
            "posts": len(wide),
            "mean": wide.mean().to_numpy(),
            "median": wide.median().to_numpy(),
        }
    )
