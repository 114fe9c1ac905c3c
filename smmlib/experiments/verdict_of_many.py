"""How many tests ended how, and the clearest of them."""

from __future__ import annotations

from smmlib.experiments.comparison import DESIGNS, SPLIT_ALPHA, Comparison
from smmlib.experiments.split import BROKEN_PERIOD
from smmlib.experiments.verdict import Length, terms, verdict_of_one
from smmlib.language import Language, say, say_many

_CLEAREST = 3  # tests named in the full length


def verdict_of_all(comparison: Comparison, language: Language, length: Length = "paragraph") -> str:
    """How the tests ended, one sentence for each way; "full" adds the design and the clearest tests."""
    lines = [
        say_many("{count} test compared.", "{count} tests compared.", len(comparison.tests), language),
        _decided(comparison, language),
    ]
    if length == "headline":
        return " ".join(lines)
    lines += _undecided(comparison, language) + _not_usable(comparison, language)
    lines += terms(comparison, language)
    if length == "full":
        lines += _clearest(comparison, language)
    return " ".join(lines)


def _decided(comparison: Comparison, language: Language) -> str:
    decisions = comparison.tests["decision"].value_counts()
    if comparison.design == "history":
        return say_many(
            "{count} shows an association (nothing was randomised).",
            "{count} show an association (nothing was randomised).",
            int(decisions.get("association", 0)),
            language,
        )
    won = int(decisions.get("winner", 0))
    return say_many("{count} has a winner.", "{count} have a winner.", won, language)


def _undecided(comparison: Comparison, language: Language) -> list[str]:
    decisions = comparison.tests["decision"].value_counts()
    undecided, alike = (int(decisions.get(name, 0)) for name in ("no decision", "no difference"))
    lines = [say_many("{count} is undecided.", "{count} are undecided.", undecided, language)]
    if alike:
        lines.append(
            say_many(
                "{count} ended without a relevant difference.",
                "{count} ended without a relevant difference each.",
                alike,
                language,
            )
        )
    return lines


def _not_usable(comparison: Comparison, language: Language) -> list[str]:
    """What was set aside and why."""
    lines = []
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
    return lines


def _clearest(comparison: Comparison, language: Language) -> list[str]:
    lines = [say(DESIGNS[comparison.design], language) + "."]
    leaders = comparison.leaders()
    clear = leaders.loc[leaders["decision"].isin(["winner", "association"]), "test"].head(_CLEAREST)
    lines += [f"{test}: {verdict_of_one(comparison.only(test), language, 'headline')}" for test in clear]
    if comparison.design != "history" and len(clear):
        lines.append(
            say(
                "Next: see over all tests what the winners have in common; a single one may be luck.",
                language,
            )
        )
    return lines
