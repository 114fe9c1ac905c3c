"""Texts of a design: they fit, differ in the factors and in nothing else, and read like language."""

import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from smmlib.drafting import pair, read_phrasebook, shipped_phrasebook, write_variants
from smmlib.drafting.variants.parts import sentences, text_parts
from smmlib.errors import InvalidValueError, SmmError
from smmlib.message_house import NounPhrase, Wording
from smmlib.networks import load_networks
from smmlib.networks.counting import graphemes
from tests.drafting.variants.campaigns import BAKERY, BANK, BIKE, CAMPAIGNS

NETWORKS = load_networks()
ALL = ("hook", "cta", "length", "emoji")
HOOKS = {"name": "hook", "levels": ("question", "number", "quote", "story", "statement")}
REGISTERS = [("de", a) for a in ("du", "Sie", "ihr", "neutral")] + [("en", "neutral")]


def written(campaign=BIKE, network="bluesky", **options):
    options = {"factors": ALL, "seed": 7, "address": "du", **options}
    return write_variants(campaign, NETWORKS[network], **options)


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "threads", "linkedin"])
def test_sixteen_texts_have_their_levels_fit_and_differ_in_nothing_else(network):
    found = written(network=network)
    assert len({variant.text for variant in found.variants}) == 16
    assert found.findings() == ()
    for variant in found.variants:
        count = graphemes(variant.text)
        assert count <= 100 if variant.levels["length"] == "short" else count >= 220
        assert NETWORKS[network].count(variant.text) <= NETWORKS[network].limit()
        assert len(text_parts(variant.text).emoji) == int(variant.levels["emoji"])


def test_every_slot_that_is_no_factor_is_the_same_everywhere():
    found = written(factors=("hook", "cta"))
    for slot in {slot for slots in found.slots.values() for slot in slots} - {"hook", "cta"}:
        assert len({slots[slot] for slots in found.slots.values()}) == 1
    assert len({slots["hook"] for slots in found.slots.values()}) == 2
    assert len({slots["cta"] for slots in found.slots.values()}) == 2


def test_eight_texts_of_sixteen_and_a_frame_of_them():
    frame = written(fraction=1).to_frame()
    assert list(frame.columns) == ["variant", *ALL, "graphemes", "text"]
    assert list(frame["variant"]) == list("ABCDEFGH")
    assert frame.groupby("emoji").size().tolist() == [4, 4]


@pytest.mark.slow
def test_the_same_seed_writes_the_same_texts_in_another_process():
    code = (
        "from tests.drafting.variants.test_writing import written\n"
        "print([v.text for v in written(seed=3, fraction=1).variants])"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "123", "PYTHONIOENCODING": "utf-8"},
    )
    assert other.stdout.decode().strip() == str([v.text for v in written(seed=3, fraction=1).variants])
    assert written(seed=4).variants != written(seed=3).variants


@pytest.mark.slow
@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "threads", "linkedin"])
def test_sixteen_texts_fit_each_network(network):
    variants = written(network=network, seed=5).variants
    assert len(variants) == 16
    assert all(NETWORKS[network].count(v.text) <= NETWORKS[network].limit() for v in variants)


def test_a_factor_of_ones_own_takes_a_slot_in_short_texts_too():
    delivery = {"name": "delivery", "levels": {"fast": "Lieferung in 2 Tagen.", "none": ""}}
    found = written(factors=("length", delivery))
    with_it = [v for v in found.variants if v.levels["delivery"] == "fast"]
    assert all("Lieferung in 2 Tagen." in v.text for v in with_it)
    assert len(with_it) == 2
    assert found.findings() == ()


def test_own_phrases_may_name_the_briefing():
    praise = {"name": "praise", "levels": {"a": "Nur mit {{ offer.dative }}.", "b": "Nur hier."}}
    texts = [v.text for v in written(factors=(praise,)).variants]
    assert "Nur mit dem neuen Lastenrad." in texts[0]


