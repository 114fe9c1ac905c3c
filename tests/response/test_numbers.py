"""Numbers in German and English, and what is no number."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.language import number
from smmlib.response.numbers import read_numbers, settle_locale


def text(*cells):
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize(
    ("cell", "locale", "value"),
    [
        ("1.234,5", "de", 1234.5),
        ("1,234.5", "en", 1234.5),
        ("15,000", "en", 15000),
        ("1.234", "de", 1234),
        ("1.234", "en", 1.234),
        ("424.0", "en", 424),
        ("-7", "de", -7),
        ("−7,5", "de", -7.5),
        ("+3", "en", 3),
        ("1\u202f234,5", "de", 1234.5),
        ("12\u00a0345", "de", 12345),
        (" 12 ", "en", 12),
        ("1e3", "en", 1000),
        ("0", "de", 0),
    ],
)
def test_a_number_is_read_in_its_locale(cell, locale, value):
    assert read_numbers(text(cell), locale).values[0] == value


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "--", "-", "–", "k. A.", "null"])
def test_missing_is_missing_and_never_zero(cell):
    read = read_numbers(text(cell), "de")
    assert math.isnan(read.values[0])
    assert read.missing[0]
    assert not read.bad[0]


@pytest.mark.parametrize(
    "cell", ["> 90", "1.23", "12.34,5", "1,2,3", "12 5", "viele", "5 %", "0x10", "1e999", "inf"]
)
def test_what_is_no_german_number_is_reported(cell):
    read = read_numbers(text(cell), "de")
    assert read.bad[0]
    assert math.isnan(read.values[0])


def test_numbers_a_spreadsheet_held_are_not_read_again_in_the_locale():
    read = read_numbers(text("1234.5", "1.234"), "de", np.array([True, False]))
    assert read.values.tolist() == [1234.5, 1234]


def test_durations_become_seconds():
    read = read_numbers(text("0:00:15", "1:02:03", "2:05", "7"), "en", duration=True)
    assert read.values.tolist() == [15, 3723, 125, 7]
    assert read_numbers(text("0:00:15"), "en").bad[0]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3), st.sampled_from(["de", "en"]))
def test_reading_undoes_writing(value, locale):
    assert read_numbers(text(number(value, locale, 3)), locale).values[0] == float(value)


@given(st.lists(st.text(max_size=12), max_size=5), st.sampled_from(["de", "en"]))
def test_any_text_is_a_number_or_missing_or_bad(cells, locale):
    read = read_numbers(text(*[c.encode("utf-8", "replace").decode() for c in cells]), locale)
    known = ~np.isnan(read.values)
    assert (known.astype(int) + read.missing + read.bad == 1).all()


def test_the_locale_is_settled_only_by_what_reads_one_way():
    assert settle_locale(text("1.234,5", "12")) == "de"
    assert settle_locale(text("0.25", "12")) == "en"
    assert settle_locale(text("12", "NA")) == "either"
    assert settle_locale(text("1.234")) == "open"
