"""What a text is measured as, and what keeps a variant out of a test."""

import pytest

from smmlib.draft import Draft, Variant
from smmlib.drafting import Factor, measure, pair, ready_for_test, verify_manipulation, write_variants
from smmlib.drafting.variants.parts import sentences, text_parts
from smmlib.errors import SmmError
from smmlib.networks import load_networks
from tests.drafting.variants.campaigns import BIKE

NETWORKS = load_networks()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Schon wieder Stau? Jetzt testen.", "question"),
        ("🚲 Schon wieder Stau? 🚲 Jetzt testen.", "question"),
        ("„Schon wieder Stau?“, fragte Ina. Jetzt testen.", "quote"),
        ('"Nie wieder Stau": So geht es. Jetzt testen.', "quote"),
        ("3 Wege aus dem Stau. Jetzt testen.", "number"),
        ("Am 1. Oktober geht es los. Jetzt testen.", "number"),
        ("Sparst du 20 % beim Rad? Jetzt testen.", None),
        ("Stell dir vor, der Stau wäre weg. Jetzt testen.", "story"),
        ("Neulich im Stau fiel mir etwas ein. Jetzt testen.", "story"),
        ("Das neue Lastenrad ist da. Was meinst du?", "statement"),
        ("Das neue Lastenrad ist da\n\nJetzt 3 Tage testen.", "statement"),
        ("", None),
        ("#Rad https://example.com/3", None),
    ],
)
def test_hooks(text, level):
    assert measure("hook", text, "de").level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Rad da. Teste es jetzt.", "direct"),
        ("Rad da. Testen Sie es jetzt.", "direct"),
        ("Rad da. Testet es jetzt!", "direct"),
        ("Rad da. Jetzt das neue Rad testen. 🚲", "direct"),
        ("Rad da. Hier Termin vereinbaren: https://example.com", "direct"),
        ("Rad da. Jetzt Rad genießen.", "direct"),
        ("Rad da. Komm vorbei! #rad #berlin", "direct"),
        ("Rad da. Wer mag, testet es.", "soft"),
        ("Rad da. Vielleicht testen Sie es.", "soft"),
        ("Rad da. Mehr dazu im Link.", "soft"),
        ("Rad da. Schau vorbei, wenn du magst.", "soft"),
        ("Rad da. Möchten Sie es testen?", "soft"),
        ("Rad da. Es ist blau.", None),
        ("Rad da. Testen wir das Rad?", None),
        ("", None),
    ],
)
def test_calls_to_action_in_german(text, level):
    assert measure("cta", text, "de").level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("It is here. Try it now.", "direct"),
        ("It is here. Now book your ride!", "direct"),
        ("It is here. If you like, try it.", "soft"),
        ("It is here. More at the link.", "soft"),
        ("It is here. You might enjoy it.", "soft"),
        ("It is here. It is blue.", None),
    ],
)
def test_calls_to_action_in_english(text, level):
    assert measure("cta", text, "en").level == level


@pytest.mark.parametrize(
    ("count", "level"), [(1, "short"), (100, "short"), (101, None), (219, None), (220, "long")]
)
def test_length_counts_what_a_reader_sees(count, level):
    assert measure("length", "👨‍👩‍👧‍👦" * count, "de").level == level


def test_emoji_are_counted_as_a_reader_counts_them():
    assert measure("emoji", "Hallo 👨‍👩‍👧‍👦 und 🇩🇪", "de").level == "2"


def test_sentences_end_where_they_end():
    text = "Am 1. Oktober, z. B. um 9 Uhr: ca. 20 Räder! „Wirklich?“ – ja. Dr. Rad sagt: gut…\nBis bald"
    assert sentences(text) == [
        "Am 1. Oktober, z. B. um 9 Uhr: ca. 20 Räder!",
        "„Wirklich?“ – ja.",
        "Dr. Rad sagt: gut…",
        "Bis bald",
    ]


def test_parts_of_a_long_paragraph_are_its_first_and_last_sentence():
    parts = text_parts("Eins. Zwei. Drei. Vier.\n\nFünf. 🚲 #rad")
    assert (parts.hook, parts.body, parts.call) == ("Eins.", "Zwei. Drei. Vier.", "Fünf.")


def found(variants, **options):
    return [
        (f.rule, f.severity, f.values.get("variant"))
        for f in verify_manipulation(variants, language="de", **options)
    ]


def ab(a, b, **levels):
    return [
        Variant(name=name, text=text, levels={f: level[i] for f, level in levels.items()})
        for i, (name, text) in enumerate((("A", a), ("B", b)))
    ]


def test_a_pair_that_differs_in_its_hook_only_is_fine():
    assert found(ab("Stau? Teste es.", "Nie wieder Stau. Teste es.", hook=("question", "statement"))) == []


