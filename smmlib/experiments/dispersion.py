"""How much more counts vary than independent coin flips would: learned from identical arms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.language import Language, mark, say


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Variance inflation. `float()` of it is the factor for `compare` and `plan_test`.

    Attributes:
        factor: Variance over that of independent counts; never below 1.
        estimate: The same before it was held to 1.
        low: Lower 95 % limit of `estimate`.
        high: Upper 95 % limit of `estimate`.
        groups: Sets of identical arms it rests on.
        arms: Arms in them.
        degrees: How many independent squares the estimate is worth (Satterthwaite); `compare` takes its
            quantiles from Student's t with as many degrees of freedom when it is given this object.
    """

    factor: float
    estimate: float
    low: float
    high: float
    groups: int
    arms: int
    degrees: float

    def __float__(self) -> float:
        return self.factor

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute."""
        return pd.DataFrame([asdict(self)])

    def text(self, language: Language = "en") -> str:
        """What it means, in a sentence."""
        return say(
            "Identical variants differ {estimate:.2} times as much as independent counts would (95% "
            "interval {low:.2} to {high:.2}, from {groups} groups of identical variants); the factor "
            "used is {factor:.2}.",
            language,
            **asdict(self),
        )


def estimate_dispersion(
    table: pd.DataFrame, *, test: str, trials: str, successes: str, same: str | Sequence[str]
) -> Dispersion:
    """Estimate the variance inflation from arms that are identical within a test: natural A/A tests.

    Repeated slots serve as well: posts of one text in slots of the same kind (account, weekday, hour) are
    arms of a "test" of that kind.

    Args:
        table: One row per arm; rows without usable counts are left out. It is not changed.
        test: Column with the name of the test.
        trials: Column with counts.
        successes: Column with counts.
        same: Column(s) that agree where two arms are identical, e.g. ["headline", "image"]. Rows in
            which one of them is missing are left out.

    Returns:
        The sum of Pearson's χ² of all groups of identical arms over its degrees of freedom, with an
        interval from how the groups scatter (delete-one-group jackknife).

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: There are fewer than 10 groups of identical arms with successes.

    Source:
        McCullagh and Nelder (1989), Generalized Linear Models, 4.5.2; Satterthwaite (1946), Biometrics
        Bulletin 2:110-114, for the degrees of freedom.
    """
    keys = [same] if isinstance(same, str) else list(same)
    missing = [name for name in (test, trials, successes, *keys) if name not in table.columns]
    if missing:
        raise MissingColumnError(missing, map(str, table.columns), source="estimate_dispersion")
    arms = table[[test, *keys]].copy()
    arms["n"] = pd.to_numeric(table[trials], errors="coerce")
    arms["x"] = pd.to_numeric(table[successes], errors="coerce")
    arms = arms.dropna()
    arms = arms[(arms["n"] > 0) & (arms["x"] >= 0) & (arms["x"] <= arms["n"])]
    groups = _chi_squares(arms, [test, *keys])
    if len(groups) < 10:
        raise InvalidValueError(
            mark(
                "Only {count} groups of identical variants with responses were found; at least 10 are "
                "needed to estimate the dispersion. Check the columns that say what is identical: {columns}."
            ),
            count=len(groups),
            columns=", ".join(keys),
        )
    return _estimate(groups)


def _chi_squares(arms: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """One row per group of identical arms: chi, df, arms."""
    grouped = arms.groupby(keys, sort=False)
    arms["pooled"] = grouped["x"].transform("sum") / grouped["n"].transform("sum")
    arms = arms[(arms["pooled"] > 0) & (arms["pooled"] < 1)]
    variance = arms["n"] * arms["pooled"] * (1 - arms["pooled"])
    arms = arms.assign(chi=(arms["x"] - arms["n"] * arms["pooled"]) ** 2 / variance)
    groups = arms.groupby(keys, sort=False)["chi"].agg(["sum", "size"])
    groups = groups[groups["size"] > 1]
    return pd.DataFrame({"chi": groups["sum"], "df": groups["size"] - 1, "arms": groups["size"]})


def _estimate(groups: pd.DataFrame) -> Dispersion:
    chi, df = groups["chi"].to_numpy(np.float64), groups["df"].to_numpy(np.float64)
    estimate = float(chi.sum()) / float(df.sum())
    left_out = (chi.sum() - chi) / (df.sum() - df)
    spread = math.sqrt((len(chi) - 1) / len(chi) * float(np.sum((left_out - left_out.mean()) ** 2)))
    half = NormalDist().inv_cdf(0.975) * spread
    degrees = 2 * (float(estimate) / spread) ** 2 if spread > 0 else math.inf
    return Dispersion(
        factor=max(1.0, float(estimate)),
        estimate=float(estimate),
        low=max(0.0, float(estimate) - half),
        high=float(estimate) + half,
        groups=len(groups),
        arms=int(groups["arms"].sum()),
        degrees=degrees,
    )
