"""Designs against the tables of Box, Hunter and Hunter (2005) and Montgomery (2013)."""

from itertools import combinations

import numpy as np
import pytest

from smmlib.drafting import (
    as_factors,
    explain,
    fractional_factorial,
    full_factorial,
    notation,
    offered_designs,
)
from smmlib.errors import SmmError

FOUR = {name: ("-", "+") for name in ("hook", "cta", "length", "emoji")}
FIVE = {**FOUR, "tone": ("-", "+")}


def letters(design, effects):
    return {"".join("ABCDEFG"[i] for i in sorted(effect)) for effect in effects}


def test_two_to_the_four_minus_one_is_montgomerys_table_8_3():
    """Montgomery, table 8.3: the 2^(4-1) with I = ABCD, in standard order."""
    design = fractional_factorial(FOUR, 1)
    runs = [
        "".join(name for name, level in zip("abcd", run, strict=True) if level) or "(1)"
        for run in design.runs
    ]
    assert runs == ["(1)", "ad", "bd", "ab", "cd", "ac", "bc", "abcd"]
    assert letters(design, design.defining) == {"ABCD"}
    assert design.resolution == 4


def test_emoji_is_the_product_of_hook_cta_and_length():
    columns = np.array(fractional_factorial(FOUR, 1).runs) * 2 - 1
    assert (columns[:, 3] == columns[:, 0] * columns[:, 1] * columns[:, 2]).all()


@pytest.mark.parametrize(
    ("count", "fraction", "resolution", "words"),
    [
        (3, 1, 3, {"ABC"}),
        (5, 1, 5, {"ABCDE"}),
        (5, 2, 3, {"ABD", "ACE", "BCDE"}),  # Montgomery, table 8.14 and appendix X
        (6, 2, 4, {"ABCE", "BCDF", "ADEF"}),
        (6, 3, 3, {"ABD", "ACE", "BCF", "BCDE", "ACDF", "ABEF", "DEF"}),
        (7, 2, 4, {"ABCDF", "ABDEG", "CEFG"}),
    ],
)
def test_defining_relation_and_resolution(count, fraction, resolution, words):
    design = fractional_factorial({str(i): ("-", "+") for i in range(count)}, fraction)
    assert letters(design, design.defining) == words
    assert design.resolution == resolution
    assert len(design.runs) == 2 ** (count - fraction)


def test_the_saturated_design_has_the_seven_words_of_three():
    """Box, Hunter and Hunter: 2^(7-4) has seven words of three letters in its defining relation."""
    design = fractional_factorial({str(i): ("-", "+") for i in range(7)}, 4)
    assert sum(len(word) == 3 for word in design.defining) == 7
    assert len(design.defining) == 15


@pytest.mark.parametrize(
    "design",
    [d for k in range(3, 8) for d in offered_designs({str(i): ("-", "+") for i in range(k)})],
    ids=notation,
)
def test_what_is_called_aliased_is_equal_in_the_runs_and_nothing_else(design):
    columns = np.array(design.runs) * 2 - 1
    effects = [frozenset(e) for n in (1, 2, 3) for e in combinations(range(len(design.factors)), n)]
    product = {effect: columns[:, sorted(effect)].prod(axis=1) for effect in effects}
    for one, other in combinations(effects, 2):
        aliased = other in design.aliases(one)
        assert aliased == bool((product[one] == product[other]).all())
    assert (columns.sum(axis=0) == 0).all()


def test_a_full_factorial_has_every_combination_once():
    design = full_factorial({"hook": ("question", "number", "quote"), "emoji": ("0", "2")})
    cells = [tuple(cell.values()) for cell in design.cells()]
    assert len(set(cells)) == len(cells) == 6
    assert cells[0] == ("question", "0")
    assert design.resolution is None
    assert notation(design) == "3×2"
    assert list(design.to_frame().columns) == ["run", "hook", "emoji"]


def test_what_is_aliased_is_said_in_words():
    said = explain(fractional_factorial(FOUR, 1))
    assert "The effect of emoji cannot be told from that of hook × call to action × length together." in said
    assert "Whether hook × call to action act together cannot be told from length × emoji." in said
    assert "8 of 16 combinations are written (resolution IV)." in said
    german = explain(fractional_factorial(FIVE, 2), "de")
    assert any("Emoji" in sentence and "Wirkung" in sentence for sentence in german)
    assert len(explain(full_factorial(FOUR))) == 1


def test_a_fifth_factor_halved_mixes_up_no_two_factors():
    said = " ".join(explain(fractional_factorial(FIVE, 1)))
    assert "act together cannot" not in said
    assert "resolution V)" in said


@pytest.mark.parametrize(
    ("levels", "fraction", "says"),
    [
        ({"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2")}, 1, "two levels"),
        (FOUR, 2, "4 factors have no fraction 2; there is: 1"),
        ({"a": ("1", "2")}, 1, "there is: –"),
    ],
)
def test_a_fraction_there_is_not_is_refused(levels, fraction, says):
    with pytest.raises(SmmError, match=says):
        fractional_factorial(levels, fraction)


def test_too_many_texts_are_refused():
    with pytest.raises(SmmError, match="256 texts"):
        full_factorial({str(i): ("-", "+") for i in range(8)})


@pytest.mark.parametrize(
    ("factors", "says"),
    [
        ([], "name at least one"),
        (["hook", "hook"], "none twice"),
        ([{"name": "hook", "levels": ("question",)}], "two or more"),
        ([{"name": "hook", "levels": ("question", "joke")}], "'joke' is unknown"),
        ([{"name": "tone"}], "two or more"),
        ([{"name": "tone", "levels": ("a", "b"), "phrases": {"a": "x"}}], "each of them needs a phrase"),
    ],
)
def test_factors_that_do_not_fit_are_refused(factors, says):
    with pytest.raises(SmmError, match=says):
        as_factors(factors)
