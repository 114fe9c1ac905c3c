"""What if: budget shifted from one line to another, a channel stopped. Assumptions, marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.errors import InvalidValueError
from smmlib.language import Language, Message, mark, say
from smmlib.planning.budget import BudgetLine
from smmlib.planning.money import ZERO, Sum, divided, exact
from smmlib.planning.plan import Plan
from smmlib.planning.tax import taxed
from smmlib.planning.unit_costing import UnitCosts

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A plan as it might be. Nothing is decided by it; keep `plan` to decide.

    Attributes:
        plan: The plan with one more version, named as an assumption.
        change: What was changed.
        assumptions: What the effect rests on; always at least one.
        results: Change in results, by channel id; None where costs of a result are not known.
    """

    plan: Plan
    change: Message
    assumptions: tuple[Message, ...]
    results: dict[str, Decimal | None]

    def to_frame(self) -> pd.DataFrame:
        """One row per channel: channel, results (change, Decimal or None), assumption (always True)."""
        import pandas as pd

        rows = [(channel, change, True) for channel, change in self.results.items()]
        return pd.DataFrame(rows, columns=["channel", "results", "assumption"])

    def text(self, language: Language = "en") -> str:
        """The change and its effect, every line marked as an assumption."""
        lines = [self.change.text(language), *(a.text(language) for a in self.assumptions)]
        names = self.plan.current.names()
        for channel, change in self.results.items():
            name = names.get(channel, channel)
            if change is None:
                lines.append(say("{channel}: effect on results unknown.", language, channel=name))
            else:
                lines.append(say("{channel}: {change:+.0} results.", language, channel=name, change=change))
        return "\n".join(say("Assumption: {line}", language, line=line) for line in lines)


def shift_budget(
    plan: Plan, source: str, target: str, amount: Decimal, *, on: date, costs: UnitCosts | None = None
) -> WhatIf:
    """Move budget between two lines, from the periods that begin after `on`.

    Both lines change in proportion to what they plan; the sum of the plan stays to the cent. Effects on
    results are told for media lines in the currency of the plan.

    Args:
        plan: The plan.
        source: Id of the line it is taken from.
        target: Id of the line it is given to; in the same currency, tax and basis.
        amount: Money, > 0, as the lines state it; no float.
        on: Today.
        costs: Unit costs so far; with cost per action the change in results is told.

    Raises:
        UnknownNameError: There is no such line.
        InvalidValueError: The lines differ in their terms, one of them is labour or has nothing left to
            change, or less than the amount is left.
    """
    giving, taking = plan.current.line(source), plan.current.line(target)
    amount = exact(amount)
    if amount <= 0:
        raise InvalidValueError(mark("{amount} cannot be moved; choose an amount above 0."), amount=amount)
    _check_terms(plan, giving, taking)
    changed = {source: _changed(giving, -amount, on), target: _changed(taking, amount, on)}
    names = {"amount": Sum(amount, giving.currency), "source": giving.name, "target": taking.name}
    change = Message(mark("{amount} are moved from {source} to {target}."), names)
    effects = _effects(plan, {giving.id: -amount, taking.id: amount})
    return _assumed(plan, changed, change, effects, costs)


def stop_channel(plan: Plan, channel: str, *, on: date, costs: UnitCosts | None = None) -> WhatIf:
    """Drop what a channel plans for periods that begin after `on`.

    Args:
        plan: The plan.
        channel: Id of the channel.
        on: Today.
        costs: Unit costs so far.

    Raises:
        InvalidValueError: The channel plans nothing after that day.
    """
    lines = [line for line in plan.current.lines if line.channel == channel]
    left = {line.id: line.replace(entries=[e for e in line.entries if e.start <= on]) for line in lines}
    dropped = {line.id: -sum((line.stated(e) for e in line.entries if e.start > on), ZERO) for line in lines}
    name = plan.current.names().get(channel, channel)
    if not any(dropped.values()):
        raise InvalidValueError(
            mark("{channel} plans nothing after {on:date}, so there is nothing to stop."), channel=name, on=on
        )
    change = Message(mark("{channel} is stopped after {on:date}."), {"channel": name, "on": on})
    return _assumed(plan, left, change, _effects(plan, dropped), costs)


def _assumed(
    plan: Plan,
    changed: dict[str, BudgetLine],
    change: Message,
    effects: Mapping[str, Decimal | None],
    costs: UnitCosts | None,
) -> WhatIf:
    lines = tuple(changed.get(line.id, line) for line in plan.current.lines)
    number = sum(version.name.startswith("assumption") for version in plan.versions) + 1
    # Decided on the day of the newest version, so that other currencies keep its rates.
    version = plan.revised(f"assumption {number}", plan.current.on, reason=change.text(), lines=lines)
    assumption = Message(
        mark(
            "Every euro more or less changes results as the average euro so far; more money mostly brings "
            "less."
        )
    )
    each = _cost_of_a_result(costs)
    results = {
        channel: None if more is None or channel not in each else more / each[channel]
        for channel, more in effects.items()
    }
    return WhatIf(version, change, (assumption,), results)


def _effects(plan: Plan, changes: Mapping[str, Decimal]) -> dict[str, Decimal | None]:
    """Change in media costs by channel, as the plan counts costs; None where it cannot be told."""
    effects: dict[str, Decimal | None] = {}
    for id, amount in changes.items():
        line = plan.current.line(id)
        if not line.channel or line.kind != "media":
            continue
        before = effects.get(line.channel, ZERO)
        stated = line.at_basis(amount, plan.basis)
        cost = taxed(stated, line.tax, line.tax_rate, line.currency, deductible=plan.deductible).cost
        told = before is not None and line.currency == plan.currency
        effects[line.channel] = before + cost if before is not None and told else None
    return {channel: cost for channel, cost in effects.items() if cost is None or cost}


def _cost_of_a_result(costs: UnitCosts | None) -> dict[str, Decimal]:
    figures = [f for f in costs.figures if f.metric == "cpa" and f.value] if costs else []
    return {figure.channel: figure.value for figure in figures if figure.value is not None}


def _check_terms(plan: Plan, giving: BudgetLine, taking: BudgetLine) -> None:
    terms = [
        (line.currency, line.tax, line.tax_rate, line.at_basis(Decimal(1), plan.basis))
        for line in (giving, taking)
    ]
    if giving.id == taking.id or terms[0] != terms[1] or "labour" in (giving.kind, taking.kind):
        raise InvalidValueError(
            mark(
                "Budget can be moved between two lines of the same currency, tax and media basis that are "
                "not labour; {source!r} and {target!r} are not."
            ),
            source=giving.name,
            target=taking.name,
        )


def _changed(line: BudgetLine, more: Decimal, on: date) -> BudgetLine:
    """The line with its later entries changed in proportion."""
    later = [entry for entry in line.entries if entry.start > on]
    whole = sum((entry.amount for entry in later), ZERO)
    if not whole or whole + more < 0:
        raise InvalidValueError(
            mark(
                "Line {line!r} plans {left} after {on:date}; that is too little to take {amount} off or to "
                "add to. Choose an amount above 0 and another line."
            ),
            line=line.name,
            left=Sum(whole, line.currency).text(),
            on=on,
            amount=Sum(abs(more), line.currency).text(),
        )
    weights = [int(entry.amount * 10_000) for entry in later]
    parts = dict(zip((entry.start for entry in later), divided(more, weights, line.currency), strict=True))
    entries = [e.replace(amount=e.amount + parts.get(e.start, ZERO)) for e in line.entries]
    return line.replace(entries=entries)
