"""What changed between two texts, word by word."""

from __future__ import annotations

import pytest
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


HARD = {
    "other words": ("Wort " * 200_000, "Wart " * 200_000),
    "repeated": ("a b " * 5_000, "b a " * 5_000),
    "repeated lines": ("a b\n" * 5_000, "b a\n" * 5_000),
    "longer": ("ab, " * 5_000, "ba, ab, " * 5_000),
    "one word": ("x" * 1_000_000, "y" * 1_000_000),
}


@pytest.mark.parametrize("name", HARD)
def test_a_long_and_repetitive_text_is_compared(name: str) -> None:
    old, new = HARD[name]
    parts = word_diff(old, new)
    assert "".join(part.text for part in parts if part.fate != "new") == old
    assert "".join(part.text for part in parts if part.fate != "gone") == new


def test_in_a_long_text_the_changed_paragraph_is_found() -> None:
    lines = [f"Absatz {number}: " + "das und das und " * 40 for number in range(60)]
    changed = [line.replace("Absatz 30:", "Kapitel 30:") for line in lines]
    changed[50] += "Ende."
    fates = [(p.fate, p.text) for p in word_diff("\n".join(lines), "\n".join(changed)) if p.fate != "same"]
    assert fates == [("gone", "Absatz"), ("new", "Kapitel"), ("gone", " \n"), ("new", " Ende.\n")]
