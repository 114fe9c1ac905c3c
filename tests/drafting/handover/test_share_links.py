"""Links to a network's own window: encoded, and only what each network takes."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.drafting.handover import share_link, share_rules
from smmlib.drafting.handover.post import Post
from tests.drafting.handover.made_up import draft, posts

NASTY = "Tom & Jerry? #Rad=\"50%\"+'x' </a><script>\u202e🚲\nZeile"


def post(account: str, text: str = NASTY) -> Post:
    return posts(draft(text, account))[0]


@pytest.mark.parametrize(("account", "host"), [("x", "x.com"), ("m", "social.example"), ("b", "bsky.app")])
def test_networks_that_take_text_get_text_and_link(account: str, host: str) -> None:
    link = share_link(post(account))
    assert link is not None
    assert link.takes == "text"
    parts = urlsplit(link.address)
    assert (parts.scheme, parts.hostname) == ("https", host)
    (text,) = parse_qs(parts.query)["text"]
    assert text.startswith(NASTY)
    assert "utm_content=d1" in text
    assert link.address.isascii()
    assert not set(link.address) & set("\"'<> \n")


@pytest.mark.parametrize("account", ["li", "xing"])
def test_networks_that_take_only_the_address_get_only_that(account: str) -> None:
    link = share_link(post(account))
    assert link is not None
    assert link.takes == "link"
    (value,) = (values for values in parse_qs(urlsplit(link.address).query).values())
    assert value[0].startswith("https://example.com/advent?utm_source=")
    assert "Tom" not in link.address


def test_without_link_or_server_there_is_none() -> None:
    bare = posts(draft("Hallo", "li").replace(campaign=""))[0]
    assert share_link(bare) is None
    for handle in (
        "@rad",
        "@rad@",
        "@rad@evil.example/path",
        "@rad@a b.example",
        "@@x.example@y",
        "@a@localhost",
    ):
        changed = post("m")
        odd = replace(changed, account=changed.account.replace(handle=handle))
        assert share_link(odd) is None, handle
    assert share_link(post("ig")) is None


@given(st.text(min_size=1))
def test_any_text_makes_a_plain_address(text: str) -> None:
    link = share_link(post("x", text))
    assert link is not None
    assert link.address.isascii()
    assert link.address.isprintable()
    assert not set(link.address) & set("\"'<> ")


def test_every_rule_has_a_source_and_a_day() -> None:
    assert [id for id, rule in share_rules().items() if not (rule.source and rule.checked_on)] == []
