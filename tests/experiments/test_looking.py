import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import AlwaysValid, Dispersion, Looks, compare, look_at
from smmlib.intervals import newcombe

NAMES = {name: name for name in ("test", "variant", "trials", "successes", "when")}
PLAN = Looks.even(4)


def history(*looks, test="Hook", each=2500, names="ABCD"):
    """Successes of the variants at each look, since the start."""
    return pd.DataFrame(
        [
            (test, names[arm], f"2026-05-{day:02d}", day * each, clicks)
            for day, counts in enumerate(looks, start=1)
            for arm, clicks in enumerate(counts)
        ],
        columns=["test", "variant", "when", "trials", "successes"],
    )


def looked(table, *, looks=PLAN, horizon=20_000, **options):
    return look_at(table, **NAMES, looks=looks, horizon=horizon, **options)


GOING = history((75, 90), (150, 185))
WON = history((75, 90), (150, 230), (220, 300))


def test_every_look_has_its_own_bound_and_repeated_interval():
    report = looked(GOING)
    b = report.looks[report.looks["variant"] == "B"].reset_index(drop=True)
    assert b["fraction"].tolist() == [0.25, 0.5]
    assert b["bound"].tolist() == pytest.approx(PLAN.bounds().z[:2])
    assert b["spent"].tolist() == pytest.approx(PLAN.bounds().spent[:2])
    assert b["when"].tolist() == ["2026-05-01", "2026-05-02"]
    pooled = 335 / 10_000
    z = 35 / 5000 / np.sqrt(pooled * (1 - pooled) * 2 / 5000)
    assert b["z"][1] == pytest.approx(z)
    a = report.looks[report.looks["variant"] == "A"]
    assert a["z"].tolist() == pytest.approx((-b["z"]).tolist())
    from scipy.special import ndtr

    low, high = newcombe(
        (np.array([185.0]), np.array([5000.0])),
        (np.array([150.0]), np.array([5000.0])),
        confidence=1 - 2 * float(ndtr(-b["bound"][1])),
    )
    assert (b["low"][1], b["high"][1]) == pytest.approx((low[0], high[0]))


def test_a_test_that_is_not_decided_goes_on_with_prospects():
    report = looked(GOING, lift=0.2)
    row = report.tests.iloc[0]
    assert (row["decision"], row["looks"], row["variant"]) == ("go on", 2, "B")
    assert row["winner"] is None
    assert 0 < row["null_power"] < row["predictive_power"] < 1
    assert row["planned_power"] > row["null_power"]
    assert "Not decided at look 2: go on. B led with z = 1.95 at 50% of the planned people" in report.text()
    assert "If the test goes on and the difference is as large as planned" in report.text()
    assert "weiterlaufen lassen" in report.text("de")


def test_the_first_bound_that_is_passed_decides():
    report = looked(WON)
    row = report.tests.iloc[0]
    assert (row["decision"], row["winner"], row["decided_at"], row["looks"]) == ("winner", "B", 2, 3)
    assert row["fraction"] == 0.5
    assert abs(row["z"]) > row["bound"]
    assert row["low"] > 0
    assert np.isnan(row["predictive_power"])
    assert report.text().startswith("B wins at look 2: the test may be stopped.")
    assert "reckon with the lower half of the interval" in report.text()
    assert report.to_frame()["decision"].eq("winner").all()


def test_at_the_end_there_is_no_decision_any_more():
    report = looked(history((75, 80), (150, 160), (225, 240), (300, 318)))
    assert report.tests["decision"][0] == "no decision"
    assert report.text().startswith("No decision: the planned people are reached")
    once = looked(history((300, 380), each=10_000), looks=Looks((1.0,)))
    assert once.tests["decision"][0] == "winner"
    plain = compare(history((300, 380), each=10_000), **{k: NAMES[k] for k in list(NAMES)[:4]})
    assert once.looks["p_adjusted"].tolist() == pytest.approx(plain.arms["p_adjusted"].tolist(), abs=1e-6)


def test_looks_fall_when_they_fall():
    table = pd.concat(
        [history((60, 70), each=2000), history((160, 175), each=5500).replace("-01", "-02", regex=True)]
    )
    report = looked(table)
    assert report.looks["fraction"].unique().tolist() == [0.2, 0.55]
    late = PLAN.at(0.55, (0.2,))
    assert report.looks["bound"].iloc[-1] == pytest.approx(late.bound(0.05))


def test_a_sequence_may_be_looked_at_beyond_the_horizon():
    looks = [(75 * k, 76 * k) for k in range(1, 13)]
    report = looked(history(*looks), looks=AlwaysValid(), horizon=20_000)
    assert report.looks["fraction"].max() == 3
    assert report.tests["decision"][0] == "go on"
    assert report.looks["spent"].isna().all()


def test_a_control_and_more_variants_share_the_error():
    three = history((75, 90, 76), (150, 190, 150))
    report = looked(three, control="A", horizon=30_000)
    assert report.looks.loc[report.looks["variant"] == "A", "z"].isna().all()
    assert report.looks["bound"].iloc[-1] == pytest.approx(PLAN.at(0.5).bound(0.025))
    assert report.tests["variant"][0] == "B"


def test_dispersion_makes_every_look_harder():
    plain, wide = looked(WON), looked(WON, dispersion=2.5)
    assert wide.looks["z"].abs().to_numpy() == pytest.approx(plain.looks["z"].abs() / np.sqrt(2.5))
    assert wide.tests["decision"][0] == "go on"


def test_a_dispersion_that_was_estimated_counts_with_its_uncertainty():
    estimate = Dispersion(1.8, 1.8, 1.2, 2.4, groups=20, arms=40, degrees=15.0)
    known, guessed = looked(WON, dispersion=1.8), looked(WON, dispersion=estimate)
    assert guessed.dispersion == 1.8
    assert (guessed.looks["z"].abs() < known.looks["z"].abs()).all()


