import numpy as np
import pandas as pd
import pytest

from smmlib.experiments import compare
from smmlib.figures import Chart

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}


def compared(*arms, names=None, **settings):
    variants = names or [chr(65 + i) for i in range(len(arms))]
    table = pd.DataFrame(
        {
            "test": "T",
            "variant": variants,
            "trials": [n for _, n in arms],
            "successes": [x for x, _ in arms],
        }
    )
    return compare(table, **NAMES, **settings)


CLEAR = compared((300, 10000), (600, 10000), (450, 10000))
CLOSE = compared((30, 1000), (31, 1000))


def words(chart):
    return " | ".join(
        text.get_text()
        for text in [*chart.figure.texts, *chart.ax.texts]
        if text.get_visible() and text.get_text()
    )


def test_the_forest_shows_the_differences_of_the_comparison():
    chart = Chart("forest").update(CLEAR)
    order = [1, 2, 0]  # highest rate first
    (intervals, points) = chart.ax.collections
    assert np.asarray(points.get_offsets())[:, 0] == pytest.approx(100 * CLEAR.arms["diff"].to_numpy()[order])
    for i, segment in zip(order, intervals.get_segments(), strict=True):
        assert segment[:, 0] == pytest.approx(100 * CLEAR.arms.loc[i, ["low", "high"]].to_numpy(float))
    low, high = chart.ax.get_xlim()
    assert low < 100 * CLEAR.arms["low"].min()
    assert high > 100 * CLEAR.arms["high"].max()


def test_the_title_is_the_finding_in_the_users_language():
    chart = Chart("forest").update(CLEAR)
    assert words(chart).startswith("B wins by 1.50 percentage points")
    assert "6.00% · 600 of 10,000" in words(chart)
    chart.update(CLEAR, language="de")
    assert words(chart).startswith("B ist Sieger mit 1,50 Prozentpunkten Vorsprung")
    assert "600 von 10.000" in words(chart)
    assert "+1,50  (+" in words(chart)
    assert "−3,00" in words(chart)


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (CLOSE, "No decision: chance alone"),
        (
            compared((300, 10000), (600, 10000), design="history"),
            "B went along with a higher rate (nothing",
        ),
        (
            compared((300, 10000), (600, 10000), design="platform"),
            "B wins by 3.00 percentage points | creative and delivery together",
        ),
        (compared((300, 10000), (600, 10000), design="slots"), "Rates only"),
        (compared((300, 12000), (600, 10000)), "Not usable: the split is broken"),
        (compared((300, 200), (600, 10000)), "Not usable"),
        (compared((600, 10000), (300, 10000), control="A"), "A wins by 3.00"),
    ],
)
def test_no_title_says_more_than_the_design_allows(result, title):
    chart = Chart("forest").update(result)
    assert words(chart).startswith(title)
    assert chart.png(paper=True).startswith(b"\x89PNG")
    assert chart.alt


def test_the_posterior_shows_a_curve_per_variant_where_its_rate_lies():
    chart = Chart("posterior").update(CLEAR)
    assert words(chart).startswith("B has the highest rate with > 99.9% probability")
    curves, points = chart.ax.collections
    paths = curves.get_paths()
    for rate, path in zip([0.06, 0.045, 0.03], paths, strict=True):
        peak = path.vertices[path.vertices[:, 1].argmin(), 0]
        assert peak == pytest.approx(100 * rate, abs=0.05)
    assert np.asarray(points.get_offsets())[:, 0] == pytest.approx([6, 4.5, 3])


@pytest.mark.parametrize("kind", ["forest", "posterior"])
def test_updating_leaves_what_a_fresh_chart_shows(kind):
    chart = Chart(kind)
    many = compared(*[(40 + i, 3000) for i in range(14)])
    for result in (many, CLEAR, compared((3, 2), (1, 10)), CLOSE, CLEAR):
        chart.update(result)
    fresh = Chart(kind).update(CLEAR)
    assert chart.figure.get_size_inches().tolist() == fresh.figure.get_size_inches().tolist()
    assert words(chart) == words(fresh)
    assert chart.png() == fresh.png()


@pytest.mark.parametrize("kind", ["forest", "posterior"])
def test_names_are_text_and_long_ones_are_cut(kind):
    names = ["<script>$x^2$</script> " + "sehr " * 40 + "lang", "B\u202e😀", "$\\frac{"]
    chart = Chart(kind).update(compared((30, 1000), (60, 1000), (45, 1000), names=names))
    assert chart.png().startswith(b"\x89PNG")
    assert "<script>$x^2$</script> sehr se…" in words(chart)
    assert chart.svg().startswith(b"<?xml")


@pytest.mark.parametrize("kind", ["forest", "posterior"])
def test_of_many_variants_the_best_fourteen_are_shown(kind):
    chart = Chart(kind).update(compared(*[(40 + i, 3000) for i in range(30)]))
    assert "14 of 30 variants" in words(chart)
    assert chart.figure.get_figheight() < 8


@pytest.mark.parametrize("kind", ["forest", "posterior"])
@pytest.mark.parametrize("arms", [[(0, 50), (0, 60)], [(50, 50), (60, 60)], [(1, 50), (20_000, 1_000_000)]])
def test_extreme_counts_can_be_drawn(kind, arms):
    assert Chart(kind).update(compared(*arms)).png().startswith(b"\x89PNG")
