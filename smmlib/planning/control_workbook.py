"""The control board as a spreadsheet: every sum a formula over the rows of the ledger, which go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.language import Language, Sayable, mark, say
from smmlib.planning.board import Board
from smmlib.planning.lights import LIGHTS
from smmlib.planning.pages import MONEY, SHARE, Formula, Value, add_page, add_row, content_of, new_book
from smmlib.planning.plan import DIRECTIONS
from smmlib.planning.results import MetricName
from smmlib.planning.totals import MEASURES

if TYPE_CHECKING:
    from openpyxl import Workbook

_ROWS = mark("Rows")
_NONE = "–"
"""Stands for no line: a spreadsheet takes an empty criterion for anything."""


def control_sheet(board: Board, language: Language = "en") -> bytes:
    """The board as XLSX: lines, months, targets, alerts, and the rows behind every euro.

    Plan, commitment and actual are sums over the sheet of rows; remaining, used, deviation and running
    sums are formulas too. The estimate is a figure: it comes from a forecast.

    Args:
        board: The board.
        language: Language of headings.
    """
    book = new_book()
    _add_lines(book, board, language)
    _add_months(book, board, language)
    _add_targets(book, board, language)
    _add_alerts(book, board, language)
    _add_rows(book, board, language)
    return content_of(book)


def _sum(board: Board, language: Language, measure: str, field: str, cell: str) -> Formula:
    """A formula that adds up the rows of one measure that have in one column what stands in a cell."""
    last, rows = max(2, len(board.ledger.rows) + 1), say(_ROWS, language)
    column = {"line": "C", "month": "F"}[field]
    span = {letter: f"'{rows}'!${letter}$2:${letter}${last}" for letter in ("A", column, "G")}
    return Formula(f"=SUMIFS({span['G']},{span['A']},{measure},{span[column]},{cell})")


def _add_lines(book: Workbook, board: Board, language: Language) -> None:
    words = (
        (mark("Budget line"), 28),
        *((MEASURES[measure], 14) for measure in ("plan", "commitment", "actual", "remaining")),
        (mark("Used"), 9),
        (mark("Estimate at completion"), 16),
        (mark("Low (80%)"), 14),
        (mark("High (80%)"), 14),
        (mark("Deviation"), 14),
        (mark("Basis of the estimate"), 60),
        (mark("Id"), 14),
    )
    sheet = add_page(
        book, mark("Campaign control"), [(say(word, language), width) for word, width in words], language
    )
    forms = ["", *[MONEY] * 4, SHARE, *[MONEY] * 4]
    standings = board.lines.standings
    for row, standing in enumerate(standings, start=2):
        (line,) = standing.key
        estimate = board.estimates.get(line)
        expected = estimate.estimate if estimate else standing.actual + standing.commitment
        sums = [_sum(board, language, f"{column}$1", "line", f"$L{row}") for column in "BCD"]
        values: list[Value] = [
            board.lines.name(standing) if line else say("Not planned", language),
            *sums,
            *_left(row),
            expected,
            estimate.low if estimate else None,
            estimate.high if estimate else None,
            Formula(f"=G{row}-B{row}"),
            estimate.reason.text(language) if estimate else None,
            line or _NONE,
        ]
        add_row(sheet, row, values, language, forms=forms)
    last = len(standings) + 1
    added = {column: Formula(f"=SUM({column}2:{column}{last})") for column in "BCDG"}
    foot: list[Value] = [
        say("Total ({currency})", language, currency=board.ledger.currency),
        added["B"],
        added["C"],
    ]
    foot += [added["D"], *_left(last + 1), added["G"], None, None, Formula(f"=G{last + 1}-B{last + 1}")]
    add_row(sheet, last + 1, foot, language, forms=forms, bold=True)
    on = say("On {day:date}; documents dated later do not count.", language, day=board.on)
    add_row(sheet, last + 3, [on], language)


def _left(row: int) -> tuple[Formula, Formula]:
    """Remaining, and the share that is used."""
    return Formula(f"=B{row}-C{row}-D{row}"), Formula(f'=IF(B{row}=0,"",(C{row}+D{row})/B{row})')


def _add_months(book: Workbook, board: Board, language: Language) -> None:
    words = (
        mark("Month"),
        *(MEASURES[measure] for measure in ("plan", "commitment", "actual")),
        mark("Plan, added up"),
        mark("Actual, added up"),
        mark("Deviation"),
    )
    sheet = add_page(book, mark("Months"), [(say(word, language), 16) for word in words], language)
    months = sorted(
        {row.month for row in board.ledger.rows if row.measure in ("plan", "commitment", "actual")}
    )
    for row, month in enumerate(months, start=2):
        values: list[Value] = [
            month,
            *(_sum(board, language, f"{column}$1", "month", f"$A{row}") for column in "BCD"),
            Formula(f"=SUM(B$2:B{row})"),
            Formula(f"=SUM(D$2:D{row})"),
            Formula(f"=F{row}-E{row}"),
        ]
        add_row(sheet, row, values, language, forms=["", *[MONEY] * 6])


def _add_targets(book: Workbook, board: Board, language: Language) -> None:
    words = (
        (mark("Metric"), 28),
        (mark("Channel"), 24),
        (mark("Direction"), 14),
        (mark("Target"), 14),
        (mark("Target date"), 12),
        (mark("So far"), 14),
        (mark("Due by now"), 14),
        (mark("Reached"), 10),
        (mark("Traffic light"), 10),
        (mark("Reason"), 70),
    )
    sheet = add_page(book, mark("Targets"), [(say(word, language), width) for word, width in words], language)
    for row, light in enumerate(board.lights, start=2):
        target = light.target
        reached = Formula(f"=IF(D{row}=0,0,F{row}/D{row})") if light.value is not None else None
        values: list[Value] = [
            MetricName(target.metric).text(language),
            board.ledger.names.get(target.channel, target.channel),
            say(DIRECTIONS[target.direction], language),
            target.value,
            target.by,
            light.value,
            light.due,
            reached,
            say(LIGHTS[light.light], language) if light.light else say("no light", language),
            light.reason.text(language),
        ]
        add_row(sheet, row, values, language, forms=[*[""] * 7, SHARE])


def _add_alerts(book: Workbook, board: Board, language: Language) -> None:
    sheet = add_page(book, mark("Alerts"), [(say("Alert", language), 120)], language)
    found: tuple[Sayable, ...] = (*board.alerts, *board.ledger.problems)
    for row, told in enumerate(found, start=2):
        add_row(sheet, row, [told.text(language)], language)


def _add_rows(book: Workbook, board: Board, language: Language) -> None:
    words = (
        (mark("Counted as"), 14),
        (mark("Budget line"), 26),
        (mark("Id"), 14),
        (mark("Channel"), 22),
        (mark("Day"), 12),
        (mark("Month"), 10),
        (mark("Cost"), 14),
        (mark("Tax"), 12),
        (mark("As stated"), 14),
        (mark("Currency"), 10),
        (mark("Number"), 18),
        (mark("Source"), 40),
    )
    sheet = add_page(book, _ROWS, [(say(word, language), width) for word, width in words], language)
    names, said = board.ledger.names, {m: say(word, language) for m, word in MEASURES.items()}
    for row, each in enumerate(board.ledger.rows, start=2):
        values: list[Value] = [
            said.get(each.measure) or say("not counted", language),
            names.get(each.line, each.line),
            each.line or _NONE,
            names.get(each.channel, each.channel),
            each.day,
            each.month,
            each.cost,
            each.tax,
            each.amount,
            each.currency,
            each.number,
            each.source.text(language),
        ]
        add_row(sheet, row, values, language, forms=[*[""] * 6, *[MONEY] * 3])
    sheet.auto_filter.ref = sheet.dimensions
