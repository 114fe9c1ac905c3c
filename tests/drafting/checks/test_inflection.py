import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.drafting.checks.inflection import find_statement, stem, words_pattern


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("leisesten", "leiseste"),
        ("Häuser", "Haus"),
        ("Motoren", "Motor"),
        ("klimaneutrales", "klimaneutral"),
        ("STRASSEN", "Straße"),
    ],
)
def test_inflected_words_have_one_stem(one, other):
    assert stem(one, "de") == stem(other, "de")


def test_other_words_have_another():
    assert len({stem(word, "de") for word in ("Motor", "Motte", "Rad", "radikal", "neu")}) == 5


CLAIM = "der leiseste Motor seiner Klasse"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Der leiseste Motor seiner Klasse!", "leiseste Motor seiner Klasse"),
        ("Mit dem LEISESTEN Motor seiner Klasse", "LEISESTEN Motor seiner Klasse"),
        ("leiseste Elektro-Motor seiner Klasse", "leiseste Elektro-Motor seiner Klasse"),
        ("der leiseste Motor seiner Klassse", "leiseste Motor seiner Klassse"),
        ("der leiseste Motro seiner Klasse", "leiseste Motro seiner Klasse"),
    ],
)
def test_a_statement_is_found_inflected_and_mistyped(text, span):
    start, end = find_statement(text, CLAIM, "de")
    assert text[start:end] == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der Motor ist der leiseste seiner Klasse",
        "Ein leiser Motor",
        "der leiseste und der stärkste kleine Motor seiner Klasse",
        "leiseste Klasse seiner Motor",
    ],
)
def test_another_statement_is_not_found(text):
    assert find_statement(text, CLAIM, "de") is None


@pytest.mark.parametrize("statement", ["", "der die das", "!?"])
def test_a_statement_without_words_is_never_found(statement):
    assert find_statement("der die das", statement, "de") is None


@pytest.mark.parametrize(
    ("word", "yes", "no"),
    [
        ("billig", "billig billige BILLIGSTE billigeren billiges", "Billigung Billigflieger unbillig"),
        ("Haus", "Haus Hauses Häuser Häusern ha\u0308user haus", "Hausboot Hausung"),
        ("Schnäppchen", "Schnäppchen Schnaeppchen schna\u0308ppchens", "Schnäppchenjagd"),
        ("schon", "schon Schon", "schön Schonung"),
        ("teuer", "teuer teure teuren teurer", "Steuer"),
        ("groß", "groß gross große grosses", "vergroß"),
        ("günstige", "günstig günstiges günstigsten", "Günstling"),
        ("zum Bestpreis", "zum  Bestpreis", "Bestpreis"),
        ("Co2-neutral", "CO2-neutral CO2-neutrales", "CO2"),
    ],
)
def test_words_are_found_whole_and_inflected(word, yes, no):
    pattern = words_pattern((word,), "de")
    parts = [yes] if " " in word else yes.split()
    assert [part for part in parts if not pattern.search(part)] == []
    assert [part for part in no.split() if pattern.search(part)] == []


def test_english_endings():
    pattern = words_pattern(("cheap",), "en")
    assert [bool(pattern.search(word)) for word in ("cheap", "Cheaper", "cheapest", "cheapskate")] == [
        True,
        True,
        True,
        False,
    ]


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=40), st.sampled_from(["de", "en"]))
def test_any_words_can_be_looked_for(words, text, language):
    pattern = words_pattern(tuple(words), language)
    for hit in pattern.finditer(text):
        assert hit.group()
