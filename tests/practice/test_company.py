"""The company as a whole: the same for the same seed, its exports readable, its lessons true."""

import json
from pathlib import Path

import pandas as pd
import pytest

from smmlib.practice import practice_company
from smmlib.practice.files import english, german
from smmlib.response import match_posts, read_export

COMPANY = practice_company()
TRUTH = Path(__file__).parents[2] / "data" / "practice_company" / "truth.json"


def test_the_same_seed_makes_the_same_files() -> None:
    again = practice_company(COMPANY.seed)
    assert [e.content for e in again.exports] == [e.content for e in COMPANY.exports]
    assert again.typed.equals(COMPANY.typed)
    assert again.tests == COMPANY.tests
    assert again.assignments == COMPANY.assignments
    assert again.drafts == COMPANY.drafts
    assert again.truth_json == COMPANY.truth_json


def test_another_seed_makes_other_figures_of_the_same_posts() -> None:
    other = practice_company(7)
    assert other.posts == COMPANY.posts
    assert other.drafts == COMPANY.drafts
    assert other.exports != COMPANY.exports
    assert {**other.truth, "seed": COMPANY.seed} == COMPANY.truth


def test_the_committed_truth_is_what_the_program_makes() -> None:
    assert TRUTH.read_text("utf-8") == COMPANY.truth_json, "run: smm sample --exports … and copy truth.json"


def test_every_export_is_read_without_a_loss() -> None:
    for export in COMPANY.exports:
        read = read_export(export.name, data=export.content, **export.options)
        assert not read.report.dropped, export.name
        assert read.report.rows_kept == read.report.rows_read, export.name
        assert not read.table["value"].isna().all() or read.table["amount"].notna().any(), export.name


def test_days_and_final_figures_agree_after_reading() -> None:
    sums = {}
    for name in ("facebook_tageswerte.csv", "facebook_beitraege.csv"):
        table = _read(name).table
        sums[name] = table[table["metric"].isin(["impressions", "comments"])].groupby("metric")["value"].sum()
    assert sums["facebook_tageswerte.csv"].equals(sums["facebook_beitraege.csv"])


def test_mastodon_tells_no_impressions() -> None:
    assert set(_read("mastodon_posts.csv").table["metric"]) == {"likes", "comments", "shares"}


def test_all_but_six_posts_find_their_draft() -> None:
    posts = pd.concat(
        [_read(e.name).posts for e in COMPANY.exports if "day" not in (e.columns or {}).values()]
    )
    found = match_posts(posts, COMPANY.drafts, COMPANY.accounts)
    assert sorted(found.unmatched["entity_id"]) == sorted(COMPANY.truth["unmatched"])
    assert set(found.rows["by"]) == {"permalink", "utm_content", "text and time"}
    drafts = {post.entity_id: post.draft for post in COMPANY.posts}
    assert [drafts[id] for id in found.rows["entity_id"]] == list(found.rows["draft"])


def test_the_copy_tests_teach_what_they_should() -> None:
    decisions = {test.id: test.compare().tests.iloc[0] for test in COMPANY.tests}
    assert decisions["newsletter-oktober"]["decision"] == "winner"
    assert decisions["newsletter-oktober"]["winner"] == "Frage"
    assert decisions["anzeige-kranich"]["decision"] == "no decision"
    assert decisions["banner-probefahrt"]["decision"] == "invalid"


def test_truth_is_json_with_a_lesson_for_each_test() -> None:
    truth = json.loads(COMPANY.truth_json)
    assert set(truth["tests"]) == {test.id for test in COMPANY.tests}
    assert len(truth["posts"]) == 144


@pytest.mark.parametrize(
    ("value", "in_german", "in_english"), [(0, "0", "0"), (999, "999", "999"), (15000, "15.000", "15,000")]
)
def test_figures_are_written_as_the_language_does(value, in_german, in_english) -> None:
    assert german(value) == in_german
    assert english(value) == in_english


def _read(name):
    export = next(e for e in COMPANY.exports if e.name == name)
    return read_export(export.name, data=export.content, **export.options)
