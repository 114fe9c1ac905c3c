import pytest

from tests.drafting.checks.checking import ENGLISH, found, said


def test_more_than_five_are_pointed_out_from_the_sixth():
    assert found("emoji", "Hallo 👋🚲☀️🎉❤️") == []
    assert found("emoji", "Hallo 👋🚲☀️🎉❤️🍰 und 👨‍👩‍👧‍👦") == ["🍰 und 👨‍👩‍👧‍👦"]
    assert said("emoji", "👋👋👋👋👋👋👋").startswith("7 emoji in 7 characters")


def test_a_long_text_may_have_one_in_a_hundred_characters():
    assert found("emoji", "Wort " * 140 + "👋🚲🎉👋🚲🎉👋") == []
    assert found("emoji", "Wort " * 120 + "👋🚲🎉👋🚲🎉👋") == ["👋"]


@pytest.mark.parametrize(
    "text", ["© ® ™ → • ✓ 1 2 3 # * – „“", "1️⃣2️⃣3️⃣4️⃣5️⃣", "🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪", "👍🏽👍🏽👍🏽👍🏽👍🏽"]
)
def test_signs_are_none_and_sequences_are_one(text):
    assert found("emoji", text) == []


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("Komm mit auf eine 🚲 durch die Stadt", ["🚲"]),
        ("Mit ❤️ gemacht", ["❤️"]),
        ("Zeit für ☕.", ["☕"]),
        ("Wir ❤️ Köln", ["❤️"]),
        ("Kommt vorbei 🎉 und bringt Freunde mit", []),
        ("Frisch vom Hof 🥕", []),
        ("Wir freuen uns 🎉", []),
        ("Die Linie 7\n🚲 fährt", []),
        ("Was für ein Tag! 🎉", []),
    ],
)
def test_an_emoji_for_a_word(text, emoji):
    assert found("emoji_word", text) == emoji


def test_an_english_emoji_for_a_word():
    assert found("emoji_word", "Made with ❤️ in Leeds", account=ENGLISH) == ["❤️"]


def test_bullets_are_looked_for_only_when_switched_on():
    text = "\n".join(f"{sign} Punkt" for sign in "🚲🎉👋🍰🥕")
    assert found("emoji_bullets", text) == []
    assert found("emoji_bullets", text, on=("emoji_bullets",)) == ["🚲"]
    assert found("emoji_bullets", text[:-8], on=("emoji_bullets",)) == []
