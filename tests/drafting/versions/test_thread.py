"""Threads: every word in order, every part fits, nothing torn that must stay whole."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smmlib.drafting import join_thread, split_thread
from smmlib.errors import InvalidValueError
from smmlib.networks import cluster_ends, load_networks

NETWORKS = load_networks()
THREADED = ["x", "mastodon", "bluesky", "threads"]
NUMBER = re.compile(r"\n\d+/\d+\Z")
PIECES = [
    *["Rad", "fahren.", "z.", "B.", "am", "3.", "Mai!", "„Los!“", "https://rad.de/a/b", "(https://rad.de/x)"],
    *[
        "rad.de",
        "#Lastenrad",
        "@rad",
        "@rad@social.example",
        "$RAD",
        "👨‍👩‍👧‍👦",
        "🇩🇪🇫🇷",
        "e\u0301",
        "\n\n",
        "\n",
        "",
    ],
    *["Donaudampfschifffahrtsgesellschaft", "x" * 70, "ä" * 40],
]
WORDS = st.lists(st.sampled_from(PIECES), max_size=60)


def numbered(parts):
    return [NUMBER.sub("", part) for part in parts]


def assert_whole_and_fitting(text, network, parts, warning=""):
    joined = re.sub(r"\s", "", "".join(numbered(parts) if len(parts) > 1 else parts))
    assert joined == re.sub(r"\s", "", text)
    for part in parts:
        assert all(
            m.remaining is None or m.remaining >= 0 for m in network.measures(part, content_warning=warning)
        )


@given(WORDS.map(" ".join), st.sampled_from(THREADED), st.integers(60, 120))
def test_parts_hold_every_word_in_order_and_fit(text, name, limit):
    network = NETWORKS[name].with_limits({"text": limit})
    parts = split_thread(text, network)
    assert_whole_and_fitting(text, network, parts)
    whole = {entity.text for entity in network.entities(text)}
    assert {entity.text for part in parts for entity in network.entities(part)} >= whole


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=200), st.sampled_from(THREADED))
@example("a." * 60 + "de", "x")
@example("\u0301" * 100, "x")
def test_any_text_is_split_or_refused_with_a_reason(text, name):
    network = NETWORKS[name].with_limits({"text": 30})
    try:
        parts = split_thread(text, network)
    except InvalidValueError:
        ends = [0, *cluster_ends(text)]
        pieces = [text[a:b] for a, b in pairwise(ends)] + [entity.text for entity in network.entities(text)]
        assert max(map(network.count, pieces)) > 20
    else:
        assert_whole_and_fitting(text, network, parts)


@pytest.mark.parametrize("name", THREADED)
@pytest.mark.parametrize("limit", [30, 500])
def test_a_word_of_10000_characters_ends(name, limit):
    network = NETWORKS[name].with_limits({"text": limit})
    text = "Vorher. " + "x" * 10_000 + " nachher"
    parts = split_thread(text, network)
    assert_whole_and_fitting(text, network, parts)
    assert parts[-1].endswith(f"\n{len(parts)}/{len(parts)}")


@pytest.mark.slow
def test_a_book_is_split():
    text = "Heute fahren wir mit dem Rad an den Deich, z. B. nach Büsum. " * 4_000
    assert_whole_and_fitting(text, NETWORKS["bluesky"], split_thread(text, NETWORKS["bluesky"]))


def test_parts_end_with_sentences():
    text = "Am 3. Mai fahren wir los, z. B. zum Deich. Wer kommt mit? Nr. 5 ist noch frei. Melde dich!"
    assert split_thread(text, NETWORKS["x"].with_limits({"text": 50})) == (
        "Am 3. Mai fahren wir los, z. B. zum Deich.\n1/3",
        "Wer kommt mit? Nr. 5 ist noch frei.\n2/3",
        "Melde dich!\n3/3",
    )


def test_a_sentence_that_is_too_long_is_cut_at_a_word():
    text = "Ja. Wir fahren heute bei jeder Luft mit dem Rad an den Deich und wieder zurück nach Haus."
    assert split_thread(text, NETWORKS["x"].with_limits({"text": 40})) == (
        "Ja. Wir fahren heute bei jeder Luft\n1/3",
        "mit dem Rad an den Deich und wieder\n2/3",
        "zurück nach Haus.\n3/3",
    )


def test_a_text_that_fits_has_no_number():
    assert split_thread("Kurz.", NETWORKS["x"]) == ("Kurz.",)
    assert split_thread(" \n" * 900, NETWORKS["x"]) == ("",)


@pytest.mark.parametrize(
    ("numbering", "last"), [("(1/5)", "(2/2)"), ("1 von 5", "2 von 2"), ("1", "2"), ("🧵1", "🧵2")]
)
def test_numbers_as_wanted(numbering, last):
    parts = split_thread(
        "Ein Satz mit Wörtern. " * 2, NETWORKS["x"].with_limits({"text": 33}), numbering=numbering
    )
    assert parts[-1].endswith("\n" + last)


def test_no_numbers_when_none_are_wanted():
    parts = split_thread("Ein Satz. Noch einer.", NETWORKS["x"].with_limits({"text": 12}), numbering="")
    assert parts == ("Ein Satz.", "Noch einer.")


def test_numbers_need_a_one():
    with pytest.raises(InvalidValueError, match=r"'x/y'; it must contain the number 1"):
        split_thread("Hallo", NETWORKS["x"], numbering="x/y")


def test_ten_parts_leave_room_for_two_digits():
    network = NETWORKS["x"].with_limits({"text": 12})
    parts = split_thread("Rad am See. " * 30, network)
    assert len(parts) >= 30
    assert_whole_and_fitting("Rad am See. " * 30, network, parts)


def test_the_content_warning_counts_in_every_part():
    network = NETWORKS["mastodon"].with_limits({"text": 60})
    text = "Ein Satz allein. " * 6
    assert_whole_and_fitting(text, network, split_thread(text, network, content_warning="x" * 20), "x" * 20)
    assert len(split_thread(text, network, content_warning="x" * 20)) > len(split_thread(text, network))


def test_a_link_longer_than_a_part_is_refused():
    link = "https://rad.de/" + "a" * 400
    with pytest.raises(InvalidValueError, match=r"counts 415 .*Bluesky has room for 296"):
        split_thread(f"Mehr hier: {link}", NETWORKS["bluesky"])
    assert len(split_thread(f"Mehr hier: {link}" + " Text." * 100, NETWORKS["mastodon"])) == 2


def test_no_visible_character_is_torn():
    network = NETWORKS["bluesky"].with_limits({"text": 30})
    text = "👨‍👩‍👧‍👦🇩🇪e\u0301" * 40
    ends, position = {0, *cluster_ends(text)}, 0
    for part in numbered(split_thread(text, network)):
        position += len(part)
        assert position in ends


@given(st.sampled_from(["1/5", "(1/5)", "1", "1 von 5", ""]))
def test_a_joined_thread_has_no_numbers(numbering):
    text = "Ein Satz mit Wörtern.\n\nNoch ein Satz.\n\nUnd der letzte."
    parts = split_thread(text, NETWORKS["x"].with_limits({"text": 30}), numbering=numbering)
    assert len(parts) == 3
    assert join_thread(parts) == text


def test_a_number_that_belongs_to_the_text_stays():
    assert join_thread(["Wir zählen:\n3", "Und dann"]) == "Wir zählen:\n3\n\nUnd dann"
