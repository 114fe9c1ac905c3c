"""What a design can tell and what it cannot, in sentences."""

from __future__ import annotations

from smmlib.drafting.variants.designs import Design, Effect
from smmlib.drafting.variants.factors import factor_name
from smmlib.language import Language, Message, mark

_ROMAN = {3: "III", 4: "IV", 5: "V", 6: "VI", 7: "VII"}
_MEANING: dict[int, str] = {
    3: mark(
        "Use it to sort out what matters: what looks like the effect of one factor may be that of two others "
        "together."
    ),
    4: mark(
        "The effect of each factor is clear unless three others act together, which is rare. Which two act "
        "together stays open."
    ),
    5: mark(
        "The effect of each factor and of each two together is clear, unless three or more act together."
    ),
}


def explain(design: Design, language: Language = "en") -> tuple[str, ...]:
    """What the design can tell, in sentences.

    Names first how many of the combinations are written and the resolution; then, for a fraction, with what
    each factor's effect is mixed up, which pairs of interactions are, and what that means.
    """
    return tuple(sentence.text(language) for sentence in _sentences(design, language))


def notation(design: Design) -> str:
    """Its short name, e.g. "2^(4-1)" or "2×3"; a fraction with its resolution, e.g. "2^(4-1), IV"."""
    if design.resolution is None:
        counts = [len(each) for each in design.levels]
        return f"2^{len(counts)}" if set(counts) == {2} else "×".join(map(str, counts))
    removed = (design.combinations // len(design.runs)).bit_length() - 1
    return f"2^({len(design.factors)}-{removed}), {_ROMAN[design.resolution]}"


def effect_name(design: Design, effect: Effect, language: Language) -> str:
    """The factors of an effect: "hook × call to action"."""
    return " × ".join(factor_name(design.factors[i], language) for i in sorted(effect))


def _sentences(design: Design, language: Language) -> list[Message]:
    count, full = len(design.runs), design.combinations
    if design.resolution is None:
        one = len(design.factors) == 1
        text = (
            mark("{count} texts, one for each level: a difference can be put down to the factor.")
            if one
            else mark(
                "All {count} combinations are written: every effect and every interaction can be told apart."
            )
        )
        return [Message(text, {"count": count})]
    head = mark("{count} of {full} combinations are written (resolution {resolution}).")
    values = {"count": count, "full": full, "resolution": _ROMAN[design.resolution]}
    meaning = Message(_MEANING[min(design.resolution, 5)])
    return [Message(head, values), *_mixed_mains(design, language), *_mixed_pairs(design, language), meaning]


def _mixed_mains(design: Design, language: Language) -> list[Message]:
    """With what the effect of each factor is mixed up: the interactions of fewest factors."""
    found = []
    for effect in design.effects(1):
        others = design.aliases(effect)
        nearest = [other for other in others if len(other) == len(others[0])]
        text = mark("The effect of {factor} cannot be told from that of {others} together.")
        values = {
            "factor": effect_name(design, effect, language),
            "others": "; ".join(effect_name(design, other, language) for other in nearest),
        }
        found.append(Message(text, values))
    return found


def _mixed_pairs(design: Design, language: Language) -> list[Message]:
    """Interactions of two factors that are mixed up with each other, each group once."""
    found, seen = [], set[Effect]()
    for effect in design.effects(2):
        others = [other for other in design.aliases(effect) if len(other) == 2]
        if others and effect not in seen:
            seen |= {effect, *others}
            text = mark("Whether {pair} act together cannot be told from {others}.")
            values = {
                "pair": effect_name(design, effect, language),
                "others": "; ".join(effect_name(design, other, language) for other in others),
            }
            found.append(Message(text, values))
    return found
