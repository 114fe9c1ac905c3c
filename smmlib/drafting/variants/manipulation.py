"""Verify on the texts themselves that variants differ in what was declared, and in nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from smmlib.draft import Variant
from smmlib.drafting.variants.factors import FACTORS, LEVELS, Factor, as_factors
from smmlib.drafting.variants.measuring import measure
from smmlib.drafting.variants.parts import TextParts, text_parts
from smmlib.language import Language, Message, mark
from smmlib.networks import Finding

_LENGTHS_APART = 40
"""Texts of one length may be so many graphemes apart before a reader sees it."""

_PARTS: dict[str, tuple[str, Callable[[TextParts], object]]] = {
    "hook": (mark("the hook"), lambda parts: parts.hook),
    "length": (mark("the body"), lambda parts: parts.body),
    "cta": (mark("the call to action"), lambda parts: parts.call),
    "emoji": (mark("the emoji"), lambda parts: parts.emoji),
}
"""Factor to the part of the text it may change."""


def verify_manipulation(
    variants: Sequence[Variant],
    *,
    language: Language,
    factors: Iterable[str | Mapping[str, Any] | Factor] = (),
) -> tuple[Finding, ...]:
    """What keeps variants from a test, and what would make its result hard to read; run it after each edit.

    An error (rule "manipulation") says that a text does not have the level it is held to, or that all
    have the same: such a variant must not enter a test; `values["level_of"]` is the factor. A warning (rule
    "constant") says that something else
    differs too. A notice says that a factor of the user's own cannot be measured. `values["variant"]` is
    the name of the variant.

    Args:
        variants: Texts with the levels they are held to.
        language: Language of the texts.
        factors: What was declared to differ; empty: the factors the variants' levels name.
    """
    named = tuple(factors) or tuple(dict.fromkeys(name for v in variants for name in v.levels))
    if not named:
        return ()
    known = as_factors([_own(each) if isinstance(each, str) else each for each in named])
    parts = {variant.name: text_parts(variant.text) for variant in variants}
    found = [f for factor in known for f in _levels(factor, variants, parts, language)]
    found += _constant(known, variants, parts)
    found += _same_length(known, variants, parts)
    return tuple(found)


def _own(name: str) -> str | Factor:
    """A factor of the user's own of which only the name is known has no levels that can be checked."""
    return name if name in FACTORS else Factor(name=name, levels=("1", "2"))


def _levels(
    factor: Factor, variants: Sequence[Variant], parts: Mapping[str, TextParts], language: Language
) -> Iterator[Finding]:
    name = _shown(factor.name)
    if factor.own and not factor.phrases:
        text = mark(
            "{factor} is a factor of your own and cannot be measured: see for yourself that only it differs."
        )
        yield Finding("manipulation", "notice", values={"factor": name}, template=text)
        return
    for variant in variants:
        level = variant.levels.get(factor.name)
        values = {
            "variant": variant.name,
            "level_of": factor.name,
            "factor": name,
            "level": _shown(level or ""),
        }
        if factor.own:
            if level is None or not _has_own(factor, level, variant.text):
                text = mark(
                    "{variant}: the phrase for {factor} = {level} is missing, or that of another level is in."
                )
                yield Finding("manipulation", "error", values=values, template=text)
            continue
        measured = measure(factor.name, parts[variant.name], language)
        if measured.level is None or measured.level != level:
            text = mark("{variant} is held to {factor} = {level}, but {found}.")
            if level is None:
                text = mark("{variant} has no level of {factor} yet: {found}.")
            yield Finding("manipulation", "error", values={**values, "found": measured.found}, template=text)
    if len(variants) > 1 and len({variant.levels.get(factor.name) for variant in variants}) == 1:
        text = mark("All variants have the same {factor}; change it in one of them.")
        yield Finding("manipulation", "error", values={"factor": name}, template=text)


def _has_own(factor: Factor, level: str, text: str) -> bool:
    """Whether the phrase of this level is in the text and those of other levels are not."""
    here = factor.phrases.get(level, "")
    rest = text.replace(here, "", 1) if here else text
    others = (phrase for other, phrase in factor.phrases.items() if other != level and phrase)
    return here in text and not any(phrase in rest for phrase in others)


def _constant(
    factors: Sequence[Factor], variants: Sequence[Variant], parts: Mapping[str, TextParts]
) -> Iterator[Finding]:
    """Parts that differ though no factor explains it, told of the variants that are in the minority."""
    for part_of, (name, part) in _PARTS.items():
        explaining = [f.name for f in factors if f.name == part_of or (f.own and _reaches(f, part_of))]
        groups = defaultdict(list)
        for variant in variants:
            groups[tuple(variant.levels.get(f, variant.name) for f in explaining)].append(variant.name)
        for group in groups.values():
            usual, _ = Counter(part(parts[each]) for each in group).most_common(1)[0]
            model = next(each for each in group if part(parts[each]) == usual)
            for each in group:
                if part(parts[each]) != usual:
                    text = mark(
                        "{variant} differs from {other} in {part} too, which is no declared factor: the "
                        "test could "
                        "not tell which of the two did it."
                    )
                    values = {"variant": each, "other": model, "part": Message(name)}
                    yield Finding("constant", "warning", values=values, template=text)


def _reaches(factor: Factor, part_of: str) -> bool:
    """Whether a factor of one's own may change this part; one without phrases may change any."""
    place = {"hook": "hook", "cta": "cta"}.get(factor.slot, "length")
    return not factor.phrases or place == part_of


def _same_length(
    factors: Sequence[Factor], variants: Sequence[Variant], parts: Mapping[str, TextParts]
) -> Iterator[Finding]:
    """Texts that are much longer than others held to the same length."""
    groups = defaultdict(list)
    by_length = any(factor.name == "length" for factor in factors)
    for variant in variants:
        groups[variant.levels.get("length") if by_length else None].append(variant.name)
    for group in groups.values():
        shortest = min(group, key=lambda name: parts[name].graphemes)
        for name in group:
            more = parts[name].graphemes - parts[shortest].graphemes
            if more > _LENGTHS_APART:
                text = mark(
                    "{variant} is {more} characters longer than {other}, and the length is not what is "
                    "tested here: "
                    "bring them closer together."
                )
                values = {"variant": name, "other": shortest, "more": more}
                yield Finding("constant", "warning", values=values, template=text)


def _shown(name: str) -> object:
    """A factor or level as people read it, in their language."""
    text = FACTORS.get(name) or LEVELS.get(name)
    return Message(text) if text else name or "–"
