"""The status of a campaign on one page, to print or to send round on Monday morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from smmlib.figures.chart import Chart
from smmlib.figures.result_page import ResultPage
from smmlib.figures.result_words import PageWords, Table
from smmlib.language import Language, moment, money, say, say_many, whole_money
from smmlib.planning.board import Board
from smmlib.planning.deviations import deviations_of
from smmlib.planning.plan import Plan
from smmlib.planning.totals import MEASURES

_MOST_LINES = 11  # rows of budget lines; of more the channels are shown
_MOST_ALERTS = 6


def status_page(
    board: Board,
    plan: Plan,
    *,
    language: Language,
    now: datetime,
    extra: Sequence[Chart] = (),
    code: str = "",
) -> ResultPage:
    """Put a board on a page: the whole, targets, what to know, the way from plan to estimate, all lines.

    Args:
        board: The board.
        plan: Its plan.
        language: Language of the page.
        now: When it is made, with its zone; the page says so.
        extra: More charts, already drawn in `language`.
        code: Python that leads to the board, for the HTML.
    """
    charts = [Chart("bullets", language=language).update(board)] if board.lights else []
    charts.append(Chart("waterfall", language=language).update(deviations_of(board)))
    words = PageWords(
        title=plan.name,
        headline=_headline(board, language),
        verdict=_verdict(board, language),
        table=_table(board, language),
        terms=_terms(board, plan, language),
        made=say("Made on {when}", language, when=moment(now, language)),
    )
    return ResultPage(words, (*charts, *extra), code, language)


def _headline(board: Board, language: Language) -> str:
    whole, currency = board.lines.whole, board.ledger.currency
    return say(
        "On {on:date}: {actual} of {plan} spent, {estimate} expected at the end",
        language,
        on=board.on,
        actual=whole_money(whole.actual, currency, language),
        plan=whole_money(whole.plan, currency, language),
        estimate=whole_money(board.estimate, currency, language),
    )


def _verdict(board: Board, language: Language) -> str:
    """The most pressing alerts, in sentences."""
    told = [alert.text(language) for alert in board.alerts[:_MOST_ALERTS]]
    rest = len(board.alerts) - len(told)
    if rest > 0:
        told.append(say_many("{count} more alert.", "{count} more alerts.", rest, language))
    return " ".join(told) or say("Nothing to report.", language)


def _table(board: Board, language: Language) -> Table:
    """Head, one row per line or channel, and the whole."""
    currency = board.ledger.currency
    by_line = len(board.lines.standings) <= _MOST_LINES
    totals = board.lines if by_line else board.ledger.by("channel")
    measures = [say(text, language) for text in MEASURES.values()]
    first = say("Budget line", language) if by_line else say("Channel", language)
    rows = [(first, *measures, *((say("Estimate", language),) if by_line else ()))]
    nameless = say("Not planned", language) if by_line else say("no channel", language)
    for standing in sorted(totals.standings, key=lambda standing: not standing.key[0]):
        (id,) = standing.key
        told = board.estimates.get(id)
        estimate = told.estimate if told else standing.actual + standing.commitment
        figures = [getattr(standing, name) for name in MEASURES] + ([estimate] if by_line else [])
        name = totals.names.get(id, id) or nameless
        rows.append((name, *(money(figure, currency, language) for figure in figures)))
    figures = [getattr(totals.whole, name) for name in MEASURES] + ([board.estimate] if by_line else [])
    rows.append((say("Total", language), *(money(figure, currency, language) for figure in figures)))
    return tuple(rows)


def _terms(board: Board, plan: Plan, language: Language) -> tuple[tuple[str, str], ...]:
    """What the figures rest on."""
    costs = (
        say("net, as input tax is deducted", language)
        if plan.deductible
        else say("with tax, as input tax is not deducted", language)
    )
    terms = [
        (say("Targets", language), " ".join(light.text(language) for light in board.lights)),
        (say("Returns", language), board.roi.text(language)),
        (say("Costs", language), f"{board.ledger.currency}, {costs}"),
        (say("Estimate", language), say("80% interval only for lines with daily spend.", language)),
        (say("Owner", language), plan.owner),
    ]
    return tuple((name, text) for name, text in terms if text)
