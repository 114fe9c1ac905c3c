import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmlib.networks import UNITS, load_networks
from smmlib.networks.counting import _ALONE, count, emoji_spans, fit

NETWORKS = load_networks()
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
PARTS = st.lists(
    st.sampled_from(
        [
            "http://",
            "https://a.de/",
            "x.com",
            "@a@b.de",
            "#tag",
            "＃",
            "�",
            "👨\u200d👩\u200d👧",
            "🇩🇪",
            "é",
            ".",
            "@",
            "$A",
            " ",
            "\n",
            "\u202e",
            "(",
            ")",
            "/",
            "?",
            "日本",
            "xn--",
            "-",
            "_",
            "\u200d",
            "️",
            "1",
            "ß",
        ]
    ),
    max_size=30,
).map("".join)
TEXTS = st.one_of(ANY, PARTS)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_text_makes_counting_fail_or_negative(text):
    for network in NETWORKS.values():
        assert network.count(text) >= 0
        assert all(measure.count >= 0 for measure in network.measures(text))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_entities_lie_in_order_and_apart(text):
    for network in (NETWORKS["x"], NETWORKS["mastodon"], NETWORKS["bluesky"], NETWORKS["instagram"]):
        behind = 0
        for entity in network.entities(text):
            assert behind <= entity.start < entity.end <= len(text)
            assert text[entity.start : entity.end] == entity.text
            behind = entity.end


@given(TEXTS, st.integers(0, 40), st.sampled_from(sorted(UNITS)))
@settings(max_examples=300, deadline=None)
def test_what_fits_is_within_the_limit_and_one_more_is_not(text, limit, unit):
    cut = fit(text, unit, limit)
    if cut < len(text):
        assert count(text, unit) > 0
        assert sum(count(part, unit) for part in _clusters(text[:cut])) <= limit
    else:
        assert sum(count(part, unit) for part in _clusters(text)) <= limit


def _clusters(text):
    import regex

    return regex.findall(r"\X", text)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_graphemes_are_the_clusters_of_unicode(text):
    assert count(text, "graphemes") == len(_clusters(text))


def test_characters_that_join_nothing_are_of_break_class_other():
    import regex

    assert regex.findall(rf"(?=[{_ALONE}])[^\p{{GCB=Other}}\n]", "".join(map(chr, range(0x1FB00)))) == []


@given(TEXTS)
def test_relations_between_units(text):
    assert (
        count(text, "graphemes") <= count(text, "characters") <= count(text, "utf16") <= count(text, "bytes")
    )
    assert count(text, "characters") <= count(text, "escaped") <= 2 * len(text)
    assert count(text, "weighted") <= 2 * len(unicodedata.normalize("NFC", text))


@given(TEXTS)
def test_checks_speak_both_languages_about_any_text(text):
    for network in (NETWORKS["x"], NETWORKS["youtube"], NETWORKS["newsletter"]):
        for finding in network.check(text * 20):
            for language in ("de", "en"):
                said = finding.text(language)
                assert said
                assert "{" not in finding.template.format_map(_Any()) or "{" in text
                said.encode()


class _Any(dict):
    def __missing__(self, key):
        return _Blank()


class _Blank:
    def __format__(self, spec):
        return ""

    def __repr__(self):
        return ""


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a😀b", [(1, 2)]),
        ("👩🏽‍🚒", [(0, 4)]),
        ("🇩🇪🇫🇷", [(0, 2), (2, 4)]),
        ("5️⃣ 5", [(0, 3)]),
        ("👨‍👩‍👧‍👦‍👦", [(0, 7), (8, 9)]),  # no emoji of five: the longest that Unicode names, then the rest
        ("12 #*", []),
    ],
)
def test_emoji_spans_are_the_longest_unicode_names(text, spans):
    assert list(emoji_spans(text)) == spans


MEGABYTE = {
    "dots": "a." * 500_000,
    "domains": "a.com " * 160_000,
    "at signs": "@" * 1_000_000,
    "hash signs": "#" * 1_000_000,
    "schemes": "http://" * 150_000,
    "open brackets": "http://a.de/" + "(" * 1_000_000,
    "many open brackets": "http://a.de/(" * 80_000,
    "joined emoji": "👨\u200d" * 300_000,
    "flags": "\U0001f1e6" * 600_000,
    "surrogates": "\ud800" * 1_000_000,
    "marks": "e" + "\u0301" * 1_000_000,
    "ideographs": "あ." * 400_000,
    "tags": "<a" * 500_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MEGABYTE)
def test_a_megabyte_of_anything_is_checked(name):
    assert NETWORKS["x"].check(MEGABYTE[name])
