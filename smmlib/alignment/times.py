"""Entries at the wrong time: before an embargo ends, in a blackout, in a slot of a running test."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from smmlib.alignment.conflict import Conflict, about
from smmlib.alignment.surroundings import ProtectedSlot, Surroundings
from smmlib.language import mark
from smmlib.networks.findings import Finding
from smmlib.planning.calendar import CalendarEntry


def embargoes(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Public entries before the embargo of their campaign ends, or in an embargo of the calendar."""
    periods = [period for period in around.periods if period.kind == "embargo"]
    for entry in entries:
        if not entry.public:
            continue
        campaign = around.campaigns.get(entry.campaign)
        ends = campaign.embargo if campaign else None
        if ends and entry.start < ends:
            template = mark(
                "Planned for {when:datetime}, but the embargo ends on {ends:datetime}. Choose a later time."
            )
            yield _early(entry, "embargo", template, ends)
        for period in periods:
            if period.covers(entry):
                template = mark(
                    "Planned for {when:datetime}, but the embargo “{name}” ends on {ends:datetime}. "
                    "Choose a later time."
                )
                yield _early(entry, "embargo", template, period.end, period.name)


def blackouts(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Entries in a blackout that holds for them."""
    periods = [period for period in around.periods if period.kind == "blackout"]
    if not periods:
        return
    for entry in entries:
        for period in periods:
            if period.covers(entry):
                template = mark(
                    "Planned for {when:datetime}, in the blackout “{name}”, which ends on {ends:datetime}. "
                    "Move it."
                )
                yield _early(entry, "blackout", template, period.end, period.name)


def test_slots(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Entries on an account in the time that belongs to a test there."""
    slots = _by_account(around.slots)
    for entry in entries:
        for slot in _near(slots.get(entry.account), entry.start):
            own = entry.draft.startswith(f"{slot.assignment}-")
            if slot.opens <= entry.start < slot.closes and not own:
                place = ZoneInfo(entry.time_zone)
                template = mark(
                    "Planned for {when:datetime}, but {opens:datetime} to {closes:datetime} is kept for the "
                    "test “{test}”. Move it, or the test cannot tell what worked."
                )
                values = {
                    "when": entry.local,
                    "opens": slot.opens.astimezone(place),
                    "closes": slot.closes.astimezone(place),
                    "test": slot.test,
                }
                yield about(entry, Finding("test_slot", "error", values=values, template=template))
                break  # one slot suffices to move it


def _early(entry: CalendarEntry, rule: str, template: str, ends: datetime, name: str = "") -> Conflict:
    values = {"when": entry.local, "ends": ends.astimezone(ZoneInfo(entry.time_zone)), "name": name}
    return about(entry, Finding(rule, "error", values=values, template=template))


_Slots = tuple[list[datetime], list[ProtectedSlot]]


def _by_account(slots: Iterable[ProtectedSlot]) -> dict[str, _Slots]:
    """Account to its slots and when they open, in order."""
    found: dict[str, list[ProtectedSlot]] = {}
    for slot in sorted(slots, key=lambda slot: slot.opens):
        found.setdefault(slot.account, []).append(slot)
    return {account: ([slot.opens for slot in mine], mine) for account, mine in found.items()}


def _near(slots: _Slots | None, when: datetime) -> Iterator[ProtectedSlot]:
    """The slots that may hold a moment, the latest first: those of the longest time kept free before it."""
    if slots is None:
        return
    opens, mine = slots
    longest = max(slot.closes - slot.opens for slot in mine)
    for place in range(bisect_right(opens, when) - 1, -1, -1):
        if opens[place] <= when - longest:
            return
        yield mine[place]