def test_a_broken_split_wins_nothing():
    table = WON.copy()
    table.loc[table["variant"] == "B", "trials"] += 600
    report = looked(table)
    assert report.tests["decision"][0] == "invalid"
    assert report.text().startswith("Not usable. The variants were not shown in the planned shares")
    assert looked(table, design="platform").tests["decision"][0] != "invalid"


def broken(column, row, value):
    table = GOING.astype({"trials": object, "successes": object})
    table.loc[row, column] = value
    return table


BAD = {
    "falling": (broken("successes", 2, 10), {}, r"Test Hook, variant A, row 3: The counts are lower"),
    "out of order": (
        GOING.assign(when=GOING["when"].replace("2026-05-01", "2026-05-03")),
        {},
        r"variant A, row 1: The counts are lower .* order of time",
    ),
    "no time": (broken("when", 1, None), {}, r"variant B, row 2: The time of the look is missing"),
    "renamed": (broken("variant", 3, "B2"), {}, r"variant B, row 2: The variant is not there at every look"),
    "twice": (broken("variant", 3, "A"), {}, r"variant A, row 3: The variant appears more than once"),
    "too many clicks": (broken("successes", 3, 9999), {}, r"variant B, row 4: There are more successes"),
    "fractional": (broken("trials", 0, 2500.5), {}, r"variant A, row 1: Counts must be whole"),
    "beyond": (GOING, {"horizon": 9000}, r"variant A, row 3: The look lies beyond the planned end"),
    "more than planned": (GOING, {"looks": Looks((1.0,))}, r"variant A, row 3: There are more looks"),
    "standing still": (GOING.assign(trials=2500), {}, r"row 3: Nobody was added"),
    "without horizon": (GOING, {"horizon": {"Other": 5}}, r"row 1: It is not said how many people"),
    "one arm": (GOING[GOING["variant"] == "A"], {}, r"row 1: The test has only one arm"),
    "no name": (GOING.assign(test=None), {}, r"row 1: The test has no name"),
}


@pytest.mark.parametrize(("table", "options", "match"), BAD.values(), ids=list(BAD))
def test_a_history_that_cannot_be_followed_is_refused_by_test_and_variant(table, options, match):
    with pytest.raises(InvalidValueError, match=match):
        looked(table, **options)


@pytest.mark.parametrize(
    ("table", "options"), [(t, o) for t, o, _ in BAD.values() if not o and "Hook" in set(t["test"])]
)
def test_the_other_tests_are_judged_all_the_same(table, options):
    report = looked(pd.concat([table, WON.assign(test="Length")], ignore_index=True))
    assert report.tests["test"].tolist() == ["Hook", "Length"]
    assert report.tests["decision"].tolist() == ["invalid", "winner"]
    assert set(report.problems["test"]) == {"Hook"}
    assert report.text().startswith("Not usable.")
    assert report.text("de", test="Length").startswith("B ist Sieger")
    assert set(report.looks["test"]) == {"Length"}


def test_other_mistakes_are_said():
    with pytest.raises(MissingColumnError, match="day"):
        look_at(GOING, **(NAMES | {"when": "day"}), looks=PLAN, horizon=1)
    with pytest.raises(MissingColumnError, match="clicks"):
        look_at(GOING, **(NAMES | {"successes": "clicks"}), looks=PLAN, horizon=1)
    with pytest.raises(UnknownNameError, match="Design 'history' is unknown"):
        looked(GOING, design="history")
    with pytest.raises(UnknownNameError, match="Variant 'Z' is unknown"):
        looked(GOING, control="Z")
    with pytest.raises(InvalidValueError, match=r"The horizon is 0"):
        looked(GOING, horizon=0)
    with pytest.raises(InvalidValueError, match=r"mixes kinds of values"):
        looked(GOING.assign(when=["2026-05-01", "2026-05-01", 2, 2]))
    with pytest.raises(InvalidValueError, match=r"The table has no rows"):
        looked(GOING[:0])
    with pytest.raises(UnknownNameError, match="Test 'X' is unknown"):
        looked(GOING).text(test="X")


def test_a_billion_impressions_and_no_clicks_at_all_are_looked_at():
    none = looked(history((0, 0), (0, 0)), lift=0.1)
    assert none.tests["decision"][0] == "go on"
    assert none.tests["z"][0] == 0
    every = looked(history((2500, 2500)), lift=0.1)
    assert every.tests["decision"][0] == "go on"
    huge = looked(history((10**7, 10**7 + 30_000), each=10**9), horizon=4 * 10**9)
    assert huge.tests["decision"][0] == "winner"


@pytest.mark.slow
@pytest.mark.parametrize("plan", [Looks.even(10), Looks.even(10, "pocock"), AlwaysValid()])
def test_ten_looks_at_equals_name_a_winner_in_five_per_cent_at_most(plan):
    draw = np.random.default_rng(4)
    tests, each = 3000, 1000
    clicks = np.cumsum(draw.binomial(each, 0.03, size=(10, 2 * tests)), axis=0)
    table = pd.DataFrame(
        {
            "test": np.tile(np.repeat(np.arange(tests), 2), 10),
            "variant": np.tile(["A", "B"], 10 * tests),
            "when": np.repeat(np.arange(10), 2 * tests),
            "trials": np.repeat(each * np.arange(1, 11), 2 * tests),
            "successes": clicks.ravel(),
        }
    )
    report = looked(table, looks=plan, horizon=20_000, design="platform")
    share = (report.tests["decision"] == "winner").mean()
    assert share <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / tests)
    assert share > (0.002 if isinstance(plan, AlwaysValid) else 0.035)
