"""What stands on the page of a result: verdict, table and terms, in words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from smmlib.experiments.comparison import DESIGNS, Comparison
from smmlib.experiments.slots import SlotComparison
from smmlib.figures.arm_rows import signed
from smmlib.figures.posterior import chance
from smmlib.language import Language, mark, number, percent, say, say_many

Table = tuple[tuple[str, ...], ...]

_CORRECTIONS = {
    "holm": mark("corrected by Holm"),
    "hochberg": mark("corrected by Hochberg"),
    "bh": mark("corrected by Benjamini and Hochberg"),
}


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, in one language.

    Attributes:
        title: What the test is called.
        headline: The verdict in a few words.
        verdict: The verdict in full.
        table: Header, then one row per variant.
        terms: Name and text of what the verdict rests on: design, sureness, dispersion, what was set aside.
        made: When the page was made.
    """

    title: str
    headline: str
    verdict: str
    table: Table
    terms: tuple[tuple[str, str], ...]
    made: str

    @property
    def alt(self) -> str:
        """The page in words, for those who do not see its picture."""
        return " ".join(part for part in (f"{self.title}.", self.headline, self.verdict) if part)


def page_words(
    result: Comparison | SlotComparison,
    language: Language,
    *,
    title: str,
    design: str,
    plan_text: str,
    now: datetime,
) -> PageWords:
    """Collect the words for `result`."""
    headline, verdict = told(result, language)
    if isinstance(result, Comparison):
        name, table, terms = (
            str(result.tests["test"].iloc[0]),
            _arms(result, language),
            _terms(result, language),
        )
    else:
        name, table, terms = (
            say("Matched slots", language),
            _variants(result, language),
            _basis(result, language),
        )
    usual = result.design if isinstance(result, Comparison) else "slots"
    terms = [(say("Design", language), design or say(DESIGNS[usual], language)), *terms]
    if plan_text:
        terms.append((say("Plan", language), plan_text))
    made = say("Made on {when:datetime}", language, when=now)
    return PageWords(title or name, headline, verdict, table, tuple(terms), made)


def told(result: Comparison | SlotComparison, language: Language) -> tuple[str, str]:
    """The verdict as a headline, and what is to be said below it."""
    if isinstance(result, Comparison):
        return result.verdict(language, length="headline"), result.verdict(language, length="full")
    headline, _, rest = result.text(language).partition(". ")
    return headline.removesuffix(".") + ".", rest


def _arms(result: Comparison, language: Language) -> Table:
    head = (
        say("Variant", language),
        say("Shown", language),
        say("Responses", language),
        say("Rate", language),
        say("Difference (points)", language),
        say("{level:%0} interval", language, level=result.confidence),
        say("P(best)", language),
    )
    arms = result.arms
    if result.tests["decision"].iloc[0] == "invalid":  # of rates that cannot be compared none is best
        arms = arms.assign(p_best=np.nan)
    return (head, *(_arm(arm, language) for arm in arms.to_dict("records")))


def _arm(arm: Mapping[Hashable, Any], language: Language) -> tuple[str, ...]:
    diff, low, high = (100 * float(arm[name]) for name in ("diff", "low", "high"))
    limits = [signed(limit, language, 2) for limit in (low, high)]
    return (
        str(arm["variant"]),
        _count(arm["trials"], language),
        _count(arm["successes"], language),
        percent(float(arm["rate"]), language, 2),
        "–" if np.isnan(diff) else signed(diff, language, 2),
        say("{low} to {high}", language, low=limits[0], high=limits[1]) if np.isfinite(low) else "–",
        "–" if pd.isna(arm["p_best"]) else chance(float(arm["p_best"]), language),
    )


def _count(value: float, language: Language) -> str:
    return "–" if pd.isna(value) else number(int(value), language)


def _terms(result: Comparison, language: Language) -> list[tuple[str, str]]:
    sure = percent(result.confidence, language, 0)
    if len(result.arms) > 2:
        sure += ", " + say(_CORRECTIONS[result.adjust], language)
    if result.looks > 1:
        sure += ", " + say("bounds for {looks} planned looks", language, looks=result.looks)
    spread = (
        say("counts vary {factor:.2} times as much as independent ones", language, factor=result.dispersion)
        if result.dispersion > 1
        else say("counts taken as independent", language)
    )
    terms = [(say("Confidence", language), sure), (say("Dispersion", language), spread)]
    if result.smallest_lift is not None:
        lift = percent(result.smallest_lift, language, 0)
        terms.append((say("Smallest lift worth acting on", language), lift))
    return [*terms, (say("Set aside", language), _set_aside(result, language))]


def _set_aside(result: Comparison, language: Language) -> str:
    if len(result.problems):
        return say_many("{count} faulty row", "{count} faulty rows", len(result.problems), language)
    if result.tests["decision"].iloc[0] == "invalid":
        return say(str(result.tests["reason"].iloc[0]), language)
    return say("nothing", language)


def _variants(result: SlotComparison, language: Language) -> Table:
    head = tuple(
        say(text, language) for text in (mark("Variant"), mark("Posts"), mark("Mean"), mark("Median"))
    )
    frame = result.variants
    rate = result.impressions is not None
    means, medians = (
        [percent(v, language, 2) if rate else number(v, language, 1) for v in frame[name].tolist()]
        for name in ("mean", "median")
    )
    posts = [number(count, language) for count in frame["posts"].tolist()]
    return (head, *zip(map(str, frame["variant"]), posts, means, medians, strict=True))


def _basis(result: SlotComparison, language: Language) -> list[tuple[str, str]]:
    sure = percent(1 - result.alpha, language, 0)
    if len(result.pairs) > 1:
        sure += ", " + say(_CORRECTIONS["holm"], language)
    way = (
        say("every possible draw counted", language)
        if result.exact
        else say("the draw repeated at random many times", language)
    )
    gone = [str(block) for block in result.dropped["block"]]
    aside = (
        say("incomplete blocks: {blocks}", language, blocks=", ".join(gone))
        if gone
        else say("nothing", language)
    )
    return [
        (say("Confidence", language), f"{sure}, {way}"),
        (say("Dispersion", language), say("the scatter of whole posts, not of clicks", language)),
        (say("Set aside", language), aside),
    ]
