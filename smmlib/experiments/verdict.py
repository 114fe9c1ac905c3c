"""What a comparison allows to say, in plain words, and never more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from smmlib.errors import UnknownNameError
from smmlib.experiments.comparison import BETWEEN_LOOKS, DESIGNS, NOT_OVER, SPLIT_ALPHA, Comparison
from smmlib.experiments.leading import Lead, largest_difference, leader, p_text
from smmlib.experiments.next_steps import expectation, next_step
from smmlib.experiments.rounding import rounded_percent
from smmlib.language import Language, mark, number, percent, say, say_many

if TYPE_CHECKING:
    from smmlib.experiments.shrinkage import Prior

Length = Literal["headline", "paragraph", "full"]
LENGTHS: tuple[Length, ...] = ("headline", "paragraph", "full")

_HEADLINES = {
    "winner": mark("{lead} wins: {rate} against {other_rate} for {other}."),
    "association": mark(
        "{lead} went along with the higher rate ({rate} against {other_rate}); nothing was randomised."
    ),
    "no decision": mark("No decision yet: {lead} {rate}, {other} {other_rate}."),
    "no difference": mark("No relevant difference: less than {lift:%0} between all variants."),
}
_PLATFORM_WINS = mark("{lead} wins, creative and delivery together: {rate} against {other_rate} for {other}.")
_OPENINGS = {
    "winner": mark("{lead} wins."),
    "association": mark("{lead} went along with the higher rate."),
    "no decision": mark("No decision yet."),
    "no difference": mark("No relevant difference."),
}
_RUNNING = {
    BETWEEN_LOOKS: mark("No decision: the test is between two planned looks."),
    NOT_OVER: mark("No decision yet; the test goes on."),
}
_LEAD = mark(
    "{lead} had {rate}, {other} had {other_rate}: a difference of {diff} percentage points "
    "({confidence} interval {low} to {high})."
)
_CAUTION = {
    "randomised": mark("The readers were split by chance, so the difference can be put down to the variant."),
    "platform": mark(
        "This holds for creative and delivery together: the platform chose who saw which variant, so it may "
        "have shown them to different people."
    ),
}
_ASSOCIATED = mark(
    "Nothing was randomised here: day, hour, topic and audience differed as well, and impressions "
    "of one post are not independent. This is an association, not proof that the variant did it."
)
_ADJUSTMENTS = {"holm": "Holm", "hochberg": "Hochberg", "bh": "Benjamini–Hochberg"}


def check_length(length: str) -> None:
    """Raise an `UnknownNameError` unless there is such a length."""
    if length not in LENGTHS:
        raise UnknownNameError(mark("Length"), str(length), LENGTHS)


def verdict_of_one(
    comparison: Comparison, language: Language, length: Length = "paragraph", prior: Prior | None = None
) -> str:
    """The verdict on the only test of `comparison`.

    Args:
        comparison: One test.
        language: Language to say it in.
        length: "headline": one sentence. "paragraph": two to five, with the number that decided. "full": the
            paragraph, then design, corrections, what was set aside, what to expect and what to do next.
        prior: How much variants usually differ, for what is to be expected; None: the published figure.
    """
    test = comparison.tests.iloc[0]
    if test["decision"] == "invalid":
        return _invalid(comparison, language, length)
    if comparison.design == "slots":
        return _whole_posts(language, length)
    lead = leader(comparison)
    if length == "headline":
        return _headline(comparison, lead, language)
    sentences = _paragraph(comparison, lead, language)
    if length == "full":
        sentences += _background(comparison, lead, language)
        sentences += expectation(comparison, lead, prior, language)
        sentences.append(next_step(comparison, lead, language))
    return " ".join(sentences)


def _headline(comparison: Comparison, lead: Lead, language: Language) -> str:
    decision = str(comparison.tests["decision"].iloc[0])
    template = _HEADLINES[decision]
    if decision == "winner" and comparison.design == "platform":
        template = _PLATFORM_WINS
    return say(template, language, lift=comparison.smallest_lift or 0.0, **lead.words(language))


def _paragraph(comparison: Comparison, lead: Lead, language: Language) -> list[str]:
    decision = str(comparison.tests["decision"].iloc[0])
    words = lead.words(language)
    opening = _RUNNING.get(str(comparison.tests["reason"].iloc[0]), _OPENINGS[decision])
    sentences = [say(opening, language, **words), say(_LEAD, language, **words)]
    if decision == "winner":
        limit = _limit(comparison, language)
        sentences.append(
            say("Chance hardly explains it ({p}, limit {limit}).", language, limit=limit, p=words["p"])
        )
        sentences.append(say(_CAUTION[comparison.design], language))
    elif decision == "association":
        sentences.append(say(_ASSOCIATED, language))
    elif decision == "no difference":
        sentences.append(_alike(comparison, lead, language))
    elif comparison.tests["reason"].iloc[0] != BETWEEN_LOOKS:
        sentences.append(_undecided(comparison, lead, language))
    return sentences + terms(comparison, language)


def _undecided(comparison: Comparison, lead: Lead, language: Language) -> str:
    p = p_text(lead.p, language)
    if lead.p < 1 - comparison.confidence:
        return say(
            "The lead over this rival is clear ({p}), but not over every other variant.", language, p=p
        )
    limit = _limit(comparison, language)
    return say("Chance cannot be ruled out ({p}, limit {limit}).", language, p=p, limit=limit)


def _limit(comparison: Comparison, language: Language) -> str:
    """The p value below which a test is decided, without the noise of 1 - 0.95 in floating point."""
    return number(round(1 - comparison.confidence, 9), language)


def _alike(comparison: Comparison, lead: Lead, language: Language) -> str:
    lift = comparison.smallest_lift or 0.0
    worth = say(
        "All variants lie within {lift:%0} of each other, which is less than would be worth acting on: take "
        "the one you like best and end the test.",
        language,
        lift=lift,
    )
    if comparison.looks != 1:  # the limit of one look would be too narrow
        return worth
    most = rounded_percent(largest_difference(comparison), lead.lift_error, language)
    return say("The difference is hardly more than {most}.", language, most=most) + " " + worth


def terms(comparison: Comparison, language: Language) -> list[str]:
    """What the intervals allow for."""
    said = []
    if comparison.dispersion > 1:
        said.append(
            say(
                "The counts have {factor:.2} times the variance of independent ones; the intervals allow "
                "for it.",
                language,
                factor=comparison.dispersion,
            )
        )
    if comparison.looks == 0:
        said.append(say("The bounds hold however often you look.", language))
    if comparison.looks > 1:
        said.append(say("The bounds allow for {looks} planned looks.", language, looks=comparison.looks))
    return said


def _background(comparison: Comparison, lead: Lead, language: Language) -> list[str]:
    """Design, corrections, chance of being best, and what was set aside."""
    test = comparison.tests.iloc[0]
    design = say(DESIGNS[comparison.design], language)
    said = [
        say(
            "{design}; {arms} variants, {trials} impressions or people in all.",
            language,
            design=design,
            arms=int(test["arms"]),
            trials=int(test["trials"]),
        )
    ]
    pairs = int(test["arms"]) - 1
    if pairs > 1:
        method = _ADJUSTMENTS[comparison.adjust]
        said.append(
            say("p is corrected for {count} comparisons ({method}).", language, count=pairs, method=method)
        )
    if comparison.design in _CAUTION:
        best = percent(lead.p_best, language, 1 if lead.p_best > 0.99 else 0)
        if lead.p_best > 0.999:
            best = say("over {share:%1}", language, share=0.999)
        said.append(say("Probability that {lead} is the best: {best}.", language, lead=lead.name, best=best))
    srm = float(test["srm_p_value"])
    if not math.isnan(srm):
        p = p_text(srm, language)
        said.append(say("Nothing speaks against the split ({p}), and no row was set aside.", language, p=p))
    else:
        said.append(say("No row was set aside; the split could not be checked.", language))
    return said


def _whole_posts(language: Language, length: Length) -> str:
    if length == "headline":
        return say("No decision: whole posts were tested here, not impressions.", language)
    return say(
        "No decision: whole posts were tested here, and each post counts once however many people saw "
        "it. Pair the posts by weekday and hour and compare the pairs.",
        language,
    )


def _invalid(comparison: Comparison, language: Language, length: Length) -> str:
    if len(comparison.problems):
        return _faulty(comparison, language, length)
    if not comparison.tests["srm_p_value"].iloc[0] < SPLIT_ALPHA:
        reason = say(comparison.tests["reason"].iloc[0], language)
        return say("Not usable. {reason}", language, reason=reason)
    if length == "headline":
        return say("Not usable: the split is broken", language) + "."
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


def _faulty(comparison: Comparison, language: Language, length: Length) -> str:
    if length == "headline":
        return say("Not usable: the counts are faulty.", language)
    first = comparison.problems.iloc[0]
    words = say(
        "Not usable. {variant}, row {row}: {problem} Please correct the counts; nothing is compared "
        "until then.",
        language,
        variant=str(first["variant"]),
        row=int(first["row"]) + 1,
        problem=say(str(first["problem"]), language),
    )
    more = len(comparison.problems) - 1
    if length == "full" and more:
        words += " " + say_many(
            "{count} more row cannot be used.", "{count} more rows cannot be used.", more, language
        )
    return words
