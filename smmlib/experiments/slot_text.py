"""The outcome of matched slots in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.experiments.leading import p_text
from smmlib.experiments.rounding import rounded_number, rounded_p, rounded_percent
from smmlib.language import Language, number, percent, say, say_many

if TYPE_CHECKING:
    import pandas as pd

    from smmlib.experiments.slots import SlotComparison


def slot_text(comparison: SlotComparison, language: Language) -> str:
    """What the slots allow to say: the decision, how sure it is, what it rests on, what was left out."""
    sentences = [_decision(comparison, language), _basis(comparison, language)]
    if len(comparison.dropped):
        sentences.append(
            say_many(
                "{count} block was left out because a value is missing or there twice: {blocks}.",
                "{count} blocks were left out because a value is missing or there twice: {blocks}.",
                len(comparison.dropped),
                language,
                blocks=", ".join(map(str, comparison.dropped["block"])),
            )
        )
    return " ".join(sentences)


def hardest_pair(comparison: SlotComparison) -> pd.Series:
    """Row of `pairs` that decides: the leader against the rival that is hardest to beat."""
    hardest: pd.Series = comparison.pairs.iloc[int(comparison.pairs["p_adjusted"].argmax())]
    return hardest


def _decision(comparison: SlotComparison, language: Language) -> str:
    hardest = hardest_pair(comparison)
    ahead = hardest["estimate"] >= 0
    better, worse = (
        (hardest["variant"], hardest["other"]) if ahead else (hardest["other"], hardest["variant"])
    )
    amounts = _amounts(comparison, hardest[["estimate", "low", "high"]].tolist(), language)
    level = percent(1 - comparison.alpha / len(comparison.pairs), language, 1)
    p = p_text(float(hardest["p_adjusted"]), language)
    values = {"better": better, "worse": worse, "p": p, **amounts}
    if comparison.decision == "winner":
        return say(
            "{better} wins: typically {amount} more than {worse} ({level} interval {low} to {high}; {p}).",
            language,
            level=level.replace(number(0.0, language, 1)[1:], ""),  # 95%, but 97.5%
            **values,
        )
    if hardest["estimate"] == 0:
        return say("No decision: {better} and {worse} are typically alike ({p}).", language, **values)
    return say(
        "No decision: {better} is typically ahead of {worse} by {amount}, which chance alone can explain "
        "({p}).",
        language,
        **values,
    )


def _amounts(comparison: SlotComparison, figures: list[float], language: Language) -> dict[str, str]:
    """Estimate without sign, and the interval, rounded as the interval allows."""
    estimate, low, high = figures
    error = (high - low) / 4  # an interval of 95 per cent is about four standard errors wide
    if comparison.scale == "ratio":
        # told the other way round: B 20 % below A is A 25 % above B
        amount = estimate if estimate >= 0 else -estimate / (1 + estimate)
        shown = [rounded_percent(value, error, language) for value in (amount, low, high)]
    elif comparison.impressions is not None:
        points = [rounded_number(100 * value, 100 * error, language) for value in (abs(estimate), low, high)]
        shown = [say("{points} percentage points", language, points=point) for point in points]
    else:
        shown = [rounded_number(value, error, language) for value in (abs(estimate), low, high)]
    return dict(zip(("amount", "low", "high"), shown, strict=True))


def _basis(comparison: SlotComparison, language: Language) -> str:
    posts = comparison.blocks * len(comparison.variants)
    values = {
        "posts": posts,
        "blocks": comparison.blocks,
        "smallest": rounded_p(comparison.smallest_p, language),
    }
    if comparison.impressions is None:
        return say(
            "This rests on {posts} posts or periods in {blocks} blocks, by repeating the draw that assigned "
            "them; the smallest possible p value was {smallest}.",
            language,
            **values,
        )
    return say(
        "This rests on {posts} posts or periods in {blocks} blocks, not on their {impressions} impressions, "
        "by repeating the draw that assigned them; the smallest possible p value was {smallest}.",
        language,
        impressions=number(comparison.impressions, language, 0),
        **values,
    )
