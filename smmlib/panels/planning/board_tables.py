"""The control board in tables: sums per group, targets with lights, unit costs, alerts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from smmlib.language import Language, mark, money, percent, say, say_many
from smmlib.metrics import load_metrics
from smmlib.panels import kit
from smmlib.panels.tables import table
from smmlib.planning import ALERT_KINDS, COST_KINDS, LIGHTS, MEASURES

if TYPE_CHECKING:
    from smmlib.planning import Board, Standing, TargetLight

GROUPS = {
    "line": mark("Budget line"),
    "channel": mark("Channel"),
    "phase": mark("Phase"),
    "month": mark("Month"),
    "kind": mark("Kind of cost"),
}
_LOOKS = {"green": "good", "amber": "warn", "red": "bad", None: "quiet"}
_SIGNS = {"green": "●", "amber": "▲", "red": "■", None: "○"}
_URGENT = {"overspend": "bad", "underdelivery": "warn", "off target": "bad", "no data": "warn"}
_NONE = {
    "line": mark("Not planned"),
    "channel": mark("no channel"),
    "phase": mark("outside of all phases"),
    "kind": mark("Not planned"),
    "month": "–",
}


def group_name(board: Board, group: str, id: str, language: Language) -> str:
    """What a row of a group is called."""
    if not id:
        return say(_NONE[group], language)
    if group == "kind":
        return say(COST_KINDS[id], language) if id in COST_KINDS else id
    if group == "month":
        return f"{id[5:]}/{id[:4]}"
    return board.ledger.names.get(id, id)


def tiles(board: Board, language: Language) -> str:
    """The whole campaign in five figures."""
    whole, currency = board.lines.whole, board.ledger.currency
    more = board.estimate - whole.plan
    sign = "+" if more > 0 else "−" if more < 0 else "±"
    against = say("{amount} against plan", language, amount=f"{sign}{money(abs(more), currency, language)}")
    figures = [
        (say(MEASURES[name], language), getattr(whole, name), _of_plan(getattr(whole, name), whole, language))
        for name in MEASURES
    ]
    figures[0] = (*figures[0][:2], say_many("{count} budget line", "{count} budget lines",
                                            len(board.estimates), language))  # fmt: skip
    figures.append((say("Estimate at completion", language), board.estimate, against))
    return kit.tiles(
        [kit.tile(name, money(value, currency, language), below) for name, value, below in figures]
    )


def _of_plan(value: Decimal, whole: Standing, language: Language) -> str:
    if not whole.plan:
        return ""
    return say("{share} of the plan", language, share=percent(float(value / whole.plan), language, 0))


def sums(board: Board, group: str, language: Language) -> str:
    """Plan, commitment, actual, remaining; of budget lines the estimate with its interval as well."""
    totals, currency = board.ledger.by(group), board.ledger.currency

    def shown(value: Decimal | None) -> str:
        return "–" if value is None else escape(money(value, currency, language))

    rows = []
    for standing in sorted(totals.standings, key=lambda standing: not standing.key[0]):
        (id,) = standing.key
        told = board.estimates.get(id) if group == "line" else None
        name = escape(group_name(board, group, id, language))
        if told is not None and told.low is not None:
            name += f'<div class="smm-note">{escape(told.reason.text(language))}</div>'
        rows.append([name, *_measures(standing, shown)])
        if group == "line":
            estimate = told.estimate if told else standing.actual + standing.commitment
            between = f"{shown(told.low)} – {shown(told.high)}" if told and told.low is not None else "–"
            rows[-1] += [shown(estimate), between]
    whole = [say("Total", language), *_measures(totals.whole, shown)]
    whole += [shown(board.estimate), "–"] if group == "line" else []
    rows.append([f"<b>{value}</b>" for value in whole])
    headings = {"name": say(GROUPS[group], language)} | {
        m: say(text, language) for m, text in MEASURES.items()
    }
    if group == "line":
        headings |= {"estimate": say("Estimate", language), "between": say("80% interval", language)}
    frame = pd.DataFrame(rows, columns=list(headings))
    for name in headings:
        if name != "name":
            frame[name] = [f'<div class="smm-right">{value}</div>' for value in frame[name]]
    note = say(
        "Without interval: actual and what is ordered or still planned; single invoices have no pace.",
        language,
    )
    below = f'<div class="smm-note">{escape(note)}</div>' if group == "line" else ""
    return table(frame, language, headers=headings, formats=dict.fromkeys(headings, "html")) + below


def _measures(standing: Standing, shown: Callable[[Decimal | None], str]) -> list[str]:
    values = []
    for name in MEASURES:
        value = getattr(standing, name)
        text = shown(value)
        values.append(f'<span class="smm-bad">{text}</span>' if name == "remaining" and value < 0 else text)
    return values


def targets(board: Board, language: Language) -> str:
    """Each target with its light, and the reason in words."""
    if not board.lights:
        hint = say("Set targets in the plan: a metric, a figure, a day.", language)
        return kit.empty(say("No targets yet", language), hint)
    return "".join(_target(board, light, language) for light in board.lights)


def _target(board: Board, light: TargetLight, language: Language) -> str:
    target, passport = light.target, load_metrics()[light.target.metric]
    channel = f" · {board.ledger.names.get(target.channel, target.channel)}" if target.channel else ""
    word = say(LIGHTS[light.light], language) if light.light else say("no light", language)
    goal = say(
        "{direction} {value} by {by:date}",
        language,
        direction=say(target.direction, language),
        value=passport.show(float(target.value), language, board.ledger.currency),
        by=target.by,
    )
    owner = f" · {target.owner}" if target.owner else ""
    return (
        f'<div class="smm-target">{kit.badge(f"{_SIGNS[light.light]} {word}", _LOOKS[light.light])}'
        f"<div><b>{escape(passport.label(language) + channel)}</b> "
        f'<span class="smm-note">{escape(goal + owner)}</span>'
        f"<div>{escape(light.reason.text(language))}</div></div></div>"
    )


def alerts(board: Board, language: Language) -> str:
    """What has to be known at once, and what should be looked at."""
    lines = [
        f"<li>{kit.badge(say(ALERT_KINDS[alert.kind], language), _URGENT.get(alert.kind, 'info'))}"
        f"<span>{escape(alert.text(language))}</span></li>"
        for alert in board.alerts
    ]
    look = say("Please check", language)
    lines += [
        f"<li>{kit.badge(look, 'quiet')}<span>{escape(problem.text(language))}</span></li>"
        for problem in board.ledger.problems
    ]
    if not lines:
        return f'<span class="smm-good">{escape(say("Nothing to report.", language))}</span>'
    return f'<ul class="smm-findings smm-alerts">{"".join(lines)}</ul>'


def unit_costs(board: Board, language: Language) -> str:
    """What a thousand contacts, a click, a result cost in each channel; like with like."""
    metrics, currency = load_metrics(), board.ledger.currency
    rows = [
        (
            metrics[f.metric].label(language),
            board.ledger.names.get(f.channel, f.channel),
            "–" if f.value is None else metrics[f.metric].show(float(f.value), language, currency),
            " · ".join(filter(None, (f.result_type, f.rule))),
            f.reason.text(language) if f.reason else "",
        )
        for f in board.costs.figures
    ]
    if not rows:
        hint = say(
            "Costs per contact, click or result need figures of channels; type or import them.", language
        )
        return kit.empty(say("No unit costs yet", language), hint)
    frame = pd.DataFrame(rows, columns=["metric", "channel", "value", "rule", "reason"])
    frame["value"] = [f'<div class="smm-right">{escape(value)}</div>' for value in frame["value"]]
    headings = {"metric": say("Metric", language), "channel": say("Channel", language),
                "value": say("Value", language), "rule": say("Of what, by which rule", language),
                "reason": say("Note", language)}  # fmt: skip
    return table(frame, language, headers=headings, formats={"value": "html"})
