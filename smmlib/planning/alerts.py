"""What a manager has to know at once: overspend, underdelivery, silence, late invoices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from smmlib.language import Language, Message, mark
from smmlib.planning.entry import LedgerRow
from smmlib.planning.estimates import LineEstimate
from smmlib.planning.ledger import Ledger
from smmlib.planning.lights import TargetLight
from smmlib.planning.money import ZERO, Sum
from smmlib.planning.results import Result
from smmlib.planning.totals import Totals

AlertKind = Literal["overspend", "underdelivery", "off target", "no data", "late invoice"]
ALERT_KINDS: dict[AlertKind, str] = {
    "overspend": mark("Overspend"),
    "underdelivery": mark("Underdelivery"),
    "off target": mark("Off target"),
    "no data": mark("No data"),
    "late invoice": mark("Late invoice"),
}
SILENT_DAYS = 3
"""Days without spend or results after which a running channel is reported."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert.

    Attributes:
        kind: One of `ALERT_KINDS`.
        about: Id of the line or channel, or the metric of a target.
        message: What happened, with the figures.
    """

    kind: AlertKind
    about: str
    message: Message

    def text(self, language: Language = "en") -> str:
        """The alert in one sentence."""
        return self.message.text(language)


def find_alerts(
    ledger: Ledger,
    lines: Totals,
    estimates: Mapping[str, LineEstimate],
    lights: Iterable[TargetLight],
    results: Iterable[Result],
    *,
    on: date,
) -> tuple[Alert, ...]:
    """Everything to be reported, overspend first.

    Args:
        ledger: The ledger.
        lines: Its sums by line.
        estimates: Estimate at completion by line.
        lights: Targets and where they stand.
        results: What channels brought.
        on: Today.
    """
    return (
        *_overspend(ledger, lines, estimates),
        *_underdelivery(ledger, lines, estimates, lights),
        *_silence(ledger, results, on),
        *_late(ledger, on),
    )


def _overspend(ledger: Ledger, lines: Totals, estimates: Mapping[str, LineEstimate]) -> Iterable[Alert]:
    for standing in lines.standings:
        (line,) = standing.key
        name = lines.name(standing) if line else Message(mark("Not planned"))
        values: dict[str, object] = {"line": name, "plan": Sum(standing.plan, ledger.currency)}
        estimate = estimates.get(line)
        if standing.remaining < 0:
            spent = Sum(standing.actual + standing.commitment, ledger.currency)
            text = mark("{line}: {spent} spent or ordered, {plan} planned.")
            yield Alert("overspend", line, Message(text, {**values, "spent": spent}))
        elif estimate and estimate.low is not None and estimate.low > standing.plan:
            low = Sum(estimate.low, ledger.currency)
            text = mark("{line}: at this pace at least {low} by the end, {plan} planned.")
            yield Alert("overspend", line, Message(text, {**values, "low": low}))


def _underdelivery(
    ledger: Ledger,
    lines: Totals,
    estimates: Mapping[str, LineEstimate],
    lights: Iterable[TargetLight],
) -> Iterable[Alert]:
    planned = {standing.key[0]: standing.plan for standing in lines.standings}
    for line, estimate in estimates.items():
        plan = planned.get(line, ZERO)
        if estimate.high is not None and estimate.high < plan:
            values = {
                "line": ledger.names.get(line, line),
                "high": Sum(estimate.high, ledger.currency),
                "plan": Sum(plan, ledger.currency),
            }
            text = mark("{line}: at this pace at most {high} of {plan} are spent by the end.")
            yield Alert("underdelivery", line, Message(text, values))
    for light in lights:
        if light.light == "red":
            kind: AlertKind = "underdelivery" if light.target.direction == "at least" else "off target"
            yield Alert(kind, light.target.metric, light.message)


def _silence(ledger: Ledger, results: Iterable[Result], on: date) -> Iterable[Alert]:
    """Channels planned to run today that have shown no life for some days."""
    running: set[str] = set()
    seen: dict[str, date] = {}
    for row in ledger.rows:
        if row.measure == "plan" and row.cost and row.day <= on < row.day + timedelta(days=row.days):
            running.add(row.channel)
        elif row.measure == "actual" and row.day <= on:
            seen[row.channel] = max(row.day, seen.get(row.channel, row.day))
    for result in results:
        if result.day <= on:
            seen[result.channel] = max(result.day, seen.get(result.channel, result.day))
    for channel in sorted(running - {""}):
        name, last = ledger.names.get(channel, channel), seen.get(channel)
        if last is None:
            text = mark("{channel} is planned to run, but there are no data of it at all.")
            yield Alert("no data", channel, Message(text, {"channel": name}))
        elif (on - last).days > SILENT_DAYS:
            text = mark("{channel} is planned to run, but there are no data since {day:date}.")
            yield Alert("no data", channel, Message(text, {"channel": name, "day": last}))


def _late(ledger: Ledger, on: date) -> Iterable[Alert]:
    """Per line, what came in a later month than its service: months that were reported have changed."""
    late: dict[str, list[LedgerRow]] = {}
    for row in ledger.rows:
        if row.late and row.measure == "actual" and row.day <= on:
            late.setdefault(row.line or row.channel, []).append(row)
    for about, rows in sorted(late.items()):
        text = mark("{about}: {amount} came in a later month than the service (months: {months}).")
        months = ", ".join(sorted({row.month for row in rows}))
        amount = Sum(sum((row.cost for row in rows), ZERO), ledger.currency)
        values = {"about": ledger.names.get(about, about), "amount": amount, "months": months}
        yield Alert("late invoice", about, Message(text, values))
