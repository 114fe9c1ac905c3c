"""Which bookings and figures belong to a plan."""

from __future__ import annotations

from collections.abc import Iterable

from smmlib.planning.booking import Booking
from smmlib.planning.plan import Plan
from smmlib.planning.results import Result


def bookings_on(plan: Plan, bookings: Iterable[Booking]) -> tuple[Booking, ...]:
    """Bookings of a plan: those that name it, and those that name none but one of its lines or channels.

    Args:
        plan: The plan, with all its versions.
        bookings: Bookings of any plans.
    """
    lines = {line.id for version in plan.versions for line in version.lines}
    channels = _channels(plan)
    return tuple(
        booking
        for booking in bookings
        if booking.plan == plan.id
        or (not booking.plan and (booking.line in lines or booking.channel in channels))
    )


def results_on(plan: Plan, typed: Iterable[Result], exported: Iterable[Result] = ()) -> tuple[Result, ...]:
    """Figures of a plan's channels; what was typed of a metric and channel stands for what exports say of it.

    So an organic export does not mix with the figures of advertisements somebody typed.

    Args:
        plan: The plan, with all its versions.
        typed: Figures with their source.
        exported: Figures from the response table, see `results_of`.
    """
    channels = _channels(plan)
    own = [result for result in typed if result.channel in channels]
    told = {(result.channel, result.metric) for result in own}
    more = [r for r in exported if r.channel in channels and (r.channel, r.metric) not in told]
    return (*own, *more)


def _channels(plan: Plan) -> set[str]:
    return {channel.id for version in plan.versions for channel in version.channels}
