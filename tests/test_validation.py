"""`make validate`: every topic runs, and a promise that is not kept is counted in the exit code."""

import importlib

import numpy as np
import pytest

from benchmarks.validation import Row, archive, shrinkage
from benchmarks.validation.__main__ import TOPICS, main, markdown
from smmlib.experiments import PUBLISHED, read_counts


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_gives_rows(topic):
    if topic == "archive" and not archive.ARCHIVE.exists():
        pytest.skip(f"the archive is not at {archive.ARCHIVE}")
    found = importlib.import_module(f"benchmarks.validation.{topic}").rows(100, 1)
    assert found
    assert len({row.topic for row in found}) == 1
    assert all(np.isfinite(row.monte_carlo_error) and row.monte_carlo_error > 0 for row in found)


def test_a_broken_promise_is_printed_and_counted(monkeypatch, capsys):
    kept = Row("size", "kept", "≤ 0.05", "0.0490", 0.001, True)
    broken = Row("size", "broken", "≤ 0.05", "0.1000", 0.001, False)
    module = importlib.import_module("benchmarks.validation.size")
    monkeypatch.setattr(module, "rows", lambda runs, seed: [kept, broken])
    assert main(["size", "--runs", "10"]) == 1
    printed = capsys.readouterr().out
    assert "| size | broken | ≤ 0.05 | 0.1000 | 0.001 | **no** |" in printed
    assert markdown([kept]) in printed.replace("| size | broken | ≤ 0.05 | 0.1000 | 0.001 | **no** |\n", "")


def test_the_published_prior_is_right_where_the_truth_is_as_wide_and_too_wide_elsewhere():
    random = np.random.default_rng(3)
    as_wide = shrinkage.leaders(random, 3_000, PUBLISHED.spread, PUBLISHED)
    narrower = shrinkage.leaders(random, 3_000, 0.12, PUBLISHED)
    assert abs(np.mean(as_wide.expected - as_wide.true)) < 0.01
    assert np.mean(narrower.expected - narrower.true) == pytest.approx(0.031, abs=0.008)
    assert narrower.expected.mean() < narrower.measured.mean()


@pytest.mark.slow
def test_identical_arms_of_the_archive_win_no_more_often_than_promised():
    if not archive.ARCHIVE.exists():
        pytest.skip(f"the archive is not at {archive.ARCHIVE}")
    usable = archive.unbroken(read_counts(archive.ARCHIVE))
    textbook, allowed = archive.false_winners(usable, np.random.default_rng(0))
    assert float(textbook.measured) == pytest.approx(0.137, abs=0.01)
    assert float(allowed.measured) == pytest.approx(0.044, abs=0.01)
    assert allowed.ok
