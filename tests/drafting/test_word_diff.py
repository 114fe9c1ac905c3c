"""What changed between two texts, word by word."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from smmlib.drafting.word_diff import Stretch, diff_html, shown, word_diff

WORDS = st.lists(st.sampled_from(["Rad", "Köln", " ", "\n", "!", "20", "%", "<b>"])).map("".join)


def test_words_that_changed() -> None:
    assert word_diff("Heute 20 % auf alles", "Heute 25 % auf alles") == (
        Stretch("same", "Heute "),
        Stretch("gone", "20"),
        Stretch("new", "25"),
        Stretch("same", " % auf alles"),
    )
    assert word_diff("", "") == ()
    assert word_diff("", "neu") == (Stretch("new", "neu"),)
    assert word_diff("alt", "") == (Stretch("gone", "alt"),)


@given(WORDS | st.text(), WORDS | st.text())
def test_the_stretches_are_both_texts(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert "".join(part.text for part in parts if part.fate != "new") == old
    assert "".join(part.text for part in parts if part.fate != "gone") == new
    if old == new:
        assert all(part.fate == "same" for part in parts)


def test_markup_is_escaped_and_what_cannot_be_seen_is_shown() -> None:
    markup = diff_html(word_diff("</del><script>alert(1)</script>", "\u202eneu\u200b\ud800 \"'"))
    assert "<script" not in markup
    assert "[U+202E]" in markup
    assert "[U+200B]" in markup
    assert "[U+D800]" in markup
    assert "&quot;&#x27;" in markup
    assert markup.count("<del") == markup.count("</del>")
    assert shown("a\nb") == "a\nb"


def test_a_very_long_text_is_compared_in_time() -> None:
    old, new = "Wort " * 200_000, "Wart " * 200_000
    began = time.perf_counter()
    assert {part.fate for part in word_diff(old, new)} == {"gone", "new", "same"}
    assert time.perf_counter() - began < 5
