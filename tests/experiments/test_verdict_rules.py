"""Rules that every verdict keeps, and 40 cases whose words were read by eye."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smmlib.errors import UnknownNameError
from smmlib.experiments import DESIGNS, compare
from smmlib.experiments.leading import leader, level
from smmlib.experiments.rounding import places
from smmlib.experiments.verdict import LENGTHS

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}
CASES = tomllib.loads((Path(__file__).parents[1] / "known" / "verdicts.toml").read_text(encoding="utf-8"))[
    "case"
]
WINS = re.compile(r"\b(wins?|winners?|Sieger\w*|gewinnt|gewonnen)\b")
NUMBER = re.compile(r"p [<=] \d|\d\s?%")


def of_case(case):
    rows = [("T", *arm) for arm in case["arms"]]
    return compare(pd.DataFrame(rows, columns=list(NAMES)), **NAMES, **case["terms"])


def generated():
    """Comparisons of single tests of every kind: design, arms, sizes, rates, terms."""
    random = np.random.default_rng(7)
    for number in range(84):
        arms = int(random.integers(2, 6))
        rates = random.choice([0.002, 0.015, 0.05, 0.3]) * np.exp(random.normal(0, 0.2, arms))
        trials = np.full(arms, int(10 ** random.uniform(1.5, 5.5)))
        counts = random.binomial(trials, rates)
        rows = [("T", chr(65 + i), trials[i], counts[i]) for i in range(arms)]
        terms = {"design": list(DESIGNS)[number % 4], "dispersion": float(random.choice([1.0, 1.9]))}
        terms |= {"confidence": float(random.choice([0.9, 0.95, 0.99]))}
        terms |= {"control": "A"} if number % 3 == 0 else {}
        terms |= {"looks": 3} if number % 5 == 0 else {}
        terms |= {"smallest_lift": 0.5} if number % 8 < 2 else {}
        yield compare(pd.DataFrame(rows, columns=list(NAMES)), **NAMES, **terms)


GENERATED = list(generated())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_words_that_were_read_by_eye_have_not_changed(case):
    result = of_case(case)
    for language in ("en", "de"):
        assert result.verdict(language, length="headline") == case[f"headline_{language}"]
        assert result.verdict(language, length="full") == case[f"full_{language}"]


def test_forty_cases_are_kept_and_meet_every_decision_and_design():
    results = [of_case(case) for case in CASES]
    assert len(CASES) == 40
    assert {result.tests["decision"].iloc[0] for result in results} == {
        "winner",
        "no decision",
        "no difference",
        "association",
        "invalid",
    }
    assert {result.design for result in results} == set(DESIGNS)


def test_the_generated_tests_end_in_every_way():
    ends = {result.tests["decision"].iloc[0] for result in GENERATED}
    assert ends == {"winner", "no decision", "no difference", "association"}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("length", LENGTHS)
def test_a_winner_is_named_where_one_is_and_nowhere_else(language, length):
    for result in GENERATED:
        words = result.verdict(language, length=length)
        won = result.tests["decision"].iloc[0] == "winner"
        assert bool(WINS.search(words)) == won, words
        assert result.design not in ("history", "slots") or not won


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_number_that_decided_stands_in_every_paragraph(language):
    for result in GENERATED:
        if result.design != "slots":
            assert NUMBER.search(result.verdict(language)), result.verdict(language)
        if result.tests["decision"].iloc[0] in ("winner", "no decision") and result.design != "slots":
            assert re.search(r"p [<=] [01]", result.verdict(language))


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_is_left_unfilled_and_the_lengths_grow(language):
    for result in GENERATED:
        headline, paragraph, full = (result.verdict(language, length=length) for length in LENGTHS)
        assert len(headline) <= 120
        assert len(headline) <= len(paragraph) <= len(full)
        assert full.startswith(paragraph)
        for words in (headline, full):
            assert not re.search(r"[{}]|\bnan\b|\binf\b|None|  |–", words), words
            assert words[-1] in ".)"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_full_length_names_the_design_what_was_set_aside_and_what_to_do_next(language):
    aside, next_step = ("set aside", "Next: ") if language == "en" else ("außen vor", "Nächster Schritt: ")
    for result in GENERATED:
        if result.design == "slots":
            continue
        full = result.verdict(language, length="full")
        assert aside in full
        assert full.count(next_step) == 1
        named = {"en": "Randomised|Platform|History", "de": "Zufallstest|Plattform|Rückblick"}[language]
        assert re.search(named, full)


def test_the_platform_never_credits_the_variant_alone():
    for result in GENERATED:
        if result.design == "platform" and result.tests["decision"].iloc[0] == "winner":
            for length in LENGTHS:
                assert "creative and delivery together" in result.verdict("en", length=length)
            assert "put down to the variant" not in result.verdict("en", length="full")


def test_german_is_german():
    english = re.compile(r"\b(the|and|with|winner|against|test is|variants|Next|chance)\b")
    for result in GENERATED:
        words = result.verdict("de", length="full")
        assert not english.search(words), words
        assert "%" not in words.replace("\u00a0%", "")
        assert "Claim" not in words


def test_rates_have_no_more_places_than_their_error_allows():
    for result in GENERATED:
        if result.design == "slots":
            continue
        lead = leader(result)
        shown = re.search(rf"{lead.name} had (\d+)(?:\.(\d+))?%", result.verdict("en"))
        assert shown is not None
        assert len(shown[2] or "") == min(places(100 * lead.rate_error), 3)


def test_own_history_says_what_to_expect_once_there_is_enough_of_it():
    random = np.random.default_rng(1)
    trials = np.full((40, 2), 20_000)
    truth = 0.02 * np.exp(random.normal(0, 0.02, (40, 2)))
    truth[0] = (0.02, 0.026)
    table = pd.DataFrame(
        {
            "test": np.repeat(np.arange(40), 2),
            "variant": ["A", "B"] * 40,
            "trials": trials.ravel(),
            "successes": random.binomial(trials, truth).ravel(),
        }
    )
    many = compare(table, **NAMES)
    alone = compare(table[table["test"] == 0], **NAMES)

    def expected(words):
        return int(re.search(r"reckon with (?:about )?\+(\d+)", words)[1])

    assert expected(many.verdict("en", 0, "full")) < expected(alone.verdict("en", length="full"))
    assert "reckon with about" in many.verdict("en", 0, "full")
    assert "or less in the long run" in alone.verdict("en", length="full")  # the published spread is too wide


def test_many_tests_have_three_lengths_too():
    rows = [(f"T{i}", arm, 10_000, x) for i in range(6) for arm, x in (("A", 300), ("B", 300 + 40 * i))]
    many = compare(pd.DataFrame(rows, columns=list(NAMES)), **NAMES)
    headline, paragraph, full = (many.verdict("en", length=length) for length in LENGTHS)
    assert headline == "6 tests compared. 4 have a winner."
    assert paragraph.startswith(headline)
    assert full.startswith(paragraph)
    assert "T5: B wins: 5.00% against 3.00% for A. T4: B wins" in full
    history = compare(pd.DataFrame(rows, columns=list(NAMES)), **NAMES, design="history")
    assert not any(WINS.search(history.verdict(lang, length="full")) for lang in ("en", "de"))


def test_an_unknown_length_is_named():
    with pytest.raises(UnknownNameError, match="Length 'long' is unknown"):
        GENERATED[0].verdict(length="long")


@pytest.mark.parametrize(("confidence", "shown"), [(0.95, "95%"), (0.999, "99.9%"), (0.9, "90%")])
def test_a_level_has_as_many_places_as_it_needs(confidence, shown):
    assert level(confidence, "en") == shown
