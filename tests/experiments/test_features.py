import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.errors import UnknownNameError
from smmlib.experiments import feature_table, text_features
from smmlib.experiments.features import is_negative


def test_a_text_is_measured():
    found = text_features("Why do 3 cities hate your bike? “Because” 🚲🚲!", "en")
    assert (found.question, found.number, found.exclamation, found.quote, found.reader) == (True,) * 5
    assert (found.emoji, found.words, found.negative) == (2, 7, 1)
    plain = text_features("Rad fahren", "de")
    assert not any((plain.question, plain.number, plain.exclamation, plain.quote, plain.reader))
    assert (plain.length, plain.words, plain.negative, plain.emoji) == (10, 2, 0, 0)


def test_a_digit_within_an_emoji_is_no_number_and_an_apostrophe_no_quotation():
    assert not text_features("Platz 1\ufe0f\u20e3", "de").number
    assert not text_features("Don't miss the kids' race", "en").quote
    assert text_features("Er sagte: 'Los geht es'", "de").quote


@pytest.mark.parametrize(
    ("word", "language", "negative"),
    [
        ("hate", "en", True),
        ("WORST", "en", True),
        ("war's", "en", True),
        ("happy", "en", False),
        ("bike", "en", False),
        ("Katastrophe", "de", True),
        ("schlechter", "de", True),
        ("Ängste", "de", True),
        ("Armband", "de", False),
        ("Freude", "de", False),
        ("Notiz", "de", False),
    ],
)
def test_negative_words(word, language, negative):
    assert is_negative(word, language) is negative


def test_sie_speaks_to_the_reader_unless_it_may_begin_the_sentence():
    assert text_features("Kommen Sie vorbei", "de").reader
    assert not text_features("Sie kommen vorbei", "de").reader
    assert text_features("Dein Rad wartet", "de").reader


def test_many_texts_keep_their_index_and_missing_ones_stay_missing():
    table = feature_table(pd.Series(["Wow!", None, "Wow!"], index=[7, 8, 9]), "en")
    assert list(table.index) == [7, 8, 9]
    assert table.loc[8].isna().all()
    assert table.loc[7].equals(table.loc[9])
    with pytest.raises(UnknownNameError, match="Language 'fr' is unknown"):
        feature_table(["Bonjour"], "fr")


@given(st.text(max_size=80), st.sampled_from(["de", "en"]))
def test_any_text_can_be_measured(text, language):
    found = text_features(text, language)
    assert 0 <= found.negative <= found.words
    assert found.words <= found.length
