"""A clean calendar of 300 entries, seeded, and everything that may be done wrong to it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from smmlib import Campaign
from smmlib.alignment import ProtectedSlot, Surroundings
from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.language import Message
from smmlib.message_house import Claim, KeyDate, Offer, Percentage, Price, SupportingMessage
from smmlib.planning.calendar import CalendarEntry, Period

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
FIRST = date(2026, 2, 16)
ACCOUNTS = ("ig", "li", "x", "m")
EMBARGO = datetime(2026, 3, 16, 9, 0, tzinfo=BERLIN)

CAMPAIGNS = {
    "spring": Campaign(
        id="spring",
        name="Frühling",
        start=date(2026, 2, 1),
        end=date(2026, 7, 31),
        core_message="Leise durch die Stadt.",
        supporting=(SupportingMessage(text="3 von 4 Wegen sind kürzer als 10 km, also 75 %."),),
        offer=Offer(
            name="Citybike",
            prices=(Price(label="Citybike", amount="1499"), Price(label="Helm", amount="59.90")),
            dates=(KeyDate(label="Probetage", day=date(2026, 4, 17), until=date(2026, 4, 19)),),
            percentages=(Percentage(label="Rabatt", value=20),),
        ),
        claims=(
            Claim(text="der leiseste Motor seiner Klasse", cleared_by="Recht", valid_until=date(2026, 5, 31)),
            Claim(text="unkaputtbarer Rahmen"),
        ),
    ),
    "launch": Campaign(
        id="launch",
        name="Start des Lastenrads",
        embargo=EMBARGO,
        offer=Offer(name="Lastenrad", prices=(Price(label="Lastenrad", amount="3999"),)),
    ),
    "image": Campaign(id="image", name="Wir über uns"),
}
GOOD, ENDED, NO_CONSENT = (
    Asset(id="a" * 64, name="rad.jpg", licence="eigenes Foto", licence_until=date(2026, 12, 31)),
    Asset(id="b" * 64, name="alt.jpg", licence="Agentur", licence_until=date(2026, 3, 1)),
    Asset(id="c" * 64, name="kind.jpg", licence="eigenes Foto", consent="missing"),
)
TEXTS = {
    "spring": (
        "Das Citybike statt 1.499 € jetzt für 1.199,20 €, der Helm für 59,90 €.",
        "20 % auf den Helm: {day}. nur 47,92 €. https://example.com/p/4711?price=99 #rabatt99",
        "Probefahren am 17. April oder 18.04.2026! @rad2026 freut sich.",
        "Mehr als 100 % Freude. 75 % aller Wege sind kurz.",
        "Der leiseste Motor seiner Klasse – rund 1.500 € und jeden Cent wert.",
        "Seit 1998 bauen wir Räder, 24 Gänge, 12 kg, Nr. 5 lebt.",
    ),
    "launch": ("Das Lastenrad ist da: 3.999 €, 80 kg Zuladung.", "Platz für zwei Kinder."),
    "image": ("Unser Team: 12 Leute, 340 € Spende, 30 % Frauen.", "Guten Morgen aus Köln!"),
    "": ("Heute ab 9 Uhr geöffnet.", "Danke für 10.000 Follower!"),
}
OTHER = ("press release", "mailing", "event", "insertion", "ad")


@dataclass(frozen=True)
class Plan:
    """A calendar and what it is held against."""

    entries: tuple[CalendarEntry, ...]
    around: Surroundings


def clean_plan(seed: int, size: int = 300) -> Plan:
    """Posts on four accounts every day or two, and the rest between them."""
    draw = random.Random(seed)
    entries = list(_posts(draw, size * 4 // 5))
    entries += list(_others(draw, size - len(entries)))
    around = Surroundings(
        now=NOW,
        campaigns=CAMPAIGNS,
        assets={asset.id: asset for asset in (GOOD, ENDED, NO_CONSENT)},
        accounts={account: f"Konto {account}" for account in ACCOUNTS},
    )
    return Plan(tuple(entries), around)


def _posts(draw: random.Random, size: int) -> Iterator[CalendarEntry]:
    for number in range(size):
        account = ACCOUNTS[number % 4]
        day = FIRST + timedelta(days=number // 4 * 2 + draw.randrange(2))
        when = datetime(
            day.year, day.month, day.day, 8 + draw.randrange(11), draw.randrange(60), tzinfo=BERLIN
        )
        # the first are not of the campaign under embargo
        campaign = draw.choice(("spring", "image", "", "launch" if when > EMBARGO else "spring"))
        pictures = draw.randrange(3)
        yield CalendarEntry(
            id=f"d{number}-{account}",
            kind="post",
            title=f"Post {number}",
            start=when,
            account=account,
            campaign=campaign,
            text=_text(draw, campaign, day),
            media=(Media(name="rad.jpg", alt_text="Ein Rad", asset=GOOD.id),) * pictures,
            draft=f"d{number}",
            done=when < NOW,
        )


def _others(draw: random.Random, size: int) -> Iterator[CalendarEntry]:
    for number in range(size):
        kind = OTHER[number % len(OTHER)]
        day = FIRST + timedelta(days=3 * number)
        campaign = draw.choice(("spring", "image", ""))
        yield CalendarEntry(
            id=f"o{number}",
            kind=kind,
            title=f"{kind} {number}",
            start=datetime(day.year, day.month, day.day, 10, tzinfo=BERLIN),
            channel="Stadt-Anzeiger",
            campaign=campaign,
            # ten a fortnight at most, and each audience gets every third of them
            audience=("Pendler", "Eltern", "Presse")[number % 3],
            text=_text(draw, campaign, day),
            media=(Media(name="rad.jpg", asset=GOOD.id),) if kind == "insertion" else (),
        )


def _text(draw: random.Random, campaign: str, day: date) -> str:
    texts = TEXTS[campaign][:4] + TEXTS[campaign][5:] if day > date(2026, 5, 31) else TEXTS[campaign]
    return draw.choice(texts).format(day=f"{day.day}.{day.month}")


def with_mistakes(plan: Plan, seed: int) -> tuple[Plan, set[tuple[str, tuple[str, ...]]]]:
    """The plan with one of each mistake, and what is to be found: rule and entries."""
    draw = random.Random(seed)
    coming = [
        entry for entry in plan.entries if entry.kind == "post" and entry.start > NOW + timedelta(days=8)
    ]
    coming = [entry for entry in coming if entry.start < datetime(2026, 5, 20, tzinfo=UTC)]
    chosen = draw.sample(coming, 14)
    changed: dict[str, CalendarEntry] = {}
    expected: set[tuple[str, tuple[str, ...]]] = set()

    def plant(rule: str, entry: CalendarEntry, **changes: object) -> None:
        changed[entry.id] = entry.replace(**changes)
        expected.add((rule, (entry.id,)))

    early = draw.choice([e for e in plan.entries if NOW < e.start < NOW + timedelta(days=5) and e.is_post])
    plant("embargo", early, campaign="launch", text="Bald ist es da.")
    spring = {"campaign": "spring", "media": ()}
    plant("claim_uncleared", chosen[0], text="Neu: der unkaputtbare Rahmen!", **spring)
    late = draw.choice([e for e in plan.entries if e.is_post and e.start > datetime(2026, 6, 1, tzinfo=UTC)])
    plant("claim_expired", late, text="Mit dem leisesten Motor seiner Klasse.", **spring)
    plant("price", chosen[1], text="Das Citybike für nur 1.399 €!", **spring)
    plant("percentage", chosen[2], text="Jetzt 25 % sparen.", **spring)
    plant("offer_date", chosen[3], text="Probefahren am 24. April.", **spring)
    plant("alt_text", chosen[4], media=(Media(name="rad.jpg", asset=GOOD.id),))
    plant("licence_ended", chosen[5], media=(Media(name="alt.jpg", alt_text="Rad", asset=ENDED.id),))
    plant("consent_missing", chosen[6], media=(Media(name="kind.jpg", alt_text="Kind", asset=NO_CONSENT.id),))
    soon = [e for e in plan.entries if e.is_post and NOW < e.start < NOW + timedelta(days=6)]
    unsigned = draw.choice([e for e in soon if e.id not in changed])
    expected.add(("signoff", (unsigned.id,)))
    far = chosen[7]  # not signed off, but weeks ahead
    dark = Period(
        name="Trauertag",
        start=chosen[8].start - timedelta(minutes=1),
        end=chosen[8].start + timedelta(minutes=1),
        accounts=(chosen[8].account,),
    )
    expected.add(("blackout", (chosen[8].id,)))
    slot = ProtectedSlot(
        "Aufmacher",
        "t1",
        chosen[9].account,
        chosen[9].start - timedelta(minutes=5),
        chosen[9].start - timedelta(minutes=5),
        chosen[9].start + timedelta(minutes=10),
    )
    expected.add(("test_slot", (chosen[9].id,)))
    often = [
        CalendarEntry(
            id=f"f{i}",
            kind="mailing",
            title="Newsletter",
            start=day,
            channel="Newsletter",
            audience="Händler",
        )
        for i in range(11)
        for day in [datetime(2026, 4, 1, 9, tzinfo=BERLIN) + timedelta(hours=14 * i)]
    ]
    expected.add(("frequency", tuple(entry.id for entry in often)))
    quiet = [
        CalendarEntry(id=f"q{i}", kind="post", title="Blog", start=day, account="blog", draft=f"q{i}")
        for i, day in enumerate(
            (
                datetime(2026, 4, 1, 9, tzinfo=BERLIN),
                datetime(2026, 4, 15, 9, tzinfo=BERLIN),
                datetime(2026, 4, 30, 9, tzinfo=BERLIN),
            )
        )
    ]
    expected.add(("silence", ("q1", "q2")))  # 14 days are in order, 15 are not
    entries = tuple(changed.get(entry.id, entry) for entry in plan.entries)
    why = Message("Nobody has asked for a review yet.")
    around = replace(plan.around, periods=(dark,), slots=(slot,), unsigned={unsigned.id: why, far.id: why})
    return Plan((*entries, *often, *quiet), around), expected
