"""Ten looks at tests: false winners by bounds and sequences, and the power that looking costs."""

from __future__ import annotations

import math

from benchmarks.validation import Row, share_row
from smmlib.experiments import Looks, peeking, plan_test
from smmlib.experiments.peeks import WAYS

LOOKS = 10
VALID = ("obrien-fleming", "pocock", "sequence")


def rows(runs: int, seed: int) -> list[Row]:
    """False winners at 5 % with and without dispersion, then power at the size of a single look."""
    found = []
    for dispersion, counts in ((1.0, "independent counts"), (1.8, "counts that vary 1.8 times as much")):
        result = peeking(looks=LOOKS, runs=runs, seed=seed, dispersion=dispersion)
        last = result.shares.iloc[-1]
        for way in WAYS:
            hits = round(last[way] * runs)
            claim = f"false winners at {LOOKS} looks, {way}, {counts}"
            limit = {"most": 0.055} if way in VALID else {"least": 0.1}
            found.append(share_row("looks", claim, hits, runs, **limit))
    return found + _power(runs, seed)


def _power(runs: int, seed: int) -> list[Row]:
    """Power of each way with as many people as 80 % take at one look, and with those the plan asks for."""
    once = plan_test(0.03, 0.2).trials_per_arm
    terms = {"rate": 0.03, "lift": 0.2, "runs": runs, "looks": LOOKS}
    last = peeking(trials=once, seed=seed, **terms).shares.iloc[-1]
    found = []
    for way in VALID:
        share = float(last[way])
        error = math.sqrt(share * (1 - share) / runs)
        claim = f"power at {LOOKS} looks with the people 80 % take at one, {way}"
        found.append(Row("looks", claim, "printed", f"{share:.4f}", error, ok=True))
    for way in ("obrien-fleming", "pocock"):
        factor = Looks.even(LOOKS, way).bounds().inflation(0.8)
        trials = math.ceil(once * factor)
        last = peeking(trials=trials, seed=seed + 1, **terms).shares.iloc[-1]
        claim = f"power at {LOOKS} looks with {factor:.3f} times the people, {way}"
        found.append(share_row("looks", claim, round(last[way] * runs), runs, least=0.795, most=0.81))
    return found
