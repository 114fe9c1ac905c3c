"""How a text speaks to its reader, on sentences labelled by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib import drafting
from smmlib.campaign import Account
from smmlib.draft import Draft, Version
from smmlib.networks import load_networks

HERE = Path(__file__).parent
X = load_networks()["x"]


def labelled(name: str) -> list[tuple[str, frozenset[str]]]:
    """Sentences with the forms they use."""
    groups = tomllib.loads((HERE / name).read_text("utf-8"))
    return [
        (text, frozenset() if label == "none" else frozenset(label.split()))
        for label, texts in groups.items()
        for text in texts
    ]


def accuracy(sentences: list[tuple[str, frozenset[str]]]) -> float:
    right = [set(drafting.forms_of_address(text).forms) == forms for text, forms in sentences]
    return sum(right) / len(right)


@pytest.mark.parametrize(
    ("name", "count", "least"),
    [
        ("address_sentences.toml", 360, 0.98),
        ("address_held_out.toml", 100, 0.96),
        ("address_held_out_2.toml", 61, 0.96),
    ],
)
def test_nearly_all_labelled_sentences_are_read_right(name: str, count: int, least: float) -> None:
    sentences = labelled(name)
    assert len(sentences) == count
    assert len({text for text, _ in sentences}) == count
    assert accuracy(sentences) >= least


def words(text: str) -> list[tuple[str, str]]:
    return [(signal.form, signal.text) for signal in drafting.forms_of_address(text).signals]


def test_each_word_is_named_with_its_place() -> None:
    text = "Schau vorbei und bring deine Leute mit, wir freuen uns auf euch."
    signals = drafting.forms_of_address(text).signals
    assert [(s.form, s.text) for s in signals] == [
        ("du", "Schau"), ("du", "bring"), ("du", "deine"), ("ihr", "euch")
    ]  # fmt: skip
    assert all(text[s.start : s.end] == s.text for s in signals)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sie kommt aus Kiel.", []),
        ("Sie kommen aus Kiel?", [("Sie", "Sie")]),
        ("Gestern kamen Sie später.", [("Sie", "Sie")]),
        ("Sie sind schnell, sie sind laut.", []),
        ("ihr Hund", []),
        ("Habt ihr Hunde?", [("ihr", "Habt"), ("ihr", "ihr")]),
        ("Wir sind per Sie.", []),
        ("Für Sie und Ihn", []),
        ("„Kommen Sie!“, rief er.", []),
        ('"Komm!" Komm!', [("du", "Komm")]),
        ('27" Zoll und dein Bild', [("du", "dein")]),
        ("Sichere Radwege", []),
        ("Wer kennt den Ort?", []),
        ("Schafe im Solarpark: Sie können.", []),
        ("Wir lieben Handwerk. Und ihr?", [("ihr", "ihr")]),
        ("Bitte plant mehr Zeit ein.", [("ihr", "plant")]),
        ("Was kostet Ihr Rad?", [("Sie", "Ihr")]),
        ("Wann kommt Ihr vorbei?", [("ihr", "Ihr")]),
        ("Sichere dir", [("du", "Sichere"), ("du", "dir")]),
        ("", []),
    ],
)
def test_what_looks_like_address_and_what_is(text: str, found: list[tuple[str, str]]) -> None:
    assert words(text) == found


def test_a_doubtful_sie_is_they_where_the_text_says_du() -> None:
    assert drafting.forms_of_address("Sie brüten im April. Komm und hör zu!").forms == ("du",)


def test_du_beside_ihr_is_no_mix() -> None:
    assert not drafting.forms_of_address("Komm, wir freuen uns auf euch").mixed
    assert drafting.forms_of_address("Komm, wir freuen uns auf Sie").mixed


def test_the_frame_has_a_row_for_each_word() -> None:
    frame = drafting.forms_of_address("Hast du Zeit?").to_frame()
    assert frame.columns.tolist() == ["form", "start", "end", "text"]
    assert frame["text"].tolist() == ["Hast", "du"]


def findings(text: str, address: str, language: str = "de") -> list[drafting.Finding]:
    account = Account(id="a", network="x", handle="@rad", address=address, language=language)
    draft = Draft(text=text, versions=(Version(account="a"),))
    found = drafting.check(draft, campaign=None, network=X, account=account)
    return [finding for finding in found if finding.rule == "address"]


def test_an_account_is_spoken_for_in_its_own_form() -> None:
    for address in ("du", "ihr"):
        assert findings("Komm vorbei, wir freuen uns auf euch.", address) == []
    (found,) = findings("Wir freuen uns auf Sie.", "du")
    assert (found.severity, found.span) == ("warning", (19, 22))
    assert found.text("de") == "Das Konto sagt du, der Text aber Sie: „Sie“. Eines von beidem ändern."
    (found,) = findings("Komm vorbei und bring Zeit mit.", "Sie")
    assert found.span == (0, 4)
    assert "„Komm, bring“" in found.text("de")


def test_an_account_that_addresses_nobody_gets_a_notice() -> None:
    (found,) = findings("Wir freuen uns auf euch.", "neutral")
    assert found.severity == "notice"
    assert findings("Neu im Laden.", "neutral") == []


def test_a_mix_is_a_warning_with_the_word_that_does_not_fit() -> None:
    text = "Schau vorbei und lassen Sie sich beraten. Wir helfen dir."
    for address in ("du", "Sie", "neutral"):
        (found,) = findings(text, address)
        assert found.severity == "warning"
        assert found.text().startswith("The text mixes du (“Schau, dir”) and Sie (“Sie”)")
    assert findings(text, "du")[0].span == (24, 27)
    assert findings(text, "Sie")[0].span == (0, 5)


def test_links_hashtags_and_english_accounts_are_left_alone() -> None:
    assert findings("Neu: https://dein.example #DeinTag @dein", "Sie") == []
    assert findings("Du ist no English", "Sie", language="en") == []


@given(st.text())
def test_any_text_is_read_and_spans_lie_inside(text: str) -> None:
    for signal in drafting.forms_of_address(text).signals:
        assert text[signal.start : signal.end] == signal.text


@given(
    st.lists(
        st.sampled_from(
            ["Sie", "ihr", "Ihr", "du", "„", "“", ".", "?", ":", "\n", "seid", "Komm", "und", "🎉"]
        )
    )
)
def test_words_of_address_in_any_order_are_read(parts: list[str]) -> None:
    text = " ".join(parts)
    for signal in drafting.forms_of_address(text).signals:
        assert text[signal.start : signal.end] == signal.text
