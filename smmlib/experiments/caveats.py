"""What may spoil a test whose figures look fine: novelty, an early stop, changed texts, other counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.intervals import log_ratio
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    from smmlib.metrics import Passport

Kind = Literal["split", "novelty", "early", "text", "break", "plan"]

NOVELTY_ALPHA = 0.01


@dataclass(frozen=True, slots=True)
class Caveat:
    """One reason to doubt a test.

    Attributes:
        test: Name of the test.
        kind: "split", "novelty", "early", "text", "break" or "plan".
        template: English sentence, marked for the catalogue.
        values: What fills it.
        spoils: Whether the test must not be decided at all, rather than with care.
    """

    test: object
    kind: Kind
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    spoils: bool = False

    def text(self, language: Language = "en") -> str:
        """The reason and what to do, in `language`."""
        return say(self.template, language, test=str(self.test), **self.values)


def novelty(  # noqa: PLR0913
    table: pd.DataFrame,
    *,
    test: str,
    variant: str,
    trials: str,
    successes: str,
    half: str,
    dispersion: float = 1.0,
) -> tuple[Caveat, ...]:
    """Tests whose effect in the second half differs clearly from that in the first.

    A lead that fades is often novelty; one that grows, learning or another audience. Either way the total
    is no forecast.

    Args:
        table: One row per arm and half; it is not changed.
        test: Column with the name of the test.
        variant: Column with the name of the variant; the two with the most trials are looked at.
        trials: Column with counts.
        successes: Column with counts.
        half: Column that is 1 or 2.
        dispersion: Variance inflation, at least 1.

    Raises:
        MissingColumnError: A column is not there.
        InvalidValueError: `half` holds other values than 1 and 2.

    Source:
        Wald test of two independent log ratios (Katz et al. 1978), two-sided at .01 for each test.
    """
    wanted = [test, variant, trials, successes, half]
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        raise MissingColumnError(missing, map(str, table.columns), source="novelty")
    if not set(table[half].dropna()) <= {1, 2}:
        values = sorted(set(map(str, table[half].dropna())) - {"1", "2"})
        raise InvalidValueError(
            mark(
                "Column {name!r} holds {values}; it must say 1 or 2: the half of the test a row belongs to."
            ),
            name=half,
            values=", ".join(values[:5]),
        )
    sums = table.groupby([test, variant, half], sort=False)[[trials, successes]].sum().dropna()
    halves = {key: (float(x), float(n)) for key, n, x in sums.itertuples(name=None)}
    shown = table.groupby([test, variant], sort=False)[trials].sum()
    found: list[Caveat] = []
    for name in pd.unique(table[test].dropna()):
        pair = shown[name].nlargest(2).index
        counts = [[halves.get((name, each, h)) for each in pair] for h in (1, 2)]
        if len(pair) == 2 and all(count is not None for half_ in counts for count in half_):
            found += _faded(name, tuple(map(str, pair)), counts, dispersion)
    return tuple(found)


def _faded(test: object, pair: tuple[str, ...], counts: list[list[Any]], dispersion: float) -> list[Caveat]:
    from scipy.special import ndtr

    (first, e_1), (second, e_2) = (log_ratio(*half, dispersion=dispersion) for half in counts)
    p = 2 * float(ndtr(-abs(first - second) / np.hypot(e_1, e_2)))
    if not p < NOVELTY_ALPHA:
        return []
    template = mark(
        "In {test}, {variant} differed from {other} by {first:+%0} in the first half and by {second:+%0} in "
        "the second (p = {p:.4}). Let it run on, and trust the later half more."
    )
    values = {"variant": pair[0], "other": pair[1], "p": p}
    values |= {"first": float(np.expm1(first)), "second": float(np.expm1(second))}
    return [Caveat(test, "novelty", template, values)]


def stopped_early(counted: Mapping[object, float], planned: Mapping[object, float]) -> tuple[Caveat, ...]:
    """Tests that are judged before the size their plan asked for.

    Args:
        counted: Test to its trials so far.
        planned: Test to the trials its plan asked for; tests without a plan are passed over.
    """
    template = mark(
        "{test} has {share:%0} of the {planned} trials its plan asked for. Wait, or judge it by bounds for "
        "early looks."
    )
    return tuple(
        Caveat(test, "early", template, {"share": counted[test] / size, "planned": int(size)})
        for test, size in planned.items()
        if test in counted and counted[test] < size
    )


def changed_texts(test: object, planned: Mapping[str, str], shown: Mapping[str, str]) -> tuple[Caveat, ...]:
    """Variants whose text is another one than when the test began.

    Args:
        test: Name of the test.
        planned: Variant to its text when the test began.
        shown: Variant to its text now.
    """
    template = mark("The text of {variant} in {test} was changed after the test began; start a new test.")
    lost = mark("Variant {variant} of {test} is not there any more; start a new test.")
    return tuple(
        Caveat(test, "text", template if name in shown else lost, {"variant": name}, spoils=True)
        for name, text in planned.items()
        if shown.get(name) != text
    )


def counting_breaks(
    test: object, *, metrics: Sequence[Passport], network: str, first: date, last: date
) -> tuple[Caveat, ...]:
    """Days within a test on which the network began to count a metric otherwise.

    Args:
        test: Name of the test.
        metrics: What the test counts; see `smmlib.metrics.load_metrics`.
        network: Id of the network.
        first: First day of the test.
        last: Last day of the test (included).
    """
    template = mark(
        "While {test} ran, {network} began on {day:date} to count {metric} otherwise. Compare only days "
        "after it."
    )
    return tuple(
        Caveat(
            test, "break", template, {"network": network, "day": each.on, "metric": metric.id}, spoils=True
        )
        for metric in metrics
        for each in metric.breaks
        if network in each.networks and first < each.on <= last
    )
