"""A post is ticked off by hand, with its address, and the tick can be taken back."""

from __future__ import annotations

from datetime import datetime

import pytest

from smmlib.drafting.handover import tick_posted, untick_posted
from smmlib.errors import InvalidValueError, UnknownNameError
from tests.drafting.handover.made_up import NOW, draft


def test_a_tick_with_a_link_and_back() -> None:
    plain = draft("Hallo", "x", "m")
    ticked = tick_posted(plain, "m", at=NOW, permalink=" https://social.example/@rad/1 ")
    assert [(v.posted_at, v.permalink) for v in ticked.versions] == [
        (None, ""),
        (NOW, "https://social.example/@rad/1"),
    ]
    assert untick_posted(ticked, "m") == plain


@pytest.mark.parametrize(
    "link",
    ["example.com/1", "javascript:alert(1)", "https://", "https://u:p@x.example/1", "https://x.example/ 1"],
)
def test_what_is_no_address_is_refused(link: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a web address"):
        tick_posted(draft(), "x", at=NOW, permalink=link)


def test_an_unknown_account_and_a_time_without_zone_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="Account 'm'"):
        tick_posted(draft("Hallo", "x"), "m", at=NOW)
    with pytest.raises(InvalidValueError, match="no time zone"):
        tick_posted(draft(), "x", at=datetime(2026, 1, 1))
