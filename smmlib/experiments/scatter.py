"""How much posts in like slots differ by themselves, from the posts of the past."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments.arms import Floats
from smmlib.language import Language, mark, say
from smmlib.timetable import local_slots

_LEAST_PAIRS = 5


@dataclass(frozen=True, slots=True)
class SlotScatter:
    """How much two posts in like slots differ by themselves, on the log scale. `float()` of it is `sd`.

    Attributes:
        sd: Root mean square of the log ratios of pairs of past posts.
        low: Lower 95 % limit of it.
        high: Upper 95 % limit of it.
        pairs: Pairs it rests on.
        left_out: Posts without a usable value above zero.
    """

    sd: float
    low: float
    high: float
    pairs: int
    left_out: int

    def __float__(self) -> float:
        return self.sd

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute."""
        return pd.DataFrame([asdict(self)])

    def text(self, language: Language = "en") -> str:
        """What it means, in a sentence."""
        return say(
            "Two posts in like slots typically differ by a factor of {factor:.2} without any test (from "
            "{pairs} pairs of past posts).",
            language,
            factor=math.exp(self.sd),
            pairs=self.pairs,
        )


def slot_scatter(
    history: pd.DataFrame,
    *,
    published: str,
    value: str,
    trials: str | None = None,
    account: str | None = None,
    zone_name: str = "Europe/Berlin",
) -> SlotScatter:
    """Estimate from past posts how much two posts in like slots differ: same account, weekday and hour.

    Consecutive posts of a kind make a pair. No mean is subtracted from their log ratios: in a test chance
    decides who comes first, so a trend between the two is scatter too.

    Args:
        history: One row per post; it is not changed.
        published: Column with the time of publication; without zone it is UTC.
        value: Column with what will be compared, e.g. link clicks.
        trials: Column it is divided by, e.g. impressions; None: the value itself.
        account: Column with the account, or None.
        zone_name: IANA name; weekday and hour are local to it.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: There are fewer than five pairs of like posts with a value above zero.

    Source:
        χ² interval of a standard deviation with as many degrees of freedom as pairs.
    """
    wanted = [name for name in (published, value, trials, account) if name is not None]
    missing = [name for name in wanted if name not in history.columns]
    if missing:
        raise MissingColumnError(missing, map(str, history.columns), source="slot_scatter")
    rate = pd.to_numeric(history[value], errors="coerce")
    if trials is not None:
        rate = rate / pd.to_numeric(history[trials], errors="coerce")
    when = pd.to_datetime(history[published], utc=True, errors="coerce", format="ISO8601")
    table = local_slots(when, zone_name)[["weekday", "hour"]]
    table["rate"] = rate.to_numpy(np.float64, na_value=np.nan)
    table["when"] = when.to_numpy()
    table["account"] = history[account].astype(str).to_numpy() if account else ""
    usable = table[(table["rate"] > 0) & np.isfinite(table["rate"]) & table["when"].notna()]
    return _scatter(_ratios(usable.sort_values("when", kind="stable")), len(table) - len(usable))


def _ratios(posts: pd.DataFrame) -> Floats:
    """Log ratios of consecutive posts of one kind, each post used once."""
    kinds = ["account", "weekday", "hour"]
    turn = posts.groupby(kinds, sort=False).cumcount() // 2
    pairs = posts.assign(turn=turn, log=np.log(posts["rate"])).groupby([*kinds, "turn"], sort=False)["log"]
    both = pairs.agg(["first", "last", "size"])
    both = both[both["size"] == 2]
    return np.asarray(both["last"] - both["first"], np.float64)


def _scatter(ratios: Floats, left_out: int) -> SlotScatter:
    from scipy.special import chdtri

    pairs, squares = len(ratios), float(np.sum(ratios**2))
    if pairs < _LEAST_PAIRS:
        raise InvalidValueError(
            mark(
                "Only {pairs} pairs of past posts share account, weekday and hour; {least} are needed to see "
                "how posts scatter. Give a longer history."
            ),
            pairs=pairs,
            least=_LEAST_PAIRS,
        )
    if squares == 0:
        raise InvalidValueError(
            mark("All {pairs} pairs of past posts are alike; check the column that was given."), pairs=pairs
        )
    low, high = (math.sqrt(squares / float(chdtri(pairs, tail))) for tail in (0.025, 0.975))
    return SlotScatter(math.sqrt(squares / pairs), low, high, pairs, left_out)
