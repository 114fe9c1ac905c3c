"""What an approval covers, and what it does not."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib import Draft, Version
from smmlib.draft import LinkCard, Media, Variant
from smmlib.drafting.signoff import Content, content_of, fingerprint
from smmlib.drafting.signoff.content import NOT_COVERED
from tests.drafting.signoff.made_up import ACCOUNTS, CAMPAIGN, DRAFT, PLANNED

X = ACCOUNTS[0]


def changed(**changes: object) -> Draft:
    own = DRAFT.versions[0].replace(**changes)
    return DRAFT.replace(versions=(own, DRAFT.versions[1]))


SEEN = {
    "text": DRAFT.replace(text="Grüße aus Bonn"),
    "own text": changed(text="Nur für X"),
    "format": changed(format="image"),
    "thread": changed(thread=("Grüße", "aus Köln")),
    "fields": changed(fields={"title": "Titel"}),
    "alt text": changed(media=(Media(name="rad.jpg", alt_text="Kein Rad"),)),
    "another picture": changed(media=(Media(name="rad.jpg", asset="f" * 64, alt_text="Ein Rad"),)),
    "no picture": changed(media=()),
    "subtitles": changed(media=(Media(name="rad.jpg", alt_text="Ein Rad", subtitles="rad.srt"),)),
    "link": DRAFT.replace(link="https://example.com/andere"),
    "link preview": DRAFT.replace(link_card=LinkCard(title="Rad")),
    "advertising": DRAFT.replace(sponsored=True),
    "variant": DRAFT.replace(variants=(Variant(name="A", text="A"), Variant(name="B", text="B"))),
}
UNSEEN = {
    "title": DRAFT.replace(title="intern"),
    "label": DRAFT.replace(labels={"pillar": "How-to"}),
    "factors": DRAFT.replace(factors=("hook",)),
    "planned time": changed(planned_at=None),
    "address of the post": changed(permalink="https://x.com/1", posted_at=PLANNED),
    "adapted from": changed(adapted_from="alt"),
    "size": changed(media=(Media(name="rad.jpg", alt_text="Ein Rad", size=7),)),
    "the other account": DRAFT.replace(versions=(DRAFT.versions[0],)),
}


@pytest.mark.parametrize("name", SEEN)
def test_what_a_reader_sees_changes_the_fingerprint(name: str) -> None:
    assert fingerprint(SEEN[name], X, CAMPAIGN) != fingerprint(DRAFT, X, CAMPAIGN)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_does_not(name: str) -> None:
    assert fingerprint(UNSEEN[name], X, CAMPAIGN) == fingerprint(DRAFT, X, CAMPAIGN)


def test_the_account_and_the_link_of_the_campaign_are_covered() -> None:
    then = fingerprint(DRAFT, X, CAMPAIGN)
    assert fingerprint(DRAFT, X.replace(handle="@andere"), CAMPAIGN) != then
    assert fingerprint(DRAFT, X.replace(id="y"), CAMPAIGN) != then
    assert fingerprint(DRAFT, X, CAMPAIGN.replace(link="https://example.com/neu")) != then
    assert fingerprint(DRAFT, X, CAMPAIGN.replace(notes="neu")) == then


def test_every_field_is_covered_or_named_as_not_covered() -> None:
    """Whoever gives a draft a new field has to decide."""
    draft = {"text", "link", "link_card", "sponsored", "versions", "variants"}
    version = {"account", "format", "text", "thread", "fields", "media"}
    assert set(Draft.model_fields) == draft | NOT_COVERED["draft"]
    assert set(Version.model_fields) == version | NOT_COVERED["version"]
    assert set(Media.model_fields) == {"kind", "name", "asset", "alt_text", "subtitles", "size"}


def test_the_fingerprint_is_the_sha256_of_sorted_json() -> None:
    content = content_of(DRAFT, X, CAMPAIGN)
    written = json.dumps(content.model_dump(), sort_keys=True, separators=(",", ":"))
    assert content.canonical() == written
    assert content.fingerprint == hashlib.sha256(written.encode()).hexdigest()


@given(st.text(st.characters(exclude_categories=())), st.text())
def test_any_text_is_read_back_as_it_was(text: str, alt: str) -> None:
    content = content_of(changed(text=text, media=(Media(alt_text=alt),)), X)
    assert Content.read(content.canonical()) == content
    assert content.canonical().isascii()
