"""What a running test can still reach: the chance that it will end with a winner."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Floats
from smmlib.experiments.crossing import Walk, crossings
from smmlib.language import Language, mark, say

FUTILE = 0.2
"""Below this chance it is common to give a test up."""

_DRIFTS = 128  # nodes over what the true drift may be


@dataclass(frozen=True, slots=True)
class Prospects:
    """Chances that a test which goes on as planned ends with the leader as winner; 0 … 1.

    Attributes:
        planned: If the difference is the planned one, in the direction of the lead; None: none was planned.
        trend: If the difference is the one measured so far.
        predictive: On average over what the difference may be after what was measured (flat prior).
        null: If there is no difference.
    """

    planned: float | None
    trend: float
    predictive: float
    null: float

    @property
    def futile(self) -> bool:
        """Whether even the planned difference (else: the average one) will hardly be shown any more."""
        return (self.predictive if self.planned is None else self.planned) < FUTILE

    def text(self, language: Language = "en") -> str:
        """The chances in a sentence, and a word on giving up if they are small."""
        if self.planned is None:
            words = say(
                "If the test goes on as planned, it ends with this winner with {predictive:%0} probability.",
                language,
                predictive=self.predictive,
            )
        else:
            words = say(
                "If the test goes on and the difference is as large as planned, it ends with this winner "
                "with {planned:%0} probability; judged by the figures so far, with {predictive:%0}.",
                language,
                planned=self.planned,
                predictive=self.predictive,
            )
        if not self.futile:
            return words
        return words + " " + say("You may give it up: stopping without a winner costs no error.", language)


def conditional_power(
    z: float, fraction: float, *, times: Sequence[float], bounds: Sequence[float], drift: float
) -> float:
    """Chance to pass an upper bound at one of the looks still to come.

    Args:
        z: Z value now.
        fraction: Share of the planned information seen by now, between 0 and the next look.
        times: Times of the looks to come.
        bounds: Their bounds; those below, at -bound, end the test without this winner.
        drift: Expected z of the full test, by which the rest of it is reckoned.

    Raises:
        InvalidValueError: The times do not rise from `fraction`, or there are not as many bounds.

    Source:
        Lachin (2005), Statistics in Medicine 24:2747-2764, for one look to come:
        Φ((z√t + drift (1 - t) - bound) / √(1 - t)); Jennison and Turnbull (2000), Group Sequential Methods,
        10.2.
    """
    _check(fraction, times, bounds)
    return float(_powers(z, fraction, (times, bounds), np.array([drift]))[0])


def predictive_power(z: float, fraction: float, *, times: Sequence[float], bounds: Sequence[float]) -> float:
    """`conditional_power` averaged over the drift, which after z is normal around z/√fraction.

    Raises:
        InvalidValueError: See `conditional_power`.

    Source:
        Spiegelhalter, Freedman and Blackburn (1986), Controlled Clinical Trials 7:8-17; Jennison and Turnbull
        (2000), 10.3: Φ((z - bound √t) / √(1 - t)) for one look to come and a flat prior.
    """
    _check(fraction, times, bounds)
    x, weights = np.polynomial.legendre.leggauss(_DRIFTS)
    deviation = 7 * x
    share = 7 * weights * np.exp(-0.5 * deviation**2) / math.sqrt(2 * math.pi)
    drifts = (z + deviation) / math.sqrt(fraction)
    return float(share @ _powers(z, fraction, (times, bounds), drifts))


def prospects(
    z: float, fraction: float, *, times: Sequence[float], bounds: Sequence[float], drift: float | None
) -> Prospects:
    """All chances of a leader whose z is `z` (not below 0); `drift` is the planned one, or None."""
    ahead = {"times": times, "bounds": bounds}
    return Prospects(
        planned=None if drift is None else conditional_power(z, fraction, **ahead, drift=drift),
        trend=conditional_power(z, fraction, **ahead, drift=z / math.sqrt(fraction)),
        predictive=predictive_power(z, fraction, **ahead),
        null=conditional_power(z, fraction, **ahead, drift=0.0),
    )


def _powers(
    z: float, fraction: float, ahead: tuple[Sequence[float], Sequence[float]], drifts: Floats
) -> Floats:
    times, bounds = ahead
    walk = Walk.start(drifts, time=fraction, at=z * math.sqrt(fraction))
    limits = np.tile(np.asarray(bounds, np.float64), (len(drifts), 1))
    return np.asarray(crossings(walk, times, limits)[0].sum(axis=1), np.float64)


def _check(fraction: float, times: Sequence[float], bounds: Sequence[float]) -> None:
    rising = all(a < b for a, b in zip((fraction, *times), times, strict=False))
    if not (fraction > 0 and times and rising and len(times) == len(bounds)):
        raise InvalidValueError(
            mark(
                "At {fraction:plain} of the planned people, looks at {times} with bounds {bounds} cannot "
                "follow; give rising shares above that one, and a bound for each."
            ),
            fraction=fraction,
            times=", ".join(map(str, times)) or "–",
            bounds=", ".join(map(str, bounds)) or "–",
        )
