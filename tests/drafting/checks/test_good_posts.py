"""Good posts and real headlines set off few of the checks of content, style and media."""

from __future__ import annotations

import csv
import gzip
import random
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from smmlib.networks import load_networks
from tests.drafting.checks.checking import ENGLISH, GERMAN, findings

GOOD = tomllib.loads(Path(__file__).with_name("good_posts.toml").read_text("utf-8"))["posts"]
OURS = frozenset(
    (
        *("price", "percentage", "offer_date", "claim_uncleared", "claim_expired", "superlative"),
        *(
            "words_avoid",
            "embargo",
            "ad_label",
            "repeat",
            "credentials",
            "utm_missing",
            "utm_differs",
            "utm_text",
        ),
        *("blank", "emoji", "emoji_word", "shouting", "punctuation", "hashtag_case"),
    )
)
MOST = 0.05


def flags(text, account, network="mastodon"):
    return {f.rule for f in findings(text, account=account, network=network, campaign=None)} & OURS


@pytest.mark.parametrize("post", GOOD, ids=[post["text"][:30] for post in GOOD])
def test_a_good_post_sets_off_nothing_but_what_is_named(post):
    assert flags(post["text"], GERMAN) == set(post.get("but", {})) & OURS


def test_real_headlines_set_off_few(real_data):
    with gzip.open(real_data / "upworthy_dev.csv.gz", "rt", encoding="utf-8") as file:
        headlines = sorted({row["headline"] for row in csv.DictReader(file)})
    sample = random.Random(2026).sample(headlines, 500)
    counted = Counter(rule for text in sample for rule in flags(text, ENGLISH, "x"))
    assert {rule: number for rule, number in counted.items() if number / len(sample) > MOST} == {}


def test_there_are_posts_for_every_network():
    assert len(GOOD) >= 60
    assert set(load_networks()) >= {"mastodon", "x"}
