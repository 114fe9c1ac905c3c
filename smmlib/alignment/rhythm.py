"""Too often and too seldom: the frequency cap of an audience, and accounts that fall silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from smmlib.alignment.conflict import Conflict
from smmlib.alignment.surroundings import Surroundings
from smmlib.language import mark
from smmlib.networks.findings import Finding
from smmlib.planning.calendar import CalendarEntry


def frequencies(entries: Sequence[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Audiences that are reached more often than the cap allows, whatever the channels.

    The audience of an entry is its own, else that of its campaign; of entries without any nothing is said.
    What has appeared counts. Entries in a row that are each too much are one conflict.

    Args:
        entries: All entries, in order of time.
        around: What they are held against.
    """
    rules = around.rules
    for audience, reached in _audiences(entries, around).items():
        window, first = timedelta(days=rules.cap_days), 0
        run: list[int] = []
        for place, entry in enumerate(reached):
            while entry.start - reached[first].start >= window:
                first += 1
            if place - first + 1 > rules.cap_most and around.coming(entry):
                run = [*run, place] if run else list(range(first, place + 1))
            elif run:
                yield _too_often(audience, [reached[i] for i in run], around)
                run = []
        if run:
            yield _too_often(audience, [reached[i] for i in run], around)


def silences(entries: Sequence[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Accounts on which nothing appears for too long, from now on.

    Args:
        entries: All entries, in order of time.
        around: What they are held against.
    """
    most = around.rules.silent_days
    by_account: dict[str, list[CalendarEntry]] = {}
    for entry in entries if most else ():
        if entry.kind == "post" and entry.account:
            by_account.setdefault(entry.account, []).append(entry)
    for account, posts in sorted(by_account.items()):
        name = around.accounts.get(account, account)
        for before, after in pairwise(posts):
            days = (after.local.date() - before.local.date()).days
            if after.start > around.now and days > most:
                yield _gap(name, before, after, days)
        last = posts[-1]
        today = around.now.astimezone(ZoneInfo(last.time_zone)).date()
        if (today - last.local.date()).days > most:
            template = mark(
                "{account}: nothing since {day:date}, and nothing is planned. Plan a post, or say why not."
            )
            values = {"account": name, "day": last.local.date()}
            yield Conflict(Finding("silence", "warning", values=values, template=template), (), around.now)


def _audiences(entries: Iterable[CalendarEntry], around: Surroundings) -> dict[str, list[CalendarEntry]]:
    """Audience, as it was first written, to the public entries that reach it."""
    names: dict[str, str] = {}
    found: dict[str, list[CalendarEntry]] = {}
    for entry in entries if around.rules.cap_most else ():
        campaign = around.campaigns.get(entry.campaign)
        said = " ".join((entry.audience or (campaign.audience if campaign else "")).split())
        if said and entry.public:
            name = names.setdefault(said.casefold(), said)
            found.setdefault(name, []).append(entry)
    return found


def _too_often(audience: str, reached: list[CalendarEntry], around: Surroundings) -> Conflict:
    template = mark(
        "“{audience}” is reached {count} times from {first:date} to {last:date}; the cap is {most} in {days} "
        "days. Move or drop some."
    )
    values = {
        "audience": audience,
        "count": len(reached),
        "first": reached[0].local.date(),
        "last": reached[-1].local.date(),
        "most": around.rules.cap_most,
        "days": around.rules.cap_days,
    }
    finding = Finding("frequency", "warning", values=values, template=template)
    return Conflict(finding, tuple(entry.id for entry in reached), reached[0].start)


def _gap(account: str, before: CalendarEntry, after: CalendarEntry, days: int) -> Conflict:
    template = mark(
        "{account}: nothing between {first:date} and {last:date}, {days} days. Plan a post in between."
    )
    values = {
        "account": account,
        "first": before.local.date(),
        "last": after.local.date(),
        "days": days,
    }
    finding = Finding("silence", "warning", values=values, template=template)
    return Conflict(finding, (before.id, after.id), before.start)
