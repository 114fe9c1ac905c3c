"""What a thousand contacts, a click, a result cost in each channel, and what came back; like with like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.language import Language, Message, mark, say
from smmlib.metrics import load_metrics
from smmlib.planning.ledger import Ledger
from smmlib.planning.money import ZERO
from smmlib.planning.results import ATTRIBUTED, MetricName, Result, sums_of

if TYPE_CHECKING:
    import pandas as pd

UNIT_COSTS = ("cpm", "cpm_contacts", "cost_per_grp", "cpc_link", "cpc", "cpa", "roas")
"""Metric ids that set media costs against a figure; each has one denominator and no other."""


@dataclass(frozen=True, slots=True)
class UnitCost:
    """One figure of one channel.

    Attributes:
        channel: Id of the channel.
        metric: Metric id, one of `UNIT_COSTS`; its passport has the formula.
        cost: Media costs of the channel, in the currency of the ledger.
        count: What they are set against; None when unknown.
        value: The figure; None where it cannot be computed.
        rule: Rule of attribution of the count, "" where it needs none.
        result_type: Kind of results, of cost per action; target group, of cost per GRP.
        comparable: Whether it may be compared with the same figure of the other channels: same kind of
            results, same rule.
        reason: Why there is no value, or why it may not be compared; None if all is well.
    """

    channel: str
    metric: str
    cost: Decimal
    count: Decimal | None
    value: Decimal | None
    rule: str = ""
    result_type: str = ""
    comparable: bool = True
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """Figures of all channels.

    Attributes:
        figures: One per channel and metric that could be asked for.
        names: Id of a channel to its name.
        currency: Of money.
    """

    figures: tuple[UnitCost, ...]
    names: Mapping[str, str]
    currency: str

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per figure, columns as `UnitCost`; money and counts as Decimal or None, reason as text."""
        import pandas as pd

        rows = [{**asdict(f), "reason": f.reason.text(language) if f.reason else ""} for f in self.figures]
        return pd.DataFrame(rows, columns=[field.name for field in fields(UnitCost)])

    def text(self, language: Language = "en") -> str:
        """One line per figure."""
        return "\n".join(self._line(figure, language) for figure in self.figures)

    def _line(self, figure: UnitCost, language: Language) -> str:
        passport = load_metrics()[figure.metric]
        value = float("nan") if figure.value is None else float(figure.value)
        line = f"{self.names.get(figure.channel, figure.channel)}: {passport.label(language)} "
        line += passport.show(value, language, self.currency)
        if figure.rule:
            line += " " + say("(attributed: {rule})", language, rule=figure.rule)
        return line + (f". {figure.reason.text(language)}" if figure.reason else "")


def unit_costs(ledger: Ledger, results: Iterable[Result], *, until: date) -> UnitCosts:
    """Set media costs of channels against what they brought, each figure with its one denominator.

    Media costs are the actual of lines of kind "media" and of channels without a line. No denominator
    stands in for another: CPM per impressions and per contacts of traditional media are two figures.

    Args:
        ledger: The ledger.
        results: What channels brought.
        until: Last day that counts.
    """
    costs = media_costs(ledger, until=until)
    sums = sums_of(results, until=until)
    channels = sorted({*costs, *(channel for channel, _, _ in sums)})
    figures = [
        figure
        for metric in UNIT_COSTS
        for figure in _compared(
            [f for channel in channels for f in _figures(channel, metric, costs.get(channel, ZERO), sums)]
        )
    ]
    return UnitCosts(tuple(figures), ledger.names, ledger.currency)


def media_costs(ledger: Ledger, *, until: date) -> dict[str, Decimal]:
    """Actual media costs by channel, of services until a day (included): lines of media, and unplanned."""
    costs: dict[str, Decimal] = {}
    for row in ledger.rows:
        if row.measure == "actual" and row.channel and row.kind in ("media", "") and row.day <= until:
            costs[row.channel] = costs.get(row.channel, ZERO) + row.cost
    return costs


def _figures(
    channel: str, metric: str, cost: Decimal, sums: Mapping[tuple[str, str, str], Mapping[str, Decimal]]
) -> Iterable[UnitCost]:
    passport = load_metrics()[metric]
    counted = passport.numerator if passport.denominator == "spend" else passport.denominator
    for (of, name, kind), by_rule in sums.items():
        if of != channel or name != counted:
            continue
        count = sum(by_rule.values(), ZERO)
        reason = _no_value(counted, cost, count, by_rule, over_spend=passport.denominator == "spend")
        value = None
        if reason is None:
            share = count / cost if passport.denominator == "spend" else cost / count
            value = share * Decimal(repr(passport.factor))
        rule = " + ".join(sorted(filter(None, by_rule)))
        yield UnitCost(channel, metric, cost, count, value, rule, kind, reason is None, reason)


def _no_value(
    counted: str, cost: Decimal, count: Decimal, by_rule: Mapping[str, Decimal], *, over_spend: bool
) -> Message | None:
    """Why a figure cannot be computed, or None."""
    name = {"metric": MetricName(counted)}
    if counted in ATTRIBUTED and "" in by_rule:
        return Message(mark("{metric}: attributed without a rule; name the rule."), name)
    if counted in ATTRIBUTED and len(by_rule) > 1:
        return Message(mark("{metric}: attributed by different rules; use one rule a channel."), name)
    if not over_spend and not count:
        return Message(mark("{metric}: none yet, so there is no cost of one."), name)
    if cost <= 0:
        return Message(mark("No media costs are booked, so there is nothing to compare with."))
    return None


def _compared(figures: list[UnitCost]) -> list[UnitCost]:
    """The figures of one metric, marked where rules or kinds of results differ."""
    bases = {(figure.rule, figure.result_type) for figure in figures if figure.value is not None}
    if len(bases) < 2:
        return figures
    reason = Message(mark("Not comparable across channels: rules of attribution or kinds of results differ."))
    return [
        replace(figure, comparable=False, reason=reason) if figure.value is not None else figure
        for figure in figures
    ]
