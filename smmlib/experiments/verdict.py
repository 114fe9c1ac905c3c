"""What a comparison allows to say, in plain words, and never more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from smmlib.experiments.comparison import SPLIT_ALPHA, Comparison
from smmlib.experiments.split import BROKEN_PERIOD
from smmlib.language import Language, mark, number, percent, say, say_many

_LEAD = mark(
    "{lead} had {rate:%2}, {other} had {other_rate:%2}: a difference of {diff:+.2} percentage points "
    "({confidence:%0} interval {low:+.2} to {high:+.2})."
)
_CREATIVE = mark(
    "This holds for creative and delivery together: the platform chose who saw which variant, so it may "
    "have shown them to different people."
)
_CAUTION = {
    "winner": {
        "randomised": mark(
            "The readers were split by chance, so the difference can be put down to the variant."
        ),
        "platform": _CREATIVE,
    },
    "association": {
        "history": mark(
            "Nothing was randomised here: day, hour, topic and audience differed as well, and impressions "
            "of one post are not independent. This is an association, not proof that the variant did it."
        )
    },
}


def verdict_of_one(comparison: Comparison, language: Language) -> str:
    """The verdict on the only test of `comparison`, two to four sentences."""
    test = comparison.tests.iloc[0]
    if test["decision"] == "invalid":
        return _invalid(comparison, language)
    if comparison.design == "slots":
        return say(
            "No decision: whole posts were tested here, and each post counts once however many people saw "
            "it. Pair the posts by weekday and hour and compare the pairs (compare_slots).",
            language,
        )
    figures = _leader(comparison, test)
    headline = {
        "winner": mark("{lead} wins."),
        "association": mark("{lead} went along with the higher rate."),
        "no decision": mark("No decision yet."),
        "no difference": mark("No relevant difference."),
    }[test["decision"]]
    sentences = [say(headline, language, **figures), say(_LEAD, language, **figures)]
    caution = _CAUTION.get(test["decision"], {}).get(comparison.design)
    if test["decision"] == "no decision":
        sentences.append(_undecided(comparison, language, figures))
    elif test["decision"] == "no difference":
        sentences.append(_alike(comparison, language))
    elif caution:
        sentences.append(say(caution, language))
    return " ".join(sentences + _terms(comparison, language))


def verdict_of_all(comparison: Comparison, language: Language) -> str:
    """How many tests ended how, one sentence each."""
    decisions = comparison.tests["decision"].value_counts()
    lines = [say_many("{count} test compared.", "{count} tests compared.", len(comparison.tests), language)]
    won, linked = int(decisions.get("winner", 0)), int(decisions.get("association", 0))
    if comparison.design == "history":
        lines.append(
            say_many(
                "{count} shows an association (nothing was randomised).",
                "{count} show an association (nothing was randomised).",
                linked,
                language,
            )
        )
    else:
        lines.append(say_many("{count} has a winner.", "{count} have a winner.", won, language))
    undecided = int(decisions.get("no decision", 0))
    lines.append(say_many("{count} is undecided.", "{count} are undecided.", undecided, language))
    alike = int(decisions.get("no difference", 0))
    if alike:
        lines.append(
            say_many(
                "{count} ended without a relevant difference.",
                "{count} ended without a relevant difference each.",
                alike,
                language,
            )
        )
    broken = int((comparison.tests["srm_p_value"] < SPLIT_ALPHA).sum())
    if broken:
        lines.append(
            say_many(
                "{count} is not usable because its split is broken.",
                "{count} are not usable because their split is broken.",
                broken,
                language,
            )
        )
    aside = int((comparison.tests["reason"] == BROKEN_PERIOD).sum())
    if aside:
        lines.append(
            say_many(
                "{count} more is set aside: it ran while the randomisation was broken.",
                "{count} more are set aside: they ran while the randomisation was broken.",
                aside,
                language,
            )
        )
    faulty = comparison.problems["test"].nunique()
    if faulty:
        lines.append(
            say_many(
                "{count} is not usable because its counts are faulty.",
                "{count} are not usable because their counts are faulty.",
                faulty,
                language,
            )
        )
    return " ".join(lines + _terms(comparison, language))


def p_text(p: float, language: Language) -> str:
    """A p value as it is printed: three decimals, or "p < 0.001"."""
    return f"p < {number(0.001, language, 3)}" if p < 0.001 else f"p = {number(p, language, 3)}"


def _leader(comparison: Comparison, test: pd.Series) -> dict[str, Any]:
    """The arm a verdict speaks of, and its rival."""
    arms = comparison.arms.astype({"variant": object})  # a row keeps names that are numbers as they are
    named = arms["variant"] == test["winner"]
    if not named.any():
        compared = arms["diff"].notna()
        named = arms["rate"] == arms.loc[compared, "rate"].max()
        named &= compared
    lead = arms.loc[named].iloc[0]
    if np.isnan(lead["diff"]):  # the control won: say it against the best of the others
        others = arms[arms["variant"] != lead["variant"]]
        rival = others.loc[others["rate"].idxmax()]
        low, high = -rival["high"], -rival["low"]
        p = rival["p_adjusted"]
    else:
        rival = _rival(arms, lead, comparison.control)
        low, high, p = lead["low"], lead["high"], lead["p_adjusted"]
    return {
        "lead": str(lead["variant"]),
        "other": str(rival["variant"]),
        "rate": float(lead["rate"]),
        "other_rate": float(rival["rate"]),
        "diff": 100 * float(lead["rate"] - rival["rate"]),
        "low": 100 * float(low),
        "high": 100 * float(high),
        "confidence": comparison.confidence,
        "p": float(p),
    }


def _rival(arms: pd.DataFrame, lead: pd.Series, control: str | None) -> pd.Series:
    if control is not None:
        return arms[arms["variant"] == control].iloc[0]
    others = arms[arms["variant"] != lead["variant"]]
    rival: pd.Series = others.loc[others["rate"].idxmax()]
    return rival


def _undecided(comparison: Comparison, language: Language, figures: dict[str, Any]) -> str:
    p = p_text(figures["p"], language)
    if figures["p"] < 1 - comparison.confidence:
        return say(
            "The lead over this rival is clear ({p}), but not over every other variant.", language, p=p
        )
    return say("Chance alone can explain it ({p}).", language, p=p)


def _alike(comparison: Comparison, language: Language) -> str:
    lift = comparison.smallest_lift or 0.0
    return say(
        "All variants lie within {lift:%0} of each other, which is less than would be worth acting on: take "
        "the one you like best and end the test.",
        language,
        lift=lift,
    )


def _terms(comparison: Comparison, language: Language) -> list[str]:
    terms = []
    if comparison.dispersion > 1:
        terms.append(
            say(
                "Counts vary {factor:.2} times as much as independent ones; the intervals allow for it.",
                language,
                factor=comparison.dispersion,
            )
        )
    if comparison.looks == 0:
        terms.append(say("The bounds hold however often you look.", language))
    if comparison.looks > 1:
        terms.append(say("The bounds allow for {looks} planned looks.", language, looks=comparison.looks))
    return terms


def _invalid(comparison: Comparison, language: Language) -> str:
    problems = comparison.problems
    if len(problems):
        first = problems.iloc[0]
        fault = str(first["problem"])
        return say(
            "Not usable. {variant}, row {row}: {problem} Please correct the counts; nothing is compared "
            "until then.",
            language,
            variant=str(first["variant"]),
            row=int(first["row"]) + 1,
            problem=say(fault, language),
        )
    if not comparison.tests["srm_p_value"].iloc[0] < SPLIT_ALPHA:
        return say("Not usable. {reason}", language, reason=say(comparison.tests["reason"].iloc[0], language))
    trials = comparison.arms["trials"]
    shares = ", ".join(
        f"{name} {percent(n / trials.sum(), language)}"
        for name, n in zip(comparison.arms["variant"], trials, strict=True)
    )
    return say(
        "Not usable: the split is broken. The variants were shown in shares of {shares}, which chance "
        "does not explain ({p}). Something decided who saw what, so the rates cannot be compared. "
        "Find the cause and repeat the test.",
        language,
        shares=shares,
        p=p_text(float(comparison.tests["srm_p_value"].iloc[0]), language),
    )
