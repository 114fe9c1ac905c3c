"""Readability against values computed by hand or published."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.drafting import readability

DOG = "Der Hund schläft. Die Katze spielt im Garten. Das Kind isst einen Apfel."


def test_amstad_of_three_short_sentences() -> None:
    """13 words, 3 sentences, 17 syllables: 180 − 13/3 − 58.5 · 17/13 = 99.17."""
    found = readability(DOG, "de")
    assert (found.words, found.sentences, found.syllables) == (13, 3, 17)
    assert found.ease == pytest.approx(180 - 13 / 3 - 58.5 * 17 / 13)
    assert round(found.ease, 2) == 99.17


def test_wiener_sachtextformeln_of_a_text_counted_by_hand() -> None:
    """16 words in 2 sentences; 6 of three syllables and more, 3 of one, 7 with more than six letters."""
    text = (
        "Die Mitarbeiterinnen erklären Kindern im Museum alte Maschinen. "
        "Danach basteln alle zusammen kleine Windräder aus Papier."
    )
    # syllables 1 6 3 2 1 3 2 3 | 2 2 2 3 2 3 1 2
    found = readability(text, "de")
    assert (found.words, found.sentences, found.syllables) == (16, 2, 38)
    three, length, long, one = 100 * 6 / 16, 8, 100 * 7 / 16, 100 * 3 / 16
    assert found.school_years == pytest.approx(
        (
            0.1935 * three + 0.1672 * length + 0.1297 * long - 0.0327 * one - 0.875,
            0.2007 * three + 0.1682 * length + 0.1373 * long - 2.779,
            0.2963 * three + 0.1905 * length - 1.1144,
            0.2744 * three + 0.2656 * length - 1.693,
        )
    )


@pytest.mark.parametrize(
    ("text", "ease"),
    [
        # Worked examples of Wikipedia, "Flesch–Kincaid readability tests": 116, 69 and 37.5.
        ("The cat sat on the mat.", 116.145),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 69),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 37.455),
    ],
)
def test_flesch_of_published_sentences(text: str, ease: float) -> None:
    assert readability(text, "en").ease == pytest.approx(ease, abs=0.05)


def test_the_longest_sentence_is_found_with_its_place() -> None:
    found = readability(DOG, "de")
    assert found.longest is not None
    assert DOG[found.longest.start : found.longest.end] == found.longest.text == "Die Katze spielt im Garten."
    assert found.longest_words == 5


def test_without_words_nothing_is_known() -> None:
    found = readability("🎉 2026", "de")
    assert math.isnan(found.ease)
    assert (found.words, found.school_years, found.longest) == (0, (), None)


def test_the_frame_has_a_row_for_each_figure() -> None:
    frame = readability(DOG, "de").to_frame()
    assert frame.columns.tolist() == ["figure", "value"]
    assert frame.set_index("figure").loc["ease", "value"] == pytest.approx(99.1667, abs=1e-4)


@given(st.text(), st.sampled_from(["de", "en"]))
def test_longer_words_and_sentences_never_make_a_text_easier(text: str, language: str) -> None:
    found = readability(text, language)
    assert found.longest_words <= found.words <= found.syllables
    if found.words:
        more = readability(f"{text.rstrip('.!?… ')} Universitätsbibliothekarinnen", language)
        assert more.syllables > found.syllables
