"""The texts: how many, who is addressed how, and what networks allow."""

import re
from collections import Counter
from datetime import date, datetime

import pytest

from smmlib.drafting import check_briefing, from_yaml, to_yaml
from smmlib.practice.post import QUESTION, STATEMENT, hook_of
from smmlib.practice.story import read_story

STORY = read_story()
ADDRESSED = {
    "du": r"(?i)\b(du|dir|dich|deine?[mnrs]?)\b",
    "ihr": r"(?i)\b(euch|eure?[mnrs]?)\b|\b(habt|seht|braucht|könnt|mögt|lest|bekommt) ihr\b",
    "Sie": r"(?<=[a-zäöüß,] )(Sie|Ihnen|Ihre?[mnrs]?)\b",
}
"""What gives a form of address away; Sie within a sentence only, at its start it may be "they"."""


def test_there_are_144_posts_on_five_networks_and_seven_accounts() -> None:
    assert len(STORY.posts) == 144
    assert len({p.network for p in STORY.posts}) == 5
    assert {p.account for p in STORY.posts} == {a.id for a in STORY.accounts}
    assert len({p.entity_id for p in STORY.posts}) == 144
    assert len({p.text for p in STORY.posts}) == 144


def test_posts_lie_in_the_six_weeks() -> None:
    days = [p.at.date() for p in STORY.posts]
    assert min(days) == STORY.first_day == date(2026, 10, 5)
    assert max(days) == STORY.last_day == date(2026, 11, 15)
    assert (STORY.last_day - STORY.first_day).days == 41


def test_nobody_posts_on_the_day_after_the_joke() -> None:
    assert not [p for p in STORY.posts if p.at.date() == date(2026, 10, 28)]
    assert Counter(p.storm for p in STORY.posts) == {"": 140, "joke": 2, "apology": 2}


def test_six_posts_have_no_draft() -> None:
    assert sum(not p.draft for p in STORY.posts) == 6
    known = {d.id for d in STORY.drafts}
    assert {p.draft for p in STORY.posts} - {""} <= known


def test_eight_drafts_wait_and_one_has_two_variants() -> None:
    published = {p.draft for p in STORY.posts}
    waiting = [d for d in STORY.drafts if d.id not in published]
    assert len(waiting) == 8
    assert [len(d.variants) for d in waiting if d.variants] == [2]
    planned = [v.planned_at.date() for d in waiting for v in d.versions if v.planned_at]
    assert min(planned) > date(2026, 11, 24)


@pytest.mark.parametrize("account", [a for a in STORY.accounts if a.language == "de"], ids=lambda a: a.id)
def test_each_account_keeps_its_form_of_address(account) -> None:
    texts = [p.text for p in STORY.posts if p.account == account.id]
    drafts = [d for d in STORY.drafts if account.id in {v.account for v in d.versions}]
    texts += [d.text_for(account.id) for d in drafts]
    told = {form: [t for t in texts if re.search(w, _without_speech(t))] for form, w in ADDRESSED.items()}
    assert len(told.pop(account.address)) >= len(texts) / 3
    assert not any(told.values()), told


def test_texts_fit_their_networks() -> None:
    for post in STORY.posts:
        if post.network == "instagram":
            assert len(re.findall(r"#\w+", post.text)) <= 5, post.key
        if post.network == "mastodon":
            assert len(post.text) <= 500, post.key


def test_typography() -> None:
    english = {a.id for a in STORY.accounts if a.language == "en"}
    for post in STORY.posts:
        opening, closing = "“”" if post.account in english else "„“"
        assert post.text.count(opening) == post.text.count(closing), post.key
        assert not re.search(r"  | - |[\"']|[ ][,.;:!?](\s|$)", post.text), post.key


@pytest.mark.parametrize(
    ("text", "hook"),
    [
        ("Wie weit?\nWeit.", QUESTION),
        ("Weit. Wie weit?", STATEMENT),
        ("Um 11:11 Uhr, am 11.11, was passiert da?", QUESTION),
        ("Ganz ohne Satzzeichen", STATEMENT),
    ],
)
def test_the_hook_is_the_first_sentence(text, hook) -> None:
    assert hook_of(text) == hook


def test_versions_of_a_draft_open_alike() -> None:
    hooks: dict[str, set[str]] = {}
    for post in STORY.posts:
        hooks.setdefault(post.draft, set()).add(post.hook)
    assert all(len(found) == 1 for draft, found in hooks.items() if draft)


def test_times_are_local_over_the_clock_change() -> None:
    offsets = {p.at.date() < date(2026, 10, 25): p.at.utcoffset() for p in STORY.posts}
    assert offsets[True] != offsets[False]
    assert all(isinstance(p.at, datetime) and p.at.tzinfo for p in STORY.posts)


def _without_speech(text: str) -> str:
    """The text without what somebody else says in it."""
    return re.sub(r"„[^“]*“", "", text)


def test_every_campaign_has_a_whole_brief_with_a_claim_to_learn_from() -> None:
    today = date(2026, 10, 12)
    found = {
        c.id: [f for f in check_briefing(c, today=today) if f.severity != "notice"] for c in STORY.campaigns
    }
    assert {
        id: [f.rule for f in findings if "not cleared" in f.text()] for id, findings in found.items()
    } == {
        "regen": ["claims"],
        "kranich": ["claims"],
        "lichter": [],
    }
    for campaign in STORY.campaigns:
        assert 2 <= len(campaign.supporting) <= 4
        assert campaign.offer.prices
        assert campaign.offer.dates
        assert campaign.wording["de"].offer
        assert campaign.reviewers
        assert from_yaml(to_yaml(campaign)) == campaign
