"""Switchbacks: a style or policy is switched back and forth, and the period, not the post, is the unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments.assignment import AssignedSlot, Assignment, draw_order
from smmlib.experiments.matching import SlotPlan, check_variants
from smmlib.experiments.plan_terms import check_numbers, check_whole
from smmlib.experiments.slot_need import check_blocks
from smmlib.language import mark
from smmlib.timetable import localise

Combine = Literal["mean", "sum"]


def plan_switchback(  # noqa: PLR0913
    first_day: date,
    *,
    periods: int,
    seed: int,
    at: datetime,
    days: int = 1,
    zone_name: str = "Europe/Berlin",
    variants: Sequence[str] = ("A", "B"),
    burn_in_hours: float = 0,
    account: str = "",
    alpha: float = 0.05,
    name: str = "",
) -> SlotPlan:
    """Switch a style or a policy back and forth: chance orders the variants within blocks of like periods.

    It is for what cannot differ from post to post, such as a tone or a posting frequency. Days are matched
    by weekday with those of the following weeks; longer periods with the next ones.

    Args:
        first_day: Local day the first period begins, at midnight.
        periods: Periods wanted; those that make no full block are left out.
        seed: Seed of the draw.
        at: Now, with time zone.
        days: Length of a period in days.
        zone_name: IANA name.
        variants: Names of the variants, two or more.
        burn_in_hours: Hours at the beginning of every period that will not count, because the period before
            still has its effect. Every period loses them, not only those after a switch: leaving out less
            where nothing was switched would make the periods unlike.
        account: Id of the account, or "".
        alpha: Error the test will be allowed.
        name: What the team calls the test.

    Raises:
        InvalidValueError: A value lies outside its range, or there are too few blocks for any outcome to
            be below `alpha`.

    Source:
        Bojinov, Simchi-Levi and Zhao (2023), Management Science 69:3759-3777, on switchback experiments.
    """
    check_variants(variants)
    _check_period(periods, days, burn_in_hours)
    if not isinstance(first_day, date):
        raise InvalidValueError(mark("first_day is {value!r}; give a date."), value=first_day)
    row = 7 // days if 7 % days == 0 else 1  # periods until the same weekday comes again
    blocks = periods // (row * len(variants)) * row
    check_blocks(blocks, alpha, len(variants))
    edges = [
        localise(datetime.combine(first_day + timedelta(days * index), time()), zone_name, second=False)
        for index in range(blocks * len(variants) + 1)
    ]
    slots = []
    for index, (begin, end) in enumerate(pairwise(edges)):
        rounds, place = divmod(index, row * len(variants))
        block = rounds * row + place % row + 1
        variant = draw_order(seed, block, variants)[place // row]
        slots.append(AssignedSlot(block=block, account=account, start=begin, end=end, variant=variant))
    assignment = Assignment.drawn(
        slots,
        name=name,
        mechanism="switchback",
        seed=seed,
        variants=tuple(variants),
        burn_in_hours=burn_in_hours,
        created_at=at,
    )
    return SlotPlan(assignment, pd.DataFrame({"reason": []}), alpha)


def period_values(
    posts: pd.DataFrame,
    assignment: Assignment,
    *,
    published: str,
    value: str,
    trials: str | None = None,
    combine: Combine = "mean",
) -> pd.DataFrame:
    """One value for each period, for `compare_slots(block="block", variant="variant", value="value")`.

    Args:
        posts: One row per post, of the account concerned; it is not changed. Posts outside the periods, or
            in their burn-in, do not count.
        assignment: What `plan_switchback` drew.
        published: Column with the time of publication; without zone it is UTC.
        value: Column with what is compared, e.g. link clicks.
        trials: Column it is divided by, post by post; None: the value itself.
        combine: "mean" of the posts, or their "sum", for a policy that changes how many posts there are.

    Returns:
        block, variant, start, posts, value; the value is missing where a period has no usable post.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: The assignment is not of a switchback.
    """
    if assignment.mechanism != "switchback":
        raise InvalidValueError(mark("The assignment is of slots; periods come from plan_switchback."))
    wanted = [name for name in (published, value, trials) if name is not None]
    missing = [name for name in wanted if name not in posts.columns]
    if missing:
        raise MissingColumnError(missing, map(str, posts.columns), source="period_values")
    figures = _numbers(posts[value])
    if trials is not None:
        shown = _numbers(posts[trials])
        figures = np.divide(figures, shown, out=np.full(len(figures), np.nan), where=shown > 0)
    when = pd.to_datetime(posts[published], utc=True, errors="coerce", format="ISO8601")
    rows = []
    for slot in assignment.slots:
        begin = pd.Timestamp(slot.start) + pd.Timedelta(hours=assignment.burn_in_hours)
        end = pd.Timestamp(slot.end or slot.start)
        during = (when >= begin) & (when < end)
        inside = figures[during.to_numpy() & ~np.isnan(figures)]
        combined = np.nan if not len(inside) else inside.sum() if combine == "sum" else inside.mean()
        rows.append((slot.block, slot.variant, slot.start, len(inside), float(combined)))
    return pd.DataFrame(rows, columns=["block", "variant", "start", "posts", "value"])


def _numbers(column: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(pd.to_numeric(column, errors="coerce").to_numpy(np.float64, na_value=np.nan))


def _check_period(periods: int, days: int, burn_in_hours: float) -> None:
    check_whole(periods=periods, days=days)
    check_numbers(burn_in_hours=burn_in_hours)
    if days < 1 or not 0 <= burn_in_hours < 24 * days:
        raise InvalidValueError(
            mark(
                "A period has {days} days and a burn-in of {hours:plain} hours; it needs at least one day "
                "and a burn-in shorter than the period."
            ),
            days=days,
            hours=burn_in_hours,
        )
