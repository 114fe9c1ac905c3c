"""The result of a test on one page."""

from __future__ import annotations

import base64
import io
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pandas as pd
import pytest
from PIL import Image

from smmlib.errors import InvalidValueError
from smmlib.experiments import compare
from smmlib.figures import Chart
from smmlib.figures.result_page import result_page
from smmlib.figures.result_words import told
from tests.figures.test_days import TURNED, looked_at
from tests.figures.test_forest_and_posterior import CLEAR, CLOSE, compared
from tests.figures.test_slot_pairs import CLEAR as SLOTS
from tests.figures.test_slot_pairs import RATES

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"'&\u202e"


class Reader(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data + "\n"


def made(result, language="en", **settings):
    return result_page(result, language=language, now=NOW, **settings)


def test_the_page_says_what_the_result_says():
    page = made(CLEAR, plan_text="Planned: 10,000 people a variant.", title="Subject line")
    read = Reader(page.html())
    assert read.text.replace("\n", " ").count("B wins.") == 1
    headline, verdict = told(CLEAR, "en")
    assert headline == CLEAR.verdict("en", length="headline")
    assert verdict == CLEAR.verdict("en", length="full")
    assert verdict in read.text
    for words in (
        "Subject line",
        "600",
        "10,000",
        "6.00%",
        "+1.50",
        "{:+.2f} to {:+.2f}".format(*100 * CLEAR.arms.loc[1, ["low", "high"]].to_numpy(float)),
        "> 99.9%",
        "Randomised: chance decided who saw which variant",
        "95%, corrected by Holm",
        "counts taken as independent",
        "nothing",
        "Planned: 10,000 people a variant.",
        "Made on 24 Nov 2026, 12:30",
    ):
        assert f"{words}\n" in read.text, words


def test_the_page_speaks_german():
    page = made(compared((300, 10000), (600, 10000), dispersion=1.8, looks=3), "de")
    read = Reader(page.html())
    assert read.tags[0] == ("html", {"lang": "de"})
    for words in (
        "B ist Sieger.",
        "6,00 %".replace(" ", "\u00a0"),
        "Zahlen streuen 1,80-mal so stark wie unabhängige",
        "95\u00a0%, Grenzen für 3 geplante Zwischenauswertungen",
        "Ausgeschlossen",
        "Erstellt am 24.11.2026, 12:30 Uhr",
    ):
        assert words in read.text, words
    assert re.search(r"\b(the|split|rate|shown)\b", page.alt) is None


def test_slots_have_a_page_too():
    page = made(RATES, title="Question or statement?")
    read = Reader(page.html())
    assert "Matched slots: whole posts, paired by weekday and hour" in read.text
    assert "95%, every possible draw counted" in read.text
    assert "4.50%" in read.text
    assert page.charts[0].kind == "slot_pairs"
    assert "1.0\n" in Reader(made(SLOTS).html()).text


def test_the_page_loads_nothing_and_runs_nothing():
    page = made(CLEAR, extra=[Chart("days").update(looked_at(*TURNED)), CLEAR.plot_posterior()], code="x = 1")
    html = page.html()
    read = Reader(html)
    names = [tag for tag, _ in read.tags]
    assert not {"script", "link", "iframe", "object", "form", "a"} & set(names)
    assert names.count("img") == 3
    for tag, attributes in read.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "href" not in attributes
        if tag == "img":
            kind, _, content = attributes["src"].partition(",")
            assert kind == "data:image/svg+xml;base64"
            assert base64.b64decode(content).startswith(b"<?xml")
            assert len(attributes["alt"]) > 20
    assert not re.search(r"url\(|@import|https?:", html)
    policy = next(a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:;")


def test_what_users_wrote_is_text():
    result = compared((300, 10000), (600, 10000), names=[EVIL, "B"], control="B")
    page = made(result, title=EVIL, design=EVIL, plan_text=EVIL, code=f"x = {EVIL!r}\r\ny = 2")
    html = page.html()
    assert "<script" not in html
    assert "\u202e" not in html
    assert "[U+202E]" in html
    assert "x = " in html
    assert "\ny = 2" in html
    assert page.png(50).startswith(b"\x89PNG")


def test_what_was_set_aside_is_said():
    broken = made(compared((300, 12000), (600, 10000)))
    terms = dict(broken.words.terms)
    assert terms["Set aside"].startswith("The variants were not shown in the planned shares")
    assert {row[-1] for row in broken.words.table[1:]} == {"–"}
    faulty = made(compared((300, 200), (600, 10000)))
    assert dict(faulty.words.terms)["Set aside"] == "1 faulty row"
    assert faulty.words.table[1][-3:] == ("–", "–", "–")


def test_a_page_shows_one_test():
    both = pd.DataFrame(
        {"test": ["T", "T", "U", "U"], "variant": list("ABAB"), "trials": 1000, "successes": [30, 60, 30, 31]}
    )
    result = compare(both, test="test", variant="variant", trials="trials", successes="successes")
    with pytest.raises(InvalidValueError, match="holds 2 tests, but a page shows one: "):
        made(result)
    assert made(result.only("U")).words.title == "U"


@pytest.mark.parametrize("dpi", [60, 100])
@pytest.mark.parametrize("result", [CLEAR, SLOTS], ids=["arms", "slots"])
def test_the_picture_is_a_sheet_of_a4(result, dpi):
    with Image.open(io.BytesIO(made(result).png(dpi))) as picture:
        assert picture.size == (int(8.27 * dpi), int(11.69 * dpi))
        corners = {picture.convert("RGB").getpixel((x, y)) for x in (0, picture.width - 1) for y in (0, 20)}
    assert corners == {(255, 255, 255)}


def test_nothing_on_the_picture_runs_into_the_edge():
    plan = "Geplant waren 8.158 Personen je Variante und zwei Zwischenauswertungen. " * 20
    many = compared(*[(40 + i, 3000) for i in range(30)], names=[f"{i} " + "Wort " * 30 for i in range(30)])
    days = Chart("days", language="de").update(looked_at(*TURNED))
    page = made(many, "de", title="Sehr " * 60, plan_text=plan, extra=[days, days])
    with Image.open(io.BytesIO(page.png(110))) as picture:
        grey = picture.convert("L")
        edge = round(0.55 * 110)
        box = grey.point(lambda v: 255 * (v < 200)).getbbox()
    assert box is not None
    assert box[0] >= edge
    assert box[1] >= edge
    assert box[2] <= grey.width - edge
    assert box[3] <= grey.height - edge


def test_the_page_is_the_same_when_made_again():
    assert made(CLOSE).html() == made(CLOSE).html()
    assert made(CLOSE).png(50) == made(CLOSE).png(50)
