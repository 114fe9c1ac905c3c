"""Write the variants of a design: one text for each combination of levels, everything else the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from smmlib.campaign import Address, Campaign
from smmlib.draft import Format, Variant
from smmlib.drafting.variants.assembling import FRAME, Layout, assemble
from smmlib.drafting.variants.briefing_words import briefing_words
from smmlib.drafting.variants.choosing import Candidate, Chosen, Frame, choose
from smmlib.drafting.variants.designs import Design, fractional_factorial, full_factorial
from smmlib.drafting.variants.factors import FACTORS, LONG, SHORT, Factor, as_factors
from smmlib.drafting.variants.phrasebook import Phrasebook
from smmlib.drafting.variants.pool import Pool
from smmlib.drafting.variants.reading import combined
from smmlib.drafting.variants.variant_set import VariantSet
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, mark
from smmlib.networks import Network

_ROOM = 20
"""A network that allows no more than so many characters beyond a long text gets a short one by default."""

_LONGEST = 480
"""Graphemes a long text has at most, whatever the network allows: these are posts, not articles."""


def write_variants(  # noqa: PLR0913
    campaign: Campaign,
    network: Network,
    *,
    factors: Iterable[str | Mapping[str, Any] | Factor],
    seed: int,
    address: Address = "neutral",
    language: Language = "de",
    formula: str = "AIDA",
    fraction: int | None = None,
    phrasebooks: Iterable[Phrasebook] | None = None,
    format: Format = "post",
) -> VariantSet:
    """Write rough drafts that differ in the factors and in nothing else.

        write_variants(campaign, networks["bluesky"], factors=["hook", "cta"], seed=7, address="du")

    Every text fits the network. The link and the hashtags are not part of them. The same arguments give the
    same texts, in every process. What is no factor is the same everywhere: a statement as hook, a direct call
    to action, a long text where the network has room, no emoji.

    Args:
        campaign: Its `wording` in the language has the phrases; see `smmlib.message_house`.
        network: The network, with the account's own limits if it has any.
        factors: "hook", "cta", "length", "emoji"; or a mapping such as {"name": "hook", "levels": ("quote",
            "story")}; or one's own, {"name": "delivery", "phrases": {"fast": "In 2 days.", "none": ""},
            "slot": "closing"}, whose phrases take the place of a slot.
        seed: Which phrases are drawn.
        address: Form of address.
        language: Language of the texts.
        formula: Order of the slots: "AIDA", "PAS", "FAB", "BAB" (before, after, bridge) or one of a
            phrasebook.
        fraction: None: all combinations; 1: a half of them; 2: a quarter.
        phrasebooks: Phrasebooks of one's own, put over those that come with smmlib.
        format: Form of the post.

    Raises:
        InvalidValueError: The factors do not fit, the briefing lacks a phrase, or no choice of phrases fits.
        UnknownNameError: There is no such formula, level or slot.
    """
    chosen = as_factors(factors)
    levels = {factor.name: factor.levels for factor in chosen}
    design = full_factorial(levels) if fraction is None else fractional_factorial(levels, fraction)
    book = combined(language, phrasebooks or ())
    words = briefing_words(campaign, language, network=network, format=format)
    pool = Pool(book, address, words, network.count, str(seed))
    limit = network.limit(format)
    plan = _Plan(design, chosen, _layout(pool.book, formula, chosen), _default_length(limit))
    draw = _draw(plan, pool, formula, limit, network.name)
    return _written(plan, draw, language, seed)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which slots each text of a design has."""

    design: Design
    factors: tuple[Factor, ...]
    layout: Layout
    length: str

    def length_of(self, cell: Mapping[str, str]) -> str:
        return cell.get("length", self.length)

    def keys(self, cell: Mapping[str, str]) -> dict[str, str]:
        """Slot to what is drawn for it in this cell, e.g. {"hook": "hook.question", "offer": "offer"}."""
        own = {factor.slot: f"{factor.slot}={cell[factor.name]}" for factor in self.factors if factor.own}
        kinds = {"hook": "hook." + cell.get("hook", "statement"), "cta": "cta." + cell.get("cta", "direct")}
        found = {
            slot: own.get(slot, kinds.get(slot, slot)) for slot in self.layout.order(self.length_of(cell))
        }
        if int(cell.get("emoji", 0)):
            found["emoji"] = "emoji." + cell["emoji"]
        return found


