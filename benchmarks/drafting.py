"""What the drafting studio does while people wait, each with the time it may take.

CPU time, the least of several, made-up posts: `python -m benchmarks.drafting`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from smmlib import Account, Campaign, Draft, Version, drafting, open_workspace
from smmlib.drafting.checks import EarlierPosts
from smmlib.message_house import NounPhrase, Wording
from smmlib.networks import load_networks

ROUNDS = 5
LONG = ("Grüße 👋 #tag @user https://beispiel.de/pfad?x=1 und Text. " * 55)[:3_000]
SENTENCES = ("Am Samstag zeigen wir, wie ein Rad entsteht, und jede Frage ist willkommen. " * 40)[:3_000]
FIVE = ("x", "bluesky", "mastodon", "threads", "linkedin")
NETWORKS = load_networks()
WORDING = Wording(
    offer=NounPhrase(nominative="das neue Lastenrad", dative="dem neuen Lastenrad"),
    benefit=NounPhrase(nominative="mehr Zeit am Morgen"),
    problem=NounPhrase(nominative="der Stau", accusative="den Stau", dative="dem Stau"),
)
CAMPAIGN = Campaign(id="c", name="Kranich", link="https://rad.example/kranich", wording={"de": WORDING})


def works() -> Iterator[tuple[str, float, Callable[[], object]]]:
    """What is done, the most milliseconds it may take, and how it is done."""
    yield "16 variants for each of five networks", 1000, _variants
    yield "3,000 characters adapted to five networks", 500, _adapt
    yield "3,000 characters checked by a network's rules", 30, lambda: NETWORKS["threads"].check(LONG)
    yield "3,000 characters surveyed for one account, with its card", 60, _survey
    earlier, texts = _earlier()
    yield "a text looked for among 5,000 earlier posts", 2, lambda: earlier.like(next(texts), apart_from="")


def _variants() -> None:
    for network in FIVE:
        drafting.write_variants(
            CAMPAIGN, NETWORKS[network], factors=("hook", "cta", "length", "emoji"), seed=5
        )


def _adapt() -> None:
    for network in FIVE:
        account = Account(id="a", network=network, handle="@rad")
        drafting.adapt(Draft(text=SENTENCES), account, NETWORKS[network], CAMPAIGN)


def _survey() -> None:
    account = Account(id="a", network="mastodon", handle="@rad")
    draft = Draft(text=LONG, versions=(Version(account="a"),))
    (row,) = drafting.survey(draft, campaign=None, accounts=(account,), networks=NETWORKS).rows
    drafting.preview_html(row)


def _earlier() -> tuple[EarlierPosts, Iterator[str]]:
    """5,000 posts of 70 words, and texts like them, one after the other."""
    draw = random.Random(5)
    words = [f"wort{number}" for number in range(800)]
    texts = [" ".join(draw.choices(words, k=70)) for _ in range(5000)]
    return EarlierPosts([Draft(id=str(i), text=text) for i, text in enumerate(texts)]), iter(texts)


def reading() -> tuple[str, float, float]:
    """Reading 1,000 drafts with three states each from a workspace."""
    with tempfile.TemporaryDirectory() as place, open_workspace(Path(place) / "workspace") as workspace:
        for number in range(1000):
            draft = workspace.drafts.add(Draft(text=f"state 0 of {number} " * 20))
            for state in (1, 2):
                draft = workspace.drafts.update(draft.replace(text=f"state {state} of {number} " * 20))
        return "1,000 drafts of a workspace read", 50, _least(workspace.drafts.list)


def run() -> list[dict[str, Any]]:
    """One row for each work: CPU milliseconds, and the most there may be."""
    rows = [(name, most, _least(work)) for name, most, work in works()]
    return [{"work": name, "ms": 1e3 * took, "limit": most} for name, most, took in [*rows, reading()]]


def _least(work: Callable[[], object]) -> float:
    work()  # phrases, word lists and rules are read once
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> int:
    """Print the rows; the exit code is the number of works that take too long."""
    rows = run()
    for row in rows:
        verdict = "ok" if row["ms"] <= row["limit"] else "TOO SLOW"
        print(f"{row['work']:<58}{row['ms']:>9.1f} ms  (at most {row['limit']:g}: {verdict})")
    return sum(row["ms"] > row["limit"] for row in rows)


if __name__ == "__main__":
    sys.exit(main())
