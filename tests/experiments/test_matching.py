"""Slots in blocks, their draw, and what may be found out about it later."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from smmlib.draft import Draft, Variant, Version
from smmlib.errors import InvalidRecordError, InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import Assignment, match_slots, review_history
from smmlib.experiments.assignment import draw_order

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def weeks(count, hours=("09:00", "18:00"), account="acme"):
    days = pd.date_range("2026-09-07", periods=count, freq="7D")
    starts = [day + pd.Timedelta(f"{hour}:00") for day, hour in itertools.product(days, hours)]
    return pd.DataFrame({"start": starts, "account": account, "format": "post"})


def planned(slots=None, **options):
    return match_slots(
        weeks(9) if slots is None else slots, **{"start": "start", "seed": 1, "at": NOW, **options}
    )


def test_blocks_share_account_weekday_and_hour_and_hold_each_variant_once():
    slots = pd.concat([weeks(9), weeks(8, account="beta")], ignore_index=True)
    plan = planned(slots, account="account", match=["format"])
    frame = plan.to_frame()
    assert plan.blocks == 16
    grouped = frame.groupby("block")
    assert (grouped[["account", "group", "weekday", "hour"]].nunique() == 1).all(axis=None)
    assert (grouped["variant"].agg(sorted).map(tuple) == ("A", "B")).all()
    assert list(plan.left_over["reason"]) == ["no other slot of the same kind"] * 2
    assert plan.smallest_p == 2 / 2**16


def test_neighbours_in_time_make_a_block():
    frame = planned(weeks(12, hours=("09:00",))).to_frame()
    gap = frame.groupby("block")["start"].agg(lambda starts: starts.max().date() - starts.min().date())
    assert (gap == timedelta(days=7)).all()


def test_three_variants_make_blocks_of_three():
    plan = planned(weeks(21, hours=("09:00",)), variants=("A", "B", "C"))
    assert plan.blocks == 7
    assert (plan.to_frame().groupby("block")["variant"].agg(sorted).map("".join) == "ABC").all()


def test_too_few_blocks_are_refused_before_anything_is_posted():
    # With b pairs the smallest two-sided p is 2 / 2^b: six pairs for p < .05.
    match = (
        r"4 blocks .* no p value below 0.1250; 6 blocks are needed for 0.05 with 2 variants.*the post is the"
    )
    with pytest.raises(InvalidValueError, match=match):
        planned(weeks(4))
    assert planned(weeks(6)).blocks == 6
    with pytest.raises(InvalidValueError, match=r"7 blocks are needed for 0.05 with 3 variants"):
        planned(weeks(18, hours=("09:00",)), variants=("A", "B", "C"))


def test_the_washout_leaves_out_what_comes_too_soon_for_the_account():
    slots = weeks(12, hours=("09:00", "10:00"))
    plan = planned(slots, account="account", washout_hours=2)
    assert set(plan.to_frame()["hour"]) == {9}
    assert (plan.left_over["reason"] == "too soon after the slot before it").all()
    two = slots.assign(account=["acme", "beta"] * 12)
    assert planned(two, account="account", washout_hours=2).blocks == 12


def test_starts_are_local_and_keep_their_hour_over_the_change_of_clocks():
    plan = planned(weeks(12, hours=("09:00",)))  # September to November
    offsets = {start.utcoffset() for start in plan.to_frame()["start"]}
    assert offsets == {timedelta(hours=1), timedelta(hours=2)}
    aware = weeks(12, hours=("07:00",)).assign(start=lambda t: t["start"].dt.tz_localize("UTC"))
    assert set(planned(aware.head(6), alpha=0.5).to_frame()["hour"]) == {9}


def test_the_seed_decides_and_every_order_is_as_likely():
    one, same, other = planned(), planned(), planned(seed=2)
    assert one.assignment.slots == same.assignment.slots
    assert one.assignment.slots != other.assignment.slots
    orders = Counter(draw_order(seed, 1, "ABC") for seed in range(6_000))
    assert len(orders) == 6
    chi = sum((count - 1_000) ** 2 / 1_000 for count in orders.values())
    assert chi < 20.5  # χ² with 5 degrees of freedom, 0.1 %


def test_the_draw_can_be_repeated_without_this_program():
    # printf 1/1/A | sha256sum: 8…; the variant with the smaller digest comes first.
    import hashlib

    digests = {name: hashlib.sha256(f"1/1/{name}".encode()).hexdigest() for name in "AB"}
    assert draw_order(1, 1, ("A", "B")) == tuple(sorted("AB", key=digests.get))


def test_input_that_cannot_be_matched_is_said():
    with pytest.raises(MissingColumnError, match=r"match_slots: missing column.*'begin'"):
        planned(start="begin")
    with pytest.raises(InvalidValueError, match=r"The variants are A, A; give two or more different"):
        planned(variants=("A", "A"))
    with pytest.raises(InvalidValueError, match=r"'soon' is no time"):
        planned(pd.DataFrame({"start": ["soon"]}))
    with pytest.raises(InvalidRecordError, match=r"has no time zone"):
        planned(at=datetime(2026, 9, 1))


def test_one_time_given_twice_is_one_slot_and_a_missing_account_is_left_over():
    assert planned(pd.concat([weeks(9), weeks(9)], ignore_index=True)).blocks == planned().blocks
    unnamed = weeks(16, hours=("09:00",)).assign(account=[None, None, *["acme"] * 14])
    plan = planned(unnamed, account="account")
    assert plan.blocks == 7
    assert list(plan.left_over["reason"]) == ["a value it is matched by is missing"] * 2
    assert "2 slots were left over." in plan.text("en")


def test_a_draw_comes_before_the_first_slot():
    with pytest.raises(InvalidValueError, match=r"first slot begins at .*, before the draw at"):
        planned(at=datetime(2026, 9, 8, tzinfo=UTC))


@pytest.mark.parametrize("hours", [-1, math.nan, math.inf])
def test_a_washout_below_nothing_is_refused(hours):
    with pytest.raises(InvalidValueError, match=r"washout_hours is .*; give 0 or more hours"):
        planned(washout_hours=hours)


def test_the_plan_says_what_it_can_show():
    assert "9 blocks of 2 like slots or periods, drawn with seed 1" in planned(weeks(18, ("09:00",))).text(
        "en"
    )
    assert "ausgelost mit Startwert 1" in planned().text("de")


def test_an_assignment_as_drawn_is_sound_also_after_storing():
    assignment = planned(account="account").assignment
    assert assignment.verify() == ()
    assert Assignment.from_json(assignment.model_dump_json()).verify() == ()


def test_every_later_change_shows():
    assignment = planned().assignment
    first, *rest = assignment.slots
    other = first.replace(variant="B" if first.variant == "A" else "A")
    problems = [p.text("en") for p in assignment.replace(slots=(other, *rest)).verify()]
    assert "its fingerprint does not match" in problems[0]
    assert problems[1].startswith("Block 1: seed 1 gives")
    for change in (
        {"slots": (first.replace(start=first.start + timedelta(hours=1)), *rest)},
        {"created_at": NOW - timedelta(days=30)},
        {"washout_hours": 5.0},
        {"seed": 2},
    ):
        assert assignment.replace(**change).verify() != ()
    forged = assignment.replace(slots=(other, *rest))
    forged = forged.replace(fingerprint=forged.reckon_fingerprint())
    assert len(forged.verify()) == 1  # the seed still tells


@dataclass(frozen=True)
class Kept:
    at: datetime
    author: str
    record: Assignment | None


def test_the_history_tells_of_late_storing_and_of_changes():
    assignment = planned().assignment
    sound = Kept(NOW, "ada", assignment)
    assert review_history([sound]) == ()
    late = Kept(datetime(2026, 9, 8, tzinfo=UTC), "ada", assignment)
    assert "after the test had begun" in review_history([late])[0].text("en")
    assert "after the test had begun" in review_history([sound], first_result=NOW - timedelta(1))[0].text(
        "en"
    )
    first, *rest = assignment.slots
    changed = assignment.replace(slots=(first.replace(variant="B" if first.variant == "A" else "A"), *rest))
    told = [p.text("en") for p in review_history([sound, Kept(NOW, "bo", changed)])]
    assert "by 'bo'; slots that differ: 1." in told[0]
    assert len(told) == 3
    assert "removed" in review_history([sound, Kept(NOW, "bo", None)])[0].text("en")
    assert "no stored assignment" in review_history([])[0].text("en")


def test_planned_times_and_drafts_carry_the_draw():
    assignment = planned(weeks(7, hours=("09:00",)), account="account", alpha=0.3, name="Hook").assignment
    times = assignment.planned_times()
    assert [when for _, _, when in times] == sorted(when for _, _, when in times)
    assert {account for _, account, _ in times} == {"acme"}
    draft = Draft(
        title="Spring",
        text="both",
        labels={"pillar": "How-to"},
        versions=(Version(account="acme", format="image", text="own"),),
        variants=(Variant(name="A", text="Ask?"), Variant(name="B", text="Tell.")),
    )
    drafts = assignment.drafts(draft)
    assert len(drafts) == 6
    for slot, made in zip(assignment.slots, drafts, strict=True):
        (version,) = made.versions
        assert (version.planned_at, version.account, version.format) == (slot.start, "acme", "image")
        assert made.text_for("acme") == {"A": "Ask?", "B": "Tell."}[slot.variant]
        wanted = {"pillar": "How-to", "test": "Hook", "variant": slot.variant, "block": str(slot.block)}
        assert made.labels == wanted
    assert len({made.id for made in drafts}) == 6
    assert [d.id for d in assignment.drafts(draft)] == [d.id for d in drafts]
    with pytest.raises(UnknownNameError, match=r"Variant 'B' is unknown"):
        assignment.drafts(draft.replace(variants=draft.variants[:1]))
    with pytest.raises(InvalidValueError, match=r"name an account"):
        planned().assignment.drafts(draft)


def test_half_of_all_first_slots_get_each_variant():
    firsts = [planned(weeks(12, ("09:00",)), seed=seed).assignment.slots[::2] for seed in range(60)]
    share = sum(slot.variant == "A" for slots in firsts for slot in slots) / 360
    assert share == pytest.approx(0.5, abs=4 * math.sqrt(0.25 / 360))
