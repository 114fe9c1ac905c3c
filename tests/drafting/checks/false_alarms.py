"""How often each check speaks up about good posts: `python -m tests.drafting.checks.false_alarms`.

Runs every check there is, also those that are off by default, over hand-written German posts and, where
they are on this machine, 500 published English headlines, without a briefing. A flag is right if
`judged.toml` says so, else a false alarm. `… false_alarms flags` prints every flag, to be judged.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from smmlib import drafting
from smmlib.campaign import Account
from smmlib.draft import Draft, Version
from smmlib.drafting import CHECKS, CheckOptions, Speller
from smmlib.networks import Finding, Network, load_networks
from tests.architecture import PROJECT

HERE = Path(__file__).parent
REAL_DATA = PROJECT.parent / "shared" / "data"
SEED, HEADLINES, MOST = 2026, 500, 0.05
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
# Everything on, and any form of gendered language, as a team finds it at the first start.
OPTIONS = CheckOptions(on=tuple(check.id for check in CHECKS if not check.on))
CHECK_OF = {rule: check.id for check in CHECKS for rule in (check.rules or (check.id,))}


@dataclass(frozen=True)
class Post:
    """A text and the account it is for."""

    text: str
    account: Account


@dataclass(frozen=True)
class Row:
    """What one check said about one set of posts."""

    check: str
    on: bool
    posts: int
    flagged: tuple[tuple[Post, Finding], ...]
    right: int

    @property
    def false_alarms(self) -> float:
        """Share of posts that were flagged without reason."""
        return (len(self.flagged) - self.right) / self.posts


@cache
def german_posts() -> tuple[Post, ...]:
    groups = tomllib.loads((HERE / "posts_de.toml").read_text("utf-8"))
    return tuple(Post(text, _account("de", address)) for address, texts in groups.items() for text in texts)


@cache
def headlines() -> tuple[Post, ...]:
    """Published headlines of tested posts; empty where they are not on this machine."""
    path = REAL_DATA / "upworthy_dev.csv.gz"
    if not path.is_file():
        return ()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        texts = sorted({row["headline"].strip() for row in csv.DictReader(file)} - {""})
    chosen = random.Random(SEED).sample(texts, HEADLINES)
    return tuple(Post(text, _account("en", "neutral")) for text in chosen)


def _account(language: str, address: str) -> Account:
    return Account(id="a", network="facebook", handle="@seite", language=language, address=address)


def findings(post: Post, speller: Speller | None = None) -> tuple[Finding, ...]:
    return drafting.check(
        Draft(text=post.text, versions=(Version(account="a"),)),
        campaign=None,
        network=load_network(),
        account=post.account,
        now=NOW,
        options=OPTIONS,
        speller=speller,
    )


@cache
def load_network() -> Network:
    return load_networks()["facebook"]


@cache
def judged() -> Mapping[str, tuple[str, ...]]:
    """Check to the beginnings of the posts it flags rightly."""
    return tomllib.loads((HERE / "judged.toml").read_text("utf-8"))


def rows(posts: Iterable[Post], speller: Speller | None = None) -> list[Row]:
    """One row per check."""
    kept = tuple(posts)
    flags: dict[str, list[tuple[Post, Finding]]] = {check.id: [] for check in CHECKS}
    for post in kept:
        said: dict[str, Finding] = {}
        for finding in findings(post, speller):
            said.setdefault(CHECK_OF.get(finding.rule, finding.rule), finding)
        for check, finding in said.items():
            flags.setdefault(check, []).append((post, finding))
    on = {check.id: check.on for check in CHECKS}
    return [
        Row(check, on.get(check, True), len(kept), tuple(flagged), sum(_right(check, p) for p, _ in flagged))
        for check, flagged in flags.items()
    ]


def _right(check: str, post: Post) -> bool:
    return any(post.text.startswith(beginning) for beginning in judged().get(check, ()))


def markdown(german: list[Row], english: list[Row]) -> str:
    """The table for the documentation."""
    lines = [
        "| check | default | German posts: flagged | false alarms | headlines: flagged | false alarms |",
        "|---|---|---|---|---|---|",
    ]
    for row, beside in zip(german, english or german, strict=True):
        cells = [row.check, "on" if row.on else "off", *_shares(row)]
        cells += _shares(beside) if english else ["–", "–"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _shares(row: Row) -> list[str]:
    return [f"{len(row.flagged) / row.posts:.1%}", f"{row.false_alarms:.1%}"]


def speller_of_this_machine(posts: Iterable[Post]) -> Speller | None:
    """hunspell with the words of these posts looked up already, or None where it is not installed."""
    from smmlib.workspace.hunspell import Hunspell, has_hunspell

    if not has_hunspell():
        return None
    speller = Hunspell()
    for post in posts:
        findings(post, speller)
    speller.wait()
    return None if speller.problem else speller


def main(asked: list[str]) -> None:
    """Print the table; with "flags" everything that was flagged, to be judged."""
    speller = speller_of_this_machine((*german_posts(), *headlines()))
    german = rows(german_posts(), speller)
    english = rows(headlines(), speller) if headlines() else []
    if "flags" in asked:
        for row in (*german, *english):
            for post, finding in row.flagged:
                print(f"{row.check}: {finding.text()}\n    {post.text[:110]!r}")
        return
    print(
        f"{len(german_posts())} German posts, {len(headlines())} headlines; hunspell: {speller is not None}\n"
    )
    print(markdown(german, english))


if __name__ == "__main__":
    main(sys.argv[1:])
