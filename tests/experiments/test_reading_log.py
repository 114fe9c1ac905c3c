"""Sums noted from day to day: what came in each day, and what cannot be."""

from datetime import date, datetime, timedelta, timezone

import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError
from smmlib.experiments import Arm, CopyTest, Reading, counts_by_day

BERLIN = timezone(timedelta(hours=2))


def at(day, hour=18):
    return datetime(2026, 9, day, hour, tzinfo=BERLIN)


def reading(day, a, b, **more):
    return Reading(at=at(day), counts={"A": a, "B": b}, **more)


DAYS = (reading(7, (100, 3), (110, 5)), reading(8, (300, 9), (310, 12)), reading(9, (600, 20), (590, 21)))


def test_each_day_is_what_came_in_since_the_day_before():
    frame = counts_by_day("T", DAYS)
    assert frame["day"].tolist() == [date(2026, 9, d) for d in (7, 7, 8, 8, 9, 9)]
    assert frame["trials"].tolist() == [100, 110, 200, 200, 300, 280]
    assert frame["successes"].tolist() == [3, 5, 6, 7, 11, 9]
    assert frame["half"].tolist() == [1, 1, 1, 1, 2, 2]  # 210, 610 and 1190 of 1190; middles 105, 410, 900


def test_no_readings_make_an_empty_frame():
    assert counts_by_day("T", ()).empty


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (reading(6, (200, 5), (200, 5)), "in order of time"),
        (reading(9, (90, 3), (300, 9)), r"T, variant A.*less than 300/9 before"),
        (reading(9, (400, 3), (400, 13)), "T, variant A"),
        (Reading(at=at(9), counts={"A": (400, 10), "C": (400, 13)}), "keeps its name"),
        (reading(9, (400, 401), (400, 13)), r"T, variant A.*401 responses of 400 shown"),
        (reading(9, (400, 20), (400, -1)), "T, variant B"),
    ],
)
def test_what_cannot_be_is_refused_by_test_and_variant(later, words):
    with pytest.raises(InvalidRecordError, match=words):
        CopyTest(name="T", readings=(*DAYS[:2], later))


def test_a_second_note_of_a_day_takes_the_place_of_the_first():
    arms = (Arm(variant="A", trials=700, successes=22), Arm(variant="B", trials=690, successes=24))
    test = CopyTest(name="T", arms=arms, readings=DAYS).noted(at(9, 20))
    assert [r.at for r in test.readings] == [at(7), at(8), at(9, 20)]
    assert test.readings[-1].counts["A"] == (700, 22)


def test_a_count_that_is_missing_cannot_be_noted():
    arms = (Arm(variant="A", trials=700), Arm(variant="B", trials=690, successes=24))
    with pytest.raises(InvalidValueError, match="T: enter what was counted for A first"):
        CopyTest(name="T", arms=arms).noted(at(9))


def test_a_split_that_is_even_in_sum_and_broken_by_day_spoils_the_test():
    days = (
        reading(7, (1500, 30), (500, 12)),
        reading(8, (2000, 42), (2000, 44)),
        reading(9, (4000, 80), (4000, 90)),
    )
    arms = (Arm(variant="A", trials=4000, successes=80), Arm(variant="B", trials=4000, successes=90))
    test = CopyTest(name="T", arms=arms, readings=days)
    assert [caveat.kind for caveat in test.doubts() if caveat.spoils] == ["split"]
    result = test.compare()
    assert result.tests["srm_p_value"][0] == 1.0  # the totals are perfectly even
    assert result.tests["decision"].tolist() == ["invalid"]


def test_an_effect_that_turns_round_asks_for_care():
    days = (reading(7, (5000, 100), (5000, 200)), reading(8, (10000, 320), (10000, 300)))
    arms = (Arm(variant="A", trials=10000, successes=320), Arm(variant="B", trials=10000, successes=300))
    assert [c.kind for c in CopyTest(name="T", arms=arms, readings=days).doubts()] == ["novelty"]


def test_a_day_on_which_the_network_began_to_count_otherwise_is_named():
    from smmlib.metrics import load_metrics

    passport = next(m for m in load_metrics().values() if m.breaks and m.combine != "rate")
    each = passport.breaks[0]
    before = datetime.combine(each.on - timedelta(days=1), datetime.min.time(), BERLIN)
    readings = tuple(
        Reading(at=before + timedelta(days=2 * i), counts={"A": (100 * (i + 1), 3), "B": (100 * (i + 1), 4)})
        for i in range(2)
    )
    test = CopyTest(name="T", metric=passport.id, networks=(each.networks[0],), readings=readings)
    assert {caveat.kind for caveat in test.doubts()} == {"break"}
