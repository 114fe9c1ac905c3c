"""The cards of the preview: what was typed stays text, everything else is laid out by data."""

import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.campaign import Account
from smmlib.draft import Draft, LinkCard, Media, Version
from smmlib.drafting import mark_up, preview_html, preview_style, survey
from smmlib.drafting.preview.looks import look_of
from smmlib.drafting.preview.visible import cut
from smmlib.networks import load_networks

NETWORKS = load_networks()
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
ALLOWED = {"article", "header", "span", "b", "bdi", "div", "ul", "li", "details", "summary"}
ATTRIBUTES = {"class", "lang", "dir", "aria-hidden"}
EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></div></article><h1>",
    "<style>*{display:none}</style>",
    "background:url(javascript:alert(1))",
    "width:expression(alert(1))",
    "'; alert(1) //",
    "' onmouseover='alert(1)",
    "&lt;script&gt;",
    'https://rad.de/"onmouseover=alert(1)',
    "javascript:alert(1)",
    "#tag<b>fett</b>",
    "<!-- ",
    "]]>",
    "{{7*7}}${7*7}",
]
PIXEL = "data:image/png;base64,iVBORw0KGgo="


class Reader(html.parser.HTMLParser):
    """Collects tags, attributes and text as a browser would see them."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.values = set(), set(), []
        self.words, self.open, self.classes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += attrs
        self.classes += dict(attrs).get("class", "").split()
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def row(text="", network="instagram", account=None, link="https://rad.de", card=None, **version):
    account = account or Account(id="a", network=network, handle="@rad", brand="Rad & Co")
    draft = Draft(
        text=text, link=link, link_card=card or LinkCard(), versions=(Version(account="a", **version),)
    )
    (found,) = survey(draft, campaign=None, accounts=[account], networks=NETWORKS).rows
    return found


def card(text="", network="instagram", account=None, **version):
    return preview_html(row(text, network, account, **version), language="de")


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


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("network", sorted(NETWORKS))
def test_what_is_typed_stays_text(evil, network):
    account = Account(id="a", network=network, handle="@rad" + evil, brand=evil)
    fields = dict.fromkeys(("title", "teaser", "meta_description", "subject", "preheader"), evil)
    shown = row(
        evil,
        network,
        account,
        link="https://rad.de/" + evil,
        card=LinkCard(title=evil, description=evil, site=evil, image=evil),
        fields={**fields, "content_warning": evil},
        media=(Media(name=evil, alt_text=evil, asset="a"),),
    )
    reader = read(preview_html(shown, language="de", thumbnails={"a": evil, evil: "data:text/html," + evil}))
    assert reader.tags <= ALLOWED
    assert reader.attributes <= ATTRIBUTES
    assert "".join(reader.words).count(evil.strip()) >= 3


@pytest.mark.parametrize("evil", EVIL)
def test_parts_of_a_thread_and_alternative_texts_of_pictures_stay_text(evil):
    media = (Media(alt_text=evil, asset="a"),)
    shown = row(network="x", thread=(evil, evil), media=media)
    reader = read(preview_html(shown, thumbnails={"a": PIXEL}))
    assert reader.tags <= ALLOWED | {"img"}
    assert reader.attributes <= ATTRIBUTES | {"src", "alt"}
    assert dict(reader.values)["alt"] == evil
    assert dict(reader.values)["src"] == PIXEL
    assert "".join(reader.words).count(evil.strip()) == 3


def test_a_network_of_ones_own_brings_no_class_or_markup_of_its_own():
    networks = load_networks({'"><script> text': {"name": "<i>Eigenes</i>", "text": 100}})
    account = Account(id="a", network='"><script> text', handle="@rad")
    draft = Draft(text="Hallo", versions=(Version(account="a"),))
    (found,) = survey(draft, campaign=None, accounts=[account], networks=networks).rows
    reader = read(preview_html(found))
    assert reader.tags <= ALLOWED
    assert "smm-network----script--text" in reader.classes


@given(ANY)
def test_any_text_gives_a_card_that_can_be_sent(text):
    reader = read(card(text))
    assert reader.tags <= ALLOWED
    assert reader.attributes <= ATTRIBUTES
    "".join(reader.words).encode("utf-8")


def test_invisible_characters_are_shown_by_number():
    assert '<span class="smm-card-odd">U+202E</span>' in card("a\u202eb")
    assert '<span class="smm-card-odd">U+D83D</span>' in card("a\ud83db")
    assert "\u202e" not in card("a\u202eb")
    for odd in "\u200b\u200f\u2066\ufeff\u2060\U000e0041\x07":
        assert f"U+{ord(odd):04X}" in card(f"a{odd}b")
        assert odd not in card(f"a{odd}b", account=Account(id="a", network="x", handle=f"@r{odd}", brand="x"))


def test_names_are_kept_apart_from_the_direction_of_what_is_around_them():
    markup = card("שלום #Rad", account=Account(id="a", network="x", handle="@ראד", brand="ראד"))
    assert "<bdi>ראד</bdi>" in markup
    assert 'dir="auto"' in markup


def test_emoji_and_flags_stay_whole():
    for emoji in ("👨‍👩‍👧‍👦", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇩🇪"):
        assert emoji in card(emoji)


def test_media_without_alternative_text_says_so():
    assert "Kein Alternativtext" in card("x", media=(Media(name="rad.jpg"),))
    assert "Ein Rad im Regen" in card("x", media=(Media(alt_text="Ein Rad im Regen"),))


def test_a_very_long_text_is_cut_and_says_so():
    markup = card("wort " * 200_000)
    assert len(markup) < 60_000
    assert "980.000 weitere Zeichen werden hier nicht angezeigt." in markup


def test_a_very_long_anything_gives_a_card_of_bearable_size():
    long = "wort " * 200_000
    fields = {"title": long, "teaser": long, "meta_description": long}
    media = tuple(Media(name=long[:999], alt_text=long) for _ in range(60))
    markup = preview_html(
        row(long, "wordpress", link="https://rad.de/" + "a" * 9999, fields=fields, media=media)
    )
    assert len(markup) < 150_000
    thread = preview_html(row(network="x", thread=("wort " * 50,) * 4_000))
    assert len(thread) < 60_000
    assert "3,975 more parts are not shown here." in thread


def test_a_thread_is_a_chain_of_numbered_cards_with_media_at_the_first():
    markup = card(network="bluesky", thread=("Eins", "Zwei", "Drei"), media=(Media(name="rad.jpg"),))
    assert markup.count("<article") == 3
    assert [f"{n}/3" in markup for n in (1, 2, 3)] == [True] * 3
    assert markup.count("rad.jpg") == 1


def test_a_content_warning_hides_text_and_pictures_until_it_is_opened():
    markup = card(
        "Verborgen", "mastodon", fields={"content_warning": "Wetter"}, media=(Media(name="rad.jpg"),)
    )
    before, _, inside = markup.partition("</summary>")
    assert "Wetter" in before
    assert "Mehr anzeigen" in before
    assert "Verborgen" not in before
    assert "Verborgen" in inside
    assert "rad.jpg" in inside
    assert "<details" not in card("Sichtbar", "bluesky", fields={"content_warning": "Wetter"})


def test_device_and_theme_are_classes():
    shown = row("Hallo")
    assert {"smm-on-desktop", "smm-theme-dark"} <= set(
        read(preview_html(shown, device="desktop", theme="dark")).classes
    )
    assert not [name for name in read(preview_html(shown)).classes if name.startswith("smm-theme")]


def test_the_link_card_shows_what_the_network_shows_cut_as_it_cuts():
    page = LinkCard(title="T" * 90, description="D" * 120, site="rad.de")
    facebook, x, none = (preview_html(row("x", n, card=page)) for n in ("facebook", "x", "instagram"))
    assert "T" * 60 + "…" in facebook
    assert "D" * 80 + "…" in facebook
    assert "T" * 70 + "…" in x
    assert "DDD" not in x
    assert "TTT" not in none
    assert "https://rad.de" in none
    assert "TTT" not in preview_html(row("x", "facebook", card=page, media=(Media(),)))


def test_a_blog_shows_title_teaser_and_search_result():
    fields = {"title": "T" * 61, "teaser": "Teaser", "meta_description": "M" * 156}
    markup = card("Text", "wordpress", fields=fields)
    assert "<bdi>" + "T" * 61 in markup
    assert "T" * 60 + "…" in markup
    assert "M" * 155 + "…" in markup
    assert "Teaser" in markup
    assert "rad.de" in markup
    assert "Meta-Beschreibung fehlt" in card("Text", "wordpress")


def test_a_newsletter_shows_the_line_in_the_inbox():
    markup = card("Text", "newsletter", fields={"subject": "S" * 41, "preheader": "P" * 91})
    assert "S" * 40 + "…" in markup
    assert "P" * 90 + "…" in markup
    assert "Betreff fehlt" in card("Text", "newsletter")


@pytest.mark.parametrize("network", ["youtube", "pinterest"])
def test_a_title_stands_above_the_text(network):
    markup = card("Der Text", network, fields={"title": "Der Titel"})
    assert markup.index("Der Titel") < markup.index("Der Text")
    assert "Noch kein Bild oder Film" in markup


def test_pictures_of_a_carousel_are_numbered_and_only_data_urls_are_shown():
    media = (
        Media(name="a.jpg", asset="a"),
        Media(name="b.jpg", asset="b"),
        Media(kind="video", name="c.mp4"),
    )
    thumbnails = {"a": PIXEL, "b": "https://tracker.example/b.png"}
    reader = read(preview_html(row("x", media=media, format="carousel"), thumbnails=thumbnails))
    assert [value for name, value in reader.values if name == "src"] == [PIXEL]
    assert {"1/3", "2/3", "3/3"} <= set(reader.words)
    assert "smm-card-strip" in reader.classes


def test_the_style_sheet_is_complete_in_itself_and_asks_nobody():
    style = preview_style()
    assert ".smm-network-mastodon { --smm-strip: #6364ff; }" in style
    assert "url(" not in style
    assert "@import" not in style
    assert look_of("mine") == look_of("default")
    assert {id_ for id_ in NETWORKS if look_of(id_) == look_of("default")} == {"googleplus"}


def test_cutting_keeps_visible_characters_whole():
    assert cut("👨‍👩‍👧‍👦" * 3, 2) == "👨‍👩‍👧‍👦" * 2 + "…"
    assert cut("kurz", 4) == "kurz"
    assert cut("e\u0301" * 4, 4) == "e\u0301" * 4
