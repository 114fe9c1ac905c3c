"""Charts of the response: updated in place, in both languages, with foreign text made harmless."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from matplotlib.artist import Artist

from smmlib import response
from smmlib.figures import Chart
from smmlib.figures.lettering import drawable
from smmlib.figures.scales import decimals
from smmlib.figures.timeline import spread
from tests.response.made_up import rows, six_weeks, table

TABLE, POSTS = six_weeks(posts=45)
MAKE = {
    "timeline": lambda metric: response.timeline(TABLE, metric, window="week"),
    "heatmap": lambda metric: response.heatmap(TABLE, metric, few=2),
    "top_posts": lambda metric: response.top_posts(TABLE, POSTS, metric, 6),
}


def artists(chart):
    return chart.figure.findobj(Artist)


@pytest.mark.parametrize("kind", MAKE)
def test_an_update_reuses_every_artist(kind):
    one, other = MAKE[kind]("engagements"), MAKE[kind]("ctr")
    chart = Chart(kind).update(one).update(other).update(one)
    chart.png()
    before = {id(a) for a in artists(chart)}
    for turn in range(5):
        chart.update(other if turn % 2 else one).png()
    assert {id(a) for a in artists(chart)} == before


@pytest.mark.parametrize("kind", MAKE)
def test_updated_picture_is_the_same_as_a_fresh_one(kind):
    one, other = MAKE[kind]("engagements"), MAKE[kind]("likes")
    assert Chart(kind).update(other).update(one).png() == Chart(kind).update(one).png()


@pytest.mark.parametrize("kind", MAKE)
def test_words_follow_the_language(kind):
    result = MAKE[kind]("engagements")
    german, english = result.plot("de"), result.plot("en")
    assert "Interaktionen" in german.alt
    assert "Engagements" in english.alt
    assert "Interaktionen" in {t.get_text() for t in german.figure.texts}


@pytest.mark.parametrize("kind", MAKE)
def test_a_problem_is_said_in_place_of_the_chart_and_goes_away(kind):
    chart = MAKE[kind]("saves").plot("de")
    assert "saves" in chart.alt
    assert not chart.ax.get_visible()
    chart.update(MAKE[kind]("likes"))
    assert chart.ax.get_visible()


@pytest.mark.parametrize("kind", MAKE)
def test_pictures_come_as_png_and_svg(kind):
    chart = MAKE[kind]("ctr").plot()
    assert chart.png(paper=True).startswith(b"\x89PNG")
    assert b"<svg" in chart.svg()


def test_screen_is_transparent_and_paper_white():
    from io import BytesIO

    from matplotlib.image import imread

    chart = MAKE["timeline"]("ctr").plot()
    assert imread(BytesIO(chart.png()))[0, 0, 3] == 0
    assert imread(BytesIO(chart.png(paper=True)))[0, 0].tolist() == [1, 1, 1, 1]


def test_line_shows_the_values_and_stops_at_gaps_and_cuts():
    when = datetime(2026, 6, 8, 9, tzinfo=UTC)
    days = (0, 1, 3, 7, 8)
    t = table(
        *(rows("page", when + timedelta(days=d), entity="account", window="day", reach=d + 1) for d in days)
    )
    line = response.timeline(t, "reach").plot().ax.lines[0]
    values = np.asarray(line.get_ydata())
    assert values[np.isfinite(values)].tolist() == [1, 2, 4, 8, 9]
    runs = np.ma.clump_unmasked(np.ma.masked_invalid(values))
    assert [len(values[run]) for run in runs] == [2, 1, 2]


def test_only_the_eight_largest_series_are_drawn_and_the_rest_is_said():
    when = datetime(2026, 3, 2, 9, tzinfo=UTC)
    t = table(*(rows(i, when, network=f"n{i}", likes=i + 1) for i in range(11)))
    chart = response.timeline(t, "likes").plot()
    assert any("3 smaller series" in words.get_text() for words in chart.figure.texts)


def test_heatmap_colours_only_cells_with_enough_posts():
    result = MAKE["heatmap"]("likes")
    mesh = result.plot().ax.collections[0].get_array()
    enough = result.rows["posts"] >= result.few
    assert np.isfinite(np.ma.filled(mesh, np.nan)).sum() == enough.sum() > 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hallo 🚲\n Welt", "Hallo Welt"),
        ("$x^2$ & <b>", "$x^2$ & <b>"),
        ("a\ud800b\x00c", "abc"),
        ("x" * 1_000_000, "x" * 19 + "…"),
        ("", ""),
    ],
)
def test_foreign_text_is_made_drawable(text, shown):
    assert drawable(text, 20) == shown


def test_posts_with_strange_words_are_drawn():
    strange = POSTS.assign(text="🚲\x00 $\\frac{$ <script>alert(1)</script> مرحبا")
    result = response.top_posts(TABLE, strange, "likes", 3)
    assert result.plot().png().startswith(b"\x89PNG")


def test_names_are_moved_apart_in_their_order():
    places = spread(np.array([5.0, 5.1, 5.2, 0.0]), gap=1.0, floor=0.0)
    assert np.diff(np.sort(places)).min() >= 1 - 1e-9
    assert np.argsort(places).tolist() == [3, 0, 1, 2]
    assert places.min() >= 0


STEPS = {1000: 0, 1: 0, 0.5: 1, 0.1: 1, 0.025: 3, 2.5: 1, 0.25: 2, 1 / 3: 1, 0: 0}


@pytest.mark.parametrize(("step", "digits"), STEPS.items())
def test_ticks_have_the_decimals_they_need_and_no_more(step, digits):
    assert decimals(step) == digits
