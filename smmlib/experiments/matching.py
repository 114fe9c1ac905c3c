"""Matched slots for organic posts: blocks of like slots, and the draw that fills them.

A post is one unit, however many people saw it. What makes a comparison of posts fair is that chance
decided which of two like slots got which variant; the analysis repeats exactly that draw.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments.assignment import AssignedSlot, Assignment, draw_order
from smmlib.experiments.plan_terms import check_alpha, check_numbers
from smmlib.experiments.rounding import rounded_p
from smmlib.experiments.slot_need import check_blocks, smallest_p
from smmlib.language import Language, mark, say, say_many
from smmlib.timetable import localise, zone


@dataclass(frozen=True, eq=False)
class SlotPlan:
    """Slots or periods in blocks, with the variant chance gave to each.

    Attributes:
        assignment: The draw, to be stored before anything is posted.
        left_over: Rows of the slots that are not used, with the column `reason`.
        alpha: Error the test will be allowed.
    """

    assignment: Assignment
    left_over: pd.DataFrame
    alpha: float

    @property
    def blocks(self) -> int:
        """Blocks of like slots."""
        return max(slot.block for slot in self.assignment.slots)

    @property
    def smallest_p(self) -> float:
        """The smallest two-sided p value this many blocks can give, 2 / 2^blocks."""
        return smallest_p(self.blocks)

    def to_frame(self) -> pd.DataFrame:
        """One row per slot: block, account, group, start, end, weekday (1 = Monday), hour, variant."""
        return pd.DataFrame(
            [
                {
                    "block": slot.block,
                    "account": slot.account,
                    "group": slot.group,
                    "start": slot.start,
                    "end": slot.end,
                    "weekday": slot.start.isoweekday(),
                    "hour": slot.start.hour,
                    "variant": slot.variant,
                }
                for slot in self.assignment.slots
            ]
        )

    def text(self, language: Language = "en") -> str:
        """What the plan can show, before anything is posted."""
        told = say(
            "{blocks} blocks of {size} like slots or periods, drawn with seed {seed:plain}. The smallest p "
            "value they can give is {p}; how many blocks a given lift needs depends on how much past posts "
            "scatter.",
            language,
            blocks=self.blocks,
            size=len(self.assignment.variants),
            seed=self.assignment.seed,
            p=rounded_p(self.smallest_p, language),
        )
        if self.left_over.empty:
            return told
        return f"{told} " + say_many(
            "{count} slot was left over.", "{count} slots were left over.", len(self.left_over), language
        )


def match_slots(  # noqa: PLR0913
    slots: pd.DataFrame,
    *,
    start: str,
    seed: int,
    at: datetime,
    zone_name: str = "Europe/Berlin",
    account: str | None = None,
    match: Sequence[str] = (),
    variants: Sequence[str] = ("A", "B"),
    washout_hours: float = 0,
    alpha: float = 0.05,
    name: str = "",
) -> SlotPlan:
    """Put slots of the same account, weekday and hour into blocks, and let chance order the variants there.

    Args:
        slots: One row per slot; it is not changed.
        start: Column with the time the slot begins; without zone it is local to `zone_name`.
        seed: Seed of the draw.
        at: Now, with time zone; when the draw was made.
        zone_name: IANA name; weekday and hour are local to it.
        account: Column with the id of the account; None: all slots are of one account.
        match: Further columns that must agree in a block, e.g. ["format"].
        variants: Names of the variants, two or more; a block has one slot for each.
        washout_hours: Hours there must be at least between two slots of one account, so that one post does
            not feed on the other; slots that come sooner are left out.
        alpha: Error the test will be allowed.
        name: What the team calls the test.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: Variants are missing or repeated, a start is no time, or there are too few
            blocks for any outcome to be below `alpha`.

    Source:
        Fisher (1935), The Design of Experiments, on randomised blocks and paired randomisation.
    """
    columns = [*([account] if account else []), *match]
    missing = [column for column in (start, *columns) if column not in slots.columns]
    if missing:
        raise MissingColumnError(missing, map(str, slots.columns), source="match_slots")
    check_variants(variants)
    check_alpha(alpha)
    check_numbers(washout_hours=washout_hours)
    if not 0 <= washout_hours < math.inf:
        raise InvalidValueError(
            mark("washout_hours is {hours:plain}; give 0 or more hours."), hours=washout_hours
        )
    table = _table(slots, columns, _local(slots[start], zone_name))
    kept = table[np.array(_rested(table, account, washout_hours), bool)]
    chosen = _in_blocks(kept, [*columns, "_weekday", "_hour"], len(variants))
    check_blocks(chosen["_block"].nunique(), alpha, len(variants))
    assignment = Assignment.drawn(
        _assigned(chosen, account, match, (seed, variants)),
        name=name,
        seed=seed,
        variants=tuple(variants),
        washout_hours=washout_hours,
        created_at=at,
    )
    return SlotPlan(assignment, _left_over(slots, table, kept, chosen), alpha)


def check_variants(variants: Sequence[str]) -> None:
    """Raise an `InvalidValueError` unless there are two or more different names."""
    if len(variants) < 2 or len(set(variants)) < len(variants) or not all(variants):
        raise InvalidValueError(
            mark("The variants are {names}; give two or more different names."),
            names=", ".join(map(str, variants)),
        )


def _local(starts: pd.Series, zone_name: str) -> list[datetime]:
    """Each start as an aware time, local to the zone."""
    if pd.api.types.is_numeric_dtype(starts.dtype) and len(starts):
        raise InvalidValueError(
            mark("{value!r} is no time; write it as 2026-09-07 09:00."), value=str(starts.iloc[0])
        )
    moments = pd.to_datetime(starts, errors="coerce", format="ISO8601")
    if moments.isna().any():
        wrong = starts[moments.isna()].iloc[0]
        raise InvalidValueError(mark("{value!r} is no time; write it as 2026-09-07 09:00."), value=str(wrong))
    return [
        localise(moment.to_pydatetime(), zone_name)
        if moment.tzinfo is None
        else moment.to_pydatetime().astimezone(zone(zone_name))
        for moment in moments
    ]


def _table(slots: pd.DataFrame, columns: Sequence[str], starts: Sequence[datetime]) -> pd.DataFrame:
    """The slots in order of time: the columns as text, _start, _weekday, _hour, _row (place in `slots`)."""
    table = pd.DataFrame({column: slots[column].astype(str).to_numpy() for column in columns})
    table["_start"] = pd.Series(starts, dtype=object)
    table["_weekday"] = [moment.isoweekday() for moment in starts]
    table["_hour"] = [moment.hour for moment in starts]
    table["_row"] = range(len(slots))
    named = slots[list(columns)].notna().all(axis=1).to_numpy(bool)
    return table[named].sort_values("_start", kind="stable")


def _rested(table: pd.DataFrame, account: str | None, hours: float) -> list[bool]:
    """Whether each slot, in order of time, comes late enough after the last one kept of its account."""
    last: dict[str, datetime] = {}
    rested = []
    for name, begin in zip(table[account] if account else [""] * len(table), table["_start"], strict=True):
        late_enough = name not in last or begin - last[name] >= max(
            timedelta(hours=hours),
            timedelta(minutes=1),  # the same time twice is one slot
        )
        if late_enough:
            last[name] = begin
        rested.append(late_enough)
    return rested


def _in_blocks(kept: pd.DataFrame, kinds: list[str], size: int) -> pd.DataFrame:
    """The slots that fill a block with their neighbours of the same kind, numbered by `_block` from 1."""
    kind = kept.groupby(kinds, sort=False)
    turn = kind.cumcount() // size
    full = turn < kind["_row"].transform("size") // size
    used = kept.assign(_turn=turn)[full]
    return used.assign(_block=used.groupby([*kinds, "_turn"], sort=False).ngroup() + 1)


def _assigned(
    chosen: pd.DataFrame, account: str | None, match: Sequence[str], draw: tuple[int, Sequence[str]]
) -> list[AssignedSlot]:
    seed, variants = draw
    return [
        AssignedSlot(
            block=block,
            account=row[account] if account else "",
            group=" · ".join(row[column] for column in match),
            start=row["_start"],
            variant=variant,
        )
        for block in range(1, int(chosen["_block"].max()) + 1)
        for variant, row in zip(
            draw_order(seed, block, variants),
            chosen[chosen["_block"] == block].to_dict("records"),
            strict=True,
        )
    ]


def _left_over(
    slots: pd.DataFrame, table: pd.DataFrame, kept: pd.DataFrame, chosen: pd.DataFrame
) -> pd.DataFrame:
    alone, known = set(kept["_row"]) - set(chosen["_row"]), set(table["_row"])
    left = sorted(set(range(len(slots))) - set(chosen["_row"]))
    partner, rest, missing = (
        say("no other slot of the same kind", "en"),
        say("too soon after the slot before it", "en"),
        say("a value it is matched by is missing", "en"),
    )
    reasons = [partner if row in alone else rest if row in known else missing for row in left]
    return slots.iloc[left].assign(reason=reasons)
