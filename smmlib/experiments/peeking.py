"""What if you had peeked? Tests without any difference, and how often each way of looking names a winner."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.comparing import check_dispersion
from smmlib.experiments.looks import Looks, check_looks
from smmlib.experiments.pairs import score
from smmlib.experiments.posterior import best_and_loss
from smmlib.experiments.sequence import AlwaysValid
from smmlib.intervals import critical
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    from smmlib.experiments.arms import Flags, Floats
    from smmlib.figures import Chart

Way = Literal["z", "p_best", "obrien-fleming", "pocock", "sequence"]

WAYS: dict[Way, str] = {
    "z": mark("p value at every look"),
    "p_best": mark("P(best) at every look"),
    "obrien-fleming": mark("bounds, O’Brien-Fleming"),
    "pocock": mark("bounds, Pocock"),
    "sequence": mark("confidence sequence"),
}


@dataclass(frozen=True, eq=False)
class Peeking:
    """How often a winner was named by each look.

    Attributes:
        shares: One row per look: look, fraction (of the planned people), then one column per way of `WAYS`:
            share of runs that named a winner at this look or before. With a lift only winners that are
            better in truth count.
        runs: Simulated tests.
        trials: People of each of the two variants in a full test.
        rate: Rate of the usual variant.
        lift: True relative difference; 0: none, so every winner is a false one.
        confidence: What every way promises, for one look or for all.
        dispersion: Variance inflation of the counts, known to every way.
        seed: Of the random numbers.
    """

    shares: pd.DataFrame
    runs: int
    trials: int
    rate: float
    lift: float
    confidence: float
    dispersion: float
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """The table of shares; a copy."""
        return self.shares.copy()

    def text(self, language: Language = "en") -> str:
        """What came of it, in a few sentences."""
        last = self.shares.iloc[-1]
        found = ", ".join(
            say("{way}: {share:%1}", language, way=say(name, language), share=float(last[way]))
            for way, name in WAYS.items()
        )
        template = (
            mark(
                "No variant was better in truth, and yet a winner was named after {looks} looks in so many "
                "of {runs} tests: {found}. Promised were {alpha:%0}."
            )
            if self.lift == 0
            else mark(
                "The better variant ({lift:%0} more) was named after {looks} looks in so many of {runs} "
                "tests: {found}."
            )
        )
        return say(
            template,
            language,
            looks=len(self.shares),
            runs=self.runs,
            found=found,
            alpha=1 - self.confidence,
            lift=self.lift,
        )

    def plot(self, *, language: Language = "en") -> Chart:
        """Share of runs with a winner, look by look."""
        from smmlib.figures import Chart

        return Chart("peeking", language=language).update(self)


def peeking(  # noqa: PLR0913
    *,
    looks: int = 10,
    trials: int = 10_000,
    rate: float = 0.015,
    lift: float = 0.0,
    runs: int = 2000,
    confidence: float = 0.95,
    dispersion: float = 1.0,
    seed: int = 1,
) -> Peeking:
    """Simulate tests of two variants that are looked at again and again until something "wins".

    Args:
        looks: Equally spaced looks, 1 to 50.
        trials: People of each variant in a full test, at least 10 for each look.
        rate: Rate of the usual variant, between 0 and 1.
        lift: True relative difference of the other one; 0: none.
        runs: Tests to simulate, 100 to 200,000.
        confidence: Level of every way of looking, between 0 and 1.
        dispersion: Variance inflation of the counts, at least 1: between two looks they are beta-binomial.
        seed: Of the random numbers.

    Raises:
        InvalidValueError: A value lies outside its range.
    """
    critical(confidence)
    check_looks(looks)
    check_dispersion(dispersion)
    _check(looks, trials, runs, (rate, rate * (1 + lift)))
    random = np.random.default_rng(seed)
    people, successes = _counts(random, (runs, looks), trials, (rate, rate * (1 + lift)), dispersion)
    calls = _calls(people, successes, Looks.even(looks), 1 - confidence, dispersion)
    ahead = successes[1] > successes[0]
    shares = {
        way: _named(called, None if lift == 0 else ahead == (lift > 0)) for way, called in calls.items()
    }
    times = np.arange(1, looks + 1)
    return Peeking(
        shares=pd.DataFrame({"look": times, "fraction": times / looks, **shares}),
        runs=int(runs),
        trials=int(trials),
        rate=float(rate),
        lift=float(lift),
        confidence=confidence,
        dispersion=float(dispersion),
        seed=seed,
    )


def _counts(
    random: np.random.Generator,
    shape: tuple[int, int],
    trials: int,
    rates: tuple[float, float],
    dispersion: float,
) -> tuple[Floats, Floats]:
    """People of a variant by each look, shape (looks,), and successes, shape (2, runs, looks)."""
    people = np.floor(trials * np.arange(1, shape[1] + 1) / shape[1])
    added = np.diff(people, prepend=0.0).astype(np.int64)
    chance = np.broadcast_to(np.array(rates)[:, None, None], (2, *shape))
    if dispersion > 1:
        both = (added - 1) / (dispersion - 1) - 1  # a + b of the beta distribution
        chance = random.beta(chance * both, (1 - chance) * both)
    return people, np.cumsum(random.binomial(added, chance), axis=2).astype(np.float64)


def _calls(
    people: Floats, successes: Floats, looks: Looks, alpha: float, dispersion: float
) -> dict[Way, Flags]:
    """Whether each way names a winner at each look, shape (runs, looks)."""
    z = score((successes[0], people), (successes[1], people), dispersion)
    pairs = np.moveaxis(successes, 0, 2).reshape(-1, 2) / dispersion
    sizes = np.broadcast_to(np.tile(people, len(z))[:, None], pairs.shape) / dispersion
    best = best_and_loss(pairs, sizes)[0].max(axis=1).reshape(z.shape)
    alpha = round(alpha, 12)
    sequence = AlwaysValid(alpha)
    return {
        "z": z >= critical(1 - alpha),
        "p_best": best > 1 - alpha,
        "obrien-fleming": z >= looks.bounds(alpha).z,
        "pocock": z >= Looks(looks.times, "pocock").bounds(alpha).z,
        "sequence": z >= np.array([sequence.at(time).bound(alpha) for time in looks.times]),
    }


def _named(called: Flags, right: Flags | None) -> Floats:
    """Share of runs in which a winner (the right one, where that is asked for) was named by each look."""
    first = called & (np.cumsum(called, axis=1) == 1)
    counted = first if right is None else first & right
    return np.asarray(np.cumsum(counted.mean(axis=0)), np.float64)


def _check(looks: int, trials: int, runs: int, rates: tuple[float, float]) -> None:
    whole = all(isinstance(n, Integral) and not isinstance(n, bool) for n in (trials, runs))
    if not (whole and trials >= 10 * looks and 100 <= runs <= 200_000):
        raise InvalidValueError(
            mark(
                "{runs!r} runs with {trials!r} people a variant cannot be simulated; give 100 to 200,000 "
                "runs and at least 10 people for each of the {looks} looks."
            ),
            runs=runs,
            trials=trials,
            looks=looks,
        )
    if not all(0 < rate < 1 for rate in rates):
        raise InvalidValueError(
            mark("The rates are {usual:plain} and {other:plain}; both must lie between 0 and 1."),
            usual=rates[0],
            other=rates[1],
        )
