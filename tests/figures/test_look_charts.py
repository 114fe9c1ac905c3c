import numpy as np
import pandas as pd
import pytest

from smmlib.experiments import AlwaysValid, Looks, look_at, peeking
from smmlib.experiments.peeks import WAYS
from smmlib.figures import Chart

NAMES = {name: name for name in ("test", "variant", "trials", "successes", "when")}


def report(*looks, names="ABC", plan=None, each=2500, **options):
    rows = [
        ("T", names[arm], day, day * each, clicks)
        for day, counts in enumerate(looks, start=1)
        for arm, clicks in enumerate(counts)
    ]
    table = pd.DataFrame(rows, columns=["test", "variant", "when", "trials", "successes"])
    return look_at(table, **NAMES, looks=plan or Looks.even(4), horizon=4 * each * len(looks[0]), **options)


GOING = report((75, 90), (150, 185))
WON = report((75, 90), (150, 230), (220, 310))
ENDED = report((75, 80), (150, 160), (225, 240), (300, 318))
FREE = report((75, 90), (150, 185), plan=AlwaysValid())


def words(chart):
    return " | ".join(
        text.get_text()
        for text in [*chart.figure.texts, *chart.ax.texts]
        if text.get_visible() and text.get_text()
    )


def test_the_look_plot_shows_z_and_all_bounds_of_the_plan():
    chart = GOING.plot()
    zero, upper, lower, path, decided = chart.ax.get_lines()
    assert upper.get_xdata() == pytest.approx([0.25, 0.5, 0.75, 1])
    assert upper.get_ydata() == pytest.approx(Looks.even(4).bounds().z)
    assert lower.get_ydata() == pytest.approx(-upper.get_ydata())
    b = GOING.looks[GOING.looks["variant"] == "B"]
    assert path.get_ydata() == pytest.approx(b["z"].to_numpy())
    assert len(decided.get_xdata()) == 0
    assert list(zero.get_ydata()) == [0, 0]


@pytest.mark.parametrize(
    ("result", "title"),
    [
        (GOING, "Not decided yet: no bound is passed | 2 of 4 looks · error over all of them 5%"),
        (WON, "B wins at look 2 | 3 of 4 looks"),
        (ENDED, "No decision: no bound was passed"),
        (FREE, "Not decided yet: no bound is passed | error over any number of looks 5%"),
        (report((75, 90), (150, 230), shares={"A": 9, "B": 1}), "Not usable"),
    ],
)
def test_the_title_is_the_finding(result, title):
    chart = result.plot()
    assert words(chart).startswith(title)
    assert chart.alt == result.text()
    assert chart.png(paper=True).startswith(b"\x89PNG")
    chart.update(result, language="de")
    assert chart.alt == result.text("de")


def test_the_look_that_decided_is_marked():
    decided = WON.plot().ax.get_lines()[-1]
    assert decided.get_xdata().tolist() == [0.5]
    assert decided.get_ydata()[0] == WON.tests["z"][0]


def test_a_sequence_has_a_curve_for_a_bound():
    upper = FREE.plot().ax.get_lines()[1]
    assert len(upper.get_xdata()) == 200
    assert upper.get_ydata()[-1] == pytest.approx(AlwaysValid().at(1).bound(0.05))


def test_three_variants_are_judged_by_the_bound_of_their_pairs():
    three = report((75, 90, 80), (150, 185, 160))
    upper = three.plot().ax.get_lines()[1]
    assert upper.get_ydata() == pytest.approx(Looks.even(4).bounds(0.025).z)


def test_updating_leaves_what_a_fresh_chart_shows():
    chart = Chart("look_plot")
    for result in (FREE, WON, ENDED, GOING):
        chart.update(result)
    assert chart.png() == Chart("look_plot").update(GOING).png()
    peeks = [peeking(runs=100, looks=looks, lift=lift) for looks, lift in ((20, 0.0), (1, 0.2), (4, 0.0))]
    chart = Chart("peeking")
    for result in peeks:
        chart.update(result)
    assert chart.png() == Chart("peeking").update(peeks[-1]).png()


def test_names_are_text_and_long_ones_are_cut():
    names = ["<script>$x^2$</script> " + "sehr " * 40, "$\\frac{ 😀 " * 5]
    chart = report((75, 90), (150, 260), names=names).plot()
    assert chart.png().startswith(b"\x89PNG")
    assert "$\\frac{" in words(chart)
    assert chart.svg().startswith(b"<?xml")


def test_the_peeking_chart_shows_every_way_and_what_was_promised():
    found = peeking(runs=200)
    chart = found.plot(language="de")
    *lines, promised = chart.ax.get_lines()
    for way, line in zip(WAYS, lines, strict=True):
        assert np.asarray(line.get_ydata()) == pytest.approx(found.shares[way].to_numpy())
    assert list(promised.get_ydata()) == pytest.approx([0.05, 0.05])
    assert promised.get_visible()
    assert "falschen Sieger" in words(chart)
    assert "Konfidenzfolge" in words(chart)
    assert chart.alt == found.text("de")
    better = chart.update(peeking(runs=200, lift=0.3), language="en")
    assert words(better).startswith("How soon the better variant is named")
    assert not promised.get_visible()