def test_links_that_cannot_be_clicked_are_said_to_be_in_the_profile():
    book = read_phrasebook("name: W\nreplaces: true\nslots: {cta.direct: ['Folge jetzt {{ link }}.']}")
    on = {
        n: written(network=n, factors=("hook",), phrasebooks=[book]).variants[0].text
        for n in ("instagram", "x")
    }
    assert on["instagram"].endswith("Folge jetzt dem Link im Profil.")
    assert on["x"].endswith("Folge jetzt dem Link.")


@pytest.mark.slow
def test_german_sentences_of_the_briefing_stay_out_of_english_texts():
    texts = " ".join(
        v.text for s in range(20) for v in written(BAKERY, language="en", seed=s, factors=(HOOKS,)).variants
    )
    assert "Brot" not in texts
    assert "Vollkorn" not in texts


def test_a_proof_stands_beside_the_message_it_proves():
    for seed in range(25):
        for variant in written(seed=seed, factors=("hook",), network="mastodon", formula="PAS").variants:
            assert "80 Kilometer" not in variant.text or "Der Motor hilft auch am Berg." in variant.text


@pytest.mark.slow
def test_figures_are_those_of_the_briefing():
    texts = " ".join(v.text for s in range(40) for v in written(seed=s, factors=(HOOKS,)).variants)
    assert "Monatsrate: 89\u00a0€" in texts
    assert "Verkaufsstart: 1. Oktober" in texts
    assert set(re.findall(r"\d+", texts)) <= {"1", "2", "60", "89", "80", "3", "2026"}


def test_a_missing_phrase_of_the_briefing_is_named():
    wording = BIKE.wording["de"].replace(problem=None)
    campaign = BIKE.replace(wording={"de": wording})
    assert written(campaign, factors=("hook",)).variants
    with pytest.raises(SmmError, match=r"lacks the problem .*'problem' needs it") as raised:
        written(campaign, formula="PAS")
    assert "fehlt in der Sprache der Texte: das Problem" in raised.value.text("de")
    with pytest.raises(SmmError, match="lacks the offer"):
        written(campaign.replace(wording={}), factors=("hook",))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"formula": "AIDAS"}, "'AIDAS' is unknown. Did you mean 'AIDA'"),
        ({"factors": ("tone",)}, "two or more"),
        ({"factors": ({"name": "tone", "levels": ("a", "b")},)}, "each of its levels needs a phrase"),
        (
            {"factors": ({"name": "t", "levels": {"a": "A.", "b": ""}, "slot": "moral"},)},
            "'moral' is unknown",
        ),
        ({"factors": ("hook", {"name": "t", "levels": {"a": "A.", "b": ""}, "slot": "hook"})}, "same slot"),
        ({"factors": ({"name": "t", "levels": {"a": "{{ 1 }}", "b": ""}},)}, "template code"),
        ({"language": "fr"}, "language 'fr'"),
        ({"fraction": 3}, "no fraction 3"),
    ],
)
def test_what_cannot_be_written_is_said(options, says):
    with pytest.raises(SmmError, match=says):
        written(**options)


def test_a_network_too_small_for_a_long_text_is_named():
    small = NETWORKS["mastodon"].with_limits({"text": 140})
    with pytest.raises(SmmError, match="Mastodon allows 140 characters, and a long text has at least 220"):
        write_variants(BIKE, small, factors=ALL, seed=1)
    short = write_variants(BIKE, small, factors=("hook",), seed=1)
    assert max(graphemes(v.text) for v in short.variants) <= 100
    tiny = NETWORKS["mastodon"].with_limits({"text": 20})
    with pytest.raises(SmmError, match="No choice of phrases makes all texts fit"):
        write_variants(BIKE, tiny, factors=("hook",), seed=1)


def test_formats_have_limits_of_their_own():
    assert written(BANK, "linkedin", format="image").findings() == ()


