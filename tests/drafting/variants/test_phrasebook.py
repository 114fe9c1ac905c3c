"""Phrasebooks: what comes with smmlib is complete, what a team brings is checked before it is used."""

import pytest

from smmlib.drafting import Phrasebook, read_phrasebook, shipped_phrasebook
from smmlib.drafting.variants.briefing_words import briefing_words
from smmlib.drafting.variants.measuring import measure
from smmlib.drafting.variants.pool import Pool
from smmlib.drafting.variants.templates import read_template
from smmlib.errors import SmmError
from tests.drafting.variants.campaigns import CAMPAIGNS

REGISTERS = [("de", a) for a in ("du", "Sie", "ihr", "neutral")] + [("en", "neutral")]


@pytest.mark.parametrize(("language", "address"), REGISTERS)
def test_every_slot_has_twelve_phrases_in_every_form_of_address(language, address):
    book = shipped_phrasebook(language)
    book.require_complete()
    assert {slot: n for slot in book.slots if (n := len(set(book.phrases(slot, address)))) < 12} == {}
    assert set(book.formulas) == {"AIDA", "PAS", "FAB", "BAB"}


@pytest.mark.parametrize(("language", "address"), REGISTERS)
def test_every_hook_and_call_measures_as_what_it_is_kept_as(language, address):
    wrong = []
    for campaign in CAMPAIGNS:
        pool = Pool(shipped_phrasebook(language), address, briefing_words(campaign, language), len, "0")
        for slot in pool.book.slots:
            factor, _, level = slot.partition(".")
            if level:
                wrong += [
                    (slot, c.text)
                    for c in pool.of(slot)
                    if measure(factor, c.text if factor == "hook" else f"Gut. {c.text}", language).level
                    != level
                ]
    assert wrong == []


def own(phrase: str, slot: str = "closing") -> str:
    return f"name: Werkstatt\nlanguage: de\nslots:\n  {slot}:\n    - {phrase}\n"


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        (own("'{{ offer.genitive }}'"), "no 'offer.genitive'"),
        (own("'{{ preis }}'"), "no 'preis'"),
        (own("'{{ offer }}'"), "no 'offer'"),
        (own("'{{ offer.accusative'"), "cannot be read"),
        (own("'{% for x in y %}{% endfor %}'"), "template code"),
        (own("'{{ \"\".__class__.__mro__ }}'"), "template code"),
        (own("'{{ offer.__class__ }}'"), "no 'offer.__class__'"),
        (own("'{{ cycler.__init__.__globals__ }}'"), "no 'cycler"),
        (own("'{{ core() }}'"), "template code"),
        (own("'{{ core | upper }}'"), "template code"),
        (own("'{{ core | start(1) }}'"), "template code"),
        (own("'{{ offer | verb(core, \"a\") }}'"), "template code"),
        (own("'{{ 7 * 7 }}'"), "template code"),
        (own("'{{ [1, 2] }}'"), "template code"),
        (own("'{{ core[0] }}'"), "template code"),
        (own("'{{ slots._x.y }}'"), "no 'slots._x.y'"),
        (own("''"), "0 characters"),
        (own("'{{ slots.closing }}'"), "in a circle"),
        (own("'{{ slots.a }}'", "b") + "  a: ['{{ slots.b }}']\n", "in a circle"),
        (own("'{{ slots.greeting }}'"), "'greeting', which 'closing' names, has no phrases"),
        ("name: W\nformulas: {Kurz: [hook, gruss, cta]}\n", "'gruss', which 'Kurz' names"),
        (own("{du: 'Komm.', wir: 'Los.'}"), "slots.closing"),
        ("name: W\nslot: {}\n", "'slot' is unknown"),
        ("- 1\n- 2\n", "must be a table"),
        ("name: [", "cannot be read as YAML"),
        ("name: !!python/object/apply:os.system ['true']\n", "Python object"),
        ("name: !!python/name:os.system\n", "Python object"),
        ("name: W\nslots: {closing: &a ['Gut.'], offer: *a}\n", "alias"),
        ("name: W\nname: V\n", "twice"),
        ("x" * 1_000_001, "1,000,001 characters"),
        ("name: \x00", "cannot be read as YAML"),
    ],
)
def test_a_phrasebook_that_cannot_be_used_says_where_and_why(yaml, says):
    with pytest.raises(SmmError, match=r"Werkstatt|phrases\.yaml|Phrasebook") as raised:
        read_phrasebook(yaml, name="phrases.yaml")
    assert says in str(raised.value)
    assert raised.value.text("de") != str(raised.value)


def test_the_error_names_book_slot_and_phrase():
    with pytest.raises(SmmError, match=r"'Werkstatt', slot 'closing', phrase '\{\{ preis \}\}'"):
        read_phrasebook(own("'{{ preis }}'"))


def test_a_phrase_may_refer_to_another_slot():
    book = read_phrasebook(own("'{{ slots.gruss }} Bis bald.'") + "  gruss: ['Hallo.']\n")
    pool = Pool(book, "du", {}, len, "0")
    assert [c.text for c in pool.of("closing")] == ["Hallo. Bis bald."]


def test_own_phrases_are_added_or_replace_a_slot():
    base = shipped_phrasebook("de")
    added = base.extended(read_phrasebook(own("'Die Werkstatt hat auf.'")))
    assert added.phrases("closing", "du")[-1] == "Die Werkstatt hat auf."
    assert len(added.phrases("closing", "du")) == len(base.phrases("closing", "du")) + 1
    replaced = base.extended(read_phrasebook("replaces: true\n" + own("'Die Werkstatt hat auf.'")))
    assert replaced.phrases("closing", "du") == ("Die Werkstatt hat auf.",)
    assert replaced.phrases("offer", "du") == base.phrases("offer", "du")


def test_a_name_is_not_capitalised_wrongly_and_user_text_is_not_evaluated():
    template = read_template('{{ offer.nominative }} {{ offer | verb("ist", "sind") }} da.')
    words = {"offer": {"nominative": "iPhone-Kurse {{ 7 * 7 }} {% x %}", "plural": True}}
    assert template.fill(words) == "iPhone-Kurse {{ 7 * 7 }} {% x %} sind da."


def test_quotes_within_quotes_are_inner_ones():
    template = read_template("„Wozu {{ offer.nominative | inner }}?“ – hier steht die Antwort.")
    words = {"offer": {"nominative": "die Schau „Licht“", "plural": False}}
    assert template.fill(words) == "„Wozu die Schau ‚Licht‘?“ – hier steht die Antwort."


def test_a_phrasebook_survives_being_stored():
    book = read_phrasebook(own("{du: 'Komm.', Sie: 'Kommen Sie.', ihr: 'Kommt.', neutral: 'Bis bald.'}"))
    assert Phrasebook.from_json(book.model_dump_json()) == book