def test_a_level_that_is_not_in_the_text_is_an_error():
    variants = ab("Stau? Teste es.", "Nie wieder Stau. Teste es.", hook=("question", "number"))
    assert found(variants) == [("manipulation", "error", "B")]
    text = verify_manipulation(variants, language="de")[0].text("de")
    assert text == "B soll Hook = Zahl haben, aber der Hook ist eine Aussage."


def test_what_else_differs_is_a_warning():
    variants = ab("Stau? Teste es.", "Nie mehr Stau. Teste das Rad. 🚲", hook=("question", "statement"))
    assert found(variants) == [("constant", "warning", "B")] * 2  # call to action and emoji


def test_a_text_much_longer_than_the_other_is_a_warning():
    variants = ab(
        "Stau? Teste es.", f"Nie {'sehr ' * 12}wieder Stau. Teste es.", hook=("question", "statement")
    )
    assert found(variants) == [("constant", "warning", "B")]


def test_the_same_level_twice_is_an_error():
    variants = ab("Stau? Teste es.", "Ärger? Teste es.", hook=("question", "question"))
    assert ("manipulation", "error", None) in found(variants)


def test_a_factor_of_ones_own_is_found_by_its_phrase_or_left_to_the_user():
    tone = Factor(name="tone", phrases={"warm": "Schön, dass du da bist.", "none": ""})
    variants = ab("Rad da. Schön, dass du da bist. Teste es.", "Rad da. Teste es.", tone=("warm", "none"))
    assert found(variants, factors=[tone]) == []
    swapped = [v.replace(levels={"tone": other}) for v, other in zip(variants, ("none", "warm"), strict=True)]
    assert found(swapped, factors=[tone]) == [("manipulation", "error", "A"), ("manipulation", "error", "B")]
    assert found(variants, factors=["tone"]) == [("manipulation", "notice", None)]


def test_an_edit_is_seen_by_the_next_look():
    variants = write_variants(
        BIKE, NETWORKS["bluesky"], factors=("hook", "cta"), seed=1, address="du"
    ).variants
    assert found(variants) == []
    edited = variants[1].replace(text="Ganz neu!\n\n" + variants[1].text)
    rules = found([variants[0], edited, *variants[2:]])
    assert ("manipulation", "error", "B") in rules
    assert ("constant", "warning", "B") in rules


def test_the_everyday_pair():
    both = pair("Schon wieder Stau? Teste es.", "3 Wege ohne Stau. Teste es.", factor="hook")
    assert [v.levels for v in both.variants] == [{"hook": "question"}, {"hook": "number"}]
    assert both.findings() == ()
    assert both.design.runs == ((0,), (1,))
    assert list(both.to_frame()["hook"]) == ["question", "number"]


def test_a_pair_whose_levels_are_not_those_declared():
    wrong = pair("Stau. Teste es.", "3 Wege. Teste es.", factor="hook", levels=("question", "number"))
    assert [f.values["variant"] for f in wrong.findings()] == ["A"]
    same = pair("Stau? Teste es.", "Ärger? Teste es.", factor="hook")
    assert same.design is None
    assert any("same hook" in f.text() for f in same.findings())
    own = pair("Rad da.", "Rad ist da.", factor="wording")
    assert [f.severity for f in own.findings() if f.rule == "manipulation"] == ["notice"]
    with pytest.raises(SmmError, match="two names"):
        pair("a", "b", factor="hook", names=("A", "A"))


TARGETS = [(NETWORKS["x"], "post")]


def ready(*variants, factors=("hook",)):
    return ready_for_test(Draft(variants=variants, factors=factors), networks=TARGETS)


def test_a_ready_pair_is_ready():
    seen = ready(*ab("Stau? Teste es.", "Nie wieder Stau. Teste es.", hook=("question", "statement")))
    assert seen.ready
    assert seen.entering == ("A", "B")
    assert seen.reasons() == ()


@pytest.mark.parametrize(
    ("variants", "factors", "says"),
    [
        ([], ("hook",), "needs two variants"),
        (ab("Stau?", "", hook=("question", "statement")), ("hook",), "B is empty"),
        (ab("Stau?", "Stau? ", hook=("question", "question")), ("hook",), "B has the same text as A"),
        (ab("Stau?", "Ja."), (), "is not declared"),
        (ab("Stau?", "Ja. " * 80, hook=("question", "statement")), ("hook",), "40 more than it allows"),
        (ab("Stau?", "Stau? Ja.", length=("short", "long")), ("length",), "B is held to length = long"),
    ],
)
def test_what_is_in_the_way_is_said(variants, factors, says):
    seen = ready(*variants, factors=factors)
    assert not seen.ready
    assert says in " ".join(seen.reasons())
    assert len(seen.to_frame()) == len(seen.findings)
    assert all(seen.reasons("de"))


def test_two_variants_of_one_name_are_told_apart_by_nobody():
    variants = [Variant(name="A", text="Stau?"), Variant(name="A", text="Ja.")]
    assert "2 variants are called A" in " ".join(ready(*variants).reasons())