NOUNS = st.builds(
    NounPhrase,
    nominative=st.text("abcäöü{}%<& ", min_size=1, max_size=40).filter(str.strip),
    accusative=st.text("abc{}", max_size=20),
    dative=st.just(""),
    plural=st.booleans(),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(offer=NOUNS, benefit=NOUNS, seed=st.integers(0, 2**31))
def test_whatever_the_briefing_says_is_text_and_every_text_fits(offer, benefit, seed):
    campaign = BIKE.replace(wording={"de": Wording(offer=offer, benefit=benefit)})
    try:
        found = written(campaign, network="x", seed=seed)
    except InvalidValueError:
        assume(False)  # phrases of 40 characters do not fit everywhere
    for variant in found.variants:
        assert NETWORKS["x"].count(variant.text) <= 280
        assert (graphemes(variant.text) <= 100) == (variant.levels["length"] == "short")


# --- how they read: 5 campaigns × forms of address × formulas × seeds
def every_text(language: str, address: str):
    for campaign in CAMPAIGNS:
        for formula in ("AIDA", "PAS", "FAB", "BAB"):
            for seed in range(3):
                options = {"language": language, "address": address, "formula": formula, "seed": seed}
                for variant in written(campaign, "mastodon", factors=(HOOKS, "cta"), **options).variants:
                    yield variant.text


@pytest.fixture(scope="module", params=REGISTERS, ids="-".join)
def register(request):
    return request.param, list(every_text(*request.param))


@pytest.mark.slow
def test_punctuation_and_capitals(register):
    _, texts = register
    assert len(texts) == 600
    for text in texts:
        assert not re.search(r"[ ]{2}|\s[.,!?:;]|[.,]{2}|[.!?]:|\{|\}|None", text), text
        for line in text.split("\n\n"):
            assert re.search(r"[.!?][“”)]?$", line), text
        for sentence in sentences(text):
            first = sentence.lstrip("„“‚‘(")[0]
            assert first.isupper() or first.isdigit(), text


DU = r"\b(?:du|dich|dir|dein\w*)\b"
SIE = r"(?<![.?!“] )(?<!^)(?<!\n)\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b"
IHR = r"\b(?:ihr|euch|euer|eure\w*)\b"


@pytest.mark.slow
def test_no_form_of_address_strays_into_another(register):
    (language, address), texts = register
    if language == "en":
        return
    foreign = {"du": (SIE, IHR), "Sie": (DU, IHR), "ihr": (DU, SIE), "neutral": (DU, SIE, IHR)}[address]
    assert [text for text in texts for other in foreign if re.search(other, text)] == []
    assert address == "neutral" or any(
        re.search({"du": DU, "Sie": SIE, "ihr": IHR}[address], t) for t in texts
    )


@pytest.mark.slow
def test_verbs_agree_with_their_noun_phrases(register):
    """A verb of the phrasebook that stands right beside a subject has the number of that subject."""
    (language, _), texts = register
    book = shipped_phrasebook(language)
    pairs = set(re.findall(r'verb\("(\w+)", "(\w+)"\)', book.model_dump_json().replace('\\"', '"')))
    seen = 0
    for campaign in CAMPAIGNS:
        wording = campaign.wording[language]
        for subject in (wording.offer, wording.benefit, wording.problem):
            noun = re.escape(subject.nominative)
            first = re.escape(subject.nominative[0].upper() + subject.nominative[1:])
            beside = rf"(?:^|[.!?] |\n\n)(?:{first} (\w+)|(?!What)\w+ (\w+) {noun})"
            for words in (found for text in texts for found in re.findall(beside, text)):
                word = "".join(words)
                if any(word in pair for pair in pairs if pair[0] != pair[1]):
                    seen += 1
                    assert any(word == pair[subject.plural] for pair in pairs), (subject.nominative, word)
    assert seen > 50


@pytest.mark.slow
def test_the_level_of_every_text_is_found(register):
    (language, _), texts = register
    for text in texts[:100]:
        assert pair(text, text + " ", factor="hook", language=language).variants[0].levels


@pytest.mark.parametrize("formula", ["AIDA", "PAS", "FAB", "BAB"])
def test_no_sentence_goes_on_behind_a_noun_phrase_with_a_clause(formula):
    fear = "die Angst, etwas falsch zu machen"
    wording = BIKE.wording["de"].replace(
        problem=NounPhrase(nominative=fear, dative="der Angst, etwas falsch zu machen")
    )
    campaign = BIKE.replace(wording={"de": wording})
    for seed in range(8):
        for variant in written(
            campaign, "linkedin", factors=["hook", "cta"], seed=seed, formula=formula
        ).variants:
            assert not re.search(r"falsch zu machen \w", variant.text), variant.text
