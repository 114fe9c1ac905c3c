"""Whatever is written: no check fails, and what it points at lies in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib import drafting
from smmlib.asset import Asset
from smmlib.draft import Media
from smmlib.language import LANGUAGES
from smmlib.message_house import Claim
from tests.drafting.checks.checking import CAMPAIGN, ENGLISH, GERMAN, findings

ALL = tuple(check.id for check in drafting.CHECKS)
RULES = {rule for check in drafting.CHECKS for rule in check.rules or (check.id,)}
EVERY_CHARACTER = st.characters(blacklist_categories=())
PIECES = st.sampled_from(
    [
        *(
            "49,- €",
            "20 %",
            "12.03.",
            "3.–5. Mai",
            "March 3",
            "٣٤ €",
            "１２.０３.",
            "²%",
            "Nr. 1 in",
            "billig",
        ),
        *(
            "der leiseste Motor seiner Klasse",
            "XX",
            "{{x}}",
            "[Name]",
            "*|A|*",
            "Anzeige",
            "LAUT UND LAUT",
            "!!!",
        ),
        *("https://a:b@rad.example/", "https://rad.example/", "#tagderoffenentür", "#", "@a@b.example", "……"),
        *("für ☕.", "👨‍👩‍👧‍👦", "🇩🇪", "1️⃣", "ß", "İ", "ﬁ", "\ud83d", "\u202e", "\x00", "e\u0301", "\n", " "),
    ]
)
TEXTS = st.one_of(st.text(EVERY_CHARACTER, max_size=120), st.lists(PIECES, max_size=12).map("".join))
ASSET = Asset(
    id="a" * 64, kind="video", width=10, height=2000, duration_s=1e9, size=10**12, ai_origin="edited"
)


def test_no_two_checks_have_the_same_id_or_rule():
    listed = [rule for check in drafting.CHECKS for rule in check.rules or (check.id,)]
    assert len(listed) == len(set(listed))
    assert len(ALL) == len(set(ALL))
    assert {check.group for check in drafting.CHECKS} <= set(drafting.GROUPS)


@given(TEXTS, st.sampled_from([GERMAN, ENGLISH]), st.sampled_from(["x", "mastodon", "instagram", "telegram"]))
def test_no_check_fails_on_any_text(text, account, network):
    media = (Media(kind="video", asset=ASSET.id, alt_text=text), Media(alt_text=text))
    found = findings(
        text,
        account=account,
        network=network,
        on=ALL,
        sponsored=True,
        link=text,
        assets={ASSET.id: ASSET},
        version={"media": media},
    )
    for finding in found:
        start, end = finding.span or (0, 0)
        assert 0 <= start <= end <= len(text)
        assert finding.rule in RULES
        for language in LANGUAGES:
            assert finding.text(language).encode()


@given(TEXTS.filter(str.isprintable))
def test_no_check_fails_on_any_briefing(words):
    written = words.strip() or "x"
    campaign = CAMPAIGN.replace(
        words_to_avoid=(words,),
        words_to_use=(words,),
        hashtags=(words,),
        core_message=words,
        link=words,
        claims=(Claim(text=written, cleared_by="Recht"), Claim(text=written)),
    )
    for text in (words, "Ein Rad für 49 €"):
        for finding in findings(text, campaign=campaign, on=ALL):
            start, end = finding.span or (0, 0)
            assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    "character", ["!", "9", "9.", "a", "A", "{", "[", "#a", "€9", "12.03.", "🎉", "für 🎉 ", ",", "ä "]
)
def test_long_rows_take_no_long_time(character):
    assert findings(character * 3000, on=ALL) is not None
