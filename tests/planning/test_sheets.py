"""Plan and control as spreadsheets: the formulas give what the ledger gives, to the cent."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from openpyxl import load_workbook

from smmlib.planning import (
    BudgetLine,
    Plan,
    PlanVersion,
    build_ledger,
    control_board,
    control_sheet,
    plan_sheet,
)
from tests.planning.conftest import MARCH, planned

ON = date(2026, 4, 30)


class Reckoned:
    """A sheet whose formulas are worked out here: SUM, SUMIFS, IF a sum is zero, plus, minus, divided."""

    def __init__(self, book, title):
        self.book, self.sheet = book, book[title]

    def __getitem__(self, place):
        value = self.sheet[place].value
        return self.work_out(value[1:]) if isinstance(value, str) and value.startswith("=") else value

    def work_out(self, formula):
        if found := re.fullmatch(r'IF\((.+?)=0,(0|""),(.+)\)', formula):
            none = Decimal(0) if found[2] == "0" else ""
            return none if self.work_out(found[1]) == 0 else self.work_out(found[3])
        if found := re.fullmatch(r"SUM\((.+):(.+)\)", formula):
            return sum(map(self.number, self.cells(found[1], found[2])), Decimal(0))
        if formula.startswith("SUMIFS("):
            return self.sum_ifs(formula[7:-1].split(","))
        formula = re.sub(r"\$?([A-Z])\$?(\d+)", lambda m: f"self.number('{m[1]}{m[2]}')", formula)
        return eval(formula)  # of a file this test has made

    def cells(self, first, last):
        bare = f"{first}:{last}".replace("$", "")
        return [cell.coordinate for row in self.sheet[bare] for cell in row]

    def number(self, place):
        value = self[place]
        if isinstance(value, date):
            return value.toordinal()
        return Decimal(str(value)) if value not in (None, "") else Decimal(0)

    def sum_ifs(self, parts):
        columns = []
        for span in (parts[0], parts[1], parts[3]):
            title, cells = span.split("!")
            rows = self.book[title.strip("'")][cells.replace("$", "")]
            columns.append([row[0].value for row in rows])
        wanted = [self.sheet[part.replace("$", "")].value for part in (parts[2], parts[4])]
        rows = zip(*columns, strict=True)
        return sum((Decimal(str(cost)) for cost, *has in rows if has == wanted), Decimal(0))


def opened(data):
    return load_workbook(io.BytesIO(data))


def column(sheet, number):
    return [cell.value for cell in list(sheet.columns)[number]]


@pytest.fixture
def board(plan, bookings, results, rates):
    return control_board(plan, bookings, results, on=ON, rng=np.random.default_rng(1), rates=rates)


@pytest.mark.parametrize(("language", "title"), [("de", "Plan"), ("en", "Plan")])
def test_the_plan_adds_up_to_the_ledger(plan, rates, language, title):
    sheet = Reckoned(opened(plan_sheet(plan, language, rates=rates)), title)
    ledger = build_ledger(plan, rates=rates)
    headings = [cell.value for cell in sheet.sheet[1]]
    assert headings[4:6] == ["2026-03", "2026-04"]
    last = len(plan.current.lines) + 2
    for row, line in enumerate(plan.current.lines, start=2):
        assert sheet[f"G{row}"] == ledger.by("line")[line.id].plan
    assert sheet[f"G{last}"] == ledger.total("plan") == Decimal("32430.42")
    for letter, month in (("E", "2026-03"), ("F", "2026-04")):
        assert sheet[f"{letter}{last}"] == ledger.by("month")[month].plan
    assert sum(sheet[f"H{row}"] for row in range(2, last)) == pytest.approx(1)


def test_phases_are_as_long_as_their_days(plan, rates):
    sheet = Reckoned(opened(plan_sheet(plan, "de", rates=rates)), "Phasen")
    assert [sheet[f"D{row}"] for row in (2, 3)] == [22, 39]


def test_a_baseline_can_be_had_and_an_empty_plan_too(plan, rates):
    sheet = Reckoned(opened(plan_sheet(plan, "en", rates=rates, version="baseline")), "Phases")
    assert sheet["C2"].date() == date(2026, 3, 15)
    empty = Plan(campaign="c", name="Empty", versions=[PlanVersion(on=MARCH)])
    assert opened(plan_sheet(empty)).sheetnames == ["Plan", "Phases", "Targets"]


@pytest.mark.parametrize(
    ("language", "first", "months"),
    [("de", "Kampagnen-Controlling", "Monate"), ("en", "Campaign control", "Months")],
)
def test_control_adds_up_to_the_golden_ledger(board, language, first, months):
    book = opened(control_sheet(board, language))
    sheet = Reckoned(book, first)
    last = len(board.lines.standings) + 2
    for row, standing in enumerate(board.lines.standings, start=2):
        assert [sheet[f"{letter}{row}"] for letter in "BCDE"] == [
            standing.plan,
            standing.commitment,
            standing.actual,
            standing.remaining,
        ]
    whole = ["32430.42", "8868.42", "16219.17", "7342.83"]
    assert [sheet[f"{letter}{last}"] for letter in "BCDE"] == [Decimal(text) for text in whole]
    assert sheet[f"G{last}"] == board.estimate == Decimal("25087.59")
    assert sheet[f"J{last}"] == board.estimate - Decimal("32430.42")
    by_month = Reckoned(book, months)
    count = len(column(by_month.sheet, 0))
    assert by_month[f"E{count}"] == Decimal("32430.42")
    assert by_month[f"F{count}"] == Decimal("16219.17")


def test_every_euro_of_the_actual_has_a_row_with_its_source(board):
    rows = opened(control_sheet(board, "de"))["Zeilen"]
    assert len(column(rows, 0)) == len(board.ledger.rows) + 1
    sources = [
        source for kind, source in zip(column(rows, 0), column(rows, 11), strict=True) if kind == "Ist"
    ]
    assert "bookings.csv, Zeile 3" in sources
    assert None not in sources


def test_names_that_look_like_formulas_stay_text():
    version = PlanVersion(
        on=MARCH, lines=[BudgetLine(id="l", name='=HYPERLINK("http://x")', entries=planned((MARCH, "1.00")))]
    )
    plan = Plan(campaign="c", name="p", versions=[version])
    cell = opened(plan_sheet(plan))["Plan"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
    board = control_board(plan, [], on=ON, rng=np.random.default_rng(1))
    assert opened(control_sheet(board))["Campaign control"]["A2"].data_type == "s"
