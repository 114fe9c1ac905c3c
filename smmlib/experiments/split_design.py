"""The shape of a planned split: who gets which share, who is compared with whom, and how strictly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from smmlib.experiments.arms import Floats
from smmlib.experiments.looks import pocock_bound, pocock_bounds

Against = Literal["best", "control"]


@dataclass(frozen=True, slots=True)
class Split:
    """Who is compared with whom, and how strictly.

    Attributes:
        shares: Share of people of each variant, adding up to 1; the first is the control's.
        against: "best": a winner beats every other variant; "control": it beats the first.
        alpha: Two-sided error of the whole test.
        dispersion: Variance inflation.
        degrees: Degrees of freedom of its estimate; infinite: it is known.
        looks: Looks planned.
    """

    shares: tuple[float, ...]
    against: Against
    alpha: float
    dispersion: float
    degrees: float
    looks: int

    @property
    def better(self) -> int:
        """Position of the variant planned to be better: the one hardest to find, with the smallest share."""
        allowed = range(self.against == "control", len(self.shares))
        return min(allowed, key=lambda arm: self.shares[arm])

    @property
    def hub(self) -> int:
        """Position of the variant that every other one is compared with."""
        return self.better if self.against == "best" else 0

    def thresholds(self) -> Floats:
        """The |z| that decides one of 1, 2, … pairs still in question (Holm), up to all of them."""
        return _thresholds(self.looks, self.alpha, self.degrees, len(self.shares) - 1)


@lru_cache(maxsize=64)
def _thresholds(looks: int, alpha: float, degrees: float, pairs: int) -> Floats:
    from scipy.special import ndtr, ndtri, stdtrit

    z: Floats
    levels = alpha / np.arange(1, pairs + 1)
    if looks == 1:
        z = np.asarray(-ndtri(levels / 2), np.float64)
    else:
        z = np.array([pocock_bound(looks, alpha)]) if pairs == 1 else pocock_bounds(looks, levels)
    if not math.isinf(degrees):
        z = np.asarray(-stdtrit(degrees, ndtr(-z)), np.float64)
    z.flags.writeable = False  # shared by all who ask
    return z
