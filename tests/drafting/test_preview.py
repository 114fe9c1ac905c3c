import html.parser
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.campaign import Account
from smmlib.draft import Draft, Media, Version
from smmlib.drafting import mark_up, preview_html, survey
from smmlib.networks import load_networks

NETWORKS = load_networks()
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
ALLOWED = {"article", "header", "span", "b", "div", "ul", "li"}


class Reader(html.parser.HTMLParser):
    """Collects tags, attribute names and text as a browser would see them."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def card(text, network="instagram", account=None, **version):
    account = account or Account(id="a", network=network, handle="@rad", brand="Rad & Co")
    draft = Draft(text=text, link="https://rad.de", versions=(Version(account="a", **version),))
    (row,) = survey(draft, campaign=None, accounts=[account], networks=NETWORKS).rows
    return preview_html(row, language="de")


def read(markup):
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader


@given(ANY, st.sampled_from(["x", "instagram", "mastodon", "bluesky", "linkedin"]))
def test_pieces_joined_are_the_text(text, network):
    marked = mark_up(text, NETWORKS[network])
    assert "".join(piece.text for piece in marked.pieces) == text
    assert [p.kind for p in marked.pieces if p.kind != "plain"] == [
        e.kind for e in NETWORKS[network].entities(text)
    ]


def test_links_hashtags_and_mentions_are_marked():
    marked = mark_up("Neu: #Rad von @rad https://rad.de/a", NETWORKS["x"])
    shown = [(p.kind, p.text) for p in marked.pieces if p.kind != "plain"]
    assert shown == [("hashtag", "#Rad"), ("mention", "@rad"), ("link", "https://rad.de/a")]


def test_the_fold_splits_a_link():
    marked = mark_up("x" * 120 + " https://rad.de/lang", NETWORKS["instagram"])
    assert marked.fold_at == 125
    assert [(p.kind, p.folded, p.text) for p in marked.pieces[1:]] == [
        ("link", False, "http"),
        ("link", True, "s://rad.de/lang"),
    ]
    assert "… mehr" in card("x" * 200)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</style></div></article><h1>",
        "'; alert(1) //",
        "&lt;script&gt;",
        'https://rad.de/"onmouseover=alert(1)',
        "#tag<b>fett</b>",
        "<!-- ",
    ],
)
def test_what_is_typed_stays_text(evil):
    account = Account(id="a", network="instagram", handle="@rad" + evil, brand=evil)
    media = (Media(name=evil, alt_text=evil),)
    reader = read(card(evil, account=account, media=media))
    assert reader.tags <= ALLOWED
    assert reader.attributes <= {"class", "lang", "dir", "aria-hidden"}
    assert evil in "".join(reader.words)


@given(ANY)
def test_any_text_gives_a_card_that_can_be_sent(text):
    reader = read(card(text))
    assert reader.tags <= ALLOWED
    "".join(reader.words).encode("utf-8")


def test_invisible_characters_are_shown_by_number():
    assert '<span class="smm-card-odd">U+202E</span>' in card("a\u202eb")
    assert '<span class="smm-card-odd">U+D83D</span>' in card("a\ud83db")
    assert "\u202e" not in card("a\u202eb")


def test_media_without_alternative_text_says_so():
    assert "Kein Alternativtext" in card("x", media=(Media(name="rad.jpg"),))
    assert "Ein Rad im Regen" in card("x", media=(Media(alt_text="Ein Rad im Regen"),))


def test_a_very_long_text_is_cut_and_says_so():
    markup = card("wort " * 200_000)
    assert len(markup) < 60_000
    assert "980.000 weitere Zeichen werden hier nicht angezeigt." in markup


def test_count_checks_and_preview_follow_typing():
    text = ("Grüße 👋 #tag @user https://beispiel.de/pfad?x=1 und Text. " * 55)[:3_000]
    took = []
    for _ in range(4):
        start = time.process_time()
        card(text)
        took.append(time.process_time() - start)
    assert min(took) < 0.03
