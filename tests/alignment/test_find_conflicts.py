"""All planted conflicts are found, none is invented."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from smmlib import Campaign
from smmlib.alignment import RULES, AlignmentRules, Conflicts, Surroundings, find_conflicts, protected_slots
from smmlib.experiments import Assignment
from smmlib.experiments.assignment import AssignedSlot
from smmlib.message_house import Offer, Price
from smmlib.planning.calendar import CalendarEntry, Period
from tests.alignment.made_up import BERLIN, NOW, clean_plan, with_mistakes

SEEDS = range(20)


def told(found: Conflicts) -> set[tuple[str, tuple[str, ...]]]:
    return {(conflict.rule, conflict.entries) for conflict in found}


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_invented_in_a_clean_plan_of_300_entries(seed: int) -> None:
    plan = clean_plan(seed)
    assert len(plan.entries) == 300
    assert [conflict.text() for conflict in find_conflicts(plan.entries, plan.around)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_all_planted_conflicts_are_found_and_nothing_else(seed: int) -> None:
    plan, expected = with_mistakes(clean_plan(seed), seed)
    shuffled = list(plan.entries)
    random.Random(seed).shuffle(shuffled)
    found = find_conflicts(shuffled, plan.around)
    assert told(found) == expected
    assert len(found) == len(expected)
    assert {rule for rule, _ in expected} == set(RULES)


def test_each_conflict_says_why_in_both_languages() -> None:
    plan, _ = with_mistakes(clean_plan(1), 1)
    found = find_conflicts(plan.entries, plan.around)
    frame = found.to_frame("de")
    assert len(frame) == len(found)
    assert (frame["text"] != found.to_frame("en")["text"]).all()
    severities = [conflict.severity for conflict in found]
    assert severities == sorted(severities)  # error before warning
    price = next(conflict for conflict in found if conflict.rule == "price")
    assert "1.399 €" in price.text("de")
    assert "1.499,00 EUR" in price.text("de")
    assert found.of(price.entries[0]) == (price,)
    assert found.marked[price.entries[0]] == "warning"
    assert found.of("nobody") == ()


def post(when: datetime, **fields: Any) -> CalendarEntry:
    return CalendarEntry(start=when, **{"kind": "post", "title": "p", "account": "x", **fields})


def rules_of(*entries: CalendarEntry, **around: Any) -> list[str]:
    return [conflict.rule for conflict in find_conflicts(entries, Surroundings(**{"now": NOW, **around}))]


def test_an_embargo_ends_to_the_minute() -> None:
    ends = datetime(2026, 3, 29, 3, 0, tzinfo=BERLIN)  # the first moment after the hour that does not exist
    campaigns = {"c": Campaign(id="c", name="C", embargo=ends)}
    at = [
        post(moment, campaign="c", id=str(i)) for i, moment in enumerate((ends - timedelta(minutes=1), ends))
    ]
    (conflict,) = find_conflicts(at, Surroundings(NOW, campaigns=campaigns))
    assert conflict.entries == ("0",)
    release = CalendarEntry(
        kind="press release", title="r", start=ends - timedelta(days=1), campaign="c", public=False
    )
    assert rules_of(release, campaigns=campaigns) == []
    assert rules_of(release.replace(public=True), campaigns=campaigns) == ["embargo"]


def test_an_embargo_period_is_about_what_it_names() -> None:
    period = Period(
        kind="embargo",
        name="Zahlen",
        start=NOW,
        end=NOW + timedelta(days=2),
        campaigns=("c",),
        kinds=("post",),
    )
    when = NOW + timedelta(days=1)
    assert rules_of(post(when, campaign="c"), periods=(period,)) == ["embargo"]
    assert rules_of(post(when, campaign="d"), periods=(period,)) == []
    assert rules_of(post(when, campaign="c", kind="event"), periods=(period,)) == []
    assert rules_of(post(NOW + timedelta(days=2), campaign="c"), periods=(period,)) == []


def test_an_ad_that_runs_into_a_blackout_is_in_it() -> None:
    dark = Period(name="Wahl", start=NOW + timedelta(days=3), end=NOW + timedelta(days=4))
    ad = CalendarEntry(kind="ad", title="a", start=NOW + timedelta(days=1), end=NOW + timedelta(days=3))
    assert rules_of(ad, periods=(dark,)) == []
    assert rules_of(ad.replace(end=NOW + timedelta(days=3, minutes=1)), periods=(dark,)) == ["blackout"]


def test_what_has_appeared_or_is_over_is_not_judged() -> None:
    dark = Period(name="Wahl", start=NOW - timedelta(days=3), end=NOW + timedelta(days=4))
    assert rules_of(post(NOW + timedelta(days=1), done=True), periods=(dark,)) == []
    assert rules_of(post(NOW - timedelta(days=1)), periods=(dark,)) == []
    assert rules_of(post(NOW), periods=(dark,)) == ["blackout"]


def drawn(**fields: Any) -> Assignment:
    start = datetime(2026, 3, 10, 9, 0, tzinfo=BERLIN)
    slots = [
        AssignedSlot(block=1, account="x", start=start + timedelta(days=i), variant="AB"[i]) for i in range(2)
    ]
    return Assignment.drawn(
        slots, id="t", name="Aufmacher", seed=1, variants=("A", "B"), created_at=NOW, **fields
    )


def test_a_slot_of_a_running_test_is_kept_free_but_for_the_test() -> None:
    slots = protected_slots([drawn(washout_hours=2)], NOW)
    at = datetime(2026, 3, 10, 9, 0, tzinfo=BERLIN)
    minutes = (-121, -120, 0, 119, 120)
    others = [post(at + timedelta(minutes=m), id=str(m), draft="d") for m in minutes]
    found = find_conflicts(others, Surroundings(NOW, slots=slots))
    assert {conflict.entries[0] for conflict in found} == {"-120", "0", "119"}
    assert rules_of(post(at, draft="t-1-1"), slots=slots) == []
    assert rules_of(post(at, account="li"), slots=slots) == []
    assert rules_of(post(at + timedelta(minutes=59)), slots=protected_slots([drawn()], NOW)) == ["test_slot"]
    assert rules_of(post(at + timedelta(minutes=60)), slots=protected_slots([drawn()], NOW)) == []
    assert protected_slots([drawn()], NOW + timedelta(days=30)) == ()


def test_the_cap_counts_what_has_appeared_and_slides() -> None:
    around = {"rules": AlignmentRules(cap_most=2, cap_days=7)}
    at = [NOW + timedelta(days=d) for d in (-6, -1, 0, 7)]
    entries = [
        post(when, id=str(i), audience=" die  Eltern" if i else "Die Eltern") for i, when in enumerate(at)
    ]
    found = find_conflicts(entries, Surroundings(NOW, **around))
    assert told(found) == {("frequency", ("0", "1", "2"))}
    assert "“Die Eltern” is reached 3 times" in found.found[0].text()
    assert rules_of(*entries, rules=AlignmentRules(cap_most=0)) == []
    assert rules_of(*entries, rules=AlignmentRules(cap_most=2, off=("frequency",))) == []
    week = [post(NOW + timedelta(days=d), audience="Eltern") for d in (1, 4, 8)]
    assert rules_of(*week, **around) == []  # the third is seven days after the first
    earlier = week[2].replace(start=NOW + timedelta(days=8, minutes=-1))
    assert rules_of(*week[:2], earlier, **around) == ["frequency"]
    house = {"c": Campaign(id="c", name="C", audience="Die Eltern")}
    mixed = [*entries[:2], entries[2].replace(audience="", campaign="c")]
    assert rules_of(*mixed, campaigns=house, **around) == ["frequency"]


def test_an_account_that_fell_silent_is_named_once() -> None:
    posts = [post(NOW - timedelta(days=d), done=True) for d in (60, 15)]
    (conflict,) = find_conflicts(posts, Surroundings(NOW, accounts={"x": "X · @rad"}))
    assert (conflict.rule, conflict.entries) == ("silence", ())
    assert conflict.text().startswith("X · @rad: nothing since 15 Feb 2026")
    assert rules_of(*posts, post(NOW + timedelta(minutes=1))) == ["silence"]
    assert rules_of(posts[1].replace(start=NOW - timedelta(days=14))) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_texts_of_one_campaign_are_held_against_one_message_house(language: Any) -> None:
    house = {"c": Campaign(id="c", name="C", offer=Offer(prices=(Price(amount="49"),)))}
    when = NOW + timedelta(days=1)
    texts = {"de": ("Für 49 €.", "Für 59 €."), "en": ("Only €49.", "Only €59.")}[language]
    made = [
        post(when, id=str(i), text=text, campaign="c", language=language, kind=kind)
        for i, (text, kind) in enumerate(
            zip(texts * 2, ("post", "press release", "ad", "insertion"), strict=True)
        )
    ]
    found = find_conflicts(made, Surroundings(NOW, campaigns=house))
    assert told(found) == {("price", ("1",)), ("price", ("3",))}


def test_the_rules_are_checked() -> None:
    with pytest.raises(ValueError, match="cap_days"):
        AlignmentRules(cap_days=0)


def test_now_may_be_on_any_clock() -> None:
    there = replace(Surroundings(NOW), now=NOW.astimezone(BERLIN))
    assert list(find_conflicts([post(NOW)], there)) == list(find_conflicts([post(NOW)], Surroundings(NOW)))
    assert NOW.tzinfo is UTC