def _layout(book: Phrasebook, formula: str, factors: tuple[Factor, ...]) -> Layout:
    if formula not in book.formulas:
        raise UnknownNameError(mark("Formula"), formula, book.formulas)
    slots = tuple(slot.strip("()") for slot in book.formulas[formula])
    own = [factor.slot for factor in factors if factor.own]
    for factor in factors:
        if factor.own and not factor.phrases:
            raise InvalidValueError(
                mark(
                    "Factor {factor!r} is none of {known}, so each of its levels needs a phrase, as in "
                    "{example}."
                ),
                factor=factor.name,
                known=", ".join(FACTORS),
                example={"name": factor.name, "phrases": {"with": "In 14 days.", "without": ""}},
            )
    for slot in own:
        if slot not in slots:
            raise UnknownNameError(mark("Slot"), slot, slots)
    taken = [*own, *(factor.name for factor in factors if factor.name in FRAME)]
    if len(set(taken)) < len(taken):
        raise InvalidValueError(
            mark("Two factors change the same slot ({slots}); give one of them another slot."),
            slots=", ".join(sorted({repr(slot) for slot in taken if taken.count(slot) > 1})),
        )
    return Layout(slots, frozenset(own))


def _default_length(limit: int | None) -> str:
    return "long" if limit is None or limit >= LONG + _ROOM else "short"


def _draw(plan: _Plan, pool: Pool, formula: str, limit: int | None, network: str) -> Chosen:
    texts = [(plan.keys(cell), plan.length_of(cell)) for cell in plan.design.cells()]
    may_go = {s.strip("()") for s in pool.book.formulas[formula] if s.startswith("(")} - plan.layout.own
    used = dict.fromkeys(key for keys, _ in texts for key in keys.values())
    available = _available(plan.factors, pool, list(used), may_go)
    worded = [(tuple(key for slot, key in keys.items() if slot != "emoji"), length) for keys, length in texts]
    frame = Frame(
        required=tuple(key for key in used if key not in may_go),
        optional=tuple(key for key in used if key in may_go),
        texts=tuple(dict.fromkeys((tuple(keys.values()), length) for keys, length in texts)),
        sizes={"short": (1, SHORT), "long": (LONG, max(LONG, min(limit or _LONGEST, _LONGEST)))},
        most=limit,
        read=tuple(dict.fromkeys(worded)),
    )
    draw, missed = choose(frame, available, str(pool.seed))
    if missed:
        raise _does_not_fit(missed, {length for _, length in texts}, limit, network)
    return draw


def _available(
    factors: tuple[Factor, ...], pool: Pool, keys: list[str], may_go: set[str]
) -> dict[str, list[Candidate]]:
    """What may be drawn for each key."""
    own = {f"{f.slot}={level}": phrase for f in factors if f.own for level, phrase in f.phrases.items()}
    found: dict[str, list[Candidate]] = {}
    for key in keys:
        if key in own:
            filled = pool.filled(own[key])
            if filled is None:
                raise pool.gap(key, own[key])
            found[key] = [filled]
        elif key.startswith("emoji."):
            count = int(key.partition(".")[2])
            pairs = [pair.split() for pair in pool.book.phrases("emoji", pool.address)]
            found[key] = [pool.measured(" ".join((pair * count)[:count])) for pair in pairs]
        else:
            found[key] = pool.of(key) if key in may_go else pool.require(key)
    return found


def _written(plan: _Plan, draw: Chosen, language: Language, seed: int) -> VariantSet:
    variants, slots = [], {}
    for index, cell in enumerate(plan.design.cells()):
        name = ascii_uppercase[index] if index < len(ascii_uppercase) else str(index + 1)
        phrases = {slot: draw[key].text for slot, key in plan.keys(cell).items() if key in draw}
        emoji = tuple(phrases.pop("emoji", "").split())
        text = assemble(plan.layout, plan.length_of(cell), phrases, emoji)
        variants.append(Variant(name=name, text=text, levels=cell))
        slots[name] = {**phrases, **({"emoji": " ".join(emoji)} if emoji else {})}
    filled = tuple(_filled(factor, draw) for factor in plan.factors)
    return VariantSet(tuple(variants), filled, plan.design, language, slots, seed)


def _filled(factor: Factor, draw: Chosen) -> Factor:
    """A factor of the user's own with its phrases as they stand in the texts."""
    if not factor.own:
        return factor
    return factor.replace(phrases={level: draw[f"{factor.slot}={level}"].text for level in factor.levels})


def _does_not_fit(missed: int, lengths: set[str], limit: int | None, network: str) -> InvalidValueError:
    if limit is not None and "long" in lengths and limit < LONG:
        return InvalidValueError(
            mark(
                "{network} allows {limit} characters, and a long text has at least {long}; take the "
                "length out of "
                "the factors."
            ),
            network=network,
            limit=limit,
            long=LONG,
        )
    return InvalidValueError(
        mark(
            "No choice of phrases makes all texts fit (short: up to {short}, long: from {long}, "
            "{network}: up to "
            "{limit}); the best misses by {missed}. Shorten the phrases of the briefing, or take a factor "
            "out."
        ),
        short=SHORT,
        long=LONG,
        network=network,
        limit="–" if limit is None else limit,
        missed=missed,
    )
