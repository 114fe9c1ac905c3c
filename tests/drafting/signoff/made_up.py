"""A small team and a log made by hand, for the tests of the sign-off."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from smmlib import Account, Campaign, Draft, Version
from smmlib.draft import Media
from smmlib.drafting.signoff import Deed, LogEntry, SignOff, Window, content_of, state_of, write_entry
from smmlib.drafting.signoff.entry import START

BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PLANNED = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)
ACCOUNTS = (
    Account(id="x", network="x", handle="@rad"),
    Account(id="m", network="mastodon", handle="@rad@social.example"),
)
CAMPAIGN = Campaign(
    id="herbst",
    name="Herbst",
    link="https://example.com/herbst",
    reviewers={"PR": ("Paula",), "legal": ()},
)
DRAFT = Draft(
    id="one",
    campaign="herbst",
    text="Grüße aus Köln. Heute 20 % auf alles!",
    versions=(
        Version(account="x", planned_at=PLANNED, media=(Media(name="rad.jpg", alt_text="Ein Rad"),)),
        Version(account="m", text="Eigener Text"),
    ),
)


def log(deeds: Iterable[Deed]) -> tuple[LogEntry, ...]:
    """The entries for some deeds, one a minute."""
    entries: list[LogEntry] = []
    salts = (f"{number:032x}" for number in itertools.count())
    for number, deed in enumerate(deeds, start=1):
        previous = entries[-1].hash if entries else START
        at = BEGIN + timedelta(minutes=number)
        entries.append(
            write_entry(deed, number=number, at=at, previous=previous, new_salt=lambda: next(salts))
        )
    return tuple(entries)


def deed(action: str, actor: str, *, draft: Draft = DRAFT, account: str = "x", **more: object) -> Deed:
    """A deed bound to what the draft is on the account, with its campaign's link."""
    where = next((a for a in ACCOUNTS if a.id == account), None)
    content = content_of(draft, where, CAMPAIGN).canonical() if where else ""
    return Deed(action, actor, draft.id, account=account, content=content, **more)  # type: ignore[arg-type]


def stands(draft: Draft, *deeds: Deed, campaign: Campaign | None = CAMPAIGN) -> SignOff:
    """Where a draft stands after some deeds."""
    return state_of(draft, log(deeds), accounts=ACCOUNTS, campaign=campaign)


REQUEST = deed("request", "Anna")
PR = deed("approve", "Paula", role="PR", window=Window(PLANNED, PLANNED + timedelta(hours=3)))
LEGAL = deed("approve", "Leo", role="legal")
