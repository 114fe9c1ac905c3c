"""A brief as YAML: read back as it was, and nothing but text, whatever the file tries."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smmlib.campaign import GOALS, ROLES, TONES, Campaign
from smmlib.drafting.briefing import from_yaml, to_yaml
from smmlib.errors import InvalidRecordError, UnreadableFileError
from smmlib.message_house import (
    Claim,
    KeyDate,
    NounPhrase,
    Offer,
    Percentage,
    Price,
    SupportingMessage,
    Wording,
)

ANY = st.text(st.characters(), max_size=20)  # surrogates and control characters too
SOME = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
DAYS = st.dates(min_value=date(1, 1, 1))
AMOUNTS = st.decimals(min_value=0, max_value=9_999_999, places=4)


def tuples(entries, most=3):
    return st.lists(entries, max_size=most).map(tuple)


PHRASES = st.none() | st.builds(NounPhrase, nominative=SOME, accusative=ANY, dative=ANY, plural=st.booleans())
BRIEFS = st.builds(
    Campaign,
    name=SOME,
    goal=st.sampled_from(list(GOALS)),
    audience=ANY,
    age_from=st.none() | st.integers(0, 120),
    tone=st.sampled_from(list(TONES)),
    start=st.none() | DAYS,
    link=ANY,
    core_message=ANY,
    supporting=tuples(st.builds(SupportingMessage, text=SOME, proof=ANY, source=ANY), 4),
    offer=st.builds(
        Offer,
        name=ANY,
        prices=tuples(st.builds(Price, label=ANY, amount=AMOUNTS, currency=st.just("CHF"))),
        dates=tuples(st.builds(KeyDate, label=ANY, day=DAYS)),
        percentages=tuples(st.builds(Percentage, label=ANY, value=AMOUNTS)),
    ),
    wording=st.dictionaries(
        st.sampled_from(["de", "en"]),
        st.builds(Wording, offer=PHRASES, benefit=PHRASES, problem=PHRASES, audience=PHRASES),
    ),
    hashtags=tuples(ANY),
    words_to_use=tuples(ANY),
    claims=tuples(
        st.builds(Claim, text=SOME, cleared_by=ANY, cleared_on=st.none() | DAYS, valid_until=st.none() | DAYS)
    ),
    embargo=st.none() | st.datetimes(timezones=st.just(UTC)),
    reviewers=st.dictionaries(st.sampled_from(list(ROLES)), tuples(SOME)),
    notes=ANY,
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(BRIEFS, st.sampled_from(["de", "en"]))
def test_what_is_written_is_read_back(brief, language) -> None:
    text = to_yaml(brief, language=language)
    assert from_yaml(text) == brief
    text.encode()


@given(st.text(max_size=200))
def test_any_text_is_a_brief_or_an_error_that_says_where(text) -> None:
    assert re.match(r"$|Line \d|YAML cannot be used:\n  Line \d", problem_of(f"name: {text}"))


def problem_of(text: str) -> str:
    try:
        from_yaml(text)
    except (UnreadableFileError, InvalidRecordError) as problem:
        return str(problem)
    return ""


def test_words_stay_words_and_money_stays_exact() -> None:
    read = from_yaml(
        "name: no\nwords to use: [yes, 1.0, 2026-12-13]\noffer:\n  prices:\n  - amount: 1299.10\n"
    )
    assert read.name == "no"
    assert read.words_to_use == ("yes", "1.0", "2026-12-13")
    assert read.offer.prices[0].amount == Decimal("1299.10")


def test_what_is_missing_is_as_in_a_fresh_brief() -> None:
    assert from_yaml("name: A\nid: a\nstart:\nclaims:\nnotes: null") == Campaign(id="a", name="A")


def test_german_days_are_read() -> None:
    read = from_yaml("name: A\nstart: 13.12.2026\nembargo: 2026-12-14T09:00+01:00")
    assert read.start == date(2026, 12, 13)
    assert read.embargo == datetime(2026, 12, 14, 8, tzinfo=UTC)


BOMB = "a: &a [x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
)

REFUSED = {
    "object": ("name: !!python/object/apply:os.system ['true']", r"Line 1: 'tag:.*object"),
    "object in a list": ("name: x\nhashtags:\n  - !!python/name:os.system", r"Line 3: 'tag:"),
    "own tag": ("name: !x y", r"Line 1: '!x'"),
    "bomb": (BOMB, r"Line 1: anchors and aliases"),
    "key twice": ("name: x\ngoal: sales\nname: y", r"Line 3: 'name' is there already, in line 1"),
    "tab": ("name: x\n\tgoal: sales", r"Line 2: a tab; indent with spaces"),
    "colon": ("name: a: b", r"Line 1 is not YAML"),
    "open quote": ("name: x\nnotes: 'y", r"Line 2 is not YAML"),
    "second brief": ("name: x\n---\nname: y", r"Line 2: a second document"),
    "too deep": ("[" * 5000, r"more than 12 levels"),
    "list as key": ("? [a]\n: b", r"a list or mapping cannot be a key"),
    "merge": ("<<: {name: x}", r"Line 1: Key '<<' is unknown"),
    "control character": ("name: x\x00", r"special characters"),
    "nothing": ("# only a comment", r"file is empty"),
    "too large": ("x" * 1_000_001, r"1,000,001 characters"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_no_brief_needs_is_refused_with_its_line(text, said) -> None:
    with pytest.raises((UnreadableFileError, InvalidRecordError), match=said):
        from_yaml(text)


UNFIT = {
    "unknown key": ("name: x\ngaol: sales", "Line 2: Key 'gaol' is unknown. Did you mean 'goal'?"),
    "no name": ("goal: sales", "Line 1: name is missing; add it."),
    "goal": ("name: x\ngoal: gold", "Line 2, goal: 'gold' does not fit; write one of awareness"),
    "age": ("name: x\nage from: old", "Line 2, age from: 'old' does not fit; write a whole number"),
    "age range": ("name: x\nage from: 130", "Line 2, age from: '130' does not fit"),
    "no such day": ("name: x\nstart: 31.02.2026", "Line 2, start: '31.02.2026' does not fit; write a day"),
    "no zone": ("name: x\nembargo: 2026-10-10T09:00", "Line 2, embargo: .* write a time with its zone"),
    "reversed": ("name: x\nstart: 2026-10-10\nend: 2026-10-01", "Line 1: The campaign ends on 1 Oct 2026"),
    "amount": ("name: x\noffer:\n  prices:\n  - amount: cheap", "Line 4, amount: 'cheap' does not fit"),
    "negative": ("name: x\noffer:\n  prices:\n  - amount: -1", "Line 4, amount: '-1' does not fit"),
    "currency": ("name: x\noffer:\n  prices:\n  - amount: 1\n    currency: Euro", "Line 5, currency: 'Euro'"),
    "no amount": ("name: x\noffer:\n  prices:\n  - label: Rad", "Line 4: amount is missing"),
    "no list": ("name: x\nhashtags: Rad", "Line 2, hashtags: here belongs a list"),
    "list for text": ("name: x\nowner: [a]", "Line 2, owner: a list or nothing does not fit"),
    "entry of a list": ("name: x\nhashtags:\n- [a]", "Line 3, hashtags: a list or nothing"),
    "no mapping": ("- name: x", "Line 1: here belong lines such as “key: value”"),
    "five messages": ("name: x\nsupporting messages: [a, b, c, d, e]", "Line 2, .*: 5 entries; 4 at most"),
    "language": ("name: x\nphrases:\n  fr: {}", "Line 3: Key 'fr' is unknown.*'de', 'en'"),
    "roles": ("name: x\nreviewers: [PR]", "Line 2, reviewers: here belong lines such as “author:”"),
    "plural": ("name: x\nphrases: {de: {offer: {nominative: a, plural: ja}}}", "write true or false"),
}


@pytest.mark.parametrize(("text", "said"), UNFIT.values(), ids=list(UNFIT))
def test_what_does_not_fit_is_named_with_line_and_key(text, said) -> None:
    with pytest.raises(InvalidRecordError, match=said):
        from_yaml(text)


def test_everything_that_does_not_fit_is_said_at_once_and_in_german() -> None:
    with pytest.raises(InvalidRecordError) as caught:
        from_yaml("goal: gold\ngaol: x\nstart: now\n", name="brief.yaml")
    lines = caught.value.text("de").splitlines()
    assert lines[0] == "brief.yaml ist so nicht verwendbar:"
    assert [line[:9] for line in lines[1:]] == ["  Zeile 1", "  Zeile 2", "  Zeile 3"]


def test_the_file_explains_itself_in_the_language_asked_for() -> None:
    brief = Campaign(name="A", hashtags=("#Rad",))
    assert "# Der eine Satz, den jeder Kanal sagt." in to_yaml(brief, language="de")
    assert "# The one sentence every channel says." in to_yaml(brief)
