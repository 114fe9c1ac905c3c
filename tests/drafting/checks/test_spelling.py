"""Spelling with a dictionary that is passed in."""

from __future__ import annotations

from smmlib import drafting
from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.drafting import CheckOptions
from smmlib.networks import load_networks

X = load_networks()["mastodon"]


class Dictionary:
    """Knows every word but some; remembers what it was asked."""

    def __init__(self, **unknown: tuple[str, ...]) -> None:
        self.wrong, self.asked = unknown, []

    def unknown(self, words, language):
        self.asked = list(words)
        return {word: self.wrong[word] for word in self.asked if word in self.wrong}


def found(text, speller, *, language="de", **options):
    account = Account(
        id="a", network="mastodon", handle="@radwerk@social.example", brand="RADWERK", language=language
    )
    said = drafting.check(
        Draft(text=text, versions=(Version(account="a"),)),
        campaign=Campaign(name="Kranichtage", hashtags=("#Zugvogel",)),
        network=X,
        account=account,
        options=CheckOptions(**options),
        speller=speller,
    )
    return [finding for finding in said if finding.rule == "spelling"]


def test_an_unknown_word_is_a_notice_with_what_it_may_have_meant() -> None:
    (finding,) = found("Ein Fahrad kommt", Dictionary(Fahrad=("Fahrrad", "Fachrad")))
    assert (finding.severity, finding.span) == ("notice", (4, 10))
    assert finding.text("de") == "„Fahrad“ steht nicht im Wörterbuch. Gemeint: Fahrrad, Fachrad?"
    (finding,) = found("Ein Xyzzyx kommt", Dictionary(Xyzzyx=()))
    assert "own words" in finding.text()


def test_without_a_dictionary_nothing_is_said() -> None:
    assert found("Ein Fahrad", None) == []


def test_names_links_tags_and_own_words_are_not_looked_up() -> None:
    speller = Dictionary()
    text = (
        "Radwerk Kranichtage Zugvogel @radwerk@social.example #Fahrad https://fahrad.example Kund:innen "
        "LinkedIn "
        "NABU Lena App Schenk Vollgeil Werkstatt"
    )
    assert found(text, speller, own_words=("Vollgeil",)) == []
    assert speller.asked == ["Werkstatt"]


def test_in_english_a_capital_inside_a_sentence_is_a_name() -> None:
    speller = Dictionary()
    found("Bonjour says Longoria to everybody", speller, language="en")
    assert speller.asked == ["Bonjour", "says", "everybody"]
