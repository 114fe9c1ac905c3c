import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.experiments.rounding import about, places, rounded, rounded_number, rounded_percent


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [
        (4.2345, 0.21, 4.23),
        (4.2345, 0.5, 4.2),
        (4.2345, 0.3, 4.2),
        (4.2345, 0.299, 4.23),
        (8579.364, 2.63, 8579.4),
        (8579.364, 6.3, 8579),
        (123.4, 47.0, 123),
        (0.012345, 0.0012, 0.0123),
        (-3.456, 0.04, -3.46),
    ],
)
def test_the_first_digit_of_the_error_is_the_last_place_or_one_more_for_1_and_2(value, error, shown):
    # DIN 1333 (1992): round at the first digit of the uncertainty, one further to the right if it is 1 or 2.
    assert rounded(value, error) == shown


@given(st.floats(-1e6, 1e6), st.floats(1e-5, 1e5))
def test_rounding_adds_less_than_a_fifth_of_the_error(value, error):
    if error >= 3:  # whole numbers are never rounded further
        assert abs(rounded(value, error) - value) <= 0.5
    else:
        assert abs(rounded(value, error) - value) <= 0.2 * error + 1e-9


@given(st.floats(1e-9, 1e9))
def test_a_smaller_error_never_shows_fewer_places(error):
    assert places(error / 2) >= places(error)


def test_without_an_error_a_number_is_shown_as_it_is():
    assert places(0.0) == places(math.nan) == places(math.inf) == 6


def test_numbers_are_written_as_the_language_does():
    assert rounded_percent(0.04234, 0.005, "en") == "4.2%"
    assert rounded_percent(0.04234, 0.0005, "de", sign=True) == "+4,23\u00a0%"
    assert rounded_number(-1.26, 0.4, "de", sign=True) == "-1,3"
    assert rounded_number(2.0, 1e-9, "en") == "2.000"


@pytest.mark.parametrize(("count", "shown"), [(28_304, "28.000"), (94.2, "95"), (1_049, "1.000")])
def test_large_counts_are_said_to_two_figures(count, shown):
    assert about(count, "de") == shown
