import numpy as np
import pytest

from smmlib.errors import InvalidValueError
from smmlib.experiments import peeking
from smmlib.experiments.peeks import WAYS


def test_the_same_seed_gives_the_same_runs_and_shares_never_fall():
    one, again, other = (peeking(runs=200, seed=seed) for seed in (7, 7, 8))
    assert one.shares.equals(again.shares)
    assert not one.shares.equals(other.shares)
    shares = one.to_frame()[list(WAYS)].to_numpy()
    assert (np.diff(shares, axis=0) >= 0).all()
    assert one.shares["fraction"].tolist() == pytest.approx(np.arange(1, 11) / 10)


def test_peeking_is_punished_and_bounds_are_not():
    last = peeking(runs=2000, looks=10).shares.iloc[-1]
    assert 0.15 < last["z"] < 0.24
    assert 0.29 < last["p_best"] < 0.38
    for way in ("obrien-fleming", "pocock"):
        assert last[way] < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)
    assert last["sequence"] < 0.02


def test_one_look_costs_nothing():
    shares = peeking(runs=1000, looks=1, lift=0.3, trials=12_000).shares
    assert shares["obrien-fleming"][0] == shares["z"][0] == shares["pocock"][0] > shares["sequence"][0]


def test_with_a_lift_only_the_better_variant_counts():
    up, down = (peeking(runs=500, looks=4, lift=lift).shares.iloc[-1] for lift in (0.6, -0.6))
    assert min(up["z"], down["z"]) > 0.9
    none = peeking(runs=500, looks=4, lift=1e-9).shares.iloc[-1]
    assert none["z"] < 0.12  # half of the false ones


def test_it_is_said_in_both_languages():
    found = peeking(runs=200)
    assert (
        "yet a winner was named after 10 looks in so many of 200 tests: p value at every look:"
        in found.text()
    )
    assert "Promised were 5%" in found.text()
    assert "nach 10 Zwischenauswertungen" in found.text("de")
    assert "The better variant (30% more)" in peeking(runs=200, lift=0.3).text()


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"looks": 0}, "looks is 0"),
        ({"runs": 10}, "10 runs with 10000 people"),
        ({"runs": 500.5}, "500.5 runs"),
        ({"trials": 50}, "at least 10 people for each of the 10 looks"),
        ({"rate": 0}, "The rates are 0"),
        ({"rate": 0.6, "lift": 1.0}, "The rates are 0.6 and 1.2"),
        ({"dispersion": 0.5}, "The dispersion is 0.5"),
        ({"confidence": 95}, "The confidence is 95"),
    ],
)
def test_values_out_of_range_are_refused(values, match):
    with pytest.raises(InvalidValueError, match=match):
        peeking(**values)


@pytest.mark.slow
@pytest.mark.parametrize("dispersion", [1.0, 1.8])
def test_ten_looks_at_equals_in_many_runs(dispersion):
    last = peeking(runs=10_000, dispersion=dispersion, seed=3).shares.iloc[-1]
    for way in ("obrien-fleming", "pocock", "sequence"):
        assert last[way] <= 0.055 + 2 * np.sqrt(0.05 * 0.95 / 10_000)
