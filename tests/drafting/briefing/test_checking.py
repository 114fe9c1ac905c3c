"""What a brief is asked: contradictions, gaps, and what will hurt later."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from smmlib.campaign import Campaign
from smmlib.drafting.briefing import check_briefing
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

TODAY = date(2026, 10, 1)
BERLIN = ZoneInfo("Europe/Berlin")
HELMET = NounPhrase(nominative="der neue Helm", accusative="den neuen Helm", dative="dem neuen Helm")
GOOD = Campaign(
    name="Herbst",
    goal="sales",
    audience="Familien",
    age_from=25,
    age_to=45,
    start=date(2026, 10, 5),
    end=date(2026, 11, 8),
    embargo=datetime(2026, 10, 5, 0, 0, tzinfo=BERLIN),
    link="https://example.com/herbst",
    core_message="Es rollt auch bei Regen.",
    supporting=(SupportingMessage(text="Das Verdeck hält dicht.", proof="Drei Stunden.", source="Test"),),
    offer=Offer(
        name="Helm",
        prices=(Price(label="Helm", amount="49.90"),),
        dates=(KeyDate(label="Probefahrt", day=date(2026, 10, 9)),),
        percentages=(Percentage(label="Rabatt", value="10"),),
    ),
    wording={"de": Wording(offer=HELMET, benefit=HELMET, problem=HELMET, audience=HELMET)},
    hashtags=("#Rad", "#Grüße2026"),
    words_to_use=("Probefahrt",),
    words_to_avoid=("günstig",),
    claims=(
        Claim(
            text="der leichteste Helm",
            cleared_by="Legal",
            cleared_on=TODAY,
            valid_until=date(2026, 12, 31),
            source="Test",
        ),
    ),
    owner="Ada",
    reviewers={"PR": ()},
)


def said(campaign, field=""):
    found = check_briefing(campaign, today=TODAY)
    return [(f.severity, f.text()) for f in found if field in ("", f.rule)]


def phrase(**cases):
    return {"wording": {"de": Wording(offer=NounPhrase(**cases), benefit=HELMET, problem=HELMET,
                                      audience=HELMET)}}  # fmt: skip


def claim(**changes):
    return {"claims": (GOOD.claims[0].replace(**changes),)}


def test_a_full_brief_is_left_alone() -> None:
    assert said(GOOD) == []


CASES = {
    "no period": ({"start": None, "end": None}, "start", "notice", "no period"),
    "over": (
        {"start": None, "end": date(2026, 9, 1), "embargo": None, "offer": Offer()},
        "end",
        "warning",
        "ended on 1 Sept 2026",
    ),
    "embargo past the end": (
        {"embargo": datetime(2026, 11, 9, tzinfo=BERLIN)},
        "embargo",
        "error",
        "nothing could ever appear",
    ),
    "embargo past the start": (
        {"embargo": datetime(2026, 10, 6, 9, tzinfo=BERLIN)},
        "embargo",
        "notice",
        "nothing may appear before 6 Oct 2026, 09:00",
    ),
    "offer before": (
        {"offer": Offer(name="a", dates=(KeyDate(label="Aktion", day=date(2026, 9, 1)),))},
        "offer",
        "warning",
        "Aktion is over on 1 Sept 2026, before",
    ),
    "offer after": (
        {"offer": Offer(name="a", dates=(KeyDate(label="Aktion", day=date(2026, 12, 1)),))},
        "offer",
        "warning",
        "Aktion is on 1 Dec 2026, after",
    ),
    "not cleared": (claim(cleared_by=""), "claims", "warning", "is not cleared"),
    "cleared tomorrow": (claim(cleared_on=date(2026, 10, 2)), "claims", "error", "yet to come"),
    "ran out": (
        claim(cleared_on=None, valid_until=date(2026, 9, 30)),
        "claims",
        "warning",
        "valid until 30 Sept 2026. Have it cleared again",
    ),
    "runs out": (claim(valid_until=date(2026, 11, 1)), "claims", "notice", "runs until 8 Nov 2026"),
    "valid before cleared": (
        claim(valid_until=date(2026, 9, 1)),
        "claims",
        "error",
        "before it was cleared on 1 Oct 2026",
    ),
    "claim without source": (claim(source=""), "claims", "notice", "has no source"),
    "no core message": ({"core_message": " "}, "core_message", "warning", "core message is missing"),
    "no phrases": ({"wording": {}}, "wording", "warning", "no phrases yet"),
    "a phrase missing": (
        {"wording": {"de": GOOD.wording["de"].replace(problem=None)}},
        "wording",
        "notice",
        "missing in German: Problem",
    ),
    "no accusative": (
        phrase(nominative="der Helm", dative="dem Helm"),
        "wording",
        "warning",
        "has no accusative",
    ),
    "no dative": (phrase(nominative="die Tasche"), "wording", "warning", "has no dative"),
    "no link": ({"link": ""}, "link", "warning", "no landing page"),
    "no link, awareness": ({"link": "", "goal": "awareness"}, "link", "notice", "no landing page"),
    "link without scheme": ({"link": "example.com/x"}, "link", "error", "https://example.com/x"),
    "link with password": ({"link": "https://ada:pw@example.com"}, "link", "error", "user name or password"),
    "no #": ({"hashtags": ("Rad",)}, "hashtags", "warning", "Did you mean #Rad?"),
    "two words": ({"hashtags": ("#Rad fahren",)}, "hashtags", "warning", "Did you mean #Radfahren?"),
    "number only": ({"hashtags": ("#2026",)}, "hashtags", "warning", "no letter"),
    "hashtag twice": ({"hashtags": ("#Rad", "#rad")}, "hashtags", "notice", "there twice"),
    "use and avoid": (
        {"words_to_use": ("Günstig ",)},
        "words_to_avoid",
        "error",
        "to be used and to be avoided",
    ),
    "avoided in the core": (
        {"core_message": "Es rollt günstig."},
        "core_message",
        "warning",
        "has the word “günstig”",
    ),
    "ages": ({"age_from": 50}, "age_from", "error", "from 50 to 45 years old"),
    "no audience": ({"audience": ""}, "audience", "notice", "not described"),
    "price": ({"offer": Offer(name="a", prices=(Price(amount="5"),))}, "offer", "warning", "no label"),
    "day": ({"offer": Offer(dates=(KeyDate(day=date(2026, 10, 9)),))}, "offer", "warning", "has no label"),
    "percentage": (
        {"offer": Offer(name="a", percentages=(Percentage(value="20"),))},
        "offer",
        "warning",
        "has no label",
    ),
    "percentage too high": (
        {"offer": Offer(name="a", percentages=(Percentage(label="Rabatt", value="120"),))},
        "offer",
        "notice",
        "Rabatt is 120%",
    ),
    "figures without a name": (
        {"offer": GOOD.offer.replace(name="")},
        "offer",
        "notice",
        "figures but no name",
    ),
    "no proof": ({"supporting": (SupportingMessage(text="A."),)}, "supporting", "notice", "has no proof"),
    "no source": (
        {"supporting": (SupportingMessage(text="A.", proof="B."),)},
        "supporting",
        "notice",
        "has no source",
    ),
    "no owner": ({"owner": ""}, "owner", "notice", "Enter an owner"),
    "no reviewers": ({"reviewers": {}}, "reviewers", "notice", "one approval by anyone"),
}


@pytest.mark.parametrize(("changes", "field", "severity", "text"), CASES.values(), ids=list(CASES))
def test_one_thing_wrong_is_one_finding_at_its_field(changes, field, severity, text) -> None:
    found = said(GOOD.replace(**changes))
    assert len(found) == 1, found
    assert text in found[0][1]
    assert said(GOOD.replace(**changes), field) == found
    assert found[0][0] == severity


@pytest.mark.parametrize(
    "cases",
    [
        {"nominative": "ein neues Rad", "dative": "einem neuen Rad"},
        {"nominative": "die Räder", "dative": "den Rädern", "plural": True},
        {"nominative": "Lastenräder", "plural": True},
        {"nominative": "wer Rad fährt"},
    ],
)
def test_what_does_not_change_with_the_case_is_not_asked_for(cases) -> None:
    assert said(GOOD.replace(**phrase(**cases))) == []


def test_english_phrases_need_no_cases() -> None:
    english = NounPhrase(nominative="the new helmet")
    wording = {"en": Wording(offer=english, benefit=english, problem=english, audience=english)}
    assert said(GOOD.replace(wording=wording)) == []


def test_the_worst_comes_first_and_in_german() -> None:
    found = check_briefing(Campaign(name="A", age_from=9, age_to=8, goal="leads"), today=TODAY)
    order = [f.severity for f in found]
    assert order == sorted(order, key=["error", "warning", "notice"].index)
    assert (
        found[0].text("de") == "Die Zielgruppe ist von 9 bis 8 Jahre alt; bitte die beiden Zahlen tauschen."
    )
