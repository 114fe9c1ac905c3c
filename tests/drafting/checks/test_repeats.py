import random
from datetime import UTC, datetime

import pytest

from smmlib.draft import Draft, Variant, Version
from smmlib.drafting import EarlierPosts
from tests.drafting.checks.checking import findings, said

TEXT = "Am Samstag öffnen wir die Werkstatt und zeigen von zehn bis vier, wie ein Rahmen gelötet wird."
NEAR = "Am Samstag öffnen wir die Werkstatt und zeigen von neun bis vier, wie ein Rahmen gelötet wird."
POSTED = datetime(2026, 9, 1, 12, tzinfo=UTC)


def earlier(text, account="a", **version):
    return Draft(
        id=f"{account}-{text[:9]}",
        title="Werkstatt",
        text=text,
        versions=(Version(account=account, **version),),
    )


def repeats(text, drafts, **options):
    return [f.severity for f in findings(text, earlier=drafts, **options) if f.rule == "repeat"]


def test_the_same_account_is_a_warning_another_a_notice():
    assert repeats(TEXT, [earlier(NEAR)]) == ["warning"]
    assert repeats(TEXT, [earlier(NEAR, "b")]) == ["notice"]
    assert repeats(TEXT, [earlier(TEXT, "b"), earlier(NEAR)]) == ["warning"]


def test_the_sentence_says_which_and_when():
    text = said("repeat", TEXT, "de", earlier=[earlier(NEAR, posted_at=POSTED)])
    assert text.startswith("Zu 67\u00a0% identisch mit „Werkstatt“ vom 01.09.2026 auf diesem Konto.")
    assert said("repeat", TEXT, earlier=[earlier(NEAR, "b", planned_at=POSTED)]).endswith(
        "on another account."
    )
    assert said("repeat", TEXT, earlier=[earlier(TEXT)]).startswith(
        "100% the same as the draft “Werkstatt” for"
    )
    assert said("repeat", TEXT, earlier=[earlier(TEXT, "b")]) == "100% the same as the draft “Werkstatt”."


def test_its_own_versions_and_variants_are_meant_to_be_alike():
    own = Draft(
        id="own", text=TEXT, versions=(Version(account="b"),), variants=(Variant(name="A", text=NEAR),)
    )
    assert repeats(TEXT, [own], id="own") == []
    assert repeats(TEXT, [own]) == ["notice"]


@pytest.mark.parametrize(
    "text", ["Guten Morgen!", "", "Ganz andere Worte über das Wetter am Deich und die Schafe im Regen."]
)
def test_short_and_other_texts_are_not_repeats(text):
    assert repeats(text, [earlier(text[:13]), earlier(TEXT)]) == []


def test_links_hashtags_and_capitals_make_no_difference():
    assert repeats(
        f"{TEXT.upper()} #Rad https://rad.example/1", [earlier(f"{TEXT} #Bike https://b.example/2")]
    ) == ["warning"]


def test_many_posts_with_the_same_last_line():
    last = " Mehr dazu wie immer auf unserer Website unter Aktuelles."
    drafts = [earlier(f"Beitrag Nummer {i} über das Thema {i * 7}.{last}") for i in range(300)]
    assert repeats(TEXT + last, drafts) == []
    assert repeats(drafts[150].text, drafts, id="other") == ["warning"]


def test_arranged_posts_are_a_sequence_of_drafts():
    drafts = [earlier(TEXT), earlier(NEAR, "b")]
    arranged = EarlierPosts(drafts)
    assert (len(arranged), arranged[1], list(arranged[:1])) == (2, drafts[1], drafts[:1])
    assert EarlierPosts.of(arranged) is arranged


def test_likeness_is_the_jaccard_index_of_runs_of_three_words():
    (one,) = EarlierPosts([earlier("eins zwei drei vier fünf sechs")]).like("eins zwei drei vier fünf sieben")
    assert one.share == pytest.approx(3 / 5)  # of five different runs, three are in both


@pytest.mark.slow
def test_five_thousand_posts_are_looked_through():
    draw = random.Random(5)
    words = [f"wort{i}" for i in range(800)]
    texts = [" ".join(draw.choices(words, k=70)) for _ in range(5000)]
    arranged = EarlierPosts([Draft(id=str(i), text=text) for i, text in enumerate(texts)])
    hits = sum(bool(arranged.like(text, apart_from="")) for text in texts)
    assert hits == 5000
