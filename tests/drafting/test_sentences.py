"""Words and sentences of posts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.drafting.sentences import sentences_of, words_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Heute neu. Morgen alt!", ["Heute neu.", "Morgen alt!"]),
        ("Am 3. Mai um 14.30 Uhr", ["Am 3. Mai um 14.30 Uhr"]),
        ("Obst, z. B. Äpfel, ca. 3 kg. Lecker.", ["Obst, z. B. Äpfel, ca. 3 kg.", "Lecker."]),
        ("Überschrift\n\nText dazu", ["Überschrift", "Text dazu"]),
        ("Kommt vorbei 🎉 Wir freuen uns", ["Kommt vorbei 🎉", "Wir freuen uns"]),
        ("Kommt 🎉 vorbei", ["Kommt 🎉 vorbei"]),
        ("Er sagte „Ja.“ Dann ging er.", ["Er sagte „Ja.“", "Dann ging er."]),
        ("Wirklich?! Ja …", ["Wirklich?!", "Ja …"]),
        ("🎉🎉 !!!", []),
        ("smmlib.example ist da", ["smmlib.example ist da"]),
        ("Dr. Sommer kommt", ["Dr. Sommer kommt"]),
        ("Ab dem 15.09. findet ihr uns", ["Ab dem 15.09. findet ihr uns"]),
    ],
)
def test_where_a_sentence_ends(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in sentences_of(text)] == sentences


def test_signs_inside_a_word_hold_it_together() -> None:
    text = "Kund:innen, E-Bike-Tour, geht's, 20 %, jede*r"
    assert [word.text for word in words_of(text)] == ["Kund:innen", "E-Bike-Tour", "geht's", "jede*r"]


@given(st.text())
def test_pieces_are_where_they_say_and_every_word_is_in_one_sentence(text: str) -> None:
    words, sentences = words_of(text), sentences_of(text)
    for piece in (*words, *sentences):
        assert text[piece.start : piece.end] == piece.text
    for word in words:
        assert sum(s.start <= word.start and word.end <= s.end for s in sentences) == 1
