from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from smmlib.campaign import Account
from smmlib.draft import Draft, Variant, Version
from smmlib.response import match_posts
from smmlib.response.table import as_posts

MASTODON = Account(id="m1", network="mastodon", handle="@rad@social.example")
FACEBOOK = Account(id="f1", network="facebook", handle="radladen")
SECOND = Account(id="f2", network="facebook", handle="radverleih")
ACCOUNTS = (MASTODON, FACEBOOK, SECOND)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TEXT = "Unser neues Lastenrad ist da: 80 Kilo Zuladung, bis zu 120 Kilometer weit"


def post(entity_id="p1", **fields):
    return {"network": "facebook", "entity_id": entity_id, "account": "radladen", "text": "", **fields}


def proposals(posts, *drafts):
    return match_posts(as_posts(pd.DataFrame(posts)), drafts, ACCOUNTS)


def draft(text=TEXT, id="d1", account="f1", **fields):
    version = {k: fields.pop(k) for k in ("permalink", "planned_at") if k in fields}
    return Draft(id=id, text=text, versions=(Version(account=account, **version),), **fields)


@pytest.mark.parametrize(
    ("stored", "exported"),
    [
        ("https://www.facebook.com/rad/posts/1", "https://facebook.com/rad/posts/1/?utm_source=x"),
        ("facebook.com/photo?fbid=77&set=a", "https://www.facebook.com/photo?fbid=77"),
    ],
)
def test_permalinks_match_in_any_spelling(stored, exported):
    found = proposals([post(link=exported, text="quite other words")], draft(permalink=stored)).rows
    assert found[["entity_id", "draft", "draft_account", "by", "score"]].values.tolist() == [
        ["p1", "d1", "f1", "permalink", 1.0]
    ]


def test_permalinks_that_differ_only_in_the_id_do_not_match():
    other = proposals(
        [post(link="https://facebook.com/photo?fbid=78")],
        draft(permalink="https://facebook.com/photo?fbid=77"),
    )
    assert other.rows.empty


def test_utm_content_names_draft_and_variant():
    variants = (Variant(name="A", text="Kurz"), Variant(name="B", text="Lang und anders"))
    text = "Neu: https://rad.example/?utm_campaign=c&utm_content=d1-b"
    found = proposals([post(text=text)], draft(id="d1", variants=variants), draft(id="d2")).rows
    assert found[["draft", "variant", "by"]].values.tolist() == [["d1", "B", "utm_content"]]


def test_utm_content_of_two_accounts_needs_the_account():
    both = Draft(id="d1", text=TEXT, versions=(Version(account="f1"), Version(account="f2")))
    link = "https://rad.example/?utm_content=d1"
    assert proposals([post(link=link, account="radverleih")], both).rows["draft_account"].tolist() == ["f2"]
    assert proposals([post(link=link, account="")], both).rows.empty


def test_words_and_time_find_the_draft():
    published = NOON + timedelta(hours=2)
    found = proposals(
        [post(text=TEXT.upper() + " https://rad.example/1", published_at_utc=published)],
        draft(planned_at=NOON),
        draft("Ganz andere Worte über den Winterdienst", id="d2"),
    ).rows
    assert found[["draft", "by"]].values.tolist() == [["d1", "text and time"]]
    assert found["score"].item() == 1.0


def test_a_post_of_another_week_is_not_the_draft():
    late = proposals([post(text=TEXT, published_at_utc=NOON + timedelta(days=4))], draft(planned_at=NOON))
    assert late.rows.empty
    assert late.unmatched["why"].tolist() == ["no draft is like it"]


def test_two_drafts_that_fit_as_well_are_left_to_the_user():
    twins = proposals([post(text=TEXT)], draft(id="d1"), draft(id="d2"))
    assert twins.rows.empty
    assert twins.unmatched["why"].tolist() == ["several drafts fit"]


def test_each_draft_goes_to_an_account_once_and_to_the_likest_post():
    found = proposals([post("far", text=TEXT + " und noch mehr Worte"), post("near", text=TEXT)], draft())
    assert found.rows["entity_id"].tolist() == ["near"]
    assert found.unmatched["entity_id"].tolist() == ["far"]


def test_the_variant_that_was_posted_is_named():
    variants = (
        Variant(name="A", text=TEXT),
        Variant(name="B", text="Transportiert alles: Kinder, Kisten, Klaviere"),
    )
    found = proposals([post(text="Transportiert alles: Kinder, Kisten, Klaviere!")], draft(variants=variants))
    assert found.rows["variant"].tolist() == ["B"]


def test_another_network_or_account_never_matches():
    posts = [post(network="mastodon", account="", text=TEXT), post("p2", account="someone else", text=TEXT)]
    assert proposals(posts, draft()).rows.empty


def test_a_post_without_words_cannot_be_compared():
    assert proposals([post(text="https://rad.example")], draft()).unmatched["why"].tolist() == [
        "nothing to compare"
    ]


def test_nothing_in_nothing_out():
    assert len(proposals([post(text=TEXT)]).unmatched) == 1
    assert match_posts(as_posts({"network": [], "entity_id": []}), [draft()], ACCOUNTS).rows.empty
