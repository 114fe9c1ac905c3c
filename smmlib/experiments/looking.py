"""Look at running tests: each look is judged by the bound of just that look."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from smmlib.errors import UnknownNameError
from smmlib.experiments.arms import Columns, Floats, Ints, Shares
from smmlib.experiments.comparing import compare
from smmlib.experiments.comparison import Comparison, Design
from smmlib.experiments.conditional_power import prospects
from smmlib.experiments.dispersion import Dispersion
from smmlib.experiments.look_history import History, HistoryColumns, read_history
from smmlib.experiments.look_report import LookReport
from smmlib.experiments.looks import Looks, PlannedLook
from smmlib.experiments.sequence import AlwaysValid, SequenceLook
from smmlib.language import mark

WATCHED_DESIGNS = ("randomised", "platform")

_LEADER = ("fraction", "variant", "diff", "low", "high", "z", "bound")
_CHANCES = ("planned_power", "trend_power", "predictive_power", "null_power")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, the same at every look."""

    plan: Looks | AlwaysValid
    lift: float | None
    alpha: float
    terms: dict[str, Any]  # of `compare`


def look_at(  # noqa: PLR0913
    history: pd.DataFrame,
    *,
    test: str,
    variant: str,
    trials: str,
    successes: str,
    when: str,
    looks: Looks | AlwaysValid,
    horizon: float | Mapping[object, float],
    lift: float | None = None,
    design: Design = "randomised",
    shares: Shares = None,
    control: str | None = None,
    confidence: float = 0.95,
    dispersion: float | Dispersion = 1.0,
) -> LookReport:
    """Judge running tests at every look so far, with bounds that allow for looking.

    The share of the planned people decides how strict a look is, so looks need not fall on their planned
    times; but they must not be timed by what the last one showed. For that take `AlwaysValid`.

    Args:
        history: One row per test, look and variant, with counts since the start; it is not changed.
        test: Column with the name of the test.
        variant: Column with the name of the variant.
        trials: Column with people (impressions, views) until then.
        successes: Column with those who responded until then.
        when: Column with the time of the look: dates or numbers that rise.
        looks: The plan, or `AlwaysValid()`: as often as one likes, also beyond the horizon.
        horizon: People planned in all (`TestPlan.trials`), for every test or by test.
        lift: Relative lift the test was planned for, for its prospects; None: none.
        design: "randomised", or "platform" (no check of the split unless shares are given).
        shares: Expected split, as for `compare`.
        control: Name of the control, or None.
        confidence: 1 - confidence is the error of a whole test over all its looks.
        dispersion: Variance inflation, as for `compare`.

    Returns:
        Every look, a decision for every test, and the rows that could not be used; a test with such a row
        is "invalid" and the others are not touched by it.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: A value lies outside its range, or no test can be followed: counts that fall,
            looks out of order, more than planned or beyond the horizon, variants that came or went (the
            first such test and variant are named).
        UnknownNameError: Another design, or a control or share of a variant that does not exist.
    """
    if design not in WATCHED_DESIGNS:
        raise UnknownNameError(mark("Design"), str(design), WATCHED_DESIGNS)
    names = {"test": test, "variant": variant, "trials": trials, "successes": successes}
    rows = read_history(
        history,
        HistoryColumns(Columns(**names), when),
        horizon=horizon,
        most=len(looks.times) if isinstance(looks, Looks) else None,
        terms=(shares, control),
    )
    terms = {"design": design, "shares": shares, "control": control, "confidence": confidence}
    asked = _Asked(looks, lift, round(1 - confidence, 12), {**names, **terms, "dispersion": dispersion})
    found = [_follow(rows, times, tests, when, asked) for times, tests in rows.groups().items()]
    return LookReport(
        looks=_joined([frame for frame, _ in found], rows),
        tests=_with_invalid(pd.concat([decided for _, decided in found], ignore_index=True), rows),
        problems=rows.problems,
        plan=looks,
        confidence=confidence,
        dispersion=float(dispersion),
        control=control,
    )


