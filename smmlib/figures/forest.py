"""Forest plot of one test: each variant's difference from its rival, with interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from smmlib.experiments.comparison import SPLIT_ALPHA, Comparison
from smmlib.figures.arm_rows import MOST, ArmRows, signed
from smmlib.figures.lettering import Words, drawable
from smmlib.figures.palette import BLUE, QUIET
from smmlib.language import Language, mark, percent, say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEAD = 24  # letters of the leading variant in a title

_TITLES = {
    "winner": mark("{lead} wins by {diff:.2} percentage points"),
    "association": mark("{lead} went along with a higher rate (nothing randomised)"),
    "no decision": mark("No decision: chance alone can explain the difference"),
    "no difference": mark("No relevant difference"),
    "invalid": mark("Not usable: the split is broken"),
}


class Forest:
    """Draws a `Comparison` of one test; the fourteen variants with the highest rates if there are more."""

    def __init__(self, figure: Figure) -> None:
        self._shown: tuple[Comparison, Language] | None = None
        self._rows = ArmRows(figure)
        self.ax = self._rows.ax
        self._zero = self.ax.axvline(0, color=QUIET, linewidth=1)
        self._intervals = self.ax.hlines([], [], [], linewidth=2.6, capstyle="round")
        self._points = self.ax.scatter([], [], s=44, zorder=3, linewidths=1.2)
        self._words = Words(figure, 0.02)

    @property
    def alt(self) -> str:
        """The finding and the verdict in words."""
        if self._shown is None:
            return ""
        return f"{self._words.title.get_text()}. {self._shown[0].verdict(self._shown[1])}"

    def update(self, result: Comparison, language: Language) -> None:
        """Show the only (else the first) test of `result` on the same axes."""
        result = result.one()
        self._shown = (result, language)
        test = result.tests.iloc[0]
        arms = highest(result)
        drawable_rows = bool(arms["diff"].notna().any())
        self.ax.set_visible(drawable_rows)
        if not drawable_rows:
            self._rows.resize(2)
            self._words.say(say("Not usable", language), "", result.verdict(language))
            return
        self._rows.resize(len(arms))
        self._draw(arms, strong_colour(test["decision"]))
        self._rows.write([_words(arm, language) for arm in arms.to_dict("records")], _strong(arms, test))
        self._words.say(_title(result, arms, language), _note(result, arms, language))
        limits = 100 * arms[["low", "high", "diff"]].to_numpy(np.float64)
        unit = say("percentage points", language)
        self._rows.scale(
            min(0.0, float(np.nanmin(limits))),
            max(0.0, float(np.nanmax(limits))),
            language,
            sign=True,
            unit=unit,
        )

    def _draw(self, arms: pd.DataFrame, colour: str) -> None:
        at = np.arange(len(arms))
        low, high, diff = (100 * arms[name].to_numpy(np.float64) for name in ("low", "high", "diff"))
        colours = [colour if d > 0 else QUIET for d in diff]
        ends = zip(low.tolist(), high.tolist(), at.tolist(), strict=True)
        self._intervals.set_segments([[(a, row), (b, row)] for a, b, row in ends])
        self._intervals.set_color(colours)
        self._points.set_offsets(np.stack([diff, at], axis=1))
        self._points.set_facecolor(colours)
        self._points.set_edgecolor("white")


def highest(result: Comparison) -> pd.DataFrame:
    """The arms that are shown, the highest rate first."""
    order = np.argsort(-result.arms["rate"].to_numpy(), kind="stable")[:MOST]
    return result.arms.iloc[order]


def unusable(result: Comparison) -> str:
    """Title of a test that cannot be used, by its reason."""
    p = result.tests["srm_p_value"].iloc[0]
    return _TITLES["invalid"] if p < SPLIT_ALPHA else mark("Not usable")


def strong_colour(decision: str) -> str:
    """Colour of what is ahead: quiet where the test is not usable."""
    return QUIET if decision == "invalid" else BLUE


def shown_of(result: Comparison, arms: pd.DataFrame, language: Language) -> str:
    """Words on how many variants are shown, empty if all are."""
    if len(arms) == len(result.arms):
        return ""
    return " · " + say("{shown} of {all} variants", language, shown=len(arms), all=len(result.arms))


def _title(result: Comparison, arms: pd.DataFrame, language: Language) -> str:
    test = result.tests.iloc[0]
    if result.design == "slots":
        return say("Rates only: whole posts are compared as matched slots", language)
    winner = test["winner"] if isinstance(test["winner"], str) else arms["variant"].iloc[0]
    template = unusable(result) if test["decision"] == "invalid" else _TITLES[test["decision"]]
    return say(template, language, lead=drawable(winner, LEAD), diff=_lead(arms))


def _note(result: Comparison, arms: pd.DataFrame, language: Language) -> str:
    rival = (
        say("difference from {control}", language, control=drawable(result.control, 24))
        if result.control is not None
        else say("difference from the best other variant", language)
    )
    total = int(result.tests["trials"].iloc[0])
    if result.design == "slots":
        note = say("{rival} · n = {n}", language, rival=rival, n=total)
    else:
        note = say(
            "{rival} · {confidence:%0} interval · n = {n}",
            language,
            rival=rival,
            confidence=result.confidence,
            n=total,
        )
    if result.design == "platform":
        note = say("creative and delivery together", language) + " · " + note
    return note + shown_of(result, arms, language)


def _lead(arms: pd.DataFrame) -> float:
    """What the winner is ahead of its rival; of a control that wins: of the best other variant."""
    ahead = float(arms["diff"].max())
    return 100 * (ahead if ahead > 0 else -ahead)


def _strong(arms: pd.DataFrame, test: pd.Series) -> int:
    """Row that stands out: the winner's, -1 if there is none."""
    found = np.flatnonzero((arms["variant"] == test["winner"]).to_numpy(bool))
    return int(found[0]) if len(found) else -1


def _words(arm: Mapping[Hashable, Any], language: Language) -> tuple[str, str, str]:
    counts = say(
        "{rate} · {successes} of {trials}",
        language,
        rate=percent(float(arm["rate"]), language, 2),
        successes=int(arm["successes"]),
        trials=int(arm["trials"]),
    )
    diff, low, high = (100 * float(arm[name]) for name in ("diff", "low", "high"))
    if np.isnan(diff):
        return str(arm["variant"]), counts, say("control", language)
    shown = signed(diff, language, 2)
    if np.isfinite(low):
        limits = say(
            "({low} to {high})", language, low=signed(low, language, 2), high=signed(high, language, 2)
        )
        shown = f"{shown}  {limits}"
    return str(arm["variant"]), counts, shown
