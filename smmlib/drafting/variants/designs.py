"""Which combinations of levels are written: all of them, or a fraction, with what that costs.

Source: Box, Hunter and Hunter, Statistics for Experimenters (2nd ed. 2005), chapters 5 and 6, table 6.22;
Montgomery, Design and Analysis of Experiments (8th ed. 2013), table 8.14.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, product
from math import prod
from operator import xor
from typing import TYPE_CHECKING

from smmlib.errors import InvalidValueError
from smmlib.language import mark

if TYPE_CHECKING:
    import pandas as pd

Effect = frozenset[int]
"""A main effect or an interaction: the positions of its factors."""

GENERATORS: dict[tuple[int, int], tuple[str, ...]] = {
    (3, 1): ("AB",),
    (4, 1): ("ABC",),
    (5, 1): ("ABCD",),
    (5, 2): ("AB", "AC"),
    (6, 1): ("ABCDE",),
    (6, 2): ("ABC", "BCD"),
    (6, 3): ("AB", "AC", "BC"),
    (7, 1): ("ABCDEF",),
    (7, 2): ("ABCD", "ABDE"),
    (7, 3): ("ABC", "BCD", "ACD"),
    (7, 4): ("AB", "AC", "BC", "ABC"),
}
"""(factors, factors added) to what each added factor is the product of; letters are the factors in order."""

_MOST_TEXTS = 128


@dataclass(frozen=True, slots=True)
class Design:
    """The combinations of levels that are written.

    Attributes:
        factors: Names of the factors.
        levels: Levels of each.
        runs: One tuple a text: position of the level of each factor. The first factor changes fastest.
        defining: Products of factors that are constant in all runs (the defining relation); none in a
            full factorial.
    """

    factors: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    runs: tuple[tuple[int, ...], ...]
    defining: tuple[Effect, ...] = ()

    @property
    def resolution(self) -> int | None:
        """Length of the shortest product of the defining relation; None for a full factorial."""
        return min(map(len, self.defining), default=None)

    @property
    def combinations(self) -> int:
        """How many combinations of levels there are."""
        return prod(map(len, self.levels))

    def cells(self) -> Iterator[dict[str, str]]:
        """Factor to level, for each text."""
        for run in self.runs:
            yield {
                name: self.levels[i][level]
                for i, (name, level) in enumerate(zip(self.factors, run, strict=True))
            }

    def aliases(self, effect: Effect) -> tuple[Effect, ...]:
        """Effects that cannot be told from this one, those of fewest factors first."""
        return tuple(sorted((effect ^ word for word in self.defining), key=by_order))

    def effects(self, order: int) -> tuple[Effect, ...]:
        """All effects of so many factors; 1: main effects, 2: interactions of two."""
        return tuple(map(frozenset, combinations(range(len(self.factors)), order)))

    def to_frame(self) -> pd.DataFrame:
        """One row per text: its number (run, from 1) and its level of each factor."""
        import pandas as pd

        frame = pd.DataFrame(list(self.cells()), columns=list(self.factors))
        frame.insert(0, "run", range(1, len(frame) + 1))
        return frame


def full_factorial(levels: Mapping[str, Sequence[str]]) -> Design:
    """Every combination of levels.

    Args:
        levels: Factor to its levels, two or more each.

    Raises:
        InvalidValueError: There would be more than 128 texts.
    """
    chosen = tuple(tuple(each) for each in levels.values())
    count = prod(map(len, chosen))
    if count > _MOST_TEXTS:
        raise InvalidValueError(
            mark("All combinations would be {count} texts, more than {limit}; drop a factor or a level."),
            count=count,
            limit=_MOST_TEXTS,
        )
    runs = (tuple(reversed(run)) for run in product(*(range(len(each)) for each in reversed(chosen))))
    return Design(tuple(levels), chosen, tuple(runs))


def fractional_factorial(levels: Mapping[str, Sequence[str]], fraction: int) -> Design:
    """A half (`fraction` = 1), a quarter (2), … of the combinations of factors with two levels each.

    The last `fraction` factors are products of the first ones, chosen so that the resolution is the
    highest there is.

    Raises:
        InvalidValueError: A factor has more than two levels, or there is no such fraction.
    """
    count = len(levels)
    if any(len(each) != 2 for each in levels.values()):
        raise InvalidValueError(
            mark(
                "Only factors with two levels each can be tested by a fraction; write all combinations "
                "instead."
            )
        )
    if (count, fraction) not in GENERATORS:
        offered = ", ".join(str(p) for k, p in GENERATORS if k == count)
        raise InvalidValueError(
            mark(
                "{count} factors have no fraction {fraction!r}; there is: {offered} (1: a half, 2: a "
                "quarter)."
            ),
            count=count,
            fraction=fraction,
            offered=offered or "–",
        )
    added = [frozenset(map("ABCDEFG".index, letters)) for letters in GENERATORS[count, fraction]]
    free = full_factorial({name: (0, 1) for name in list(levels)[: count - fraction]})  # type: ignore[misc]
    runs = tuple((*run, *(_product(run, parts) for parts in added)) for run in free.runs)
    words = [parts | {count - fraction + i} for i, parts in enumerate(added)]
    chosen = tuple(tuple(each) for each in levels.values())
    return Design(tuple(levels), chosen, runs, tuple(sorted(_group(words), key=by_order)))


def offered_designs(levels: Mapping[str, Sequence[str]]) -> tuple[Design, ...]:
    """The designs there are for these factors, the full one first, then with fewer and fewer texts."""
    count = len(levels)
    halves = all(len(each) == 2 for each in levels.values())
    fractions = [p for k, p in GENERATORS if k == count and halves]
    full = [full_factorial(levels)] if prod(map(len, levels.values())) <= _MOST_TEXTS else []
    return (*full, *(fractional_factorial(levels, p) for p in fractions))


def by_order(effect: Effect) -> tuple[int, list[int]]:
    """Key that sorts effects: few factors first."""
    return len(effect), sorted(effect)


def _product(run: tuple[int, ...], parts: Effect) -> int:
    """The product of these columns, with the levels 0 and 1 read as -1 and +1."""
    lows = sum(run[i] == 0 for i in parts)
    return int(lows % 2 == 0)


def _group(words: list[Effect]) -> Iterator[Effect]:
    """All products of the generating words; a factor times itself is constant and drops out."""
    for order in range(1, len(words) + 1):
        for chosen in combinations(words, order):
            yield reduce(xor, chosen)