def _follow(
    history: History, times: tuple[float, ...], tests: Ints, when: str, asked: _Asked
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All looks at tests that were looked at at the same times: rows of looks, and of tests."""
    rows = history.rows[history.rows["_test"].isin(tests)]
    plan, frames, decided = asked.plan, [], pd.DataFrame()
    for number, fraction in enumerate(times, start=1):
        part = rows[rows["_look"] == number]
        look = plan.at(fraction, times[: number - 1]) if isinstance(plan, Looks) else plan.at(fraction)
        result = compare(part, **asked.terms, looks=look)
        frame = _look_frame(result, look, number, asked.alpha)
        at = part.groupby(asked.terms["test"], sort=False)[when].first()
        frame.insert(2, "when", frame["test"].map(at))
        frames.append(frame)
        decided = _decisions(decided, result, number)
    looks = pd.concat(frames, ignore_index=True)
    return looks, _judged(decided, looks, look, asked)


def _look_frame(
    result: Comparison, look: PlannedLook | SequenceLook, number: int, alpha: float
) -> pd.DataFrame:
    from scipy.special import ndtri

    arms = result.arms.drop(columns=["p_best", "expected_loss"])
    p = np.maximum(arms["p_value"].to_numpy(np.float64), 1e-300)
    pairs = result.tests.set_index("test")["arms"].reindex(arms["test"]).to_numpy() - 1
    bounds = {int(count): look.bound(alpha / int(count)) for count in np.unique(pairs)}
    arms.insert(1, "look", number)
    arms.insert(2, "fraction", look.fraction)
    at = int(arms.columns.get_indexer(["p_value"])[0])
    arms.insert(at, "z", np.sign(arms["diff"]) * -ndtri(p / 2))
    arms.insert(at + 1, "bound", [bounds[int(count)] for count in pairs])
    arms["spent"] = look.spent(alpha) if isinstance(look, PlannedLook) else np.nan
    return arms.drop(columns=["p_value"])


def _decisions(before: pd.DataFrame, result: Comparison, number: int) -> pd.DataFrame:
    """Decision of each test so far: the first winner stands, unless its split proves broken later."""
    now = result.tests.set_index("test")[["decision", "winner", "reason"]].astype(object)
    now["decided_at"] = np.where(now["decision"] == "winner", float(number), np.nan)
    if len(before):
        stands = before["decided_at"].notna() & (now["decision"] != "invalid")
        now[stands] = before[stands]
    return now


def _judged(
    decided: pd.DataFrame, looks: pd.DataFrame, look: PlannedLook | SequenceLook, asked: _Asked
) -> pd.DataFrame:
    """One row per test: where it stands after its last look."""
    last = int(looks["look"].max())
    that_counts = decided["decided_at"].astype(float).fillna(last)
    leaders = looks[looks["diff"].notna() & (looks["look"] == looks["test"].map(that_counts))]
    leaders = leaders.loc[leaders.groupby("test", sort=False)["rate"].idxmax()].set_index("test")
    frame = decided.join(leaders[list(_LEADER)])
    over = isinstance(look, PlannedLook) and look.fraction >= 1
    frame["decision"] = frame["decision"].replace("no decision", "no decision" if over else "go on")
    frame[list(_CHANCES)] = np.nan
    if isinstance(look, PlannedLook):
        sizes = looks[looks["look"] == last].groupby("test").size()
        for name in frame.index[frame["decision"] == "go on"]:
            chances = _chances(leaders.loc[name], int(sizes[name]) - 1, look, asked)
            frame.loc[name, list(_CHANCES)] = chances
    return frame.assign(looks=last).reset_index()


def _chances(leader: pd.Series, pairs: int, look: PlannedLook, asked: _Asked) -> Floats:
    """Chances of the leader, in the order of `_CHANCES`."""
    ahead = look.ahead(asked.alpha / pairs)
    drift = None if asked.lift is None else _planned_drift(leader, look.fraction, asked)
    found = prospects(float(leader["z"]), look.fraction, times=ahead.times, bounds=ahead.z, drift=drift)
    planned = math.nan if found.planned is None else found.planned
    return np.array([planned, found.trend, found.predictive, found.null])


def _planned_drift(leader: pd.Series, fraction: float, asked: _Asked) -> float:
    """Expected z of the full test for the planned lift on the rival's rate; both variants of equal size."""
    rival = float(leader["rate"] - leader["diff"])
    target = min(rival * (1 + abs(asked.lift or 0.0)), 1.0)
    pooled = (rival + target) / 2
    people = float(leader["trials"]) / fraction
    variance = float(asked.terms["dispersion"]) * pooled * (1 - pooled) * 2 / people
    return (target - rival) / math.sqrt(variance) if variance > 0 else 0.0


def _joined(frames: list[pd.DataFrame], history: History) -> pd.DataFrame:
    """The rows of all looks, tests in the order of the table."""
    looks = pd.concat(frames, ignore_index=True)
    order = pd.Series(np.arange(len(history.tests)), history.tests)
    return looks.iloc[np.argsort(order[looks["test"]].to_numpy(), kind="stable")].reset_index(drop=True)


def _with_invalid(tests: pd.DataFrame, history: History) -> pd.DataFrame:
    """The tests in the order of the table, those with problems among them."""
    first = history.problems.dropna(subset=["test"]).drop_duplicates("test")
    left_out = pd.DataFrame({"decision": "invalid", "reason": first["problem"].to_numpy()}, first["test"])
    frame = tests.set_index("test")
    frame = pd.concat([frame, left_out]) if len(left_out) else frame
    frame = frame.reindex(history.tests)
    frame["winner"] = frame["winner"].astype(object).where(frame["winner"].notna(), None)
    frame["decided_at"] = frame["decided_at"].astype(float).astype("Int64")
    names = ["looks", "decision", "winner", "decided_at", *_LEADER, *_CHANCES, "reason"]
    return frame[names].reset_index(names="test")
