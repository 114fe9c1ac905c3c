"""The editorial calendar at size, from entries in memory, with the time each look may take.

5,000 entries: 4,000 posts of 1,334 drafts on three accounts each, every draft with a text of its own that
names prices, days and percentages, and 1,000 others; CPU time, the first look and the least of several
later ones, as a panel looks again after every move: `python -m benchmarks.planning_calendar`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pandas as pd

from smmlib import Account, Campaign, Draft, Version
from smmlib.alignment import Surroundings, find_conflicts
from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.message_house import Claim, KeyDate, Offer, Percentage, Price
from smmlib.planning.calendar import CalendarEntry, Period, calendar_of, moved, post_entries

ROUNDS = 5
ALLOWED = {"conflicts": 500, "month": 200}
SEED = 2026
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ACCOUNTS = [Account(id=f"a{i}", network="linkedin", handle=f"@a{i}") for i in range(9)]
_ASSET = Asset(id="a" * 64, name="rad.jpg", licence="own", licence_until=date(2026, 12, 31))


def campaigns() -> dict[str, Campaign]:
    """Ten campaigns with offer and claims."""
    offer = Offer(
        prices=(Price(amount="1499"), Price(amount="59.90")),
        dates=(KeyDate(day=date(2026, 5, 1)),),
        percentages=(Percentage(value=20),),
    )
    claims = (
        Claim(text="der leiseste Motor seiner Klasse", cleared_by="Recht"),
        Claim(text="unkaputtbar"),
    )
    return {f"c{i}": Campaign(id=f"c{i}", name=f"C{i}", offer=offer, claims=claims) for i in range(10)}


def drafts() -> list[Draft]:
    """1,334 drafts for three accounts each."""
    draw = random.Random(SEED)
    picture = Media(name="rad.jpg", alt_text="Ein Rad", asset=_ASSET.id)
    return [
        Draft(
            id=f"d{i}",
            campaign=f"c{i % 10}",
            text=f"Lastenrad Nr. {i}: 1.499 € statt {draw.randrange(1500, 1700)} €, 20 % auf den Helm bis "
            f"1. Mai. Leise durch die Stadt, https://example.com/{i} #rad{i}",
            versions=tuple(
                Version(
                    account=account.id,
                    planned_at=_NOW + timedelta(minutes=draw.randrange(365 * 24 * 60)),
                    media=(picture,),
                )
                for account in draw.sample(_ACCOUNTS, 3)
            ),
        )
        for i in range(1_334)
    ]


def others(count: int) -> list[CalendarEntry]:
    """Entries that are no posts."""
    draw = random.Random(SEED)
    return [
        CalendarEntry(
            id=f"o{i}",
            kind="insertion",
            title=f"Insertion {i}",
            start=_NOW + timedelta(minutes=draw.randrange(365 * 24 * 60)),
            channel=f"Paper {i % 20}",
            campaign=f"c{i % 10}",
            audience=f"Readers {i % 20}",
        )
        for i in range(count)
    ]


def main() -> int:
    """Print each piece of work with its time; the exit code tells whether all were quick enough."""
    made = drafts()
    posts = post_entries(made, _ACCOUNTS)
    entries = [*posts, *others(5_000 - len(posts))]
    periods = tuple(
        Period(name=f"P{i}", start=_NOW + timedelta(days=30 * i), end=_NOW + timedelta(days=30 * i, hours=2))
        for i in range(12)
    )
    around = Surroundings(_NOW, campaigns=campaigns(), assets={_ASSET.id: _ASSET}, periods=periods)
    calendar = calendar_of(entries, periods=periods, states=("NW", "BY"))
    print(f"{len(entries):,} entries, pandas {pd.__version__} is loaded already")
    works: dict[str, Callable[[], object]] = {
        "entries of the drafts": lambda: post_entries(made, _ACCOUNTS),
        "conflicts": lambda: find_conflicts(entries, around),
        "month": lambda: calendar.month(2026, 5).to_frame(),
        "list": lambda: calendar.to_frame("de"),
        "one moved, calendar again": lambda: calendar_of([moved(entries[0], days=1), *entries[1:]]),
    }
    slow = False
    for name, work in works.items():
        times = []
        for _ in range(ROUNDS + 1):
            start = time.process_time()
            work()
            times.append(1e3 * (time.process_time() - start))
        allowed = ALLOWED.get(name)
        slow = slow or (allowed is not None and times[0] > allowed)
        most = f"  (at most {allowed} ms)" if allowed else ""
        print(f"{name:28} first {times[0]:7.1f} ms, later {min(times[1:]):7.1f} ms{most}")
    print(f"{len(find_conflicts(entries, around))} conflicts in all")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
