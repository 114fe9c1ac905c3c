import numpy as np
import pytest

from smmlib.experiments import what_works
from smmlib.figures import Chart
from tests.experiments.test_learning import made

FOUND = what_works(made(20, 0.25), "de")


def test_the_chart_shows_each_effect_with_both_intervals():
    chart = Chart("factors").update(FOUND)
    ahead, intervals, points = chart.ax.collections
    rows = FOUND.effects
    assert np.asarray(points.get_offsets())[:, 0] == pytest.approx(100 * rows["lift"].to_numpy())
    for line, names in ((intervals, ["low", "high"]), (ahead, ["predict_low", "predict_high"])):
        for (_, row), segment in zip(rows.iterrows(), line.get_segments(), strict=True):
            assert segment[:, 0] == pytest.approx(np.clip(100 * row[names].to_numpy(float), -100, 100))
    assert chart.alt == FOUND.text("en")
    assert chart.png().startswith(b"\x89PNG")


def test_its_words_are_in_the_users_language_and_an_empty_one_says_why():
    chart = Chart("factors", language="de").update(FOUND)
    assert chart.figure.texts[0].get_text() == "Was bei uns wirkt"
    chart.update(what_works([], "de"), language="en")
    assert not chart.ax.get_visible()
    assert "Nothing can be said yet" in " ".join(text.get_text() for text in chart.figure.texts)
    chart.update(FOUND)
    assert chart.ax.get_visible()
