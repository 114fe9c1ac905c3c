"""All checks that are on over 10,000 posts of 500 characters, against `network.check` alone.

CPU time, same posts, same run: `python -m benchmarks.checking`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from smmlib import drafting
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.message_house import Claim, Offer, Price
from smmlib.networks import load_networks

POSTS = 10_000
LENGTH = 500
SEED = 2026
LIMITS = {"ms a post": 2.0, "ms for one": 10.0}
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
_SENTENCES = (
    "Am Samstag öffnen wir die Werkstatt und zeigen, wie ein Rahmen entsteht.",
    "Komm vorbei und probier dein neues Lastenrad im Park aus!",
    "Was war dein schönster Ausflug in diesem Sommer?",
    "Sie ist seit drei Jahren im Team und kennt jede Schraube.",
    "Unsere Kundinnen und Kunden fahren im Schnitt 18 km am Tag. 🚲",
    "Der Akku reicht für 120 km, das Laden dauert zwei Stunden.",
    "Ihr habt gefragt, wir haben nachgemessen: 3.490,00 € kostet der Kranich.",
    "Mehr dazu im Blog: https://rad.example/herbst?farbe=rot #Lastenrad #TagDerOffenenTür",
    "Wenn ihr Fragen habt, schreibt uns bis zum 12. Oktober 👋",
    "Regen, Wind, Laub auf dem Weg: Gute Reifen machen den Unterschied.",
)


def posts(number: int = POSTS, seed: int = SEED) -> list[Draft]:
    """Made-up German drafts of 500 characters, no two alike."""
    draw = random.Random(seed)
    return [
        Draft(id=str(place), text=_text(draw), versions=(Version(account="a"),)) for place in range(number)
    ]


def _text(draw: random.Random) -> str:
    text = ""
    while len(text) < LENGTH:
        text += draw.choice(_SENTENCES).replace("drei", str(draw.randint(3, 999))) + " "
    return text[:LENGTH]


def run() -> list[dict[str, Any]]:
    """One row per way to look at a post: CPU milliseconds a post, the slow ones, the ratio."""
    network = load_networks()["facebook"]
    account = Account(id="a", network="facebook", handle="@rad", address="du")
    campaign = Campaign(
        name="Herbst",
        link="https://rad.example/herbst",
        offer=Offer(prices=(Price(label="Kranich", amount="3490.00"),)),
        words_to_avoid=("billig",),
        claims=(Claim(text="der leiseste Motor seiner Klasse"),),
    )
    drafts = posts()

    def everything(draft: Draft) -> object:
        return drafting.check(draft, campaign=campaign, network=network, account=account, now=NOW)

    def alone(draft: Draft) -> object:
        return network.check(draft.text, today=NOW.date())

    rows = [_row("drafting.check, all checks that are on", everything, drafts)]
    rows.append(_row("network.check alone", alone, drafts))
    for row in rows:
        row["ratio"] = row["ms a post"] / rows[-1]["ms a post"]
    return rows


def _row(work: str, look: Callable[[Draft], object], drafts: list[Draft]) -> dict[str, Any]:
    look(drafts[0])  # word lists and the model of languages are read once
    times = []
    for draft in drafts:
        start = time.process_time()
        look(draft)
        times.append(time.process_time() - start)
    times.sort()
    return {
        "work": work,
        "ms a post": 1e3 * sum(times) / len(times),
        "ms for one": 1e3 * times[int(0.99 * len(times))],
    }


def main() -> None:
    """Print the rows side by side."""
    print(f"{POSTS:,} German posts of {LENGTH} characters, a briefing with price, claim and words to avoid")
    print(f"{'':<42}{'ms a post':>11}{'99th of 100':>13}{'× alone':>9}")
    rows = run()
    for row in rows:
        print(f"{row['work']:<42}{row['ms a post']:>11.3f}{row['ms for one']:>13.3f}{row['ratio']:>9.1f}")
    for name, limit in LIMITS.items():
        verdict = "ok" if rows[0][name] <= limit else "TOO MUCH"
        print(f"{name}: {rows[0][name]:.2f} (limit {limit:g}: {verdict})")


if __name__ == "__main__":
    main()
