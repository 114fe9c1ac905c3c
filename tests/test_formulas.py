"""Formulas are defused, and the apostrophe comes off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.formulas import as_written, defused, is_formula

texts = st.text(st.sampled_from("'=+-@\t\r a1,.")) | st.text()


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2+3", "@SUM(A1)", " =1", "\t=1", "\u00a0=cmd|' /C'!A0"])
def test_a_formula_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert defused("'" + text) == f"''{text}"


@pytest.mark.parametrize("text", ["", "-5", "-1,5", "a=b", "#tag", "'zitiert'", "🚲"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert defused(text) == as_written(text) == text


@given(texts)
def test_the_text_comes_back(text: str) -> None:
    assert as_written(defused(text)) == text
    assert not is_formula(defused(text))
