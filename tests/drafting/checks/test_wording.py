import pytest

from tests.drafting.checks.checking import CAMPAIGN, findings, found, said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Billige Räder und alte Häuser", ["Billige", "Häuser"]),
        ("#billig ist nicht gut", ["billig"]),
        ("Mit Billigung der Nachbarn im Hausboot", []),
        ("https://billig.example/haus von @billig", []),
    ],
)
def test_words_to_avoid_are_found_inflected(text, words):
    assert found("words_avoid", text) == words


def test_the_sentence_names_both_forms_where_they_differ():
    assert said("words_avoid", "billig") == "The briefing wants to avoid “billig”. Say it in another way."
    assert said("words_avoid", "Das Billigste", "de").startswith("„Billigste“: Laut Briefing soll „billig“")


def test_words_to_use_are_asked_for_only_when_switched_on():
    assert found("words_use", "Ein Rad") == []
    assert said("words_use", "Ein Rad", on=("words_use",)).endswith("does not have: leise.")
    assert found("words_use", "Ein leises Rad", on=("words_use",)) == []


def test_empty_words_find_nothing():
    campaign = CAMPAIGN.replace(words_to_avoid=("", "  "), words_to_use=(" ",))
    rules = [f.rule for f in findings("Ein Rad", campaign=campaign, on=("words_use",))]
    assert rules == []
